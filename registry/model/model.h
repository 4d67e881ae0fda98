#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"

namespace registry::model {

/// Which requests or responses a service wants (guide: API filter). Exactly one of the two is set.
struct ApiFilter {
  core::Uuid id;
  std::optional<std::string> url_pattern;            // java.util.regex, at most 1024 characters
  std::optional<std::string> response_content_type;  // e.g. application/vnd.vmware.vcloud.org+xml
  std::string operation_key;                         // empty: none was given
};

/// An extension service (guide: vmext:Service): whose requests it takes and where they go.
struct Service {
  core::Uuid id;
  std::string name;
  std::string namespace_;  // unique among services, fixed at creation
  std::string description;
  std::string vendor;
  bool enabled = false;
  bool authorization_enabled = false;
  std::string exchange;
  std::string routing_key;
  std::int32_t priority = 0;                          // 0 to 100, 100 first
  std::optional<std::chrono::seconds> reply_timeout;  // instead of the global one
  std::string operation_key;
  std::uint64_t created = 0;  // grows with each creation: the order among equal priorities
  std::vector<ApiFilter> filters;
};

/// An organisation: System, or a tenant.
struct Organisation {
  core::Uuid id;
  std::string name;  // compared without regard to case
  std::string full_name;
  bool enabled = true;
};

enum class Role : std::uint8_t {
  system_administrator,        // in the organisation System
  organisation_administrator,  // of a tenant
  user,
};

struct User {
  core::Uuid id;
  core::Uuid organisation;
  std::string name;
  std::string password_hash;  // a crypt(3) string, yescrypt
  Role role = Role::user;
  bool enabled = true;
  core::Uuid role_id = {};  // of the resource that names his rights; nil: those of `role`
};

inline constexpr std::string_view kSystemOrganisation = "System";

}  // namespace registry::model
