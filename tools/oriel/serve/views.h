#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "http/operator/view.h"
#include "tools/oriel/serve/floor.h"

namespace oriel::serve {

/// The operator's pages, collected from all shards by letters. Lives on the control shard, where
/// the operator's listener is.
class Views final : public http::operators::ViewSource {
 public:
  Views(const std::vector<std::unique_ptr<Floor>>& floors, Commons& commons)
      : floors_(floors), commons_(commons) {}

  void readiness(Done<http::operators::Readiness> done) override;
  void metrics(Done<http::operators::Metrics> done) override;
  void routes(Done<std::vector<http::operators::RouteRow>> done) override;
  void queues(Done<std::vector<http::operators::QueueRow>> done) override;
  void pending(Done<std::vector<http::operators::PendingRow>> done) override;
  void connections(Done<std::vector<http::operators::ConnectionRow>> done) override;
  void shards(Done<std::vector<http::operators::ShardRow>> done) override;

 private:
  const std::vector<std::unique_ptr<Floor>>& floors_;
  Commons& commons_;
};

}  // namespace oriel::serve
