#include "tools/oriel/filter/trial.h"

#include <gtest/gtest.h>

namespace oriel::filter {
namespace {

Services five() {
  return {"a test",
          {{"backup", 80, true, "/api/backup/.*"},
           {"audit", 10, true, "/api/.*"},
           {"old", 5, false, "/api/backup/[0-9]+"},
           {"reports", 0, true, "/api/backup/reports/[0-9]+"},
           {"broken", 0, true, "/api/{id}"},
           {"blank", 0, true, "/api/backup/x | y"}}};
}

TEST(TryPath, FindsTheChainAndWhatIsDisabled) {
  const Services services = five();
  const Trial trial = try_path(services, "/api/backup/42", "", 5);
  EXPECT_EQ(chain_of(trial), (std::vector<std::string>{"backup", "audit"}));
  ASSERT_EQ(trial.disabled.size(), 1U);
  EXPECT_EQ(trial.disabled[0].route->service, "old");
  ASSERT_EQ(trial.broken.size(), 1U);
  EXPECT_EQ(trial.broken[0].route->service, "broken");
}

TEST(TryPath, PutsTheNearestMissFirst) {
  const Services services = five();
  const Trial trial = try_path(services, "/other", "", 5);
  ASSERT_EQ(trial.misses.size(), 5U);
  const Trial near = try_path(services, "/api/backup/reports/x", "", 1);
  ASSERT_EQ(near.misses.size(), 3U);
  EXPECT_EQ(near.misses[0].route->service, "reports");
  EXPECT_EQ(near.misses[0].viable, 20U);
  ASSERT_TRUE(near.misses[0].miss);
  EXPECT_FALSE(near.misses[1].miss);
}

TEST(TryPath, LooksAtOneServiceOnly) {
  const Services services = five();
  const Trial trial = try_path(services, "/api/backup/42", "audit", 5);
  EXPECT_EQ(chain_of(trial), std::vector<std::string>{"audit"});
  EXPECT_TRUE(trial.misses.empty());
}

TEST(TryPath, NamesAServiceOnceInTheChain) {
  const Services services{"a test",
                          {{"a", 1, true, "/x"}, {"a", 1, true, "/.*"}, {"b", 0, true, "/x"}}};
  const Trial trial = try_path(services, "/x", "", 5);
  EXPECT_EQ(trial.matches.size(), 3U);
  EXPECT_EQ(chain_of(trial), (std::vector<std::string>{"a", "b"}));
}

TEST(TryPath, KeepsWhatIsTooCostlyApart) {
  const Services services{"a test", {{"a", 1, true, "/(a+)+\\1!"}}};
  EXPECT_EQ(try_path(services, "/" + std::string(100, 'a'), "", 5).too_costly.size(), 1U);
}

TEST(TrialText, DrawsWhereTheNearestFails) {
  const Services services = five();
  const Asked asked{"/api/backups/1", {}};
  const std::string text = trial_text(try_path(services, asked.path, "backup", 5), asked, services);
  EXPECT_NE(text.find("no service matches\n"), std::string::npos) << text;
  EXPECT_NE(
      text.find("       /api/backups/1\n                  ^ does not fit: \"/\" would go on\n"),
      std::string::npos)
      << text;
}

TEST(TrialText, SaysThatAFilterIsDead) {
  const Services services = five();
  const Asked asked{"/api/backup/x", {}};
  const std::string text = trial_text(try_path(services, asked.path, "blank", 5), asked, services);
  EXPECT_NE(text.find("no path can match it: the blank at position 13"), std::string::npos) << text;
}

TEST(TrialJson, HasEveryList) {
  const Services services = five();
  const Asked asked{"/api/backup/42", {"a note"}};
  const std::string text = trial_json(try_path(services, asked.path, "", 5), asked, services);
  EXPECT_EQ(
      text.find(
          "{\"path\":\"/api/backup/42\",\"notes\":[\"a note\"],\"origin\":\"a test\","
          "\"chain\":[\"backup\",\"audit\"],\"matches\":[{\"service\":\"backup\",\"priority\":80"),
      0U)
      << text;
  for (const char* list : {"over_budget", "disabled", "broken", "misses"}) {
    EXPECT_NE(text.find("\"" + std::string{list} + "\":["), std::string::npos) << list;
  }
}

}  // namespace
}  // namespace oriel::filter
