#include "amqp/access/access_desk.h"

#include <utility>

#include "core/base/check.h"

namespace amqp::access {

void AccessDesk::carry_out(Command command, Done done) {
  if (waiting_.size() >= kWaitingMax) {
    done(core::Unexpected{port::AdminRefusal{port::AdminRefusal::Kind::busy,
                                             "too many changes wait; try again later"}});
    return;
  }
  waiting_.push_back({std::move(command), std::move(done)});
  if (!at_work_) next();
}

void AccessDesk::next() {
  while (!at_work_ && !waiting_.empty()) {
    at_work_ = true;
    auto decided = decide(*places_.front().keeper->snapshot(), waiting_.front().command);
    if (!decided) {
      finish(core::Unexpected{std::move(decided.error())});
      continue;
    }
    // A scribe copies what it is given to call.
    auto held = std::make_shared<Decided>(*std::move(decided));
    scribe_.write(held->changes, [this, held](const core::Result<void, catalog::Error>& result) {
      if (result) return written(std::move(*held));
      finish(core::Unexpected{
          port::AdminRefusal{port::AdminRefusal::Kind::failed,
                             "cannot " + result.error().act + ": " + result.error().reason}});
      next();
    });
    return;
  }
}

template <typename About>
bool AccessDesk::is() const {
  return effect_ && std::holds_alternative<About>(waiting_.front().command);
}

void AccessDesk::written(Decided decided) {
  changed_ = decided.changed;
  auto snapshot = std::make_shared<const Snapshot>(std::move(decided.next));
  if (!is<port::PutVhost>()) return publish(std::move(snapshot));
  effect_(waiting_.front().command,
          [this, snapshot = std::move(snapshot)]() mutable { publish(std::move(snapshot)); });
}

void AccessDesk::publish(SnapshotPtr snapshot) {
  missing_ = places_.size();
  core::Post& home = *places_.front().post;
  for (std::size_t i = 1; i < places_.size(); ++i) {
    const KeeperPlace place = places_[i];
    home.send(core::ShardId{static_cast<std::uint16_t>(i)}, [this, place, snapshot] {
      place.keeper->install(snapshot);
      place.post->send(core::kControlShard, [this] { installed(); });
    });
  }
  places_.front().keeper->install(std::move(snapshot));
  installed();
}

void AccessDesk::installed() {
  CORE_CHECK(missing_ > 0);
  if (--missing_ > 0) return;
  if (!is<port::DeleteVhost>()) return complete();
  effect_(waiting_.front().command, [this] { complete(); });
}

void AccessDesk::complete() {
  finish(changed_);
  next();
}

void AccessDesk::finish(port::AdminResult result) {
  const Done done = std::move(waiting_.front().done);
  waiting_.pop_front();
  at_work_ = false;
  done(std::move(result));
}

}  // namespace amqp::access
