#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/access/keeper.h"
#include "amqp/access/snapshot.h"

namespace amqp::access {

/// Asks for one connection, and remembers what it was told: a client that publishes to one exchange
/// again and again costs a comparison each time. What is remembered lasts until the keeper goes by
/// something else, so a change of permissions holds from the next request on.
///
/// Home    the shard of its keeper, which outlives it.
/// Origin  whether it was made for a user of the snapshot or for a master stays: when the user is
///         gone, a master of the same name is somebody else, and the other way round.
class Guard {
 public:
  /// Allows everything: for who has no keeper (the house itself, tests).
  Guard() = default;
  Guard(const Keeper& keeper, std::string_view user, std::string_view vhost);

  /// Whether the user has any business in the virtual host.
  [[nodiscard]] bool may_enter();
  /// Whether the user may do that with the queue or exchange called `name`, which is not empty.
  [[nodiscard]] bool may(Right right, std::string_view name) {
    refresh();
    return has(right, name);
  }
  /// Whether the user may publish to the exchange, whose name is not empty: whoever may write to
  /// it, and for whom an exception was made.
  [[nodiscard]] bool may_publish(std::string_view exchange) {
    refresh();
    return exception_ == exchange || has(Right::write, exchange);
  }
  /// Lets the user publish to the exchange, and nothing else, until the keeper goes by something
  /// else. One exchange at a time.
  void except_publishing(std::string_view exchange) { exception_ = exchange; }
  /// Whether there is anything to be asked about topics.
  [[nodiscard]] bool has_topics() {
    refresh();
    return topics_ != nullptr;
  }
  /// Whether the user may write or read with the routing key at a topic exchange.
  [[nodiscard]] bool may_topic(Right right, std::string_view exchange, std::string_view key);

  [[nodiscard]] const std::string& user() const { return user_; }

 private:
  [[nodiscard]] static std::size_t index(Right right) { return static_cast<std::size_t>(right); }
  void refresh() {
    if (keeper_ != nullptr && keeper_->revision() != revision_) look_up();
  }
  [[nodiscard]] bool has(Right right, std::string_view name) {
    return all_[index(right)] || allowed_[index(right)] == name || ask(right, name);
  }
  void look_up();
  [[nodiscard]] bool ask(Right right, std::string_view name);

  const Keeper* keeper_ = nullptr;
  std::string user_;
  std::string vhost_;
  bool is_user_ = false;        // of the snapshot, when this was made
  std::uint64_t revision_ = 0;  // of the keeper when it was asked for the rest
  const Grant* grant_ = nullptr;
  bool master_ = true;
  const Snapshot::Topics* topics_ = nullptr;
  std::array<bool, kRights> all_{true, true, true};
  std::array<std::string, kRights> allowed_;  // what was asked for last and allowed
  std::string exception_;                     // where the user may publish without a right to write
};

}  // namespace amqp::access
