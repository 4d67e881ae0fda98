#include "amqp/broker/control_desk.h"

#include <type_traits>

#include "amqp/broker/answer.h"
#include "amqp/broker/broker_shard.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/rules.h"
#include "amqp/broker/topology.h"
#include "core/base/check.h"

namespace amqp::broker {
namespace {

/// 64 bits as eleven characters that need no quoting anywhere.
void append_word(std::string& name, std::uint64_t bits) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (int i = 0; i < 11; ++i, bits >>= 6U) name += kLetters[bits & 63U];
}

}  // namespace

ControlDesk::ControlDesk(BrokerShard& shard)
    : shard_(shard), last_serial_(shard.shards(), kReplySerial) {}

void ControlDesk::handle(const Origin& origin, VhostId vhost,
                         std::shared_ptr<const port::Request> request) {
  std::visit(
      [&](const auto& asked) {
        using Asked = std::remove_cvref_t<decltype(asked)>;
        if constexpr (std::is_same_v<Asked, port::DeclareQueue>) {
          handle_declare(origin, vhost, asked, request);
        } else if constexpr (requires { judge(shard_.topology(), vhost, origin.owner(), asked); }) {
          handle_plain(origin, vhost, asked);
        } else {
          CORE_CHECK(false && "a request for a queue's home, not for the control desk");
        }
      },
      *request);
}

template <typename Asked>
void ControlDesk::handle_plain(const Origin& origin, VhostId vhost, const Asked& asked) {
  Judgement judgement = judge(shard_.topology(), vhost, origin.owner(), asked);
  if (!judgement) return answer({origin, std::move(judgement.error())});
  if (!*judgement) return answer({origin, port::Done{}});
  order(std::move(**judgement), {origin, port::Done{}});
}

void ControlDesk::handle_declare(const Origin& origin, VhostId vhost,
                                 const port::DeclareQueue& declare,
                                 const std::shared_ptr<const port::Request>& request) {
  Judgement judgement = judge(shard_.topology(), vhost, origin.owner(), declare);
  if (!judgement) return answer({origin, std::move(judgement.error())});
  if (!*judgement) {
    const port::QueueId id = shard_.topology().vhost(vhost).queue(declare.name)->traits.id;
    return shard_.tell(port::home_of(id), [id, vhost, origin, request](BrokerShard& home) {
      home.queue_desk().when_created(id, [&home, id, vhost, origin, request] {
        home.queue_desk().declared(id, std::get<port::DeclareQueue>(*request).name, vhost, origin,
                                   request);
      });
    });
  }
  QueueTraits& queue = std::get<AddQueue>((*judgement)->what).queue;
  if (queue.name.empty()) queue.name = make_up_name(vhost);
  // The home of a queue is the shard of the connection that declares it: most queues are consumed
  // where they were declared.
  queue.id = make_queue_id(origin.shard, ++last_serial_[origin.shard.value()]);
  queue.key = store::QueueKey{++last_key_};
  const std::string name = queue.name;
  order(std::move(**judgement), {origin, port::QueueDeclared{name, 0, 0}});
}

std::string ControlDesk::make_up_name(VhostId vhost) {
  std::string name;
  do {
    name = "amq.gen-";
    append_word(name, shard_.settings().random());
    append_word(name, shard_.settings().random());
  } while (shard_.topology().vhost(vhost).queue(name) != nullptr);
  return name;
}

void ControlDesk::order(Change change, Completion completion) {
  const std::uint16_t others = static_cast<std::uint16_t>(shard_.shards() - 1);
  const std::uint64_t number = first_number_ + pending_.size();
  if (others == 0) {
    shard_.apply(change);
    return answer(std::move(completion));
  }
  pending_.push_back({others, std::move(completion)});
  const auto shared = std::make_shared<const Change>(std::move(change));
  // The others' letters first: applying it here may bring up the next change.
  for (std::uint16_t shard = 1; shard <= others; ++shard) {
    shard_.send(core::ShardId{shard}, [shared, number](BrokerShard& there) {
      there.apply(*shared);
      there.send(core::kControlShard,
                 [number](BrokerShard& control) { control.control().applied(number); });
    });
  }
  shard_.apply(*shared);
}

void ControlDesk::applied(std::uint64_t number) {
  CORE_CHECK(number >= first_number_ && number - first_number_ < pending_.size());
  --pending_[number - first_number_].missing;
  while (!pending_.empty() && pending_.front().missing == 0) {
    Completion completion = std::move(pending_.front().completion);
    pending_.pop_front();
    ++first_number_;
    answer(std::move(completion));
  }
}

void ControlDesk::answer(Completion completion) {
  broker::answer(shard_, completion.origin, std::move(completion.answer));
}

}  // namespace amqp::broker
