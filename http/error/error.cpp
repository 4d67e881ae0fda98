#include "http/error/error.h"

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/representation/render.h"

namespace http::error {
namespace {

using representation::MediaType;
using representation::Negotiated;
using representation::Node;

constexpr MediaType kErrorType{"application/vnd.vmware.vcloud.error"};

Node describe(const ApiError& error) {
  Node node{representation::Namespace::vcloud, "Error"};
  node.absent("TenantError");
  node.attribute("stackTrace", {});
  node.attribute("message", error.message);
  node.attribute("majorErrorCode", std::int64_t{error.status});
  node.attribute("minorErrorCode", std::string{error.minor_code});
  node.attribute("vendorSpecificErrorCode", {});
  return node;
}

bool is_cloudapi(std::string_view path) {
  return path == "/cloudapi" || path.starts_with("/cloudapi/");
}

message::Response render_cloudapi(const ApiError& error, const Negotiated& as) {
  core::Buffer body;
  core::json::Writer writer{body};
  writer.begin_object();
  writer.member("minorErrorCode", error.minor_code);
  writer.member("message", std::string_view{error.message});
  writer.key("stackTrace");
  writer.null();
  writer.end_object();

  message::Response response;
  response.status = error.status;
  std::string type = "application/json";
  if (!as.version.empty()) type.append(";version=").append(as.version);
  response.headers.add("Content-Type", type);
  response.body = body.freeze();
  return response;
}

}  // namespace

message::Response render(const ApiError& error, const message::Request& request) {
  const Negotiated as = representation::negotiate_error(request.headers);
  message::Response response = is_cloudapi(request.target.path)
                                   ? render_cloudapi(error, as)
                                   : respond(error.status, describe(error), kErrorType, as);
  // A 401 names a way in (RFC 9110 §11.6.1).
  if (error.status == 401) response.headers.add("WWW-Authenticate", "Bearer realm=\"oriel\"");
  return response;
}

}  // namespace http::error
