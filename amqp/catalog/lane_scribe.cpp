#include "amqp/catalog/lane_scribe.h"

#include <memory>
#include <utility>

namespace amqp::catalog {

void LaneScribe::write(std::vector<Change> changes, Done done) {
  waiting_.push_back({std::move(changes), std::move(done), {}});
  if (!at_work_) start();
}

void LaneScribe::start() {
  auto batch = std::make_shared<Batch>(std::exchange(waiting_, {}));
  at_work_ = true;
  ++batches_;
  const bool taken = lane_.submit([this, batch] {
    perform(catalog_, *batch);
    post_.send(core::kControlShard, [this, batch] { finished(*batch); });
  });
  if (taken) return;
  for (Request& request : *batch) {
    request.result = core::Unexpected{Error{"write to the catalog", "too much waits for it"}};
  }
  finished(*batch);
}

void LaneScribe::perform(Catalog& catalog, Batch& batch) {
  std::vector<Change> all;
  for (const Request& request : batch) {
    all.insert(all.end(), request.changes.begin(), request.changes.end());
  }
  if (catalog.apply(all)) return;
  // One of them does not go, or the disk is full: each for itself, so that each hears its own.
  for (Request& request : batch) request.result = catalog.apply(request.changes);
}

void LaneScribe::finished(Batch& batch) {
  // Still at work: whoever is told may ask for more, which starts when all have been told.
  for (Request& request : batch) {
    ++(request.result ? written_ : failed_);
    request.done(std::move(request.result));
  }
  at_work_ = false;
  if (!waiting_.empty()) start();
}

}  // namespace amqp::catalog
