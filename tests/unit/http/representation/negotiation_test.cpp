#include "http/representation/negotiation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "http/representation/media_type.h"

namespace http::representation {
namespace {

constexpr std::array<Format, 2> kBoth{Format::xml, Format::json};
constexpr std::array<Format, 1> kJson{Format::json};

message::Headers accepting(std::string_view accept) {
  message::Headers headers;
  headers.add("accept", accept);
  return headers;
}

std::string chosen(std::string_view accept, std::span<const Format> offered = kBoth) {
  const auto as = negotiate(accepting(accept), offered);
  if (!as) return "406";
  return std::string{as->format == Format::xml ? "xml " : "json "}.append(as->version);
}

// spec 1.2 [V]
TEST(Negotiate, TakesTheVersionAndFormatThatAreAsked) {
  EXPECT_EQ(chosen("application/*+xml;version=31.0"), "xml 31.0");
  EXPECT_EQ(chosen("application/*+json;version=36.0"), "json 36.0");
  EXPECT_EQ(chosen("application/vnd.vmware.admin.service+json; Version=\"35.0\""), "json 35.0");
  EXPECT_EQ(chosen("APPLICATION/*+XML;version=33.0"), "xml 33.0");
  EXPECT_EQ(chosen("application/json;version=34.0"), "json 34.0");
  EXPECT_EQ(chosen("text/xml;version=34.0"), "xml 34.0");
  EXPECT_EQ(chosen("*/*;version=32.0"), "xml 32.0");
  EXPECT_EQ(chosen("*/*;version=32.0", kJson), "json 32.0");
}

TEST(Negotiate, ServesEveryVersionThatIsListedInBothFormats) {
  for (const std::string_view version : kVersions) {
    const std::string as{version};
    EXPECT_EQ(chosen("application/*+xml;version=" + as), "xml " + as);
    EXPECT_EQ(chosen("application/*+json;version=" + as), "json " + as);
    EXPECT_EQ(chosen("application/json;version=" + as, kJson), "json " + as);
  }
}

TEST(Versions, AreThoseOfPyvcloudAndOfNewerClientsInTheirOrder) {
  for (const char* asked :
       {"29.0", "30.0", "31.0", "32.0", "33.0", "34.0", "35.0", "36.0", "37.3"}) {
    EXPECT_EQ(std::count(kVersions.begin(), kVersions.end(), asked), 1) << asked;
  }
  EXPECT_TRUE(std::is_sorted(kVersions.begin(), kVersions.end()));
}

TEST(Negotiate, WithoutAVersionTheNewestIsServed) {
  EXPECT_EQ(chosen("application/*+xml"), "xml 39.0");
  EXPECT_EQ(chosen("*/*"), "xml 39.0");
  EXPECT_EQ(negotiate({}, kBoth)->version, "39.0");
}

TEST(Negotiate, RefusesVersionsAndFormatsThatAreNotServed) {
  EXPECT_EQ(chosen("application/*+xml;version=28.0"), "406");
  EXPECT_EQ(chosen("application/*+xml;version=36.4"), "406");
  EXPECT_EQ(chosen("application/*+xml;version=99.0"), "406");
  EXPECT_EQ(chosen("application/*+xml;version=37.0.0-alpha"), "406");
  EXPECT_EQ(chosen("application/*+xml;version=36"), "406");
  EXPECT_EQ(chosen("application/*+xml;version="), "406");
  EXPECT_EQ(chosen("text/html"), "406");
  EXPECT_EQ(chosen("image/*;version=36.0"), "406");
  EXPECT_EQ(chosen("application/*+xml;version=36.0", kJson), "406");
  EXPECT_EQ(chosen("nonsense"), "406");
  EXPECT_EQ(chosen("*/*;q=0"), "406");
}

TEST(Negotiate, PicksTheDearestRangeThatCanBeServed) {
  EXPECT_EQ(chosen("application/*+xml;version=99.0, application/*+json;version=36.0"), "json 36.0");
  EXPECT_EQ(chosen("application/*+xml;q=0.5, application/*+json;q=0.8"), "json 39.0");
  EXPECT_EQ(chosen("application/*+json;q=0.123, */*;q=0.124"), "xml 39.0");
  EXPECT_EQ(chosen("text/html, application/*+xml;version=31.0"), "xml 31.0");
}

// spec 1.1 [V]
TEST(NegotiateLeniently, TakesAnyAccept) {
  const auto lenient = [](std::string_view accept, std::span<const Format> offered = kBoth) {
    const auto as = negotiate_leniently(accepting(accept), offered);
    return std::string{as.format == Format::xml ? "xml " : "json "}.append(as.version);
  };
  EXPECT_EQ(lenient("application/*+xml"), "xml 39.0");
  EXPECT_EQ(lenient("application/*+json;version=31.0"), "json 31.0");
  EXPECT_EQ(lenient("application/*+json;version=99.0"), "json 39.0");
  EXPECT_EQ(lenient("application/*+xml;version=99.0", kJson), "json 39.0");
  for (const char* accept : {"text/html", "image/*", "nonsense", "*/*;version=1", "*/*;q=0"}) {
    EXPECT_EQ(lenient(accept), "xml 39.0") << accept;
  }
}

TEST(NegotiateError, AlwaysFindsAWay) {
  EXPECT_EQ(negotiate_error(accepting("text/html")).format, Format::xml);
  EXPECT_EQ(negotiate_error(accepting("application/*+json;version=99.0")).format, Format::json);
  EXPECT_EQ(negotiate_error(accepting("application/*+json;version=99.0")).version, "");
  EXPECT_EQ(negotiate_error(accepting("application/*+xml;version=35.0")).version, "35.0");
  EXPECT_EQ(negotiate_error({}).version, "");
}

TEST(ParseMediaRanges, KeepsQuotedSeparatorsAndSkipsWhatIsMalformed) {
  const auto ranges = parse_media_ranges(R"(a/b;x="1,2;3" , /, plain,, c/d;Y=z;flag)");
  ASSERT_EQ(ranges.size(), 2U);
  EXPECT_EQ(*ranges[0].parameter("x"), "1,2;3");
  EXPECT_EQ(ranges[1].essence(), "c/d");
  EXPECT_EQ(*ranges[1].parameter("y"), "z");
  EXPECT_EQ(*ranges[1].parameter("flag"), "");
  EXPECT_EQ(ranges[1].parameter("none"), nullptr);
}

TEST(ParseMediaRanges, StopsAtItsBound) {
  std::string list;
  for (int i = 0; i < 1000; ++i) list += "a/b,";
  EXPECT_EQ(parse_media_ranges(list).size(), kRangesMax);
  EXPECT_TRUE(parse_media_ranges("\"\\").empty());
}

}  // namespace
}  // namespace http::representation
