// An HTTP connection, fed as the input says: its first octet chooses how it is cut. Whatever the
// cuts, the same requests come out and the same answers go back, and no limit is passed.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "tests/session/http_peer.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

struct Outcome {
  std::string requests;
  std::string answers;
  bool finished = false;
};

/// Small limits, so that short inputs reach them.
http::session::Settings settings() {
  http::session::Settings settings;
  settings.limits.request_line_max = 100;
  settings.limits.headers_max = 300;
  settings.limits.header_count_max = 8;
  settings.limits.body_max = 200;
  settings.limits.chunk_extensions_max = 30;
  settings.limits.trailer_max = 50;
  return settings;
}

std::string text_of(const http::message::Request& request) {
  std::string text =
      request.method + " " + request.target.path + "?" + request.target.query.value_or("-") + "\n";
  for (const auto& field : request.headers.fields()) text += field.name + ":" + field.value + "\n";
  return text + std::string{request.body.text()} + "\n";
}

void check(const http::message::Request& request, const http::session::Limits& limits) {
  require(!request.method.empty());
  require(request.target.path.starts_with("/"));
  require(request.target.path.size() <= limits.request_line_max);
  require(request.target.path.find("/../") == std::string::npos);
  require(request.headers.fields().size() <= limits.header_count_max);
  require(request.headers.count("Host") <= 1);
  require(request.body.size() <= limits.body_max);
  for (const auto& field : request.headers.fields()) {
    require(!field.name.empty());
    require(field.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos);
  }
}

/// Plays `octets` in pieces of 1 to 16 octets that follow from `seed`; without one, all at once.
Outcome play(std::string_view octets, std::optional<std::uint32_t> seed) {
  HttpPeer peer{settings()};
  peer.answer_at_once();
  std::size_t sent = 0;
  while (sent < octets.size() && !peer.session().finished()) {
    std::size_t size = octets.size();
    if (seed) {
      *seed = *seed * 1664525U + 1013904223U;
      size = 1 + (*seed >> 24U) % 16U;
    }
    const std::size_t taken = peer.send(octets.substr(sent, size));
    require(taken > 0);
    sent += taken;
  }

  Outcome outcome;
  for (const auto& asked : peer.asked()) {
    check(asked.request, settings().limits);
    outcome.requests += text_of(asked.request);
  }
  outcome.answers = peer.receive();
  outcome.finished = peer.session().finished();
  require(peer.refusals().size() <= 1);
  require(peer.written_tickets().size() == peer.asked().size());
  peer.cut();
  require(peer.abandoned_tickets().empty());
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view octets{reinterpret_cast<const char*>(data + 1), size - 1};
  const Outcome whole = play(octets, std::nullopt);
  const Outcome cut = play(octets, data[0]);
  require(whole.requests == cut.requests);
  require(whole.answers == cut.answers);
  require(whole.finished == cut.finished);
  return 0;
}
