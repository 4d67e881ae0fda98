#include "http/dispatch/reply.h"

#include <charconv>

#include "core/base/ascii.h"
#include "core/encoding/base64.h"
#include "core/json/value.h"
#include "http/dispatch/header_rules.h"
#include "http/message/target.h"

namespace http::dispatch {
namespace {

using core::Unexpected;
using core::json::Value;

template <typename T>
using Read = core::Result<T, UnusableReply>;

constexpr std::uint16_t kStatusMin = 200;  // 1xx is no answer
constexpr std::uint16_t kStatusMax = 599;
constexpr std::size_t kMethodMax = 32;  // octets

Unexpected<UnusableReply> unusable(std::string reason) {
  return Unexpected{UnusableReply{std::move(reason)}};
}

/// Fields that are ours to say, or that a service must not set (spec section 4.5).
bool is_dropped(std::string_view name) {
  for (const std::string_view dropped :
       {"Content-Length", "Date", "Server", "Set-Cookie", "Set-Cookie2", "Authorization",
        "x-vcloud-authorization"}) {
    if (message::equal_ignoring_case(name, dropped)) return true;
  }
  return false;
}

/// A header value as text: services send numbers and booleans too. Null is as good as absent.
Read<std::optional<std::string_view>> field_text(const Value& value) {
  if (value.is_null()) return std::optional<std::string_view>{};
  if (const auto text = value.string()) return std::optional{core::trimmed(*text)};
  if (const auto number = value.number()) return std::optional{*number};
  if (const auto boolean = value.boolean()) {
    return std::optional<std::string_view>{*boolean ? "true" : "false"};
  }
  return unusable("a header value is neither a string nor a number");
}

/// All header fields that are well-formed, none dropped yet.
Read<message::Headers> read_fields(const Value& headers, const ReplyLimits& limits) {
  message::Headers fields;
  if (!headers.exists() || headers.is_null()) return fields;
  if (!headers.is_object()) return unusable("headers is not an object");
  if (headers.size() > limits.header_count_max) return unusable("there are too many headers");
  std::size_t size = 0;
  for (const auto& [name, value] : headers.members()) {
    if (!is_token(name)) return unusable("a header name is not a token");
    const auto text = field_text(value);
    if (!text) return Unexpected{text.error()};
    if (!*text) continue;
    if (!is_field_value(**text)) return unusable("a header value has a control character");
    size += name.size() + (*text)->size();
    if (size > limits.headers_octets_max) return unusable("the headers are too long");
    fields.add(name, **text);
  }
  return fields;
}

message::Headers without_hop_by_hop(const message::Headers& fields, bool is_response) {
  const HopByHop hop_by_hop{fields};
  message::Headers kept;
  for (const message::Field& field : fields.fields()) {
    if (hop_by_hop.contains(field.name)) continue;
    if (is_response && is_dropped(field.name)) continue;
    kept.add(field.name, field.value);
  }
  return kept;
}

/// The body, decoded; absent, null and "" are all empty.
Read<core::SharedBytes> read_body(const Value& body) {
  if (!body.exists() || body.is_null()) return core::SharedBytes{};
  const auto text = body.string();
  if (!text) return unusable("body is not a string");
  if (text->empty()) return core::SharedBytes{};
  core::Buffer decoded;
  if (!core::decode_base64(*text, core::Base64::lenient, decoded)) {
    return unusable("body is not base64");
  }
  return decoded.freeze();
}

/// A number, or a string that holds one.
Read<std::uint16_t> read_status(const Value& status) {
  std::optional<std::string_view> text = status.number();
  if (!text) text = status.string();
  if (!text) return unusable("there is no statusCode");
  std::uint16_t code = 0;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, code);
  if (read.ec != std::errc{} || read.ptr != end)
    return unusable("statusCode is not a whole number");
  if (code < kStatusMin || code > kStatusMax) return unusable("statusCode is not from 200 to 599");
  return code;
}

bool allows_body(std::uint16_t status) { return status != 204 && status != 304; }

Read<DecodedReply> read_response(const Value& reply, const ReplyLimits& limits) {
  const auto status = read_status(reply.find("statusCode"));
  if (!status) return Unexpected{status.error()};
  auto fields = read_fields(reply.find("headers"), limits);
  if (!fields) return Unexpected{fields.error()};
  auto body = read_body(reply.find("body"));
  if (!body) return Unexpected{body.error()};

  message::Response response;
  response.status = *status;
  response.headers = without_hop_by_hop(*fields, true);
  if (allows_body(*status)) response.body = std::move(*body);
  return DecodedReply{std::move(response)};
}

Read<std::optional<std::string>> read_text(const Value& value, const char* what) {
  if (!value.exists() || value.is_null()) return std::optional<std::string>{};
  const auto text = value.string();
  if (!text) return unusable(std::string{what} + " is not a string");
  return std::optional<std::string>{std::string{*text}};
}

/// Path and query go through the reader of request lines, so that a service cannot send on what a
/// caller could not have sent.
Read<std::optional<std::string>> read_path(const Value& value) {
  auto path = read_text(value, "requestUri");
  if (!path || !*path) return path;
  const auto target = message::parse_target(**path, "GET");
  if (!target || target->form != message::TargetForm::origin || target->target.query) {
    return unusable("requestUri is not a path");
  }
  return path;
}

Read<std::optional<std::string>> read_query(const Value& value) {
  auto query = read_text(value, "queryString");
  if (!query || !*query) return query;
  if (!message::parse_target("/?" + **query, "GET")) return unusable("queryString is not a query");
  return query;
}

Read<DecodedReply> read_continuation(const Value& reply, const ReplyLimits& limits) {
  Continuation changes;
  auto method = read_text(reply.find("method"), "method");
  if (!method) return Unexpected{method.error()};
  if (*method && (!is_token(**method) || (*method)->size() > kMethodMax)) {
    return unusable("method is not a token");
  }
  changes.method = std::move(*method);

  auto path = read_path(reply.find("requestUri"));
  if (!path) return Unexpected{path.error()};
  changes.path = std::move(*path);

  const Value query_value = reply.find("queryString");
  auto query = read_query(query_value);
  if (!query) return Unexpected{query.error()};
  changes.changes_query = query_value.exists();
  changes.query = std::move(*query);

  if (const Value headers = reply.find("headers"); headers.exists() && !headers.is_null()) {
    auto fields = read_fields(headers, limits);
    if (!fields) return Unexpected{fields.error()};
    changes.headers = without_hop_by_hop(*fields, false);
  }
  if (const Value body_value = reply.find("body"); body_value.exists()) {
    auto body = read_body(body_value);
    if (!body) return Unexpected{body.error()};
    changes.body = std::move(*body);
  }
  return DecodedReply{std::move(changes)};
}

}  // namespace

core::Result<DecodedReply, UnusableReply> decode_reply(std::string_view text, Asked asked,
                                                       const ReplyLimits& limits) {
  const auto document = core::json::Document::parse(
      text, {.size_octets_max = limits.message_octets_max, .depth_max = 128});
  if (!document) {
    return unusable("it is not JSON: " + document.error().reason + " at octet " +
                    std::to_string(document.error().position));
  }
  Value reply = document->root();
  if (reply.is_array() && reply.size() == 1) reply = *reply.elements().begin();
  if (!reply.is_object()) return unusable("it is not a JSON object");

  const Value request = reply.find("request");
  if (request.exists() && !request.is_null() && !request.boolean()) {
    return unusable("request is not a boolean");
  }
  if (asked == Asked::request && request.boolean().value_or(false)) {
    return read_continuation(reply, limits);
  }
  return read_response(reply, limits);
}

message::Request continued(const message::Request& request, Continuation continuation) {
  message::Request next = request;
  if (continuation.method) next.method = std::move(*continuation.method);
  if (continuation.path) next.target.path = std::move(*continuation.path);
  if (continuation.changes_query) next.target.query = std::move(continuation.query);
  if (continuation.headers) next.headers = std::move(*continuation.headers);
  if (continuation.body) next.body = std::move(*continuation.body);
  if (next.headers.find("Content-Length") != nullptr) {
    next.headers.set("Content-Length", std::to_string(next.body.size()));
  }
  return next;
}

}  // namespace http::dispatch
