// BrokerShard::request: what each request of a channel sets in motion, and where.

#include <memory>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/client_desk.h"
#include "amqp/broker/control_desk.h"
#include "amqp/broker/permissions.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/refusals.h"
#include "amqp/broker/rules.h"
#include "amqp/broker/topology.h"
#include "core/base/check.h"

namespace amqp::broker {
namespace {

/// One request on its way. What concerns the topology goes to the control desk, what concerns one
/// queue to its home. This shard's replica knows all that any client has been told of, so it names
/// the home and refuses on its own; only what might change goes to the control desk. Going straight
/// to the home keeps the order with this channel's publishes, which go the same way.
class Asking {
 public:
  Asking(BrokerShard& shard, VhostId vhost, const Origin& origin, core::Instant now)
      : shard_(shard), vhost_id_(vhost), origin_(origin), now_(now) {}

  void operator()(port::DeclareExchange& request) { ask_control(std::move(request)); }
  void operator()(port::DeleteExchange& request) { ask_control(std::move(request)); }
  void operator()(port::BindExchange& request) { ask_control(std::move(request)); }
  void operator()(port::UnbindExchange& request) { ask_control(std::move(request)); }
  void operator()(port::BindQueue& request) { ask_control(std::move(request)); }
  void operator()(port::UnbindQueue& request) { ask_control(std::move(request)); }

  void operator()(port::DeclareQueue& request) {
    if (is_reply_address(request.name)) {
      return shard_.client_desk().find_reply_address(origin_, vhost_id_, request.name);
    }
    Judgement judgement = judge(shard_.topology(), vhost_id_, origin_.owner(), request);
    if (!judgement && request.passive) return answer(std::move(judgement.error()));
    if (!judgement || *judgement) return ask_control(std::move(request));
    // It is there, and only its counts are wanted.
    const port::QueueId queue = vhost().queue(request.name)->traits.id;
    std::shared_ptr<const port::Request> again;
    std::string name = request.name;
    if (!request.passive) again = std::make_shared<const port::Request>(std::move(request));
    at_home(queue, [queue, name = std::move(name), vhost = vhost_id_, origin = origin_,
                    again = std::move(again)](BrokerShard& home) {
      home.queue_desk().declared(queue, name, vhost, origin, again);
    });
  }

  void operator()(port::DeleteQueue& request) {
    const QueueEntry* queue = vhost().queue(request.name);
    if (queue == nullptr) return answer(port::MessageCount{0});  // as RabbitMQ: it is gone, fine
    if (refuse_if_locked(*queue)) return;
    at_home(queue->traits.id, [queue = queue->traits.id, unused = request.if_unused,
                               empty = request.if_empty, origin = origin_](BrokerShard& home) {
      home.queue_desk().remove(queue, unused, empty, origin);
    });
  }

  void operator()(port::PurgeQueue& request) {
    const QueueEntry* queue = usable(request.name);
    if (queue == nullptr) return;
    at_home(queue->traits.id, [queue = queue->traits.id, name = std::move(request.name),
                               vhost = vhost_id_, origin = origin_](BrokerShard& home) {
      home.queue_desk().purge(queue, name, vhost, origin);
    });
  }

  void operator()(port::Consume& request) {
    origin_.consumer = request.consumer;  // a refusal ends it
    const QueueEntry* queue = usable(request.queue);
    if (queue == nullptr) return;
    origin_.consumer = {};
    shard_.client_desk().consumes(request.consumer, queue->traits.id);
    auto consume = std::make_shared<const port::Consume>(std::move(request));
    at_home(queue->traits.id, [queue = queue->traits.id, consume = std::move(consume),
                               vhost = vhost_id_, origin = origin_](BrokerShard& home) {
      home.queue_desk().consume(queue, *consume, vhost, origin, home.now());
    });
  }

  void operator()(port::Cancel& request) {
    const port::QueueId queue = shard_.client_desk().queue_of(request.consumer);
    origin_.consumer = request.consumer;
    if (queue == port::QueueId{}) return answer(port::Done{});
    at_home(queue, [queue, consumer = request.consumer, origin = origin_](BrokerShard& home) {
      home.queue_desk().cancel(queue, consumer, origin);
    });
  }

  void operator()(port::Get& request) {
    const QueueEntry* queue = usable(request.queue);
    if (queue == nullptr) return;
    const port::QueueId id = queue->traits.id;
    if (port::home_of(id) == shard_.self()) {
      return shard_.queue_desk().get(id, request, vhost_id_, origin_);
    }
    auto get = std::make_shared<const port::Get>(std::move(request));
    at_home(id, [id, get = std::move(get), vhost = vhost_id_, origin = origin_](BrokerShard& home) {
      home.queue_desk().get(id, *get, vhost, origin);
    });
  }

  void refuse(const port::Request& request, port::Refusal refusal) {
    const auto* consume = std::get_if<port::Consume>(&request);
    if (consume != nullptr) origin_.consumer = consume->consumer;  // a refusal ends it
    answer(std::move(refusal));
  }

 private:
  const Vhost& vhost() const { return shard_.topology().vhost(vhost_id_); }

  void answer(port::Answer answer) { shard_.client_desk().answered(origin_, std::move(answer)); }

  bool refuse_if_locked(const QueueEntry& queue) {
    auto refusal = locked_to_others(queue, vhost(), origin_.owner());
    if (!refusal) return false;
    answer(std::move(*refusal));
    return true;
  }

  /// The queue of that name if this connection may use it; otherwise null, and it is answered.
  const QueueEntry* usable(const std::string& name) {
    const QueueEntry* queue = vhost().queue(name);
    if (queue == nullptr) {
      answer(no_queue(name, vhost()));
      return nullptr;
    }
    return refuse_if_locked(*queue) ? nullptr : queue;
  }

  template <typename Asked>
  void ask_control(Asked&& asked) {
    auto request = std::make_shared<const port::Request>(std::forward<Asked>(asked));
    shard_.tell(core::kControlShard,
                [origin = origin_, vhost = vhost_id_, request = std::move(request)](
                    BrokerShard& control) { control.control().handle(origin, vhost, request); });
  }

  template <typename Work>
  void at_home(port::QueueId queue, Work work) {
    shard_.tell(port::home_of(queue), [queue, work = std::move(work)](BrokerShard& home) mutable {
      home.queue_desk().when_created(queue, [&home, work = std::move(work)] { work(home); });
    });
  }

  BrokerShard& shard_;
  VhostId vhost_id_;
  Origin origin_;
  core::Instant now_;
};

}  // namespace

void BrokerShard::request(port::ConnectionId connection, port::ChannelId channel,
                          port::Request request, core::Instant now) {
  ClientDesk::Connection* asker = client_desk_->find(connection);
  CORE_CHECK(asker != nullptr);
  Asking asking{*this, asker->vhost, Origin{self(), connection, channel, {}}, now};
  auto refusal = forbidden(asker->guard, topology_->vhost(asker->vhost), request);
  if (refusal) return asking.refuse(request, std::move(*refusal));
  std::visit(asking, request);
}

}  // namespace amqp::broker
