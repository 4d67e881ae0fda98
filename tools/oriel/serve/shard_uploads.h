#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/post/post.h"
#include "http/vcloud/uploads.h"

namespace oriel::serve {

/// A lane on which uploaded bundles are read, for all shards: the largest takes up to a second, in
/// which the registry's lane would keep everybody from logging in.
struct ReadingLane {
  static constexpr std::size_t kJobsMax = 8;  // that wait; each has at most 20 MB
  core::Lane& lane;
  core::LanePost& post;
};

/// The uploads of all shards, as one of them sees them: what is whole is read on a lane, and comes
/// back by letter.
///
/// Home    one shard; `all` is shared between them.
class ShardUploads final : public http::vcloud::Uploads {
 public:
  ShardUploads(std::shared_ptr<http::vcloud::Uploads> all, ReadingLane lane, core::ShardId self)
      : all_(std::move(all)), lane_(lane), self_(self) {}

  [[nodiscard]] core::Uuid announce(const core::Uuid& service, std::size_t size,
                                    core::Instant now) override {
    return all_->announce(service, size, now);
  }
  [[nodiscard]] Taken put(const core::Uuid& id, const http::vcloud::Fragment& fragment,
                          core::Instant now) override {
    return all_->put(id, fragment, now);
  }
  [[nodiscard]] bool read(std::string octets, BundleRead done) override;

 private:
  void was_read(std::uint64_t ticket, Bundle bundle);

  const std::shared_ptr<http::vcloud::Uploads> all_;
  const ReadingLane lane_;
  const core::ShardId self_;
  std::uint64_t last_ticket_ = 0;
  std::unordered_map<std::uint64_t, BundleRead> waiting_;  // as many as the lane takes
};

}  // namespace oriel::serve
