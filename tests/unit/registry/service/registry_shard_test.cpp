// Publication: snapshots, acknowledgements and answers, letter by letter.

#include "registry/service/registry_shard.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/registry/service/registry_fixture.h"

namespace registry::service {
namespace {

using Kind = RuleViolation::Kind;

struct Answer {
  int runs = 0;
  std::optional<CommandResult> result;
  CommandDone taker() {
    return [this](const CommandResult& given) {
      ++runs;
      result = given;
    };
  }
};

TEST(RegistryShard, AnswersOnlyWhenEveryShardServesTheChange) {
  House house{3};
  Answer answer;
  house.shard(1).submit(CreateService{a_service("org.example")}, answer.taker());
  ASSERT_TRUE(house.process().run_job());
  ASSERT_TRUE(house.process().deliver_from_lane(1));
  EXPECT_EQ(house.snapshot(1).routes->services.size(), 1U);
  ASSERT_TRUE(house.process().deliver_from_lane(0));
  ASSERT_TRUE(house.process().deliver(0, 1));
  EXPECT_EQ(answer.runs, 0);
  EXPECT_EQ(house.snapshot(2).routes->services.size(), 0U);

  ASSERT_TRUE(house.process().deliver_from_lane(2));
  EXPECT_EQ(answer.runs, 0);
  ASSERT_TRUE(house.process().deliver(2, 1));
  EXPECT_EQ(answer.runs, 1);
  EXPECT_TRUE(*answer.result);
  EXPECT_EQ(house.shard(1).pending(), 0U);
}

TEST(RegistryShard, TellsOfEachSnapshotBeforeItAnswers) {
  House house{2};
  std::vector<std::uint64_t> told;
  house.shard(1).on_installed([&] { told.push_back(house.snapshot(1).revision); });
  Answer answer;
  house.shard(0).submit(CreateService{a_service("org.example")}, answer.taker());
  ASSERT_TRUE(house.process().run_job());
  ASSERT_TRUE(house.process().deliver_from_lane(0));
  EXPECT_TRUE(told.empty());
  ASSERT_TRUE(house.process().deliver_from_lane(1));
  EXPECT_EQ(told, std::vector<std::uint64_t>{house.snapshot(0).revision});
  EXPECT_EQ(answer.runs, 0);
}

TEST(RegistryShard, TakesAcknowledgementsThatComeBeforeTheLanesLetter) {
  House house{2};
  Answer answer;
  house.shard(0).submit(CreateService{a_service("org.example")}, answer.taker());
  ASSERT_TRUE(house.process().run_job());
  ASSERT_TRUE(house.process().deliver_from_lane(1));
  ASSERT_TRUE(house.process().deliver(1, 0));
  EXPECT_EQ(answer.runs, 0);
  ASSERT_TRUE(house.process().deliver_from_lane(0));
  EXPECT_EQ(answer.runs, 1);
}

TEST(RegistryShard, AnswersARefusalWithoutTheOtherShards) {
  House house{2};
  Answer answer;
  house.shard(0).submit(DeleteService{core::Uuid::random()}, answer.taker());
  ASSERT_TRUE(house.process().run_job());
  EXPECT_FALSE(house.process().deliver_from_lane(1));
  ASSERT_TRUE(house.process().deliver_from_lane(0));
  EXPECT_EQ(answer.runs, 1);
  EXPECT_FALSE(*answer.result);
}

TEST(RegistryShard, WaitsForAllShardsEvenWhenTheResourceWasThereAlready) {
  House house{2};
  auto given = a_service("org.example");
  given.operation_key = "once";
  Answer first;
  Answer again;
  house.shard(0).submit(CreateService{given}, first.taker());
  house.shard(0).submit(CreateService{given}, again.taker());
  while (house.process().run_job() || house.process().deliver_from_lane(0)) continue;
  EXPECT_EQ(again.runs, 0);  // shard 1 does not serve the first one's snapshot yet
  house.process().run();
  EXPECT_EQ(first.runs, 1);
  EXPECT_EQ(again.runs, 1);
  EXPECT_EQ((*first.result)->id, (*again.result)->id);
}

TEST(RegistryShard, KeepsCommandsOfSeveralShardsApart) {
  House house{2};
  std::vector<Answer> answers(6);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    house.shard(static_cast<std::uint16_t>(i % 2))
        .submit(CreateService{a_service("org." + std::to_string(i / 2))}, answers[i].taker());
  }
  house.process().run();
  int made = 0;
  for (const Answer& answer : answers) {
    EXPECT_EQ(answer.runs, 1);
    if (*answer.result) ++made;
  }
  EXPECT_EQ(made, 3);  // of each pair one was too late
  EXPECT_EQ(house.snapshot(0).revision, house.snapshot(1).revision);
}

TEST(RegistryShard, NeverAnswersWithinSubmit) {
  House house;
  house.process().limit_lane(0);
  Answer answer;
  house.shard().submit(DeleteService{}, answer.taker());
  EXPECT_EQ(answer.runs, 0);
  house.process().run();
  EXPECT_EQ(answer.runs, 1);
}

TEST(RegistryShard, IsBusyWhenTheLaneIsFull) {
  House house;
  house.process().limit_lane(0);
  EXPECT_EQ(house.refused(CreateService{a_service("org.example")}).kind, Kind::busy);
  EXPECT_EQ(house.shard().pending(), 0U);
  house.process().limit_lane(10);
  house.made(CreateService{a_service("org.example")});
}

/// The administrator's, from as many addresses as there may be logins.
LogIn login_from(std::size_t place) {
  return {"administrator", "System", "system secret", "192.0.2." + std::to_string(place)};
}

TEST(RegistryShard, BoundsThePasswordChecksUnderWayApartFromTheRest) {
  House house;
  std::vector<Answer> answers(PasswordWork::kAllMax + 1);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    house.shard().submit(login_from(i), answers[i].taker());
  }
  Answer other;
  house.shard().submit(CreateService{a_service("org.example")}, other.taker());
  house.process().run();
  for (std::size_t i = 0; i < PasswordWork::kAllMax; ++i) {
    EXPECT_TRUE(*answers[i].result);
  }
  ASSERT_TRUE(answers.back().result.has_value());
  EXPECT_EQ(answers.back().result->error().kind, Kind::busy);
  EXPECT_TRUE(*other.result);
  EXPECT_TRUE(house.command(login_from(0)));  // there is room again
}

TEST(RegistryShard, BoundsThePasswordChecksOfOneSourceSoThatOthersAreHeard) {
  House house;
  std::vector<Answer> answers(PasswordWork::kAllMax / 2);
  for (Answer& answer : answers) {
    house.shard().submit(LogIn{"nobody", "nowhere", "x", "192.0.2.1"}, answer.taker());
  }
  Answer other;
  house.shard().submit(login_from(2), other.taker());
  house.process().run();
  EXPECT_EQ(answers.front().result->error().kind, Kind::unauthorized);
  EXPECT_EQ(answers.back().result->error().kind, Kind::busy);
  EXPECT_TRUE(*other.result);
  EXPECT_TRUE(house.command(login_from(1)));  // of the same source: there is room again
}

TEST(RegistryShard, APasswordThatIsGivenCountsAsAPasswordCheck) {
  House house;
  std::vector<Answer> answers(PasswordWork::kAllMax);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    house.shard().submit(login_from(i), answers[i].taker());
  }
  resource::Resource given;
  given.kind = &kinds::user();
  given.values.fields.resize(given.kind->shape.fields.size());
  const auto* user = house.snapshot().directory->user_named(
      house.snapshot().directory->organisation_named("acme")->id, kDevUser);
  const auto change = [&] {
    return ChangeResource{&kinds::user(), user->id, {.values = given.values, .replaced = {}}, {}};
  };
  Answer renamed;
  given.set("FullName", std::string{"Somebody"});
  house.shard().submit(change(), renamed.taker());
  Answer refused;
  given.set("Password", std::string{"another secret"});
  house.shard().submit(change(), refused.taker());
  house.process().run();
  EXPECT_TRUE(*renamed.result);
  ASSERT_TRUE(refused.result.has_value());
  EXPECT_EQ(refused.result->error().kind, Kind::busy);
}

TEST(RegistryShard, BoundsThePasswordsThatOneOrganisationGivesSoThatOthersAreHeard) {
  House house;
  const auto acme = house.snapshot().directory->organisation_named("acme")->id;
  const auto* user = house.snapshot().directory->user_named(acme, kDevUser);
  resource::Resource given;
  given.kind = &kinds::user();
  given.values.fields.resize(given.kind->shape.fields.size());
  given.set("Password", std::string{"another secret"});
  const auto change = [&](const core::Uuid& organisation) {
    resource::Actor actor;
    actor.organisation = organisation;
    return ChangeResource{
        &kinds::user(), user->id, {.values = given.values, .replaced = {}}, actor};
  };
  std::vector<Answer> answers(PasswordWork::kAllMax / 2);
  for (Answer& answer : answers) house.shard().submit(change(acme), answer.taker());
  Answer other;
  house.shard().submit(change(core::Uuid::random()), other.taker());
  Answer login;
  house.shard().submit(login_from(1), login.taker());
  house.process().run();
  EXPECT_TRUE(*answers.front().result);
  EXPECT_EQ(answers.back().result->error().kind, Kind::busy);
  EXPECT_TRUE(*other.result);
  EXPECT_TRUE(*login.result);
}

TEST(RegistryShard, BoundsTheCommandsUnderWay) {
  House house;
  house.process().limit_lane(RegistryShard::kPendingMax + 10);
  std::vector<Answer> answers(RegistryShard::kPendingMax + 1);
  for (Answer& answer : answers) house.shard().submit(DeleteService{}, answer.taker());
  house.process().run();
  EXPECT_EQ(answers.front().result->error().kind, Kind::not_found);
  EXPECT_EQ(answers.back().result->error().kind, Kind::busy);
}

TEST(RegistryShard, MaySubmitFromWithinAnAnswer) {
  House house;
  Answer second;
  house.shard().submit(CreateService{a_service("org.one")}, [&](const CommandResult&) {
    house.shard().submit(CreateService{a_service("org.two")}, second.taker());
  });
  house.process().run();
  EXPECT_EQ(second.runs, 1);
  EXPECT_EQ(house.snapshot().routes->services.size(), 2U);
}

TEST(RegistryShard, SharesWhatAChangeLeftAlone) {
  House house;
  const auto before = house.shard().snapshot();
  ASSERT_TRUE(house.command(LogIn{"administrator", "System", "system secret", "::1"}));
  const auto after = house.shard().snapshot();
  EXPECT_EQ(before->routes, after->routes);
  EXPECT_EQ(before->directory, after->directory);
  EXPECT_NE(before->sessions, after->sessions);
  EXPECT_GT(after->revision, before->revision);
}

}  // namespace
}  // namespace registry::service
