// Commands that wait together are stored together.

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>

#include "tests/unit/registry/service/registry_fixture.h"
#include "tests/unit/registry/service/resource_helpers.h"

namespace registry::service {
namespace {

using Kind = RuleViolation::Kind;

class Group : public testing::Test {
 protected:
  using Answer = std::optional<CommandResult>;

  void submit(Command command, Answer& answer) {
    house_.shard().submit(std::move(command), [&](const CommandResult& r) { answer = r; });
  }
  /// How many transactions everything that waits takes.
  std::size_t transactions() {
    const std::size_t before = house_.store().transactions();
    house_.process().run();
    return house_.store().transactions() - before;
  }
  bool is_there(const char* name) {
    return house_.resources().named(kinds::service(), {}, name) != nullptr;
  }

  House house_;
};

TEST_F(Group, StoresWhatWaitsTogetherInOneTransaction) {
  std::array<Answer, 3> answers;
  submit(create(a_service_draft("org.one")), answers[0]);
  submit(create(a_service_draft("org.two")), answers[1]);
  submit(create(a_service_draft("org.three")), answers[2]);
  ASSERT_TRUE(house_.process().run_job());
  ASSERT_TRUE(house_.process().run_job());
  EXPECT_EQ(house_.stored(kinds::service()), 0U) << "the third is still to come";
  EXPECT_EQ(transactions(), 1U);
  for (const Answer& answer : answers) EXPECT_TRUE(answer && *answer);
  EXPECT_EQ(house_.stored(kinds::service()), 3U);
  EXPECT_EQ(house_.snapshot().routes->services.size(), 3U);
}

TEST_F(Group, JudgesEachAfterThoseBeforeIt) {
  Answer first;
  Answer second;
  Answer keyed;
  Answer again;
  submit(create(a_service_draft("org.one")), first);
  submit(create(a_service_draft("org.one")), second);
  submit(create(a_service_draft("org.two", "once")), keyed);
  submit(create(a_service_draft("org.three", "once")), again);
  EXPECT_EQ(transactions(), 1U);
  EXPECT_TRUE(*first);
  EXPECT_EQ(second->error().kind, Kind::duplicate);
  EXPECT_EQ((*keyed)->id, (*again)->id);
}

TEST_F(Group, AnswersNobodyBeforeItIsStored) {
  Answer refused;
  Answer made;
  submit(create(a_service_draft("")), refused);
  submit(create(a_service_draft("org.one")), made);
  ASSERT_TRUE(house_.process().run_job());
  EXPECT_FALSE(house_.process().deliver_from_lane(0));
  house_.process().run();
  EXPECT_EQ(refused->error().kind, Kind::invalid);
  EXPECT_TRUE(*made);
}

TEST_F(Group, MakesNothingWhenTheStoreFails) {
  std::array<Answer, 2> answers;
  house_.store().fail_with("disk full");
  submit(create(a_service_draft("org.one")), answers[0]);
  submit(create(a_service_draft("org.two")), answers[1]);
  house_.process().run();
  for (const Answer& answer : answers) EXPECT_EQ(answer->error().kind, Kind::failed);
  EXPECT_FALSE(is_there("org.one"));
  house_.store().fail_with("");
  EXPECT_TRUE(house_.command(create(a_service_draft("org.one"))));
}

TEST_F(Group, TriesEachAloneWhenTheStoreRefusesThemTogether) {
  std::array<Answer, 3> answers;
  house_.store().fail_once("busy");
  for (std::size_t i = 0; i < answers.size(); ++i) {
    submit(create(a_service_draft("org." + std::to_string(i))), answers[i]);
  }
  EXPECT_EQ(transactions(), 3U);
  for (const Answer& answer : answers) EXPECT_TRUE(answer && *answer);
  EXPECT_EQ(house_.stored(kinds::service()), 3U);
}

TEST_F(Group, EndsBeforeWhatNeedsItStored) {
  Answer made;
  Answer audit;
  Answer changed;
  submit(create(a_service_draft("org.one")), made);
  submit(ReadAudit{}, audit);
  submit(create(a_service_draft("org.two")), changed);
  EXPECT_EQ(transactions(), 2U);
  ASSERT_TRUE(audit && *audit);
  EXPECT_EQ((*audit)->audit->total, 1U);
}

TEST_F(Group, HasABound) {
  house_.process().limit_lane(1000);
  std::array<Answer, RegistryService::kGroupMax + 1> answers;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    submit(create(a_service_draft("org." + std::to_string(i))), answers[i]);
  }
  EXPECT_EQ(transactions(), 2U);
}

TEST_F(Group, DeletesWithTheKeyOfAMoment) {
  const auto id = house_.made(create(a_service_draft("org.one", "once")));
  Answer first;
  Answer second;
  submit(remove(kinds::service(), id), first);
  submit(remove(kinds::service(), id), second);
  house_.process().run();
  EXPECT_TRUE(*first);
  EXPECT_TRUE(*second);
}

}  // namespace
}  // namespace registry::service
