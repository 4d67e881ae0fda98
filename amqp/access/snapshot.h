#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "amqp/access/pattern.h"
#include "amqp/catalog/records.h"
#include "core/base/result.h"

namespace amqp::access {

inline constexpr std::size_t kVhostsMax = 1'000;
inline constexpr std::size_t kUsersMax = 10'000;
inline constexpr std::size_t kPermissionsMax = 20'000;
inline constexpr std::size_t kTopicPermissionsMax = 20'000;

enum class Right : std::uint8_t { configure, write, read };
inline constexpr std::size_t kRights = 3;
[[nodiscard]] std::string_view name_of(Right right);

/// What a hash that came from RabbitMQ begins with: base64 of four octets of salt and the SHA-256
/// of salt and password follows. Any other hash is a crypt(3) string, or empty: no password is
/// right.
inline constexpr std::string_view kImportedHash = "{rabbit-sha256}";

/// Somebody who may log in.
struct User {
  std::string name;
  std::string password_hash;
  std::vector<std::string> tags;
};

/// A permission, ready to be asked.
struct Grant {
  catalog::Permission permission;
  Pattern configure;
  Pattern write;
  Pattern read;

  [[nodiscard]] const Pattern& pattern(Right right) const {
    return right == Right::configure ? configure : right == Right::write ? write : read;
  }
};
struct TopicGrant {
  catalog::TopicPermission permission;  // as it was given; the patterns are expanded
  Pattern write;
  Pattern read;
};

/// Who may do what, as all shards see it: immutable once it is published. A change copies the maps
/// and shares what is in them, so it costs what there is to point at and compiles one pattern.
struct Snapshot {
  template <typename T>
  using Shared = std::shared_ptr<const T>;
  /// Of a virtual host and a user.
  using Key = std::pair<std::string, std::string>;
  using Topics = std::map<std::string, Shared<TopicGrant>, std::less<>>;  // by exchange

  std::uint64_t revision = 0;  // grows with every change
  std::set<std::string, std::less<>> vhosts;
  std::map<std::string, Shared<User>, std::less<>> users;
  std::map<Key, Shared<Grant>> grants;
  std::map<Key, Topics> topics;
  std::size_t topic_count = 0;  // in `topics`

  [[nodiscard]] const User* user(std::string_view name) const;
  /// Null: the user has no business in that virtual host.
  [[nodiscard]] const Grant* grant(std::string_view vhost, std::string_view user) const;
  /// Null: the user may use every routing key in that virtual host.
  [[nodiscard]] const Topics* topics_of(std::string_view vhost, std::string_view user) const;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// Compiles; the error is for whoever wrote the pattern.
[[nodiscard]] core::Result<Grant, std::string> make_grant(catalog::Permission permission);
[[nodiscard]] core::Result<TopicGrant, std::string> make_topic_grant(
    catalog::TopicPermission permission);

/// What a catalog holds. A pattern that no longer compiles allows nothing.
[[nodiscard]] Snapshot make_snapshot(const catalog::Contents& contents);

/// Tags as the catalog keeps them, with commas between them.
[[nodiscard]] std::string join_tags(const std::vector<std::string>& tags);
[[nodiscard]] std::vector<std::string> split_tags(std::string_view text);

}  // namespace amqp::access
