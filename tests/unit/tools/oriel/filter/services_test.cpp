#include "tools/oriel/filter/services.h"

#include <gtest/gtest.h>

#include "tools/oriel/settings/exit_codes.h"

namespace oriel::filter {
namespace {

TEST(RoutesOf, TakesTheRequestFiltersInTheirOrder) {
  const auto routes = routes_of(
      R"({"routes":[{"service":"a","priority":9,"enabled":true,"kind":"request","pattern":"/a"},)"
      R"({"service":"a","priority":9,"enabled":true,"kind":"response","pattern":"text/x"},)"
      R"({"service":"b","priority":0,"enabled":false,"kind":"request","pattern":"/b"}]})");
  ASSERT_TRUE(routes);
  ASSERT_EQ(routes->size(), 2U);
  EXPECT_EQ(routes->at(0).service, "a");
  EXPECT_EQ(routes->at(0).priority, 9);
  EXPECT_EQ(routes->at(1).pattern, "/b");
  EXPECT_FALSE(routes->at(1).enabled);
}

TEST(RoutesOf, SaysWhatIsNoAnswer) {
  EXPECT_FALSE(routes_of("no json"));
  EXPECT_FALSE(routes_of("{}"));
}

TEST(ServicesIn, SaysWhenThereIsNoAppliance) {
  const auto services = services_in("/nonexistent");
  ASSERT_FALSE(services);
  EXPECT_EQ(services.error().exit_code, kUnreachable);
  EXPECT_NE(services.error().sentence.find("/nonexistent"), std::string::npos);
}

TEST(ServicesAt, RefusesWhatIsNoUrlOfAnOperator) {
  EXPECT_EQ(services_at("nonsense").error().exit_code, kUsage);
  EXPECT_EQ(services_at("https://127.0.0.1:1").error().exit_code, kUsage);
}

}  // namespace
}  // namespace oriel::filter
