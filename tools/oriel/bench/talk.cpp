#include "tools/oriel/bench/talk.h"

#include <array>

#include "tools/oriel/bench/reply.h"

namespace oriel::bench {
namespace {

class HttpTalk final : public Talk {
 public:
  explicit HttpTalk(const HttpQuestions& questions)
      : questions_(questions), body_(questions.request_octets, 'q') {
    head_end_ = " HTTP/1.1\r\nHost: " + questions.authority +
                "\r\nAccept: application/*+json;version=36.0\r\n";
    if (!questions.token.empty()) head_end_ += "Authorization: Bearer " + questions.token + "\r\n";
    if (!body_.empty()) {
      head_end_ += "Content-Type: application/octet-stream\r\nContent-Length: " +
                   std::to_string(body_.size()) + "\r\n";
    }
    head_end_ += "\r\n";
  }

  void ask(std::uint64_t number, std::string& out) override {
    path_ = questions_.path + '/' + std::to_string(number);
    out += body_.empty() ? "GET " : "POST ";
    out += path_;
    out += head_end_;
    out += body_;
  }

  Heard hear(core::Octets octets) override {
    switch (reader_.hear(octets)) {
      case HttpReader::Heard::more:
        return Heard::more;
      case HttpReader::Heard::broken:
        return Heard::broken;
      case HttpReader::Heard::answer:
        break;
    }
    if (reader_.status() != 200) return Heard::refused;
    const bool right = reader_.body() == answer_to(path_, body_.size(), questions_.reply_octets);
    return right ? Heard::right : Heard::wrong;
  }
  int status() const override { return reader_.status(); }
  bool keeps_alive() const override { return reader_.keeps_alive(); }

 private:
  HttpQuestions questions_;
  std::string body_;
  std::string head_end_;  // what follows the path
  std::string path_;      // of the question that waits for its answer
  HttpReader reader_;
};

class PingTalk final : public Talk {
 public:
  void ask(std::uint64_t number, std::string& out) override {
    std::array<std::byte, sizeof number> octets{};
    core::store_big(octets.data(), number);
    question_.assign(core::text_of(octets));
    question_.resize(kPingOctets, '.');
    heard_.clear();
    out += question_;
  }
  Heard hear(core::Octets octets) override {
    heard_ += core::text_of(octets);
    if (heard_.size() < kPingOctets) return Heard::more;
    return heard_ == question_ ? Heard::right : Heard::wrong;
  }

 private:
  std::string question_;
  std::string heard_;
};

}  // namespace

std::unique_ptr<Talk> make_http_talk(const HttpQuestions& questions) {
  return std::make_unique<HttpTalk>(questions);
}
std::unique_ptr<Talk> make_ping_talk() { return std::make_unique<PingTalk>(); }

}  // namespace oriel::bench
