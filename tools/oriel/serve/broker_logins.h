#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "amqp/access/keeper.h"
#include "amqp/port/authenticator.h"
#include "core/post/post.h"
#include "core/time/clock.h"
#include "registry/service/registry.h"
#include "tools/oriel/serve/broker_passwords.h"

namespace oriel::serve {

/// Where slow passwords are judged, for all shards.
struct PasswordLane {
  BrokerPasswords& passwords;
  core::Lane& lane;
  core::LanePost& post;
  const core::Clock& clock;
};

/// Whether somebody who logs in by this name, `name` or `name@System`, is a system administrator.
[[nodiscard]] bool is_system_administrator(const registry::service::Snapshot& snapshot,
                                           std::string_view login);

/// The two books in which the broker's logins stand, as one shard goes by them at some time.
struct LoginBooks {
  amqp::access::SnapshotPtr broker;
  std::shared_ptr<const registry::service::Directory> registry;
};

/// Whether nobody who may log in by `before` can have lost that by `now`. The books of the broker
/// are neighbours: a command makes a snapshot, so whether a user has come or gone shows in the
/// count.
[[nodiscard]] bool same_logins(const LoginBooks& before, const LoginBooks& now);

/// Why a connection that was let in as `login` by `before` may not go on by `now`, for its client;
/// nullopt: it may. A user of the broker stays until he is deleted. A system administrator stays
/// until he is deleted, disabled, no system administrator any more or has another password, and
/// until the name that he gave becomes that of a user of the broker.
[[nodiscard]] std::optional<std::string> why_expelled(const LoginBooks& before,
                                                      const LoginBooks& now,
                                                      std::string_view login);

/// Who may use the broker: its own users, and system administrators with their password (as `name`,
/// when no user of the broker has it, or `name@System`). The user guest is for loopback only, as
/// RabbitMQ has it, and with the password that everybody knows for sandboxes only.
///
/// What a password was right for may be gone by the time that is known: then the login is refused.
/// So the login's name says who it is, by the books of that moment.
///
/// Home    one shard; what the lane finds out comes back there by letter.
class BrokerLogins final : public amqp::port::Authenticator {
 public:
  static constexpr std::size_t kChecksMax = 64;  // of this shard on the lane; more are refused

  /// All of them outlive the logins.
  BrokerLogins(registry::service::Registry& registry, const amqp::access::Keeper& keeper,
               PasswordLane lane, core::ShardId self, bool dev)
      : registry_(registry), keeper_(keeper), lane_(lane), self_(self), dev_(dev) {}

  void check(amqp::port::Credentials credentials, std::function<void(bool accepted)> done) override;
  /// The broker's own users, but for guest. Who has everything logs in by a password.
  void by_certificate(std::string user, std::function<void(bool accepted)> done) override;

 private:
  using Done = std::function<void(bool accepted)>;
  struct Waiting {
    std::shared_ptr<const amqp::access::User> user;
    Done done;
  };
  void check_user(std::shared_ptr<const amqp::access::User> user,
                  amqp::port::Credentials credentials, Done done);
  void check_administrator(amqp::port::Credentials credentials, Done done);
  void verified(std::uint64_t ticket, bool right);
  [[nodiscard]] bool is_still(const amqp::access::User& user) const;

  registry::service::Registry& registry_;
  const amqp::access::Keeper& keeper_;
  const PasswordLane lane_;
  const core::ShardId self_;
  const bool dev_;
  std::uint64_t last_ticket_ = 0;
  std::unordered_map<std::uint64_t, Waiting> waiting_;  // for the lane; at most kChecksMax
};

}  // namespace oriel::serve
