#pragma once

#include <cstdint>
#include <vector>

#include "amqp/catalog/scribe.h"
#include "core/post/post.h"

namespace amqp::catalog {

/// Writes on a lane. Requests that come while the lane is at work wait here, and the next job takes
/// them all in one transaction: one sync for as many as have come in the meantime.
///
/// Thread  the control shard; only the catalog itself is used on the lane, by one job at a time.
/// Life    outlives the lane.
/// Bounds  whoever asks has an answer to wait for, so at most a request a channel waits here.
class LaneScribe final : public Scribe {
 public:
  LaneScribe(Catalog& catalog, core::Lane& lane, core::LanePost& post)
      : catalog_(catalog), lane_(lane), post_(post) {}

  void write(std::vector<Change> changes, Done done) override;

  [[nodiscard]] std::uint64_t written() const { return written_; }  ///< Requests.
  [[nodiscard]] std::uint64_t failed() const { return failed_; }
  [[nodiscard]] std::uint64_t batches() const { return batches_; }

 private:
  struct Request {
    std::vector<Change> changes;
    Done done;
    core::Result<void, Error> result;
  };
  using Batch = std::vector<Request>;

  void start();
  void finished(Batch& batch);
  static void perform(Catalog& catalog, Batch& batch);  // on the lane

  Catalog& catalog_;
  core::Lane& lane_;
  core::LanePost& post_;
  Batch waiting_;
  bool at_work_ = false;
  std::uint64_t written_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t batches_ = 0;
};

}  // namespace amqp::catalog
