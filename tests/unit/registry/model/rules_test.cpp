#include "registry/model/rules.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace registry::model {
namespace {

Service good_service() {
  Service service;
  service.name = "snapshots";
  service.namespace_ = "org.example.snapshots";
  service.exchange = "example-ext";
  service.routing_key = "snapshots";
  service.priority = 50;
  return service;
}

/// What check_service says about a good service after `spoil`; empty when it is still good.
std::string said_after(const std::function<void(Service&)>& spoil) {
  Service service = good_service();
  spoil(service);
  const auto checked = check_service(service);
  return checked ? "" : checked.error().text;
}

ApiFilter url_filter(std::string pattern) {
  return {.id = {},
          .url_pattern = std::move(pattern),
          .response_content_type = std::nullopt,
          .operation_key = ""};
}
ApiFilter type_filter(std::string type) {
  return {.id = {},
          .url_pattern = std::nullopt,
          .response_content_type = std::move(type),
          .operation_key = ""};
}

TEST(CheckService, TakesAGoodOne) { EXPECT_TRUE(check_service(good_service())); }

TEST(CheckService, NamesTheRequiredMemberThatIsMissing) {
  EXPECT_EQ(said_after([](Service& s) { s.name.clear(); }), "name is required.");
  EXPECT_EQ(said_after([](Service& s) { s.namespace_.clear(); }), "Namespace is required.");
  EXPECT_EQ(said_after([](Service& s) { s.exchange.clear(); }), "Exchange is required.");
  EXPECT_EQ(said_after([](Service& s) { s.routing_key.clear(); }), "RoutingKey is required.");
}

TEST(CheckService, KeepsPrioritiesFromZeroToOneHundred) {
  EXPECT_EQ(said_after([](Service& s) { s.priority = 0; }), "");
  EXPECT_EQ(said_after([](Service& s) { s.priority = 100; }), "");
  EXPECT_EQ(said_after([](Service& s) { s.priority = -1; }), "Priority must be from 0 to 100.");
  EXPECT_EQ(said_after([](Service& s) { s.priority = 101; }), "Priority must be from 0 to 100.");
}

TEST(CheckService, CountsOctetsWhereAmqpDoes) {
  EXPECT_EQ(said_after([](Service& s) { s.exchange = std::string(255, 'x'); }), "");
  EXPECT_NE(said_after([](Service& s) { s.exchange = std::string(256, 'x'); }), "");
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "\u00fc";  // 200 characters, 400 octets
  EXPECT_NE(said_after([&](Service& s) { s.routing_key = umlauts; }), "");
  EXPECT_EQ(said_after([&](Service& s) { s.name = umlauts; }), "");
}

TEST(CheckService, BoundsTextsByCharacters) {
  EXPECT_EQ(said_after([](Service& s) { s.name = std::string(255, 'x'); }), "");
  EXPECT_NE(said_after([](Service& s) { s.name = std::string(256, 'x'); }), "");
  EXPECT_NE(said_after([](Service& s) { s.namespace_ = std::string(256, 'x'); }), "");
  EXPECT_NE(said_after([](Service& s) { s.vendor = std::string(256, 'x'); }), "");
  EXPECT_NE(said_after([](Service& s) { s.description = std::string(4097, 'x'); }), "");
  EXPECT_NE(said_after([](Service& s) { s.operation_key = std::string(256, 'x'); }), "");
}

TEST(CheckService, RefusesControlCharactersExceptLinesInADescription) {
  EXPECT_NE(said_after([](Service& s) { s.name = "a\nb"; }), "");
  EXPECT_NE(said_after([](Service& s) { s.routing_key = std::string{"a\0b", 3}; }), "");
  EXPECT_EQ(said_after([](Service& s) { s.description = "a\n\tb\r\n"; }), "");
  EXPECT_NE(said_after([](Service& s) { s.description = "a\x01"; }), "");
}

TEST(CheckService, BoundsTheReplyTimeout) {
  using std::chrono::seconds;
  EXPECT_EQ(said_after([](Service& s) { s.reply_timeout = seconds{1}; }), "");
  EXPECT_EQ(said_after([](Service& s) { s.reply_timeout = seconds{3600}; }), "");
  EXPECT_NE(said_after([](Service& s) { s.reply_timeout = seconds{0}; }), "");
  EXPECT_NE(said_after([](Service& s) { s.reply_timeout = seconds{3601}; }), "");
}

TEST(CheckService, LooksAtEachFilter) {
  EXPECT_NE(said_after([](Service& s) { s.filters = {url_filter("/api/x"), url_filter("")}; }), "");
  EXPECT_NE(said_after([](Service& s) {
              s.filters.assign(kFiltersPerServiceMax + 1, url_filter("/api/x"));
            }),
            "");
}

TEST(CheckFilter, WantsExactlyOneOfPatternAndContentType) {
  EXPECT_TRUE(check_filter(url_filter("/api/x")));
  EXPECT_TRUE(check_filter(type_filter("text/plain")));
  EXPECT_FALSE(check_filter(ApiFilter{}));
  ApiFilter both = url_filter("/api/x");
  both.response_content_type = "text/plain";
  EXPECT_FALSE(check_filter(both));
}

TEST(CheckFilter, BoundsThePatternByCharacters) {
  std::string pattern;
  for (int i = 0; i < 1024; ++i) pattern += "\u00e9";
  EXPECT_TRUE(check_filter(url_filter(pattern)));
  EXPECT_FALSE(check_filter(url_filter(pattern + "x")));
  EXPECT_FALSE(check_filter(url_filter("")));
}

TEST(CheckFilter, WantsAMediaType) {
  EXPECT_TRUE(check_filter(type_filter("application/vnd.vmware.vcloud.org+xml;version=36.0")));
  for (const char* type : {"", "text", "text/", "/plain", "te xt/plain", "text/pl/ain"}) {
    EXPECT_FALSE(check_filter(type_filter(type))) << type;
  }
}

TEST(SameName, IgnoresTheCaseOfAsciiLetters) {
  EXPECT_TRUE(same_name("System", "sYSTEM"));
  EXPECT_FALSE(same_name("System", "Systems"));
  EXPECT_FALSE(same_name("a", "b"));
  EXPECT_EQ(name_key("Acme-\u00dc1"), "acme-\u00dc1");
}

}  // namespace
}  // namespace registry::model
