#include "registry/match/dialect.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "registry/match/matcher.h"

namespace registry::match {
namespace {

bool matches(const std::string& pattern, std::string_view path) {
  const auto checked = check_pattern(pattern);
  EXPECT_TRUE(checked) << pattern << ": " << (checked ? "" : checked.error().reason);
  const std::vector<Filter> filters{{pattern, 0}};
  Matches found;
  make_matcher(filters)->match(path, found);
  return !found.numbers.empty();
}

std::string prefix_of(std::string_view pattern) {
  auto translated = translate(pattern);
  EXPECT_TRUE(translated) << pattern;
  return translated ? translated->literal_prefix : "";
}

TEST(Dialect, RefusesWhatJavaRefusesAndPcre2Accepts) {
  for (const char* pattern :
       {"/api/{id}",  "a{",      "a{,3}",  "a{2",      "(*UTF)a", "(*FAIL)",    "a|*b",
        "(?P<n>a)",   "(?'n'a)", "(?#x)a", "(?|a|b)",  "(?R)",    "(a)(?1)",    "(?(1)a)",
        "(?C1)a",     R"(\y)",   R"(\K)",  R"(\Ea)",   R"(\C)",   R"(\o{101})", R"(\g{1})",
        R"(\x4)",     R"(\x)",   R"(\0)",  R"(\u12)",  R"(\N)",   R"([\b])",    R"(\p{lower})",
        R"(\p{^Lu})", "a**",     ")",      "(",        "[a",      "\\",         "(?<1a>x)",
        "(?<n",       "(?z)a",   "a+++",   "(?i-s-m)a"}) {
    EXPECT_FALSE(check_pattern(pattern)) << pattern;
  }
}

TEST(Dialect, RefusesWhatWouldSilentlyMeanSomethingElse) {
  for (const char* pattern : {"[a-z&&[^b]]", "[a[bc]]", "[[:alpha:]]", "(?x)a b", "a{2}{3}"}) {
    EXPECT_FALSE(check_pattern(pattern)) << pattern;
  }
}

TEST(Dialect, TakesWhatJavaTakes) {
  for (const char* pattern : {"",
                              "a|b|",
                              "(?:a)",
                              "(?=a)a",
                              "(?!b)a",
                              "(?<=/)a|a",
                              "(?<!b)a",
                              "(?>a)",
                              "(?<name>a)",
                              "(?i)a",
                              "(?i-s:a)",
                              "(?u)a",
                              "(?U:a)",
                              "(?)a",
                              "a*+b|a",
                              "a??a",
                              "a{2,3}+|a",
                              "[]a]",
                              "[^]b]",
                              "[-a]",
                              "a}",
                              "a]",
                              R"(\Qa\E)",
                              R"(\Q)",
                              R"(\x61)",
                              R"(\x{61})",
                              R"(\0141)",
                              R"(\u0061)",
                              R"(\p{Alpha})",
                              R"(\p{L})",
                              R"(\pL)",
                              R"(\p{IsAlphabetic})",
                              R"([\p{Lower}])",
                              R"((a)|\1)",
                              R"(\ba\b)",
                              R"(\Aa\z)",
                              R"(^a$)",
                              R"(\_|a)",
                              R"(\cA|a)",
                              R"(\uD83D\uDE00)"}) {
    EXPECT_TRUE(check_pattern(pattern)) << pattern;
  }
}

TEST(Dialect, QuotesLiterally) {
  EXPECT_TRUE(matches(R"(/api/\Qa.b*[\E+c)", "/api/a.b*[[[c"));
  EXPECT_FALSE(matches(R"(/api/\Qa.b\E)", "/api/axb"));
  EXPECT_TRUE(matches(R"([\Q^]\E]+)", "]^"));
  EXPECT_TRUE(matches(R"(/api/\Qab\E*)", "/api/a"));
}

TEST(Dialect, ReadsEscapedCharacters) {
  EXPECT_TRUE(matches(R"(\u002Fapi\x2F\x{61}\057b)", "/api/a/b"));
  EXPECT_TRUE(matches(R"([\u0061-\x63]+)", "abc"));
  EXPECT_FALSE(matches(R"([\u0061-\x63]+)", "d"));
}

TEST(Dialect, TakesPosixNamesAsAsciiClasses) {
  EXPECT_TRUE(matches(R"(\p{Lower}\p{Upper}\P{Digit}[\p{Digit}_]+)", "aBc1_"));
  EXPECT_FALSE(matches(R"(\p{Lower})", "A"));
  EXPECT_TRUE(matches(R"([^\P{XDigit}]+)", "09af"));
}

TEST(Dialect, ReadsBackReferencesByTheNumberOfGroups) {
  EXPECT_TRUE(matches(R"((a)\11)", "aa1"));  // one group: \1 and the digit 1
  EXPECT_TRUE(matches("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\\11", "abcdefghijkk"));
  EXPECT_TRUE(matches(R"((?<n>ab)\k<n>)", "abab"));
}

TEST(Dialect, TakesTheFlagsThatJavaKnows) {
  EXPECT_TRUE(matches("/a(?i)b(?-i)c", "/aBc"));
  EXPECT_FALSE(matches("/a(?i)b(?-i)c", "/aBC"));
  EXPECT_TRUE(matches("(?U)a+b", "aab"));  // ungreedy in PCRE2, Unicode classes in Java
  EXPECT_TRUE(matches("(?iu:A)b", "ab"));
}

TEST(Dialect, FindsTheLiteralPrefix) {
  EXPECT_EQ(prefix_of("/api/cse/.*"), "/api/cse/");
  EXPECT_EQ(prefix_of("^/api/cse$"), "/api/cse");
  EXPECT_EQ(prefix_of("/api/ab*"), "/api/a");
  EXPECT_EQ(prefix_of("/api/ab{2}"), "/api/a");
  EXPECT_EQ(prefix_of(R"(/api\.v1/(a|b))"), "/api.v1/");
  EXPECT_EQ(prefix_of(R"(/api/\Qa+\E?)"), "/api/a");
  EXPECT_EQ(prefix_of(R"(/api/\Qab\Ec)"), "/api/abc");
}

TEST(Dialect, HasNoPrefixAcrossAlternatives) {
  EXPECT_EQ(prefix_of("/api/a|/api/b"), "");
  EXPECT_EQ(prefix_of("/api/a|"), "");
  EXPECT_EQ(prefix_of("(/api/a)|(/api/b)"), "");
  EXPECT_EQ(prefix_of("(?i)/api"), "");
}

}  // namespace
}  // namespace registry::match
