#include "registry/service/registry_service.h"

#include <iterator>
#include <utility>
#include <variant>

#include "core/base/check.h"
#include "registry/service/decide.h"
#include "registry/service/registry_shard.h"
#include "registry/service/renewal.h"

namespace registry::service {
namespace {

template <typename LogInOrCheck>
Credentials credentials_of(const LogInOrCheck& command) {
  return {.user = command.user,
          .organisation = command.organisation,
          .password = command.password,
          .source = command.source};
}

CommandResult failed(const store::StoreError& error) {
  return core::Unexpected{
      RuleViolation{RuleViolation::Kind::failed,
                    "The registry could not be changed: " + error.act + ": " + error.reason + "."}};
}

SnapshotPtr first_snapshot_of(const State& state, const match::InParallel& in_parallel) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->revision = 1;
  snapshot->resources = state.resources();
  snapshot->authorization = std::make_shared<const authorization::Table>(*state.resources());
  snapshot->entities = std::make_shared<const entity::Table>(*state.resources());
  snapshot->routes = routes_of(*state.resources(), in_parallel);
  snapshot->directory = directory_of(*state.resources());
  snapshot->sessions = std::make_shared<const access::SessionTable>();
  return snapshot;
}

bool is_about_resources(const Command& command) {
  return !std::holds_alternative<LogIn>(command) &&
         !std::holds_alternative<CheckPassword>(command) &&
         !std::holds_alternative<LogOut>(command) && !std::holds_alternative<ReadAudit>(command);
}

bool may_ask_for_deleted(const Command& command) {
  return std::holds_alternative<DeleteResource>(command) ||
         std::holds_alternative<ChangeSeveral>(command);
}

/// The founding as one decision. It is the server's own act, and not in the audit.
Decision decision_of(const Founding& founding, const State& state, access::PasswordCost cost) {
  Decision decision;
  decision.resources = *state.resources();
  for (const auto& made : resources_of(founding, *state.resources(), cost)) {
    decision.resources = decision.resources.with(made);
    decision.changes.emplace_back(store::PutResource{made});
    decision.touched.push_back({nullptr, made});
  }
  return decision;
}

}  // namespace

core::Result<std::unique_ptr<RegistryService>, store::StoreError> RegistryService::open(
    std::unique_ptr<store::RegistryStore> store, const core::Clock& clock, core::Lane& lane,
    core::LanePost& post, const RegistrySettings& settings) {
  auto contents = store->load();
  if (!contents) return core::Unexpected{std::move(contents).error()};
  return std::unique_ptr<RegistryService>{
      new RegistryService{std::move(store), *std::move(contents), clock, lane, post, settings}};
}

RegistryService::RegistryService(std::unique_ptr<store::RegistryStore> store,
                                 store::Contents contents, const core::Clock& clock,
                                 core::Lane& lane, core::LanePost& post,
                                 const RegistrySettings& settings)
    : store_(std::move(store)),
      clock_(clock),
      lane_(lane),
      post_(post),
      settings_(settings),
      state_(std::move(contents)),
      logins_(settings.password_cost, settings.password_cache),
      snapshot_(first_snapshot_of(state_, settings_.in_parallel)) {}

core::Result<std::vector<GeneratedPassword>, BootstrapError> RegistryService::found(
    const BootstrapOptions& options, Founded done) {
  auto planned = plan_founding(*state_.resources(), options);
  if (!planned) return core::Unexpected{std::move(planned).error()};
  std::vector<GeneratedPassword> generated = planned->generated;
  if (planned->empty()) return generated;
  auto held = std::make_unique<Founding>(*std::move(planned));
  const bool taken = lane_.submit(
      [this, founding = std::move(held), told = std::move(done)] { carry_out(*founding, told); });
  CORE_CHECK(taken);  // nobody else has submitted yet
  return generated;
}

void RegistryService::attach(RegistryShard& shard, core::ShardId self, std::uint16_t shards) {
  shards_.resize(shards, nullptr);
  CORE_CHECK(self.value() < shards_.size() && shards_[self.value()] == nullptr);
  shards_[self.value()] = &shard;
}

RegistryShard& RegistryService::shard(core::ShardId id) const {
  CORE_CHECK(id.value() < shards_.size() && shards_[id.value()] != nullptr);
  return *shards_[id.value()];
}

bool RegistryService::submit(std::unique_ptr<Request> request) {
  const bool taken =
      lane_.submit([this, held = std::move(request)]() mutable { carry_out(std::move(held)); });
  // Only now: a count before a refusal could leave a group waiting for a job that never comes.
  if (taken) waiting_.fetch_add(1, std::memory_order_relaxed);
  return taken;
}

void RegistryService::carry_out(std::unique_ptr<Request> request) {
  const bool more_wait = waiting_.fetch_sub(1, std::memory_order_relaxed) > 1;
  const Command& command = request->command;
  if (!is_about_resources(command)) {
    store_group();
    return carry_out_alone(*request);
  }
  // What was deleted is known when it is stored.
  if (may_ask_for_deleted(command)) store_group();
  gather(std::move(request));
  if (!more_wait || group_.members.size() >= kGroupMax) store_group();
}

void RegistryService::carry_out_alone(const Request& request) {
  CommandResult result =
      std::visit([this](const auto& command) { return run(command); }, request.command);
  if (!result || std::holds_alternative<CheckPassword>(request.command) ||
      std::holds_alternative<ReadAudit>(request.command)) {
    return answer(request, std::move(result));
  }
  publish(request, std::move(result));
}

void RegistryService::gather(std::unique_ptr<Request> request) {
  if (group_.members.empty()) group_.before = state_.resources();
  CommandResult result =
      std::visit([this](const auto& command) { return run(command); }, request->command);
  group_.members.push_back({std::move(request), std::move(result)});
}

void RegistryService::store_group() {
  if (group_.members.empty()) return;
  Group group = std::exchange(group_, {});
  if (!group.changes.empty()) {
    if (auto stored = store_->apply(group.changes); !stored) {
      return store_each(std::move(group), stored.error());
    }
    state_.confirm(group.changes);
    next_snapshot(*group.before, group.touched);
  }
  for (auto& [request, result] : group.members) {
    if (!result) {
      answer(*request, std::move(result));
      continue;
    }
    // Also when nothing has changed: what the answer speaks of may have been made by a command
    // whose snapshot is still on its way to some shard.
    publish(*request, std::move(result));
  }
}

/// The store has refused a group: each command alone, so that none fails for another's sake.
void RegistryService::store_each(Group group, const store::StoreError& error) {
  state_.take_back(group.before);
  if (group.members.size() == 1) return answer(*group.members.front().request, failed(error));
  for (auto& member : group.members) {
    gather(std::move(member.request));
    store_group();
  }
}

void RegistryService::carry_out(const Founding& founding, const Founded& done) {
  const auto before = state_.resources();
  Decision decision = decision_of(founding, state_, settings_.password_cost);
  if (auto stored = store_->apply(decision.changes); !stored) {
    return done(BootstrapError{"The registry could not be prepared: " + stored.error().act + ": " +
                               stored.error().reason + "."});
  }
  state_.assume(std::move(decision.resources));
  state_.confirm(decision.changes);
  next_snapshot(*before, decision.touched);
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    const core::ShardId to{static_cast<std::uint16_t>(i)};
    post_.send(to, [receiver = &shard(to), snapshot = snapshot_] { receiver->install(snapshot); });
  }
  done(std::nullopt);
}

CommandResult RegistryService::run(const LogIn& command) {
  const core::Instant now = clock_.now();
  const Directory& directory = *snapshot_->directory;
  auto user = logins_.check(directory, credentials_of(command), now);
  if (!user) return core::Unexpected{std::move(user).error()};

  const SessionTerms terms{now, clock_.wall(), settings_.sessions, settings_.access_tokens.get()};
  auto opened = open_session(*snapshot_->sessions, directory, **user, terms);
  if (!opened) return core::Unexpected{std::move(opened).error()};
  next_snapshot(std::move(opened->table));
  return Outcome{.id = opened->session->id, .session = opened->session};
}

CommandResult RegistryService::run(const CheckPassword& command) {
  auto user = logins_.check(*snapshot_->directory, credentials_of(command), clock_.now());
  if (!user) return core::Unexpected{std::move(user).error()};
  return Outcome{.id = (*user)->id, .session = nullptr};
}

CommandResult RegistryService::run(const LogOut& command) {
  next_snapshot(snapshot_->sessions->without(command.token));
  return Outcome{};
}

CommandResult RegistryService::run(const ReadAudit& command) {
  auto page = store_->audit(command.query);
  if (!page) return failed(page.error());
  Outcome outcome;
  outcome.audit = std::make_shared<const store::AuditPage>(*std::move(page));
  return outcome;
}

template <typename AboutResources>
CommandResult RegistryService::run(const AboutResources& command) {
  auto decision = decide(state_, command, clock_.wall());
  if (!decision) return core::Unexpected{std::move(decision).error()};
  std::move(decision->changes.begin(), decision->changes.end(), std::back_inserter(group_.changes));
  std::move(decision->touched.begin(), decision->touched.end(), std::back_inserter(group_.touched));
  if (!decision->changes.empty()) state_.assume(std::move(decision->resources));
  return std::move(decision->outcome);
}

void RegistryService::next_snapshot(const resource::Resources& before,
                                    std::span<const ResourceChange> touched) {
  const resource::Resources& there = *state_.resources();
  auto next = std::make_shared<Snapshot>(*snapshot_);
  ++next->revision;
  next->resources = state_.resources();
  next->authorization = std::make_shared<const authorization::Table>(
      snapshot_->authorization->changed(before, there, touched));
  if (entity::Table::concerned(touched)) {
    next->entities = std::make_shared<const entity::Table>(snapshot_->entities->changed(touched));
  }
  if (const auto services = services_in(touched, there); !services.empty()) {
    next->routes = change_routes(*snapshot_->routes, services);
  }
  next->directory = change_directory(snapshot_->directory, touched);
  if (next->directory != snapshot_->directory) {
    next->sessions = renew_sessions(snapshot_->sessions, *snapshot_->directory, *next->directory);
  }
  snapshot_ = std::move(next);
}

void RegistryService::next_snapshot(std::shared_ptr<const access::SessionTable> sessions) {
  auto next = std::make_shared<Snapshot>(*snapshot_);
  ++next->revision;
  next->sessions = std::move(sessions);
  snapshot_ = std::move(next);
}

void RegistryService::publish(const Request& request, CommandResult result) {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    const core::ShardId to{static_cast<std::uint16_t>(i)};
    if (to == request.from) continue;
    post_.send(to, [receiver = &shard(to), snapshot = snapshot_, from = request.from,
                    ticket = request.ticket] { receiver->installed(snapshot, from, ticket); });
  }
  auto held = std::make_unique<CommandResult>(std::move(result));
  post_.send(request.from, [receiver = &shard(request.from), snapshot = snapshot_,
                            ticket = request.ticket, answer = std::move(held)] {
    receiver->succeeded(snapshot, ticket, std::move(*answer));
  });
}

void RegistryService::answer(const Request& request, CommandResult result) {
  auto held = std::make_unique<CommandResult>(std::move(result));
  post_.send(request.from, [receiver = &shard(request.from), ticket = request.ticket,
                            answer = std::move(held)] { receiver->answered(ticket, *answer); });
}

}  // namespace registry::service
