#include "http/native/route_tree.h"

#include <gtest/gtest.h>

namespace http::native {
namespace {

using Segments = std::vector<std::string>;

/// The pattern that the path matches, with what stood in its places behind it.
std::string found(const std::vector<std::string_view>& patterns, std::string_view path) {
  Segments segments;
  const auto number = RouteTree{patterns}.find(path, &segments);
  if (!number) return "none";
  std::string text{patterns[*number]};
  for (const std::string& segment : segments) text += " " + segment;
  return text;
}

TEST(RouteTree, FindsLiteralsAndPlaces) {
  const std::vector<std::string_view> patterns{"/api", "/api/org", "/api/org/{}",
                                               "/api/org/{}/vdcs/{}"};
  EXPECT_EQ(found(patterns, "/api"), "/api");
  EXPECT_EQ(found(patterns, "/api/org/7"), "/api/org/{} 7");
  EXPECT_EQ(found(patterns, "/api/org/7/vdcs/a%20b"), "/api/org/{}/vdcs/{} 7 a b");
  for (const char* path : {"", "/", "api", "/apix", "/api/org/7/vdcs", "/api/org/7/vdcs/8/9"}) {
    EXPECT_EQ(found(patterns, path), "none") << path;
  }
}

TEST(RouteTree, ALiteralGoesBeforeAPlaceWhateverTheirOrder) {
  const std::vector<std::string_view> patterns{"/s/{}", "/s/query", "/s/{}/links", "/s/link/{}"};
  EXPECT_EQ(found(patterns, "/s/query"), "/s/query");
  EXPECT_EQ(found(patterns, "/s/other"), "/s/{} other");
  EXPECT_EQ(found(patterns, "/s/link/links"), "/s/link/{} links");
}

TEST(RouteTree, GoesBackWhenALiteralLeadsNowhere) {
  const std::vector<std::string_view> patterns{"/s/query", "/s/{}/links"};
  EXPECT_EQ(found(patterns, "/s/query/links"), "/s/{}/links query");
}

TEST(RouteTree, APlaceMayFollowABeginning) {
  const std::vector<std::string_view> patterns{"/vApp/{}", "/vApp/vm-{}", "/vApp/vm-x-{}"};
  EXPECT_EQ(found(patterns, "/vApp/vm-7"), "/vApp/vm-{} 7");
  EXPECT_EQ(found(patterns, "/vApp/vm-x-7"), "/vApp/vm-x-{} 7");
  EXPECT_EQ(found(patterns, "/vApp/7"), "/vApp/{} 7");
  EXPECT_EQ(found({"/vApp/vm-{}"}, "/vApp/vm-"), "none");
}

TEST(RouteTree, OneSlashAtTheEndMakesNoDifferenceAndTwoDo) {
  EXPECT_EQ(found({"/api/org"}, "/api/org/"), "/api/org");
  EXPECT_EQ(found({"/api/org"}, "/api/org//"), "none");
  EXPECT_EQ(found({"/api/{}/x"}, "/api//x"), "none");
}

TEST(RouteTree, WhatCannotBeDecodedMatchesNoPlace) {
  EXPECT_EQ(found({"/api/{}"}, "/api/%zz"), "none");
}

TEST(RouteTree, OfTwoEqualPatternsTheFirstIsFound) {
  EXPECT_EQ(RouteTree({"/a/{}", "/a/{}"}).find("/a/1", nullptr), 0U);
}

}  // namespace
}  // namespace http::native
