#include "http/net/operator_front.h"

#include <gtest/gtest.h>

#include "tests/unit/http/management/fake_broker.h"

namespace http::net {
namespace {

/// Tells readiness when the test says so, and nothing else.
class SlowSource final : public operators::ViewSource {
 public:
  void readiness(Done<operators::Readiness> done) override { asked.push_back(std::move(done)); }
  void metrics(Done<operators::Metrics>) override {}
  void routes(Done<std::vector<operators::RouteRow>>) override {}
  void queues(Done<std::vector<operators::QueueRow>>) override {}
  void pending(Done<std::vector<operators::PendingRow>>) override {}
  void connections(Done<std::vector<operators::ConnectionRow>>) override {}
  void shards(Done<std::vector<operators::ShardRow>>) override {}

  std::vector<Done<operators::Readiness>> asked;
};

message::Request request_for(const char* path) {
  message::Request request;
  request.method = "GET";
  request.target.path = path;
  return request;
}

TEST(OperatorFront, AnswersAtOnceWhatNeedsNoCollecting) {
  SlowSource source;
  management::FakeBroker broker;
  OperatorFront front{source, broker};
  std::optional<front::RequestId> answered;
  std::uint16_t status = 0;
  const front::RequestId id = front.accept(request_for("/livez"),
                                           [&](front::RequestId of, message::Response response) {
                                             answered = of;
                                             status = response.status;
                                           },
                                           {});
  EXPECT_EQ(answered, id);
  EXPECT_EQ(status, 200);
}

TEST(OperatorFront, AnswersLaterWhenTheValuesAreIn) {
  SlowSource source;
  management::FakeBroker broker;
  OperatorFront front{source, broker};
  int answers = 0;
  front.accept(request_for("/readyz"), [&](front::RequestId, message::Response) { ++answers; }, {});
  EXPECT_EQ(answers, 0);
  ASSERT_EQ(source.asked.size(), 1U);
  source.asked.front()({});
  EXPECT_EQ(answers, 1);
}

TEST(OperatorFront, ACallerWhoHasGoneIsNotAnswered) {
  SlowSource source;
  management::FakeBroker broker;
  OperatorFront front{source, broker};
  int answers = 0;
  const auto id = front.accept(request_for("/readyz"),
                               [&](front::RequestId, message::Response) { ++answers; }, {});
  front.abandon(id, {});
  ASSERT_EQ(source.asked.size(), 1U);
  source.asked.front()({});
  EXPECT_EQ(answers, 0);
}

TEST(OperatorFront, SendsWhatIsBelowApiToTheBrokersAdministration) {
  SlowSource source;
  management::FakeBroker broker;
  OperatorFront front{source, broker};
  std::uint16_t status = 0;
  const auto note = [&](front::RequestId, message::Response response) { status = response.status; };
  front.accept(request_for("/api/users"), note, {});
  EXPECT_EQ(status, 401);
  front.accept(request_for("/apiusers"), note, {});
  EXPECT_EQ(status, 404);
}

}  // namespace
}  // namespace http::net
