#include "tools/oriel/bench/http_reader.h"

#include <llhttp/llhttp.h>

namespace oriel::bench {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

struct HttpReader::State {
  State() {
    llhttp_settings_init(&settings);
    settings.on_message_begin = [](llhttp_t* from) { return of(from).begin(); };
    settings.on_header_field = [](llhttp_t* from, const char* at, std::size_t size) {
      return of(from).add_name({at, size});
    };
    settings.on_header_value = [](llhttp_t* from, const char* at, std::size_t size) {
      return of(from).add_value({at, size});
    };
    settings.on_body = [](llhttp_t* from, const char* at, std::size_t size) {
      of(from).body.append(at, size);
      return 0;
    };
    settings.on_message_complete = [](llhttp_t* from) {
      of(from).keeps_alive = llhttp_should_keep_alive(from) != 0;
      return static_cast<int>(HPE_PAUSED);
    };
    llhttp_init(&parser, HTTP_RESPONSE, &settings);
    parser.data = this;
  }

  static State& of(llhttp_t* from) { return *static_cast<State*>(from->data); }

  int begin() {
    headers.clear();
    body.clear();
    in_value = true;
    return 0;
  }
  int add_name(std::string_view part) {
    if (in_value) headers.emplace_back();
    in_value = false;
    headers.back().first += part;
    return 0;
  }
  int add_value(std::string_view part) {
    in_value = true;
    headers.back().second += part;
    return 0;
  }

  llhttp_t parser{};
  llhttp_settings_t settings{};
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool in_value = true;  // the next name begins a header
  bool keeps_alive = false;
};

HttpReader::HttpReader() : state_(std::make_unique<State>()) {}
HttpReader::~HttpReader() = default;

HttpReader::Heard HttpReader::hear(core::Octets octets) {
  const std::string_view text = core::text_of(octets);
  const llhttp_errno_t error = llhttp_execute(&state_->parser, text.data(), text.size());
  if (error == HPE_OK) return Heard::more;
  if (error != HPE_PAUSED) return Heard::broken;
  const char* const read_to = llhttp_get_error_pos(&state_->parser);
  if (read_to != text.data() + text.size()) return Heard::broken;
  llhttp_resume(&state_->parser);
  return Heard::answer;
}

int HttpReader::status() const { return state_->parser.status_code; }
std::string_view HttpReader::body() const { return state_->body; }
bool HttpReader::keeps_alive() const { return state_->keeps_alive; }

std::string_view HttpReader::header(std::string_view name) const {
  for (const auto& [known, value] : state_->headers) {
    if (same_name(known, name)) return value;
  }
  return {};
}

}  // namespace oriel::bench
