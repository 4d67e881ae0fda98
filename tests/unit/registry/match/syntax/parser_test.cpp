#include "registry/match/syntax/parse.h"

#include <gtest/gtest.h>

#include "rendered.h"

namespace registry::match::syntax {
namespace {

TEST(Parse, ReadsAnOrdinaryFilter) {
  EXPECT_EQ(
      parsed("(/a/.*/b)|(/v-[^/]+(/.*)?)"),
      "alt(group1(seq(/ a / repeat([{0}-{9}{b}{c}{e}-{84}{86}-{2027}{202a}-{10ffff}] 0-inf) / b)) "
      "group2(seq(/ v - repeat([{0}-.0-{10ffff}] 1-inf) "
      "repeat(group3(seq(/ repeat([{0}-{9}{b}{c}{e}-{84}{86}-{2027}{202a}-{10ffff}] 0-inf))) "
      "0-1))))");
}

}  // namespace
}  // namespace registry::match::syntax
