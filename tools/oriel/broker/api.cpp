#include "tools/oriel/broker/api.h"

#include <array>
#include <asio.hpp>
#include <fstream>
#include <iterator>
#include <optional>

#include "core/base/octets.h"
#include "core/json/value.h"
#include "tools/oriel/bench/http_reader.h"
#include "tools/oriel/bench/net.h"
#include "tools/oriel/bench/urls.h"

namespace oriel::broker {
namespace {

core::Unexpected<std::string> failed(std::string text) { return core::Unexpected{std::move(text)}; }

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
         c == '_' || c == '.';
}

/// Sends the request and hears one answer.
core::Result<Answer, std::string> talk(const bench::Target& target, const std::string& request) {
  asio::io_context loop;
  bench::Stream stream{loop, target};
  if (const std::error_code error = stream.connect()) return failed(error.message());
  if (const std::error_code error = stream.write(request)) return failed(error.message());
  bench::HttpReader reader;
  std::array<std::byte, 16384> octets{};
  while (true) {
    std::error_code error;
    const std::size_t size = stream.read_some(asio::buffer(octets), error);
    if (error) return failed(error.message());
    const auto heard = reader.hear(core::Octets{octets}.first(size));
    if (heard == bench::HttpReader::Heard::more) continue;
    if (heard == bench::HttpReader::Heard::broken) return failed("the answer is no HTTP");
    return Answer{reader.status(), std::string{reader.body()}};
  }
}

}  // namespace

core::Result<Api, std::string> Api::of(const std::string& data_folder) {
  const auto listen = read_file(data_folder + "/listen.json");
  auto token = read_file(data_folder + "/operator.token");
  if (!listen || !token) {
    return failed("no appliance runs in " + data_folder +
                  ", or the folder is somebody else's (--data names another)");
  }
  const auto document = core::json::Document::parse(*listen);
  const auto url = document ? document->root().find("operator").string() : std::nullopt;
  if (!url) return failed("the appliance in " + data_folder + " has no operator's listener");
  return Api{std::string{*url}, *std::move(token)};
}

core::Result<Answer, std::string> Api::call(std::string_view method, std::string_view path,
                                            std::string_view body) const {
  const auto url = bench::parse_gateway_url(url_);
  if (!url) return failed(url_ + ": " + url.error());
  const auto target = bench::resolve(url->host, url->port, nullptr);
  if (!target) return failed(target.error());
  std::string request{method};
  request.append(" /api/").append(path);
  request.append(" HTTP/1.1\r\nHost: ").append(url->authority);
  request.append("\r\nAuthorization: Bearer ").append(token_);
  request.append("\r\nContent-Type: application/json\r\nContent-Length: ");
  request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  auto answer = talk(*target, request);
  if (!answer) return failed("the appliance at " + url_ + ": " + answer.error());
  return answer;
}

std::string segment(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const bool all_dots = name.find_first_not_of('.') == std::string_view::npos;
  std::string text;
  for (const char c : name) {
    if (is_plain(c) && !all_dots) {
      text.push_back(c);
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    text.push_back('%');
    text.push_back(kDigits[octet >> 4U]);
    text.push_back(kDigits[octet & 15U]);
  }
  return text;
}

std::string reason_of(const Answer& answer) {
  if (const auto document = core::json::Document::parse(answer.body)) {
    if (const auto reason = document->root().find("reason").string()) return std::string{*reason};
  }
  return "status " + std::to_string(answer.status);
}

}  // namespace oriel::broker
