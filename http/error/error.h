#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message/message.h"

namespace http::error {

/// An error as the vCloud API says it (spec section 5.1): majorErrorCode is the HTTP status.
struct ApiError {
  std::uint16_t status = 500;
  std::string_view minor_code;  // e.g. BAD_REQUEST; the constants below
  std::string message;
};

inline constexpr std::string_view kBadRequest = "BAD_REQUEST";
inline constexpr std::string_view kDuplicateName = "DUPLICATE_NAME";
inline constexpr std::string_view kUnauthorized = "UNAUTHORIZED";
inline constexpr std::string_view kForbidden = "ACCESS_TO_RESOURCE_IS_FORBIDDEN";
inline constexpr std::string_view kNotFound = "NOT_FOUND";
inline constexpr std::string_view kMethodNotAllowed = "METHOD_NOT_ALLOWED";
inline constexpr std::string_view kNotAcceptable = "NOT_ACCEPTABLE";
inline constexpr std::string_view kUnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
inline constexpr std::string_view kConflict = "CONFLICT";
inline constexpr std::string_view kInternalServerError = "INTERNAL_SERVER_ERROR";
inline constexpr std::string_view kServiceUnavailable = "SERVICE_UNAVAILABLE";
inline constexpr std::string_view kGatewayTimeout = "GATEWAY_TIMEOUT";

/// The Error element as XML, or as JSON when the request's Accept asks for JSON (or its path is
/// under /cloudapi); for an Accept of neither, XML.
[[nodiscard]] message::Response render(const ApiError& error, const message::Request& request);

}  // namespace http::error
