#include "core/config/config.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace core::config {
namespace {

const std::array<Setting, 4> kSchema{{
    {.key = "shards", .flag = "shards", .kind = Kind::number, .fallback = "0", .help = "threads",
     .most = 64},
    {.key = "http.listen", .flag = "http", .kind = Kind::text, .fallback = "127.0.0.1:8080",
     .help = "address"},
    {.key = "http.tls", .flag = "", .kind = Kind::boolean, .fallback = "false", .help = "tls"},
    {.key = "log.level", .flag = "log-level", .kind = Kind::text, .fallback = "info",
     .help = "level", .choices = {"debug", "info"}},
}};

class ConfigFile : public testing::Test {
 protected:
  std::string write(std::string_view text) {
    path_ = testing::TempDir() + "/config_test_" +
            testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml";
    std::ofstream{path_} << text;
    return path_;
  }
  void TearDown() override { std::filesystem::remove(path_); }

  static std::string error_of(const auto& act) {
    try {
      act();
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "no error";
  }

  Config config_{kSchema};
  std::string path_;
};

TEST_F(ConfigFile, StartsWithBuiltInValues) {
  EXPECT_EQ(config_.text("http.listen"), "127.0.0.1:8080");
  EXPECT_EQ(config_.origin("http.listen"), "built-in");
}

TEST_F(ConfigFile, LaterLayersReplaceEarlierOnesAndSayWhereTheyStand) {
  const std::string path = write("shards = 2\n\n[http]\nlisten = \"[::1]:1\"\ntls = true\n");
  config_.add_file(path);
  EXPECT_EQ(config_.number("shards"), 2);
  EXPECT_TRUE(config_.boolean("http.tls"));
  EXPECT_EQ(config_.origin("http.listen"), path + ":4");

  config_.add_environment(std::vector<std::string>{"HOME=/", "ORIEL_HTTP__LISTEN=[::1]:2"}, {});
  EXPECT_EQ(config_.text("http.listen"), "[::1]:2");
  EXPECT_EQ(config_.origin("http.listen"), "environment ORIEL_HTTP__LISTEN");

  config_.add_flag("http", "[::1]:3");
  EXPECT_EQ(config_.text("http.listen"), "[::1]:3");
  EXPECT_EQ(config_.origin("http.listen"), "--http");
}

TEST_F(ConfigFile, UnknownKeyNamesFileLineAndTheNearestKey) {
  const std::string path = write("shards = 2\n[http]\nlissten = \"x\"\n");
  EXPECT_EQ(error_of([&] { config_.add_file(path); }),
            path + ":3: unknown key http.lissten; did you mean http.listen?");
}

TEST_F(ConfigFile, UnknownKeyFarFromAllGetsNoSuggestion) {
  const std::string path = write("zzzzzzzzzz = 2\n");
  EXPECT_EQ(error_of([&] { config_.add_file(path); }), path + ":1: unknown key zzzzzzzzzz");
}

TEST_F(ConfigFile, UnknownVariableIsAnErrorUnlessSomebodyElseReadsIt) {
  const std::vector<std::string> environment{"ORIEL_SHARD=3"};
  EXPECT_EQ(error_of([&] { config_.add_environment(environment, {}); }),
            "environment: unknown variable ORIEL_SHARD; did you mean ORIEL_SHARDS?");
  const std::array<std::string_view, 1> also{"ORIEL_SHARD"};
  EXPECT_EQ(error_of([&] { config_.add_environment(environment, also); }), "no error");
}

TEST_F(ConfigFile, ValuesOutsideTheirBoundsAreRefusedWithTheirOrigin) {
  const std::string path = write("shards = 65\n");
  EXPECT_EQ(error_of([&] { config_.add_file(path); }),
            path + ":1: shards must be a whole number from 0 to 64, not '65'");
  EXPECT_EQ(error_of([&] { config_.add_flag("shards", "two"); }),
            "--shards: shards must be a whole number, not 'two'");
  EXPECT_EQ(error_of([&] { config_.add_flag("log-level", "loud"); }),
            "--log-level: log.level must be one of: debug, info, not 'loud'");
}

TEST_F(ConfigFile, WhatIsNotTomlSaysWhere) {
  const std::string path = write("shards = = 2\n");
  EXPECT_TRUE(error_of([&] { config_.add_file(path); }).starts_with(path + ":1:"));
  EXPECT_NE(error_of([&] { config_.add_file("/nonexistent.toml"); }), "no error");
}

}  // namespace
}  // namespace core::config
