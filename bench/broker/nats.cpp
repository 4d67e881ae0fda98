#include "bench/broker/nats.h"

#include <array>
#include <charconv>
#include <stdexcept>

namespace broker_bench {

NatsLink::NatsLink(std::uint16_t port) : link(port) {
  link.output() += "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n";
  ping();
}

void NatsLink::ping() {
  link.output() += "PING\r\n";
  link.flush();
  for (;;) {
    const auto end = link.input().find("\r\n");
    if (end == std::string_view::npos) {
      link.await();
      continue;
    }
    const std::string line{link.input().substr(0, end)};
    link.consume(end + 2);
    if (line == "PONG") return;
    if (line.starts_with("-ERR")) throw std::runtime_error{"nats-server says " + line};
  }
}

void NatsLink::subscribe(std::string_view subject) {
  link.output() += "SUB " + std::string{subject} + " 1\r\n";
  ping();
}

std::string encode_pub(std::string_view subject, std::string_view reply, std::string_view body) {
  std::string pub = "PUB " + std::string{subject} + " ";
  if (!reply.empty()) pub += std::string{reply} + " ";
  return pub + std::to_string(body.size()) + "\r\n" + std::string{body} + "\r\n";
}

std::optional<NatsMessage> next_message(Link& link) {
  for (;;) {
    const std::string_view input = link.input();
    const auto end = input.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = input.substr(0, end);
    if (line == "PING") {
      link.output() += "PONG\r\n";
      link.consume(end + 2);
      continue;
    }
    if (!line.starts_with("MSG ")) throw std::runtime_error{"nats-server: " + std::string{line}};
    std::array<std::string_view, 5> words;  // MSG subject sid [reply] size
    std::size_t count = 0;
    while (count < words.size() && !line.empty()) {
      const auto blank = std::min(line.find(' '), line.size());
      words[count++] = line.substr(0, blank);
      line.remove_prefix(std::min(blank + 1, line.size()));
    }
    const std::string_view digits = words[count - 1];
    std::size_t size = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), size);
    const std::size_t whole = end + 2 + size + 2;
    if (input.size() < whole) return std::nullopt;
    link.consume(whole);
    return NatsMessage{words[1], count == 5 ? words[3] : std::string_view{},
                       input.substr(end + 2, size)};
  }
}

}  // namespace broker_bench
