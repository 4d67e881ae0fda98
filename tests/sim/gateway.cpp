#include "tests/sim/gateway.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "tests/sim/actors.h"
#include "tests/sim/echo.h"

namespace sim {
namespace {

namespace dispatch = http::dispatch;
using amqp::port::PublishOutcome;
using core::Stage;
using dispatch::Cause;
using End = Questions::End;
using Taken = Questions::Taken;

// Few places, so that they are used again soon and run out at times.
constexpr std::uint32_t kPendingMax = 20;
constexpr std::uint32_t kPendingPerServiceMax = 14;
constexpr std::uint32_t kPendingPerOrganisationMax = 11;  // three quarters
constexpr std::size_t kOrganisations = 2;

constexpr std::array<std::chrono::seconds, 2> kTimeouts{std::chrono::seconds{1},
                                                        Gateway::kTimeoutMax};

std::string name(Questions::Id id) { return "question " + std::to_string(id); }

core::Uuid uuid_of(std::uint64_t number) {
  std::array<std::uint8_t, 16> octets{};
  for (std::size_t i = 0; i < sizeof number; ++i) {
    octets[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return core::Uuid{octets};
}

std::vector<std::shared_ptr<const registry::model::Service>> make_services() {
  std::vector<std::shared_ptr<const registry::model::Service>> services;
  for (const std::string& queue : work_queues()) {
    auto service = std::make_shared<registry::model::Service>();
    service->id = uuid_of(services.size() + 1);
    service->name = queue;
    service->exchange = kServices;
    service->routing_key = queue;
    service->reply_timeout = kTimeouts[services.size() % kTimeouts.size()];
    services.push_back(std::move(service));
  }
  return services;
}

dispatch::CourierSettings narrow_settings() {
  dispatch::CourierSettings settings;
  settings.pending_max = kPendingMax;
  settings.pending_per_service_max = kPendingPerServiceMax;
  return settings;
}

/// How often each kind of reply was counted, in the order of Questions::Taken.
std::array<std::uint64_t, Questions::kTaken> counted(const dispatch::CourierCounters& counters) {
  return {counters.replies, counters.duplicate_replies, counters.late_replies,
          counters.unknown_replies};
}

}  // namespace

Gateway::Gateway(BrokerWorld& world, unsigned shard, Witness& witness, Questions& questions)
    : world_(world),
      shard_(shard),
      witness_(witness),
      questions_(questions),
      services_(make_services()),
      courier_(narrow_settings(), world.clock(), *this),
      port_(world.broker(shard), *this) {
  courier_.attach(port_);
  courier_.expired(world.now());
}

bool Gateway::has_room(std::size_t service, std::size_t organisation) const {
  std::size_t of_service = 0;
  std::size_t of_organisation = 0;
  for (const auto& [id, open] : open_) {
    if (open.service != service) continue;
    ++of_service;
    if (open.organisation == organisation) ++of_organisation;
  }
  return open_.size() < kPendingMax && of_service < kPendingPerServiceMax &&
         of_organisation < kPendingPerOrganisationMax;
}

void Gateway::ask(Random& random) {
  const core::Instant now = world_.now();
  const std::size_t which = random() % services_.size();
  const Questions::Id id = questions_.asked(random() % 300);
  http::message::Request request;
  request.method = "POST";
  request.target.path = "/api/sim";
  request.body = core::SharedBytes::copy_of(core::octets_of(questions_.body(id)));
  const std::size_t organisation = random() % kOrganisations;
  registry::access::Caller caller;
  caller.organisation = uuid_of(organisation + 1);
  dispatch::StageTimes stages;
  stages.set(Stage::accepted, now);

  const bool room = has_room(which, organisation);
  auto forward = courier_.prepare(
      {.service = services_[which],
       .question = {.id = uuid_of(id), .request = &request, .response = nullptr, .caller = &caller},
       .owner = id,
       .stages = &stages},
      now);
  witness_.expect(forward.has_value() == room,
                  room ? "refused with room left" : "beyond its bounds", name(id));
  if (!forward) {
    witness_.expect(forward.error().cause == Cause::too_many_pending, "refused for no reason",
                    forward.error().message);
    return questions_.ended(id, End::refused);
  }
  questions_.sent(id, shard_, forward->properties.correlation_id.value());
  open_.emplace(id,
                Open{forward->ticket, which, organisation, now + *services_[which]->reply_timeout});
  sending_ = id;
  courier_.send(std::move(*forward), now);
  sending_ = 0;
}

void Gateway::abandon_one(Random& random) {
  if (open_.empty()) return;
  const auto found = std::next(open_.begin(), static_cast<std::ptrdiff_t>(random() % open_.size()));
  const auto [id, open] = *found;
  open_.erase(found);
  ++abandoned_;
  witness_.expect(courier_.abandon(open.ticket, world_.now()) != nullptr,
                  "an open question was not there to abandon", name(id));
  questions_.ended(id, End::abandoned);
}

void Gateway::fire_timers() {
  const core::Instant now = world_.now();
  firing_timers_ = true;
  courier_.expired(now);
  firing_timers_ = false;
  for (const auto& [id, open] : open_) {
    witness_.expect(open.deadline > now - core::TimerWheel::kTick, "open beyond its time",
                    name(id));
  }
  witness_.expect(courier_.pending().size() == open_.size(), "a slot is open for no question");
  witness_.expect(courier_.deadline().has_value() == !open_.empty(), "a deadline for no question");
}

// ---- Between the port and the courier ----

void Gateway::published(std::uint64_t token, PublishOutcome outcome, core::Instant now) {
  const auto found = open_.find(sending_);
  witness_.expect(found != open_.end(), "published what was not sent");
  if (found != open_.end() && outcome == PublishOutcome::routed) {
    reached_.insert(found->second.service);
  }
  courier_.published(token, outcome, now);
}

void Gateway::replied(const amqp::port::Reply& reply, core::Instant now) {
  reply_ = questions_.came(shard_, reply.correlation_id);
  auto expected = counted(courier_.counters());
  ++expected[static_cast<std::size_t>(reply_.taken)];
  courier_.replied(reply, now);
  witness_.expect(counted(courier_.counters()) == expected, "a reply was taken for another kind",
                  name(reply_.question));
  witness_.expect(open_.count(reply_.question) == 0, "a reply did not end its question",
                  name(reply_.question));
  reply_ = {};
}

// ---- What the courier says ----

void Gateway::answered(std::uint64_t owner, dispatch::Answer answer,
                       const core::StageRecord& record, core::Instant now) {
  const auto found = open_.find(owner);
  witness_.expect(found != open_.end(), "ended a question that was not open", name(owner));
  if (found == open_.end()) return;
  const Open open = found->second;
  open_.erase(found);
  if (const auto* response = std::get_if<http::message::Response>(&answer)) {
    succeeded(owner, *response, record);
  } else if (const auto* failure = std::get_if<dispatch::Failure>(&answer)) {
    failed(owner, open, *failure, now);
  } else {
    witness_.expect(false, "a continuation that no service sent", name(owner));
  }
}

void Gateway::succeeded(Questions::Id id, const http::message::Response& response,
                        const core::StageRecord& record) {
  witness_.expect(reply_.taken == Taken::answer && reply_.question == id,
                  "a reply reached another question", name(id));
  witness_.expect(response.body.text() == Questions::answer_to(questions_.body(id)),
                  "not its own answer", name(id));
  witness_.expect(record.at(Stage::published) && record.at(Stage::reply_in),
                  "answered without its stages", name(id));
  questions_.ended(id, End::answered);
}

void Gateway::failed(Questions::Id id, const Open& open, const dispatch::Failure& failure,
                     core::Instant now) {
  if (failure.cause == Cause::no_exchange || failure.cause == Cause::not_routed) {
    witness_.expect(sending_ == id, "refused after it was sent", name(id));
    witness_.expect(reached_.count(open.service) == 0, "the way to a service was lost", name(id));
    return questions_.ended(id, End::refused);
  }
  witness_.expect(failure.status == 504, "failed for no reason", failure.message);
  witness_.expect(firing_timers_ && open.deadline <= now, "timed out before its time", name(id));
  witness_.expect(failure.cause != Cause::no_reply || questions_.delivered(id),
                  "a service is blamed for what it never saw", name(id));
  questions_.ended(id, End::timed_out);
}

void Gateway::reply_dropped(const dispatch::PendingTable::Closed* closed, core::Instant) {
  witness_.expect(reply_.taken != Taken::answer, "an answer was dropped", name(reply_.question));
  witness_.expect((closed == nullptr) == (reply_.taken == Taken::unknown),
                  "a dropped reply has another's story", name(reply_.question));
  if (closed != nullptr) {
    witness_.expect(closed->request_id == uuid_of(reply_.question), "late for another question",
                    name(reply_.question));
  }
}

// ---- In the end ----

void Gateway::at_rest() const {
  for (const auto& [id, open] : open_) {
    if (open.deadline > world_.now()) questions_.open_at_rest(id);
  }
}

void Gateway::all_over() const {
  const dispatch::CourierCounters& counters = courier_.counters();
  witness_.expect(open_.empty() && courier_.pending().size() == 0, "a slot stays open");
  witness_.expect(counters.sent == counters.replies + counters.timeouts + abandoned_ +
                                       counters.unroutable + counters.no_exchange,
                  "the counters of questions do not add up");
}

}  // namespace sim
