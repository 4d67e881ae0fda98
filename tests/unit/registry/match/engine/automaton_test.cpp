#include <string>

#include "engine_fixture.h"

namespace registry::match::engine {
namespace {

Automaton automaton_of(std::string_view pattern) {
  auto built = Automaton::build(tree_of(pattern));
  if (!built) ADD_FAILURE() << "no automaton for " << pattern;
  return built ? *std::move(built) : *Automaton::build(tree_of("x"));
}

TEST(Automaton, DecidesTheFiltersThatServicesHave) {
  const auto filter = automaton_of("/api/ext7/org/.*/backups");
  EXPECT_TRUE(filter.matches("/api/ext7/org/12/backups"));
  EXPECT_TRUE(filter.matches("/api/ext7/org/1/2/backups"));
  EXPECT_FALSE(filter.matches("/api/ext7/org/backups"));
  EXPECT_FALSE(filter.matches("/api/ext7/org/12/backups/"));
  EXPECT_FALSE(filter.matches("/api/ext8/org/12/backups"));
  EXPECT_FALSE(filter.matches(""));
}

TEST(Automaton, MatchesTheWholePathOnly) {
  const auto filter = automaton_of("a|ab|c{2,3}");
  for (const auto* path : {"a", "ab", "cc", "ccc"}) EXPECT_TRUE(filter.matches(path)) << path;
  for (const auto* path : {"", "b", "aba", "c", "cccc"}) EXPECT_FALSE(filter.matches(path)) << path;
}

TEST(Automaton, HasNoMoreStatesThanTheLanguageNeeds) {
  EXPECT_EQ(automaton_of("(?:a|a)*").state_count(), 2U);
  EXPECT_EQ(automaton_of("(?:a|b|[ab]c?c{0}d*e)").state_count(), 5U);
  EXPECT_EQ(automaton_of("[a&&b]").state_count(), 1U);
  EXPECT_EQ(automaton_of("(?s).*").state_count(), 2U);
}

TEST(Automaton, IsSmall) {
  EXPECT_LT(automaton_of("/api/ext7/org/.*/backups").memory_bytes(), 2'048U);
  EXPECT_LT(automaton_of("/api/v[0-9]+/(vm|vapp|disk)/[^/]+/(start|stop)").memory_bytes(), 4'096U);
}

TEST(Automaton, KnowsWhatEveryMatchBeginsWith) {
  EXPECT_EQ(automaton_of("/api/(?:x|y)").prefix(), "/api/");
  EXPECT_EQ(automaton_of("/api/?").prefix(), "/api");
  EXPECT_EQ(automaton_of("(?i)/api").prefix(), "/");
  EXPECT_EQ(automaton_of(".*").prefix(), "");
}

TEST(Automaton, SaysHowFarAPathCouldBeginAMatch) {
  const auto filter = automaton_of("/a(?:bc|bd)e");
  EXPECT_EQ(filter.viable_prefix("/abde"), 5U);
  EXPECT_EQ(filter.viable_prefix("/ab"), 3U);
  EXPECT_EQ(filter.viable_prefix("/abx"), 3U);
  EXPECT_EQ(filter.viable_prefix("x"), 0U);
  EXPECT_EQ(filter.viable_prefix("/abdee"), 5U);
  EXPECT_EQ(automaton_of("[a&&b]").viable_prefix("a"), 0U);
}

TEST(Automaton, DotStopsAtLineTerminators) {
  const auto filter = automaton_of("/a.*");
  EXPECT_TRUE(filter.matches("/a/b"));
  EXPECT_FALSE(filter.matches("/a\n"));
  EXPECT_FALSE(filter.matches("/a\rb"));
  EXPECT_TRUE(automaton_of("(?d)/a.*").matches("/a\rb"));
}

TEST(Automaton, OctetsBeyondAsciiMatchNothing) {
  EXPECT_FALSE(automaton_of("/[^/]").matches("/\xE9"));
  EXPECT_EQ(automaton_of("/[^/]*").viable_prefix("/a\xFFz"), 2U);
}

TEST(Automaton, TakesAnchorsAtTheEndsAsGiven) {
  for (const auto* pattern :
       {"^/a$", "\\A/a\\z", "(?:^/a$)", "(^/a\\Z|^/a$)", "(?:^|x)/a(?:$|y)"}) {
    EXPECT_TRUE(automaton_of(pattern).matches("/a")) << pattern;
    EXPECT_FALSE(automaton_of(pattern).matches("/a\n")) << pattern;
  }
}

TEST(Automaton, DecidesBoundariesBetweenTwoCharacters) {
  const auto filter = automaton_of("/\\bfoo\\b.*");
  EXPECT_TRUE(filter.matches("/foo"));
  EXPECT_TRUE(filter.matches("/foo/bar"));
  EXPECT_FALSE(filter.matches("/foobar"));
  EXPECT_TRUE(automaton_of("a\\B.*").matches("ab"));
  EXPECT_FALSE(automaton_of("a\\B.*").matches("a/"));
  EXPECT_FALSE(automaton_of("a\\B.*").matches("a"));
}

TEST(Automaton, DecidesLinesAsJavaDoes) {
  EXPECT_TRUE(matches("(?m)a$\\n^b", "a\nb"));
  EXPECT_FALSE(matches("(?m)a\\r$\\n^b", "a\r\nb"));
  EXPECT_TRUE(matches("(?m)a$\\r\\n^b", "a\r\nb"));
  EXPECT_FALSE(matches("(?m)a\\n^", "a\n"));
  EXPECT_FALSE(matches("(?m)^", ""));
  EXPECT_TRUE(matches("(?m)$", ""));
  EXPECT_FALSE(matches("(?md)a\\r^b", "a\rb"));
}

TEST(Automaton, IsNotBuiltForWhatIsNotRegular) {
  for (const auto* pattern :
       {"(a)\\1", "(?=a).", "(?!a).", "(?<=a)b", "a*+a", "(?>a*)a", "\\X", "(\\R)*", "a$\\n?b"}) {
    EXPECT_FALSE(has_automaton(pattern)) << pattern;
  }
}

TEST(Automaton, IsNotBuiltForARepetitionThatAnAnchorMayEndEarly) {
  EXPECT_FALSE(has_automaton("(?:(?m:^)a?|a)(?:(?m:^)a?\?){2}"));
  EXPECT_FALSE(matches("((?:(?m:^))+?(?:a*?)?\?){2}", "a"));
  EXPECT_TRUE(has_automaton("(?:\\b/\\w+){2}"));
}

TEST(Automaton, IsRefusedWhenItWouldBeLarge) {
  EXPECT_TRUE(has_automaton("(?:a|b)*a(?:a|b){8}"));
  EXPECT_FALSE(has_automaton("(?:a|b)*a(?:a|b){12}"));
  EXPECT_FALSE(has_automaton("(?:a{0,500}){0,500}"));
  EXPECT_FALSE(has_automaton("(?:(?:(?:){999999}){999999}){999999}"));
  EXPECT_FALSE(has_automaton("a{2000000000}"));
}

TEST(Automaton, SameFutureIsSameStateForThoseWhoWalk) {
  const auto filter = automaton_of("/(?:a|b).*");
  const auto after_slash = filter.step(filter.start(), '/');
  EXPECT_EQ(filter.step(after_slash, 'a'), filter.step(after_slash, 'b'));
  EXPECT_TRUE(filter.is_accepting(filter.step(after_slash, 'a')));
  EXPECT_TRUE(Automaton::is_dead(filter.step(after_slash, 'c')));
}

TEST(Automaton, ServesMoreThan256States) {
  const auto filter = automaton_of("[ab]{300}");
  EXPECT_GT(filter.state_count(), 256U);
  EXPECT_TRUE(filter.matches(std::string(300, 'b')));
  EXPECT_FALSE(filter.matches(std::string(299, 'b')));
  EXPECT_FALSE(filter.matches(std::string(301, 'b')));
}

}  // namespace
}  // namespace registry::match::engine
