#include "tools/oriel/bench/rest_client.h"

#include <array>

#include "core/base/octets.h"
#include "core/encoding/base64.h"
#include "core/memory/buffer.h"
#include "tools/oriel/bench/http_reader.h"

namespace oriel::bench {
namespace {

constexpr std::string_view kServices = "/api/admin/extension/service";
constexpr std::string_view kServiceType =
    "Content-Type: application/vnd.vmware.admin.service+xml\r\n";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  std::string out = "<vmext:";
  out += name;
  out += '>';
  out += escaped(text);
  out += "</vmext:";
  out += name;
  out += '>';
  return out;
}

/// `path` as a pattern that matches it and no other: Java's quotation.
std::string quoted_pattern(std::string_view path) {
  return "\\Q" + std::string{path} + "\\E(/.*)?";
}

/// The path of a reference, without scheme and host.
std::string path_of(std::string_view location) {
  const std::size_t scheme = location.find("://");
  if (scheme == std::string_view::npos) return std::string{location};
  return std::string{location.substr(std::min(location.find('/', scheme + 3), location.size()))};
}

std::string refusal(std::string_view what, int status, std::string_view body) {
  std::string text{what};
  text += " was refused with ";
  text += std::to_string(status);
  if (!body.empty()) text += ": ";
  text += body.substr(0, 300);
  return text;
}

}  // namespace

std::string service_document(const ServiceToRegister& service, bool enabled) {
  std::string xml =
      "<vmext:Service xmlns=\"http://www.vmware.com/vcloud/v1.5\" "
      "xmlns:vmext=\"http://www.vmware.com/vcloud/extension/v1.5\" name=\"";
  xml += escaped(service.name) + "\">";
  xml += element("Namespace", service.space);
  xml += element("Enabled", enabled ? "true" : "false");
  xml += element("RoutingKey", service.routing_key);
  xml += element("Exchange", service.exchange);
  if (enabled) {
    xml += "<vmext:ApiFilters><vmext:ApiFilter>";
    xml += element("UrlPattern", quoted_pattern(service.path));
    xml += "</vmext:ApiFilter></vmext:ApiFilters>";
  }
  return xml + "</vmext:Service>";
}

core::Result<void, std::string> RestClient::log_in(std::string_view user,
                                                   std::string_view password) {
  core::Buffer basic;
  core::append_base64(basic, core::octets_of(std::string{user} + ":" + std::string{password}));
  const std::string header = "Authorization: Basic " + std::string{basic.text()} + "\r\n";
  const auto answer = call("POST", "/api/sessions", header, "");
  if (!answer) return core::Unexpected{answer.error()};
  if (answer->status != 200) {
    return core::Unexpected{refusal("the login", answer->status, answer->body)};
  }
  if (answer->token.empty()) {
    return core::Unexpected{std::string{"the login was answered without an access token"}};
  }
  token_ = answer->token;
  return {};
}

core::Result<std::string, std::string> RestClient::register_service(
    const ServiceToRegister& service) {
  const auto answer = call("POST", kServices, kServiceType, service_document(service, true));
  if (!answer) return core::Unexpected{answer.error()};
  if (answer->status != 201) {
    return core::Unexpected{refusal("the service", answer->status, answer->body)};
  }
  return path_of(answer->location);
}

core::Result<void, std::string> RestClient::remove_service(const std::string& service_path,
                                                           const ServiceToRegister& service) {
  const auto disabled = call("PUT", service_path, kServiceType, service_document(service, false));
  if (!disabled) return core::Unexpected{disabled.error()};
  const auto deleted = call("DELETE", service_path, "", "");
  if (!deleted) return core::Unexpected{deleted.error()};
  if (deleted->status != 204) {
    return core::Unexpected{refusal("the service's deletion", deleted->status, deleted->body)};
  }
  return {};
}

core::Result<RestClient::Answer, std::string> RestClient::call(std::string_view method,
                                                               std::string_view path,
                                                               std::string_view headers,
                                                               std::string_view body) {
  std::string request{method};
  request += ' ';
  request += path;
  request += " HTTP/1.1\r\nHost: " + authority_ + "\r\nAccept: application/*+xml;version=36.0\r\n";
  if (!token_.empty()) request += "Authorization: Bearer " + token_ + "\r\n";
  request += headers;
  request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  request += body;

  const bool reused = connection_ != nullptr;
  auto answer = exchange(request);
  // A connection that was kept may have been closed since: then nobody has seen the request.
  if (!answer && reused) answer = exchange(request);
  if (!answer) {
    return core::Unexpected{"the gateway at " + authority_ + ": " + answer.error().message()};
  }
  return *std::move(answer);
}

/// Writes the request and reads its answer; a connection that failed is given up.
core::Result<RestClient::Answer, std::error_code> RestClient::exchange(std::string_view request) {
  const auto failed = [&](const std::error_code& error) {
    connection_.reset();
    return core::Unexpected{error};
  };
  if (connection_ == nullptr) {
    connection_ = std::make_unique<Connection>(target_);
    if (const std::error_code error = connection_->stream.connect()) return failed(error);
  }
  if (const std::error_code error = connection_->stream.write(request)) return failed(error);
  HttpReader& reader = connection_->reader;
  std::array<std::byte, 16384> octets{};
  while (true) {
    std::error_code error;
    const std::size_t size = connection_->stream.read_some(asio::buffer(octets), error);
    if (error) return failed(error);
    const HttpReader::Heard heard = reader.hear(core::Octets{octets}.first(size));
    if (heard == HttpReader::Heard::broken) {
      return failed(std::make_error_code(std::errc::protocol_error));
    }
    if (heard == HttpReader::Heard::answer) break;
  }
  Answer answer{reader.status(), std::string{reader.header("Location")},
                std::string{reader.header("X-VMWARE-VCLOUD-ACCESS-TOKEN")},
                std::string{reader.body()}};
  if (!reader.keeps_alive()) connection_.reset();
  return answer;
}

}  // namespace oriel::bench
