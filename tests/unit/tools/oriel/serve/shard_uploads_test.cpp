#include "tools/oriel/serve/shard_uploads.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/registry/localization/archive.h"
#include "tools/oriel/serve/shared_uploads.h"

namespace oriel::serve {
namespace {

using http::vcloud::Fragment;
using registry::localization::Archive;

/// A lane whose jobs and letters wait until the test lets them go.
class HandLane final : public core::Lane, public core::LanePost {
 public:
  bool submit(Job job) override {
    if (jobs.size() == room) return false;
    jobs.push_back(std::move(job));
    return true;
  }
  void send(core::ShardId to, core::Letter letter) override {
    letters.emplace_back(to, std::move(letter));
  }
  void run_jobs() {
    for (Job& job : std::exchange(jobs, {})) job();
  }
  void deliver() {
    for (auto& [to, letter] : std::exchange(letters, {})) letter();
  }

  std::size_t room = ReadingLane::kJobsMax;
  std::vector<Job> jobs;
  std::vector<std::pair<core::ShardId, core::Letter>> letters;
};

class ShardsUploads : public testing::Test {
 protected:
  /// Has the second shard read it.
  bool read(std::string octets) {
    return second_.read(std::move(octets), [this](http::vcloud::Uploads::Bundle bundle) {
      bundle_ = std::move(bundle);
    });
  }

  HandLane lane_;
  std::shared_ptr<SharedUploads> all_ = std::make_shared<SharedUploads>();
  ShardUploads first_{all_, ReadingLane{lane_, lane_}, core::ShardId{0}};
  ShardUploads second_{all_, ReadingLane{lane_, lane_}, core::ShardId{1}};
  std::optional<http::vcloud::Uploads::Bundle> bundle_;
};

TEST_F(ShardsUploads, AreReadOnTheLaneAndToldTheShardThatAsked) {
  ASSERT_TRUE(read(Archive{}.add(Archive::deflated("en_US", "b=2\na=1\n")).octets()));
  lane_.run_jobs();
  EXPECT_FALSE(bundle_.has_value()) << "told on the lane";
  ASSERT_EQ(lane_.letters.size(), 1U);
  EXPECT_EQ(lane_.letters[0].first, core::ShardId{1});
  lane_.deliver();
  ASSERT_TRUE(bundle_.has_value());
  ASSERT_TRUE(*bundle_);
  EXPECT_EQ((*bundle_)->at(0).texts, "a=1\nb=2\n");
}

TEST_F(ShardsUploads, ThatAreNoBundlesAreSaidToBeNone) {
  ASSERT_TRUE(read("no bundle"));
  lane_.run_jobs();
  lane_.deliver();
  ASSERT_TRUE(bundle_.has_value());
  EXPECT_FALSE(*bundle_);
}

TEST_F(ShardsUploads, AreRefusedWhenTooManyWait) {
  lane_.room = 0;
  EXPECT_FALSE(read("no bundle"));
  lane_.run_jobs();
  lane_.deliver();
  EXPECT_FALSE(bundle_.has_value());
}

TEST_F(ShardsUploads, ComeInOnAnyShard) {
  const core::Uuid id = first_.announce(core::Uuid::random(), 4, core::Instant{});
  const std::string octets = "abcd";
  const auto part = [&](std::size_t at) {
    return Fragment{at, 4, core::octets_of(octets).subspan(at, 2)};
  };
  ASSERT_TRUE(first_.put(id, part(0), core::Instant{}));
  const auto taken = second_.put(id, part(2), core::Instant{});
  ASSERT_TRUE(taken && taken->has_value());
  EXPECT_EQ((*taken)->octets, "abcd");
}

}  // namespace
}  // namespace oriel::serve
