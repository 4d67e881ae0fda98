#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

#include "amqp/access/access_desk.h"
#include "amqp/port/administration.h"
#include "tools/oriel/serve/broker_logins.h"
#include "tools/oriel/serve/commons.h"
#include "tools/oriel/serve/gather.h"

namespace oriel::serve {

/// The broker's administration: changes go to the access desk, what there is to see is collected
/// from all floors. Lives on the control shard, where the operator's listener is.
class BrokerAdministration final : public amqp::port::Administration {
 public:
  static constexpr std::size_t kHashesMax = 64;  // passwords on the lane at a time

  /// All but `token` outlive it.
  BrokerAdministration(const Floors& floors, Commons& commons, amqp::access::AccessDesk& desk,
                       PasswordLane lane, std::string token)
      : floors_(floors), commons_(commons), desk_(desk), lane_(lane), token_(std::move(token)) {}

  void identify(amqp::port::Credentials credentials,
                Done<std::optional<amqp::port::Administrator>> done) override;
  [[nodiscard]] bool is_token(std::string_view token) const override;
  void carry_out(amqp::port::AdminCommand command, Done<amqp::port::AdminResult> done) override;

  [[nodiscard]] std::vector<std::string> vhosts() const override;
  [[nodiscard]] std::vector<amqp::port::UserRow> users() const override;
  [[nodiscard]] std::vector<amqp::port::PermissionRow> permissions() const override;
  [[nodiscard]] std::vector<amqp::port::TopicPermissionRow> topic_permissions() const override;
  void queues(Done<std::vector<amqp::port::QueueRow>> done) override;
  void exchanges(Done<std::vector<amqp::port::ExchangeRow>> done) override;
  void bindings(Done<std::vector<amqp::port::BindingRow>> done) override;
  void connections(Done<std::vector<amqp::port::ConnectionRow>> done) override;
  void node(Done<amqp::port::NodeRow> done) override;
  void close_connection(std::string name, std::string reason, Done<bool> done) override;

 private:
  struct Hashing {
    amqp::access::SetUser user;
    Done<amqp::port::AdminResult> done;
  };
  [[nodiscard]] Floor& floor() const { return *floors_.front(); }
  [[nodiscard]] const amqp::access::Snapshot& snapshot() const {
    return *floor().keeper.snapshot();
  }
  [[nodiscard]] bool has_room_for_vhosts() const;
  void put_user(amqp::port::PutUser user, Done<amqp::port::AdminResult> done);
  void hash(std::string password, Hashing hashing);
  void hashed(std::uint64_t ticket, std::optional<std::string> hash);

  const Floors& floors_;
  Commons& commons_;
  amqp::access::AccessDesk& desk_;
  const PasswordLane lane_;
  const std::string token_;
  std::uint64_t last_ticket_ = 0;
  std::unordered_map<std::uint64_t, Hashing> hashing_;  // at most kHashesMax
};

}  // namespace oriel::serve
