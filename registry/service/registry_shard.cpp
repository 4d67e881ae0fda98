#include "registry/service/registry_shard.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "core/base/check.h"

namespace registry::service {

RegistryShard::RegistryShard(RegistryService& service, core::Post& post)
    : service_(service), post_(post), snapshot_(service.first_snapshot()) {
  service_.attach(*this, post_.self(), post_.shards());
}

void RegistryShard::submit(Command command, CommandDone done) {
  auto party = party_of_password(command);
  if (pending_.size() >= kPendingMax) return refuse_busy(std::move(done));
  if (party && !password_work_.has_room_for(*party)) return refuse_busy(std::move(done));
  const Ticket ticket = next_ticket_++;
  Pending& pending = pending_[ticket];
  pending.done = std::move(done);
  if (party) password_work_.began(*party);
  pending.password_of = std::move(party);

  auto request = std::make_unique<RegistryService::Request>(
      RegistryService::Request{post_.self(), ticket, std::move(command)});
  if (!service_.submit(std::move(request))) refuse_busy(take(ticket).done);
}

void RegistryShard::refuse_busy(CommandDone done) {
  post_.send(post_.self(), [held = std::move(done)] {
    held(core::Unexpected{RuleViolation{RuleViolation::Kind::busy,
                                        "The registry has too much to do; try again later."}});
  });
}

void RegistryShard::installed(const SnapshotPtr& snapshot, core::ShardId from, Ticket ticket) {
  install(snapshot);
  post_.send(from, [submitter = &service_.shard(from), ticket] { submitter->acknowledge(ticket); });
}

void RegistryShard::succeeded(const SnapshotPtr& snapshot, Ticket ticket, CommandResult result) {
  install(snapshot);
  const auto pending = pending_.find(ticket);
  CORE_CHECK(pending != pending_.end());
  pending->second.result = std::move(result);
  acknowledge(ticket);
}

void RegistryShard::answered(Ticket ticket, const CommandResult& result) {
  const Pending pending = take(ticket);
  pending.done(result);
}

void RegistryShard::install(const SnapshotPtr& snapshot) {
  CORE_CHECK(snapshot->revision >= snapshot_->revision);  // letters of the lane keep their order
  snapshot_ = snapshot;
  if (tell_) tell_();
}

/// Another shard may acknowledge before the lane's letter to this one is read.
void RegistryShard::acknowledge(Ticket ticket) {
  const auto found = pending_.find(ticket);
  CORE_CHECK(found != pending_.end());
  if (++found->second.acknowledged < post_.shards()) return;
  const Pending pending = take(ticket);
  CORE_CHECK(pending.result.has_value());  // this shard's own acknowledgement comes with it
  pending.done(*pending.result);
}

RegistryShard::Pending RegistryShard::take(Ticket ticket) {
  const auto found = pending_.find(ticket);
  CORE_CHECK(found != pending_.end());
  Pending pending = std::move(found->second);
  pending_.erase(found);
  if (pending.password_of) password_work_.ended(*pending.password_of);
  return pending;
}

}  // namespace registry::service
