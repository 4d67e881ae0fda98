#include "http/native/call.h"

namespace http::native {
namespace {

using registry::service::RuleViolation;

/// How long a caller who was turned away should wait, when nobody knows better.
constexpr std::string_view kRetryAfterSeconds = "1";

/// A sentence names its field; what is deeper in the document is found by the path.
std::string worded(const RuleViolation& violation) {
  if (violation.path.find('/') == std::string::npos) return violation.text;
  return violation.path + ": " + violation.text;
}

error::ApiError describe(const RuleViolation& violation) {
  switch (violation.kind) {
    case RuleViolation::Kind::invalid:
      return {400, error::kBadRequest, worded(violation)};
    case RuleViolation::Kind::duplicate:
      return {400, error::kDuplicateName, worded(violation)};
    case RuleViolation::Kind::not_found:
      return {404, error::kNotFound, violation.text};
    case RuleViolation::Kind::unauthorized:
      return {401, error::kUnauthorized, violation.text};
    case RuleViolation::Kind::busy:
      return {503, error::kServiceUnavailable, violation.text};
    case RuleViolation::Kind::forbidden:
      return {403, error::kForbidden, violation.text};
    case RuleViolation::Kind::conflict:
      return {409, error::kConflict, violation.text};
    case RuleViolation::Kind::failed:
      break;
  }
  return {500, error::kInternalServerError, violation.text};
}

}  // namespace

std::optional<core::Uuid> Call::id(std::string_view kind, std::size_t index) const {
  std::string_view text = segments.at(index);
  const std::string prefix = "urn:vcloud:" + std::string{kind} + ":";
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  return core::Uuid::parse(text);
}

void Call::no_content() const {
  message::Response response;
  response.status = 204;
  done(std::move(response));
}

void Call::refuse(const RuleViolation& violation) const {
  auto response = error::render(describe(violation), *request);
  if (response.status == 503) response.headers.set("Retry-After", kRetryAfterSeconds);
  done(std::move(response));
}

void Call::not_found() const {
  refuse(error::ApiError{404, error::kNotFound, "The requested resource does not exist."});
}

std::string urn(std::string_view kind, const core::Uuid& id) {
  return std::string{"urn:vcloud:"}.append(kind).append(":").append(id.to_string());
}

}  // namespace http::native
