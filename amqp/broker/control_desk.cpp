#include "amqp/broker/control_desk.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "amqp/broker/answer.h"
#include "amqp/broker/broker_shard.h"
#include "amqp/broker/kept.h"
#include "amqp/broker/limits.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/rules.h"
#include "amqp/broker/topology.h"
#include "amqp/catalog/scribe.h"
#include "core/base/check.h"

namespace amqp::broker {
namespace {

/// 64 bits as eleven characters that need no quoting anywhere.
void append_word(std::string& name, std::uint64_t bits) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (int i = 0; i < 11; ++i, bits >>= 6U) name += kLetters[bits & 63U];
}

port::Refusal not_written(const catalog::Error& error) {
  return {541, "cannot " + error.act + ": " + error.reason};
}

/// Removals have happened already; what adds something has not.
bool is_removal_of_queue(const Change& change) {
  return std::holds_alternative<RemoveQueue>(change.what);
}

}  // namespace

ControlDesk::ControlDesk(BrokerShard& shard)
    : shard_(shard), last_serial_(shard.shards(), kReplySerial) {}

void ControlDesk::continue_after(store::QueueKey key, const std::vector<std::uint64_t>& serials) {
  CORE_CHECK(serials.size() == last_serial_.size());
  last_key_ = std::max(last_key_, key.value());
  for (std::size_t home = 0; home < serials.size(); ++home) {
    last_serial_[home] = std::max(last_serial_[home], serials[home]);
  }
}

// ---- Judging -----------------------------------------------------------------------------------

void ControlDesk::handle(const Origin& origin, VhostId vhost,
                         std::shared_ptr<const port::Request> request) {
  if (waiting_.empty() && try_handle(origin, vhost, *request, request)) return;
  waiting_.push_back({origin, vhost, std::move(request), nullptr, {}});
}

bool ControlDesk::try_handle(const Origin& origin, VhostId vhost, const port::Request& request,
                             const std::shared_ptr<const port::Request>& shared) {
  if (const Vhost& asked_in = shard_.topology().vhost(vhost); asked_in.gone()) {
    answer({origin, port::Refusal{320, "vhost '" + asked_in.name() + "' is deleted"}});
    return true;
  }
  return std::visit(
      [&](const auto& asked) {
        using Asked = std::remove_cvref_t<decltype(asked)>;
        if constexpr (std::is_same_v<Asked, port::DeclareQueue>) {
          return try_declare(origin, vhost, asked, shared);
        } else if constexpr (requires { judge(shard_.topology(), vhost, origin.owner(), asked); }) {
          return try_plain(origin, vhost, asked);
        } else {
          CORE_CHECK(false && "a request for a queue's home, not for the control desk");
          return true;
        }
      },
      request);
}

template <typename Asked>
bool ControlDesk::try_plain(const Origin& origin, VhostId vhost, const Asked& asked) {
  Judgement judgement = judge(shard_.topology(), vhost, origin.owner(), asked);
  Completion completion{origin, port::Done{}};
  if (judgement && *judgement) {
    auto refusal = beyond_limits(shard_.settings().limits, shard_.topology(), **judgement);
    if (!refusal) return try_order(**judgement, completion);
    judgement = core::Unexpected{*std::move(refusal)};
  }
  if (!judgement) completion.answer = std::move(judgement.error());
  answer(std::move(completion));
  return true;
}

bool ControlDesk::try_declare(const Origin& origin, VhostId vhost,
                              const port::DeclareQueue& declare,
                              const std::shared_ptr<const port::Request>& request) {
  Judgement judgement = judge(shard_.topology(), vhost, origin.owner(), declare);
  if (!judgement) {
    answer({origin, std::move(judgement.error())});
    return true;
  }
  if (!*judgement) {
    // Its home would send us back here again and again while its removal is being written.
    if (claims_.conflict(claims_of_queue(vhost, declare.name))) return false;
    const port::QueueId id = shard_.topology().vhost(vhost).queue(declare.name)->traits.id;
    shard_.tell(port::home_of(id), [id, vhost, origin, request](BrokerShard& home) {
      home.queue_desk().when_created(id, [&home, id, vhost, origin, request] {
        home.queue_desk().declared(id, std::get<port::DeclareQueue>(*request).name, vhost, origin,
                                   request);
      });
    });
    return true;
  }
  if (auto refusal = beyond_limits(shard_.settings().limits, shard_.topology(), **judgement)) {
    answer({origin, *std::move(refusal)});
    return true;
  }
  QueueTraits& queue = std::get<AddQueue>((*judgement)->what).queue;
  if (queue.name.empty()) queue.name = make_up_name(vhost);
  if (claims_.conflict(claims_of(shard_.topology(), **judgement))) return false;
  // The home of a queue is the shard of the connection that declares it: most queues are consumed
  // where they were declared.
  queue.id = make_queue_id(origin.shard, ++last_serial_[origin.shard.value()]);
  queue.key = store::QueueKey{++last_key_};
  Completion completion{origin, port::QueueDeclared{queue.name, 0, 0}};
  return try_order(**judgement, completion);
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

// ---- Writing -----------------------------------------------------------------------------------

void ControlDesk::order(Change change, Completion completion) {
  if (waiting_.empty() && try_order(change, completion)) return;
  auto kept = std::make_unique<Change>(std::move(change));
  waiting_.push_back({{}, kept->vhost, nullptr, std::move(kept), std::move(completion)});
}

bool ControlDesk::try_order(Change& change, Completion& completion) {
  if (shard_.scribe() == nullptr) {
    carry_out(std::move(change), std::move(completion));
    return true;
  }
  std::vector<Claim> claims = claims_of(shard_.topology(), change);
  if (claims_.conflict(claims)) return false;
  std::vector<catalog::Change> writing = to_write(shard_.topology(), change);
  if (writing.empty()) {
    carry_out(std::move(change), std::move(completion));
  } else {
    write(std::move(change), std::move(completion), std::move(claims), std::move(writing));
  }
  return true;
}

void ControlDesk::write(Change change, Completion completion, std::vector<Claim> claims,
                        std::vector<catalog::Change> writing) {
  pay_debts();
  claims_.take(claims);
  ++being_written_;
  struct Written {
    Change change;
    Completion completion;
    std::vector<Claim> claims;
    std::vector<catalog::Change> writing;
  };
  auto held = std::make_shared<Written>(
      Written{std::move(change), std::move(completion), std::move(claims), writing});
  shard_.scribe()->write(std::move(writing), [this, held](core::Result<void, catalog::Error> done) {
    --being_written_;
    claims_.release(held->claims);
    if (!done) ++refused_by_catalog_;
    if (done || is_removal_of_queue(held->change)) {
      if (!done) debts_.insert(debts_.end(), held->writing.begin(), held->writing.end());
      carry_out(std::move(held->change), std::move(held->completion));
    } else {
      held->completion.answer = not_written(done.error());
      answer(std::move(held->completion));
    }
    go_on();
  });
}

void ControlDesk::pay_debts() {
  if (debts_.empty()) return;
  auto owed = std::make_shared<std::vector<catalog::Change>>(std::exchange(debts_, {}));
  shard_.scribe()->write(*owed, [this, owed](core::Result<void, catalog::Error> done) {
    if (!done) debts_.insert(debts_.begin(), owed->begin(), owed->end());
  });
}

void ControlDesk::go_on() {
  if (going_on_) return;
  going_on_ = true;
  while (!waiting_.empty()) {
    // Out of the line while it is tried: a call to a client may add to the line.
    Waiting next = std::move(waiting_.front());
    const bool gone = next.change != nullptr
                          ? try_order(*next.change, next.completion)
                          : try_handle(next.origin, next.vhost, *next.request, next.request);
    if (!gone) {
      waiting_.front() = std::move(next);
      break;
    }
    waiting_.pop_front();
  }
  going_on_ = false;
}

// ---- Virtual hosts -----------------------------------------------------------------------------

void ControlDesk::add_vhost(std::string name, std::function<void()> done) {
  const auto number = static_cast<std::uint16_t>(shard_.topology().vhosts().size());
  CORE_CHECK(!shard_.topology().find_vhost(name) && number < kVhostsMax);
  carry_out(Change{VhostId{number}, AddVhost{std::move(name)}},
            Completion{Origin{}, port::Done{}, std::move(done)});
}

void ControlDesk::remove_vhost(std::string_view name, std::function<void()> done) {
  const auto vhost = shard_.topology().find_vhost(name);
  CORE_CHECK(vhost.has_value());
  carry_out(Change{*vhost, RemoveVhost{}}, Completion{Origin{}, port::Done{}, std::move(done)});
}

// ---- Applying ----------------------------------------------------------------------------------

void ControlDesk::carry_out(Change change, Completion completion) {
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
  if (completion.then) return completion.then();
  broker::answer(shard_, completion.origin, std::move(completion.answer));
}

}  // namespace amqp::broker
