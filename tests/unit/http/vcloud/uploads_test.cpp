#include "http/vcloud/uploads.h"

#include <gtest/gtest.h>

namespace http::vcloud {
namespace {

using namespace std::chrono_literals;

constexpr core::Instant kNow{1h};

class UploadsTest : public testing::Test {
 protected:
  /// What comes of a fragment: "more", what is whole, or the trouble.
  std::string put(const core::Uuid& id, std::size_t first, std::size_t whole, std::string_view text,
                  core::Instant now = kNow) {
    auto taken = uploads.put(id, {first, whole, core::octets_of(text)}, now);
    if (taken) return taken->has_value() ? (*taken)->octets : "more";
    if (taken.error().why == Uploads::Trouble::unknown) return "unknown";
    const std::string expected = std::to_string(taken.error().expected);
    return (taken.error().why == Uploads::Trouble::gap ? "gap " : "wrong size ") + expected;
  }

  Uploads uploads;
  const core::Uuid service = core::Uuid::random();
};

TEST(ReadRange, TakesWhatFitsTheBody) {
  const auto range = read_range("bytes 10-13/20", core::octets_of("body"));
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range->first, 10U);
  EXPECT_EQ(range->whole, 20U);
  for (const std::string_view header :
       {"", "bytes", "bytes 10-13", "bytes 10-12/20", "bytes 17-20/20", "bytes 13-10/20",
        "bytes -4-0/20", "bytes 10-13/*", "octets 10-13/20", "bytes 10-13/20x",
        "bytes 18446744073709551612-18446744073709551615/20"}) {
    EXPECT_FALSE(read_range(header, core::octets_of("body")).has_value()) << header;
  }
}

TEST_F(UploadsTest, GiveAllOfAFileThatComesAtOnce) {
  EXPECT_EQ(put(uploads.announce(service, 4, kNow), 0, 4, "file"), "file");
}

// spec 3.6 [V]
TEST_F(UploadsTest, PutFragmentsTogether) {
  const core::Uuid id = uploads.announce(service, 8, kNow);
  EXPECT_EQ(put(id, 0, 8, "abc"), "more");
  EXPECT_EQ(put(id, 3, 8, "de"), "more");
  // Sent again, as somebody does who has not seen the answer.
  EXPECT_EQ(put(id, 3, 8, "de"), "more");
  EXPECT_EQ(put(id, 4, 8, "efgh"), "abcdefgh");
  EXPECT_EQ(put(id, 0, 8, "abc"), "unknown");
}

TEST_F(UploadsTest, RefuseGapsAndOtherSizes) {
  const core::Uuid id = uploads.announce(service, 8, kNow);
  EXPECT_EQ(put(id, 1, 8, "bc"), "gap 0");
  EXPECT_EQ(put(id, 0, 9, "abc"), "wrong size 8");
  EXPECT_EQ(put(core::Uuid::random(), 0, 8, "abc"), "unknown");
}

TEST_F(UploadsTest, AreForgottenWhenNothingComesForAnHour) {
  const core::Uuid id = uploads.announce(service, 8, kNow);
  EXPECT_EQ(put(id, 0, 8, "abc", kNow + 59min), "more");
  EXPECT_EQ(put(id, 3, 8, "de", kNow + 118min), "more");
  EXPECT_EQ(put(id, 5, 8, "fgh", kNow + 178min), "unknown");
}

TEST_F(UploadsTest, MakeRoomForNewOnes) {
  std::vector<core::Uuid> ids;
  for (std::size_t i = 0; i <= Uploads::kUploadsMax; ++i) {
    ids.push_back(uploads.announce(service, 2, kNow + std::chrono::seconds{i}));
  }
  EXPECT_EQ(put(ids[0], 0, 2, "ab"), "unknown");
  EXPECT_EQ(put(ids[1], 0, 2, "ab"), "ab");
}

}  // namespace
}  // namespace http::vcloud
