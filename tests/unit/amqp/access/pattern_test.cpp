#include "amqp/access/pattern.h"

#include <gtest/gtest.h>

namespace amqp::access {
namespace {

bool matches(std::string_view pattern, std::string_view name) {
  const auto compiled = Pattern::compile(pattern);
  EXPECT_TRUE(compiled.has_value()) << pattern;
  return compiled && compiled->matches(name);
}

TEST(Pattern, IsFoundAnywhereInTheName) {
  EXPECT_TRUE(matches("order", "my-orders"));
  EXPECT_FALSE(matches("^order", "my-orders"));
  EXPECT_TRUE(matches("^my-.*s$", "my-orders"));
  EXPECT_FALSE(matches("order$", "my-orders"));
}

TEST(Pattern, TheUsualOnesMeanAllAndNothing) {
  EXPECT_TRUE(matches(".*", "anything"));
  EXPECT_FALSE(matches("^---$", "anything"));
  EXPECT_TRUE(matches("^---$", "---"));
  EXPECT_FALSE(matches("^$", "anything"));
}

TEST(Pattern, TheEmptyOneAllowsNothing) {
  EXPECT_FALSE(matches("", "anything"));
  EXPECT_FALSE(matches("", "x"));
  EXPECT_TRUE(matches("", "")) << "as RabbitMQ has it for the empty routing key";
  EXPECT_TRUE(matches("^$", std::string_view{}));
}

TEST(Pattern, SaysOfOnePatternThatItMatchesAll) {
  EXPECT_TRUE(Pattern::compile(".*")->matches_all());
  EXPECT_FALSE(Pattern::compile("")->matches_all());
  EXPECT_FALSE(Pattern::compile("x")->matches_all());
  EXPECT_FALSE(Pattern{}.matches_all());
  EXPECT_FALSE(Pattern{}.matches("x"));
}

TEST(Pattern, WorksOnOctetsAndTakesAnyName) {
  EXPECT_TRUE(matches("^..$", "\xC3\xBC")) << "two octets are two characters, as in RabbitMQ";
  EXPECT_TRUE(matches(".", "\xFF"));
  EXPECT_TRUE(matches("amq\\.gen", "amq.gen-x"));
}

TEST(Pattern, SaysWhatIsWrongWithOne) {
  const auto compiled = Pattern::compile("a(b");
  ASSERT_FALSE(compiled);
  EXPECT_NE(compiled.error().find("at position 3"), std::string::npos) << compiled.error();
}

TEST(Pattern, OneThatExplodesDoesNotMatch) {
  EXPECT_FALSE(matches("^(a+)+$", std::string(40, 'a') + "!"));
}

TEST(Expand, PutsTheValuesIntoThePattern) {
  EXPECT_EQ(expand("^{username}\\.{vhost}$", "joe", "prod"), "^joe\\.prod$");
  EXPECT_EQ(expand("{username}{username}", "a", "v"), "aa");
  EXPECT_EQ(expand("{user}{", "a", "v"), "{user}{");
}

TEST(Expand, AValueStandsForItself) {
  const std::string pattern = expand("^{username}$", ".*", "/");
  EXPECT_FALSE(matches(pattern, "anybody"));
  EXPECT_TRUE(matches(pattern, ".*"));
  EXPECT_TRUE(matches(expand("^{vhost}$", "u", "/a b"), "/a b"));
}

}  // namespace
}  // namespace amqp::access
