#include "core/log/log.h"

#include <gtest/gtest.h>

namespace core::log {
namespace {

constexpr std::int64_t kNoon = 1'767'355'384'123;  // 2026-01-02T12:03:04.123Z

std::string line(Format format, std::initializer_list<Field> fields) {
  return format_line(format, kNoon, Level::info, "queue.declared", fields.begin(), fields.size());
}

TEST(LogLine, ConsoleNamesTheEventAndItsFields) {
  EXPECT_EQ(line(Format::console, {{"name", "orders"}, {"shard", 2}, {"durable", true}}),
            "12:03:04.123 info    queue.declared name=orders shard=2 durable=true");
}

TEST(LogLine, ConsoleQuotesWhatIsNotOneWord) {
  EXPECT_EQ(line(Format::console, {{"name", "two words"}, {"other", ""}}),
            "12:03:04.123 info    queue.declared name=\"two words\" other=\"\"");
}

TEST(LogLine, JsonIsOneObject) {
  EXPECT_EQ(line(Format::json, {{"name", "orders"}, {"shard", 2}, {"seconds", 0.5}}),
            R"({"ts":"2026-01-02T12:03:04.123Z","level":"info","msg":"queue.declared",)"
            R"("name":"orders","shard":2,"seconds":0.5})");
}

TEST(LogLine, NewlinesAndQuotesInValuesDoNotMakeASecondLine) {
  for (const Format format : {Format::console, Format::json}) {
    const std::string text = line(format, {{"name", "a\nb\"c\x1b[2J"}});
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("a\\u000ab\\\"c\\u001b[2J"), std::string::npos) << text;
  }
}

TEST(Logger, WritesNothingBelowItsLevel) {
  testing::internal::CaptureStderr();
  {
    const auto logger = make_stderr_logger(Format::console, Level::warning);
    logger->info("quiet");
    logger->warning("loud", {{"n", 1}});
  }
  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(written.find("quiet"), std::string::npos);
  EXPECT_NE(written.find("loud n=1"), std::string::npos) << written;
}

}  // namespace
}  // namespace core::log
