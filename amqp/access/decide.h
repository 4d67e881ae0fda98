#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "amqp/access/snapshot.h"
#include "amqp/catalog/catalog.h"
#include "amqp/port/administration.h"
#include "core/base/result.h"

namespace amqp::access {

inline constexpr std::size_t kNameOctetsMax = 255;  // of vhosts, users and exchanges
inline constexpr std::size_t kTagsMax = 16;         // of one user, each at most kNameOctetsMax

/// port::PutUser once its password has been hashed.
struct SetUser {
  std::string name;
  std::string password_hash;
  std::vector<std::string> tags;
};
using Command =
    std::variant<port::PutVhost, port::DeleteVhost, SetUser, port::DeleteUser, port::PutPermission,
                 port::DeletePermission, port::PutTopicPermission, port::DeleteTopicPermission>;

/// What a command comes to.
struct Decided {
  Snapshot next;
  std::vector<catalog::Change> changes;  // to be on disk before anybody goes by `next`
  port::Changed changed = port::Changed::created;
};

/// Judges a command by what there is. Refusals: invalid for what breaks a rule and for permissions
/// that name a user or virtual host that is not there, not_found for what is to be removed and is
/// not there. "/" stays. A name that ends in "@System" is a system administrator's.
[[nodiscard]] core::Result<Decided, port::AdminRefusal> decide(const Snapshot& now,
                                                               const Command& command);

/// A hash that PutUser brings from RabbitMQ, as we keep it: nullopt when it is none. The empty one
/// is no password.
[[nodiscard]] std::optional<std::string> import_hash(std::string_view base64);

}  // namespace amqp::access
