#include "http/dispatch/envelope.h"

#include <algorithm>
#include <array>

#include "core/encoding/base64.h"
#include "core/encoding/utf8.h"
#include "core/json/writer.h"
#include "http/dispatch/form.h"
#include "http/dispatch/header_rules.h"

namespace http::dispatch {
namespace {

using core::json::Writer;

constexpr std::size_t kFixedParts = 1024;  // octets: names, addresses, URNs
constexpr std::size_t kUrnSize = 64;       // octets of a right with its quotes and comma

std::size_t size_estimate(const Question& question, const message::Headers& headers,
                          const core::SharedBytes& body) {
  std::size_t size = kFixedParts + question.request->target.path.size() +
                     core::base64_size(body.size()) + question.caller->rights.size() * kUrnSize;
  if (question.request->target.query) size += question.request->target.query->size();
  for (const message::Field& field : headers.fields()) {
    size += field.name.size() + field.value.size() + 8;
  }
  return size;
}

void write_text(Writer& json, std::string_view text) {
  if (core::is_utf8(text)) {
    json.string(text);
  } else {
    json.string(core::utf8_of_latin1(text));
  }
}

/// Whether `fields[i]` continues a field of the same name before it.
bool is_repeated(const std::vector<message::Field>& fields, std::size_t i) {
  return std::any_of(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const message::Field& before) {
                       return message::equal_ignoring_case(before.name, fields[i].name);
                     });
}

/// The value of `fields[i]` and of all later ones of its name, joined (RFC 9110 §5.3; cookies have
/// their own separator, RFC 6265 §5.4).
void write_joined(Writer& json, const std::vector<message::Field>& fields, std::size_t i) {
  const auto same_name = [&](const message::Field& other) {
    return message::equal_ignoring_case(other.name, fields[i].name);
  };
  const auto rest = fields.begin() + static_cast<std::ptrdiff_t>(i) + 1;
  if (std::none_of(rest, fields.end(), same_name)) return write_text(json, fields[i].value);

  const bool is_cookie = message::equal_ignoring_case(fields[i].name, "Cookie");
  std::string joined = fields[i].value;
  for (auto field = rest; field != fields.end(); ++field) {
    if (!same_name(*field)) continue;
    joined += is_cookie ? "; " : ", ";
    joined += field->value;
  }
  write_text(json, joined);
}

void write_headers(Writer& json, const message::Headers& headers, bool is_request) {
  const HopByHop hop_by_hop{headers};
  const auto& fields = headers.fields();
  bool has_accept = false;
  json.begin_object();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string_view name = canonical_name(fields[i].name);
    if (hop_by_hop.contains(name) || is_repeated(fields, i)) continue;
    has_accept = has_accept || name == "Accept";
    json.key(name);
    write_joined(json, fields, i);
  }
  // Services look Accept up without asking whether it is there.
  if (is_request && !has_accept) json.member("Accept", "*/*");
  json.end_object();
}

void write_message(Writer& json, const Question& question, std::string_view id) {
  const message::Request& request = *question.request;
  const message::Response* response = question.response;
  const core::SharedBytes& body = response != nullptr ? response->body : request.body;

  json.begin_object();
  json.member("id", id);
  json.member("request", response == nullptr);
  json.member("method", std::string_view{request.method});
  json.key("requestUri");
  write_text(json, request.target.path);
  json.key("queryString");
  if (request.target.query) {
    write_text(json, *request.target.query);
  } else {
    json.null();
  }
  json.member("protocol", "HTTP/1.1");
  json.member("scheme", request.ends.tls ? "https" : "http");
  json.member("remoteAddr", std::string_view{request.ends.remote_address});
  json.member("remotePort", request.ends.remote_port);
  json.member("localAddr", std::string_view{request.ends.local_address});
  json.member("localPort", request.ends.local_port);
  json.key("headers");
  write_headers(json, response != nullptr ? response->headers : request.headers,
                response == nullptr);
  json.key("body");
  json.base64(body.octets());
  json.member("statusCode", response != nullptr ? response->status : std::uint16_t{0});
  if (response == nullptr && is_form_post(request)) {
    json.key("formData");
    write_form(json, request.body.text());
    json.member("formDataEncoding", "UTF-8");
  }
  json.end_object();
}

/// `urn:vcloud:<kind>:<uuid>`, put together on the stack.
void write_urn(Writer& json, std::string_view kind, const core::Uuid& uuid) {
  constexpr std::string_view kPrefix = "urn:vcloud:";
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<char, kUrnSize> urn{};
  char* end = std::copy(kPrefix.begin(), kPrefix.end(), urn.data());
  end = std::copy(kind.begin(), kind.end(), end);
  *end++ = ':';
  for (std::size_t i = 0; i < uuid.octets().size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *end++ = '-';
    *end++ = kHex[uuid.octets()[i] >> 4U];
    *end++ = kHex[uuid.octets()[i] & 15U];
  }
  json.string({urn.data(), static_cast<std::size_t>(end - urn.data())});
}

void write_security_context(Writer& json, const registry::access::Caller& caller) {
  json.begin_object();
  json.key("user");
  write_urn(json, "user", caller.user);
  json.key("org");
  write_urn(json, "org", caller.organisation);
  json.key("rights");
  json.begin_array();
  for (const core::Uuid& right : caller.rights) write_urn(json, "right", right);
  json.end_array();
  json.end_object();
}

}  // namespace

core::SharedBytes encode_envelope(const Question& question) {
  const message::Response* response = question.response;
  core::Buffer out;
  static_cast<void>(out.prepare(
      size_estimate(question, response != nullptr ? response->headers : question.request->headers,
                    response != nullptr ? response->body : question.request->body)));
  Writer json{out};
  json.begin_array();
  write_message(json, question, question.id.to_string());
  write_security_context(json, *question.caller);
  json.begin_object();
  json.end_object();
  json.end_array();
  return out.freeze();
}

amqp::port::Properties envelope_properties(const Question& question,
                                           const amqp::port::ReplyAddress& reply_to,
                                           std::string correlation_id,
                                           std::chrono::milliseconds timeout, core::WallTime now) {
  using amqp::port::FieldValue;
  amqp::port::Properties properties;
  // Not application/json: kombu would decode the body, and services that call json.loads on it die.
  properties.content_type = "text/plain";
  properties.content_encoding = "utf-8";
  properties.headers.emplace();
  properties.headers->fields.push_back(
      {"replyToExchange", FieldValue::long_string(reply_to.exchange)});
  properties.headers->fields.push_back(
      {"messageType",
       FieldValue::long_string(question.response == nullptr ? "ProcessHttpRequest"
                                                            : "ProcessHttpResponse")});
  properties.delivery_mode = std::uint8_t{2};
  properties.correlation_id = std::move(correlation_id);
  properties.reply_to = reply_to.routing_key;
  properties.expiration = std::to_string(timeout.count());
  properties.message_id = question.id.to_string();
  properties.timestamp = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
  properties.app_id = "oriel";
  return properties;
}

}  // namespace http::dispatch
