#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "http/schema/openapi.h"
#include "http/schema/reference.h"
#include "http/schema/route_table.h"
#include "tools/oriel/document/command.h"

// What is checked in is what would be written now.

namespace oriel::document {
namespace {

std::string file(const std::string& name) {
  std::ifstream in{std::string{ORIEL_SOURCE_DIR} + "/packaging/doc/" + name, std::ios::binary};
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(Docs, HoldTheReferenceOfTheApiAsItIs) {
  EXPECT_EQ(file("api-reference.md"), http::schema::api_reference())
      << "oriel document reference > packaging/doc/api-reference.md";
}

TEST(Docs, HoldTheTableOfUrlsAsItIs) {
  EXPECT_EQ(file("routes.md"), http::schema::route_table(all_routes()))
      << "oriel document routes > packaging/doc/routes.md";
}

TEST(Routes, HaveMediaTypesThatSomebodyHasSaid) {
  for (const auto& route : all_routes()) {
    for (const auto& action : route.actions) {
      EXPECT_TRUE(http::schema::media_types_of(action.method, route.pattern).known)
          << action.method << " " << route.pattern;
    }
  }
}

TEST(Routes, StandOnceEach) {
  std::set<std::string> seen;
  for (const auto& route : all_routes()) {
    for (const auto& action : route.actions) {
      const std::string key = std::string{action.method} + " " + std::string{route.pattern};
      EXPECT_TRUE(seen.insert(key).second) << key;
    }
  }
}

TEST(OpenApi, DescribesEveryRouteUnderCloudapi) {
  for (const auto& route : all_routes()) {
    if (!route.pattern.starts_with("/cloudapi/")) continue;
    for (const auto& action : route.actions) {
      EXPECT_TRUE(http::schema::openapi_describes(action.method, route.pattern))
          << action.method << " " << route.pattern;
    }
  }
}

}  // namespace
}  // namespace oriel::document
