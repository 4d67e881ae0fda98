#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/claims.h"
#include "amqp/broker/origin.h"
#include "amqp/catalog/catalog.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

class BrokerShard;

/// Whom to answer, and what, when a change has reached every shard; or what to do then.
struct Completion {
  Origin origin;
  port::Answer answer;
  std::function<void()> then{};
};

/// Orders the changes of the topology; on the control shard only. A change passes four stages:
///
///   judged    against the control shard's own replica
///   written   into the catalog, if it concerns something that outlives the process
///   applied   here at once, and by a letter on all the others; each says so
///   answered  when the last shard has it
///
/// Letters keep their order, so all replicas take the same steps; and a publish on any connection
/// sees what an answer has told of. With one shard and nothing to write all of that happens within
/// the call.
///
/// What is judged while other changes are being written must not depend on them: whatever touches
/// what they touch (Claims) waits until they are applied, and everything that comes after it waits
/// behind it. So a change that the catalog refuses concerns nobody but who asked for it.
///
/// A queue that is to go has gone already when this desk hears of it, so its removal is applied
/// even when it cannot be written. It is owed then, and written before the next thing that is; a
/// crash before that brings the queue back.
class ControlDesk {
 public:
  explicit ControlDesk(BrokerShard& shard);

  /// A request that may change the topology: declare, bind and unbind, and delete of an exchange.
  void handle(const Origin& origin, VhostId vhost, std::shared_ptr<const port::Request> request);
  /// A change that needs no judgement.
  void order(Change change, Completion completion);
  /// One more shard has applied the oldest change that it had not.
  void applied(std::uint64_t number);

  /// The broker's part of adding and removing a virtual host, which is in the catalog already, or
  /// no more; `done` runs when every shard has it. The name is one that is not there, or is.
  void add_vhost(std::string name, std::function<void()> done);
  void remove_vhost(std::string_view name, std::function<void()> done);

  /// After a start: `key` and `serials`, by home, are given to queues already.
  void continue_after(store::QueueKey key, const std::vector<std::uint64_t>& serials);

  [[nodiscard]] std::size_t being_written() const { return being_written_; }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  /// Changes that the catalog refused.
  [[nodiscard]] std::uint64_t refused_by_catalog() const { return refused_by_catalog_; }

 private:
  struct Pending {
    std::uint16_t missing = 0;  // shards that have not applied it
    Completion completion;
  };
  /// A request, or a change that needs no judgement.
  struct Waiting {
    Origin origin;
    VhostId vhost;
    std::shared_ptr<const port::Request> request;
    std::unique_ptr<Change> change;
    Completion completion;
  };

  /// Each gives false, and has done nothing, when it has to wait.
  [[nodiscard]] bool try_handle(const Origin& origin, VhostId vhost, const port::Request& request,
                                const std::shared_ptr<const port::Request>& shared);
  [[nodiscard]] bool try_order(Change& change, Completion& completion);
  template <typename Asked>
  [[nodiscard]] bool try_plain(const Origin& origin, VhostId vhost, const Asked& asked);
  [[nodiscard]] bool try_declare(const Origin& origin, VhostId vhost,
                                 const port::DeclareQueue& declare,
                                 const std::shared_ptr<const port::Request>& request);
  [[nodiscard]] std::string make_up_name(VhostId vhost);
  void go_on();
  void write(Change change, Completion completion, std::vector<Claim> claims,
             std::vector<catalog::Change> writing);
  void pay_debts();
  void carry_out(Change change, Completion completion);
  void answer(Completion completion);

  BrokerShard& shard_;
  std::vector<std::uint64_t> last_serial_;  // of queues, by home
  std::uint64_t last_key_ = 0;              // of queues in the logs
  Claims claims_;
  std::size_t being_written_ = 0;
  std::uint64_t refused_by_catalog_ = 0;
  std::vector<catalog::Change> debts_;  // removals that could not be written
  /// At most one request a channel, and the queues that go.
  std::deque<Waiting> waiting_;
  bool going_on_ = false;
  /// Changes on their way, oldest first; they complete in this order. At most as many as letters.
  std::deque<Pending> pending_;
  std::uint64_t first_number_ = 0;  // of the change at the front
};

}  // namespace amqp::broker
