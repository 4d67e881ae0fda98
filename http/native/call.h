#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "http/error/error.h"
#include "http/message/message.h"
#include "http/representation/render.h"
#include "registry/access/caller.h"
#include "registry/access/sessions.h"
#include "registry/service/registry.h"

namespace http::native {

/// One request on its way to one answer. Copies share the answer: exactly one of them gives it, by
/// exactly one of the functions that do.
struct Call {
  const message::Request* request = nullptr;         // both stay valid until `done`
  const registry::access::Caller* caller = nullptr;  // null: nobody
  core::Instant now;
  representation::Negotiated as;
  std::string base;                   // {h}
  std::vector<std::string> segments;  // what stood in the places of the route's pattern, decoded
  registry::access::SessionLimits session_limits;
  std::function<void(message::Response)> done;

  /// An absolute URL; `path` begins with '/'.
  [[nodiscard]] std::string url(std::string_view path) const { return base + std::string{path}; }
  /// The id in the place `index`: a UUID, or the URN of `kind` with one, such as
  /// urn:vcloud:externalService:…; nullopt when it is neither.
  [[nodiscard]] std::optional<core::Uuid> id(std::string_view kind, std::size_t index = 0) const;

  void answer(message::Response response) const { done(std::move(response)); }
  void answer(std::uint16_t status, const representation::Node& node,
              representation::MediaType type) const {
    done(representation::respond(status, node, type, as));
  }
  void no_content() const;  ///< 204
  void refuse(const error::ApiError& error) const { done(error::render(error, *request)); }
  void refuse(const registry::service::RuleViolation& violation) const;
  void not_found() const;
};

/// `urn:vcloud:<kind>:<id>` (spec section 2.2).
[[nodiscard]] std::string urn(std::string_view kind, const core::Uuid& id);

}  // namespace http::native
