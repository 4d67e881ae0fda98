#include "http/management/answers.h"

#include <utility>

#include "core/memory/buffer.h"

namespace http::management {
namespace {

message::Response json(std::uint16_t status,
                       const std::function<void(core::json::Writer&)>& write) {
  core::Buffer body;
  core::json::Writer out{body};
  write(out);
  message::Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = body.freeze();
  return response;
}

}  // namespace

message::Response answer(const std::function<void(core::json::Writer&)>& write) {
  return json(200, write);
}

message::Response refuse(std::uint16_t status, std::string_view error, std::string_view reason) {
  return json(status, [&](core::json::Writer& out) {
    out.begin_object();
    out.member("error", error);
    out.member("reason", reason);
    out.end_object();
  });
}

message::Response not_found() { return refuse(404, "Object Not Found", "Not Found"); }

message::Response bad_request(std::string_view reason) {
  return refuse(400, "bad_request", reason);
}

message::Response not_authorised(std::string_view reason) {
  message::Response response = refuse(401, "not_authorised", reason);
  response.headers.add("WWW-Authenticate", "Basic realm=\"oriel broker\", charset=\"UTF-8\"");
  return response;
}

message::Response method_not_allowed(std::string_view allow) {
  message::Response response = refuse(405, "method_not_allowed", "Method Not Allowed");
  response.headers.add("Allow", allow);
  return response;
}

message::Response answer(const amqp::port::AdminResult& result) {
  using Kind = amqp::port::AdminRefusal::Kind;
  if (result) {
    message::Response response;
    response.status = *result == amqp::port::Changed::created ? 201 : 204;
    return response;
  }
  switch (result.error().kind) {
    case Kind::invalid:
      return bad_request(result.error().text);
    case Kind::not_found:
      return not_found();
    case Kind::busy: {
      message::Response response = refuse(503, "busy", result.error().text);
      response.headers.add("Retry-After", "1");
      return response;
    }
    case Kind::failed:
      break;
  }
  return refuse(500, "failed", result.error().text);
}

}  // namespace http::management
