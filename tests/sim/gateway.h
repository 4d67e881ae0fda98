#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "amqp/broker/embedded_port.h"
#include "http/dispatch/courier.h"
#include "tests/sim/broker_world.h"
#include "tests/sim/questions.h"
#include "tests/sim/wire_client.h"

namespace sim {

/// The gateway of one shard: the real courier on the real port, asked to ask services. It stands
/// between the two, so that it sees each reply before the courier does.
class Gateway final : private amqp::port::PortClient, private http::dispatch::CourierClient {
 public:
  Gateway(BrokerWorld& world, unsigned shard, Witness& witness, Questions& questions);

  void ask(Random& random);
  void abandon_one(Random& random);  ///< A caller hangs up.
  void fire_timers();
  /// To be asked when everything has come to rest.
  void at_rest() const;
  /// To be asked when, besides, all time-outs are over.
  void all_over() const;

  static constexpr std::chrono::seconds kTimeoutMax{3};

 private:
  struct Open {
    http::dispatch::Ticket ticket;
    std::size_t service = 0;
    std::size_t organisation = 0;  // of the caller
    core::Instant deadline;
  };
  [[nodiscard]] bool has_room(std::size_t service, std::size_t organisation) const;

  // As amqp::port::PortClient, on the way to the courier.
  void published(std::uint64_t token, amqp::port::PublishOutcome outcome,
                 core::Instant now) override;
  void replied(const amqp::port::Reply& reply, core::Instant now) override;

  // As http::dispatch::CourierClient.
  void answered(std::uint64_t owner, http::dispatch::Answer answer, const core::StageRecord& record,
                core::Instant now) override;
  void reply_dropped(const http::dispatch::PendingTable::Closed* closed,
                     core::Instant now) override;
  void succeeded(Questions::Id id, const http::message::Response& response,
                 const core::StageRecord& record);
  void failed(Questions::Id id, const Open& open, const http::dispatch::Failure& failure,
              core::Instant now);

  BrokerWorld& world_;
  unsigned shard_;
  Witness& witness_;
  Questions& questions_;
  std::vector<std::shared_ptr<const registry::model::Service>> services_;
  http::dispatch::Courier courier_;
  amqp::broker::EmbeddedPort port_;

  std::map<Questions::Id, Open> open_;
  std::set<std::size_t> reached_;  // services that a message was routed to
  std::uint64_t abandoned_ = 0;
  // What is going on at the moment; 0 and false: nothing.
  Questions::Id sending_ = 0;
  Questions::Reply reply_;
  bool firing_timers_ = false;
};

}  // namespace sim
