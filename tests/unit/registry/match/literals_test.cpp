#include "registry/match/literals.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "registry/match/pattern.h"

namespace registry::match {
namespace {

/// The keys as text: `prefix…suffix`, `prefix…inner…suffix` or `=text`, and `~` before folded ones.
std::vector<std::string> keys(std::string_view pattern) {
  const auto parsed = parse_pattern(pattern);
  EXPECT_TRUE(parsed) << pattern;
  std::vector<std::string> all;
  if (!parsed) return all;
  for (const LiteralKey& key : literal_keys(parsed->tree)) {
    std::string text = key.folded ? "~" : "";
    if (key.exact) {
      text += "=" + key.prefix;
    } else {
      text += key.prefix + "…" + (key.inner.empty() ? "" : key.inner + "…") + key.suffix;
    }
    all.push_back(std::move(text));
  }
  return all;
}
using Keys = std::vector<std::string>;

TEST(LiteralKeys, HoldWhatEveryMatchStartsAndEndsWith) {
  EXPECT_EQ(keys("/api/org/.*/backups"), Keys{"/api/org/…/backups"});
  EXPECT_EQ(keys("/api/org"), Keys{"=/api/org"});
  EXPECT_EQ(keys(".*"), Keys{"…"});
  EXPECT_EQ(keys("/api/[a-z]+"), Keys{"/api/…"});
  EXPECT_EQ(keys(R"(\Q/a.b\E/\d+)"), Keys{"/a.b/…"});
}

TEST(LiteralKeys, HaveOneForEachAlternativeThroughGroups) {
  EXPECT_EQ(keys("(/api/a/.*)|(/api/b/.*/x)"), (Keys{"/api/a/…", "/api/b/…/x"}));
  EXPECT_EQ(keys("(/api/x(/.*)?)"), (Keys{"/api/x/…", "=/api/x"}));
  EXPECT_EQ(keys("(?:/api/(?:a|b))/c"), (Keys{"=/api/a/c", "=/api/b/c"}));
  EXPECT_EQ(keys("/api/[ab]x"), (Keys{"=/api/ax", "=/api/bx"}));
}

TEST(LiteralKeys, HoldAnInnerLiteralFromASlashOn) {
  EXPECT_EQ(keys(".*/ext5/.*"), Keys{"…/ext5/…"});
  EXPECT_EQ(keys("/api/.*x/ext5/.*/y"), Keys{"/api/…/ext5/…/y"});
  EXPECT_EQ(keys(".*ext5.*"), Keys{"…"});
}

TEST(LiteralKeys, CountWhatIsRepeated) {
  EXPECT_EQ(keys("/a{3}/.*"), Keys{"/aaa/…"});
  EXPECT_EQ(keys("/x(?:/ab)+"), Keys{"/x/ab…/ab"});
  EXPECT_EQ(keys("/x/*y"), Keys{"/x…y"});
  EXPECT_EQ(keys("/xy{0}z"), Keys{"=/xz"});
  EXPECT_EQ(keys("/(?:ab|cd)+"), (Keys{"/ab…", "/cd…"}));
}

TEST(LiteralKeys, IgnoreConditionsWhichOnlyNarrowAPatternDown) {
  EXPECT_EQ(keys("^/api/(?!x)y$"), Keys{"=/api/y"});
  EXPECT_EQ(keys("/api/(a)\\1/z"), Keys{"/api/a…/z"});
}

TEST(LiteralKeys, FoldLettersThatMayHaveEitherCase) {
  EXPECT_EQ(keys("(?i)/API/x"), Keys{"~=/api/x"});
  EXPECT_EQ(keys("/API/(?i)x.*Y"), Keys{"~/api/x…y"});
}

TEST(LiteralKeys, OfWhatNoAsciiPathMatchesAreNone) {
  EXPECT_EQ(keys("/api/\u00e9"), Keys{});
  EXPECT_EQ(keys("/api/\u00e9|/api/e"), Keys{"=/api/e"});
  EXPECT_EQ(keys("/api/\u00e9?"), Keys{"=/api/"});
}

TEST(LiteralKeys, AreMergedWhenTheyAreTooMany) {
  std::string many = "/api/(?:";
  for (int i = 0; i < 40; ++i) many += (i == 0 ? "a" : "|a") + std::to_string(i);
  EXPECT_EQ(keys(many + ")/.*/z"), Keys{"/api/a…/z"});
  EXPECT_EQ(keys("/api/[abc][abc][abc][abc]/z").size(), 27U);
}

TEST(LiteralKeys, AreCutWhenTheyAreTooLong) {
  const std::string head(100, 'h');
  const std::string tail(100, 't');
  const Keys expected{head.substr(0, kLiteralLengthMax) + "…" + tail.substr(0, kLiteralLengthMax)};
  EXPECT_EQ(keys(head + tail), expected);
  EXPECT_EQ(keys(head + ".*" + tail), expected);
}

}  // namespace
}  // namespace registry::match
