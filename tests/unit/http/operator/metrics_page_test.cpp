#include "http/operator/metrics_page.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace http::operators {
namespace {

Metrics some_metrics() {
  Metrics metrics;
  metrics.shards.requests.add({"backup", "2xx", "none"}, 5);
  metrics.shards.requests.add({"we\"ird\\\nname", "5xx", "no_reply"});
  metrics.shards.requests.add({"", "4xx", "not_found"});
  metrics.shards.refusals.add({"400"});
  metrics.shards.request_duration.record(std::chrono::milliseconds{1}, 5);
  metrics.shards.reply_wait.record(std::chrono::microseconds{300}, 5);
  metrics.shards.messages_ready = 7;
  metrics.version = "0.1.0";
  metrics.shard_count = 2;
  metrics.process.cpu_seconds = 1.25;
  return metrics;
}

/// Reads the text format as Prometheus's parser does, and says what is wrong with it first.
std::string fault_in(const std::string& text) {
  static const std::regex kHelp{R"(# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) .+)"};
  static const std::regex kType{R"(# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram))"};
  static const std::regex kSample{
      R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)+\})? (\S+))re"};
  if (!text.ends_with("\n")) return "no line end at the end";
  std::istringstream lines{text};
  std::set<std::string> families;
  std::set<std::string> series;
  std::string family;
  std::string type;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, kHelp)) {
      if (!families.insert(match[1]).second) return "family twice: " + line;
    } else if (std::regex_match(line, match, kType)) {
      family = match[1];
      type = match[2];
      if (!families.contains(family)) return "type without help: " + line;
    } else if (std::regex_match(line, match, kSample)) {
      std::string name = match[1];
      if (type == "histogram")
        name = std::regex_replace(name, std::regex{"_(bucket|sum|count)$"}, "");
      if (name != family) return "sample of another family: " + line;
      if (!series.insert(match[1].str() + match[2].str()).second) return "series twice: " + line;
      char* end = nullptr;
      static_cast<void>(std::strtod(match[5].str().c_str(), &end));
    } else {
      return "not understood: " + line;
    }
  }
  return "";
}

TEST(RenderMetrics, IsValidTextFormat) {
  EXPECT_EQ(fault_in(render_metrics(some_metrics())), "");
  EXPECT_EQ(fault_in(render_metrics(Metrics{})), "");
}

TEST(RenderMetrics, TheCheckOfTheFormatFindsFaults) {
  EXPECT_NE(fault_in("a 1\n"), "");
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a gauge\na{l=\"x\"y\"} 1\n"), "");
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a gauge\na 1\na 2\n"), "");
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a timer\n"), "");
}

TEST(RenderMetrics, HasEveryMetricThatIsPromised) {
  const std::string text = render_metrics(some_metrics());
  for (const char* name :
       {"oriel_http_requests_total", "oriel_http_request_duration_seconds", "oriel_http_inflight",
        "oriel_match_duration_seconds", "oriel_amqp_publish_total", "oriel_amqp_returned_total",
        "oriel_reply_wait_seconds", "oriel_reply_late_total", "oriel_reply_orphan_total",
        "oriel_broker_messages", "oriel_broker_connections", "oriel_store_commit_seconds",
        "oriel_log_dropped_total", "oriel_build_info", "process_cpu_seconds_total",
        "process_resident_memory_bytes", "process_open_fds"}) {
    EXPECT_NE(text.find("# TYPE " + std::string{name} + " "), std::string::npos) << name;
  }
}

TEST(RenderMetrics, CountsRequestsByServiceClassAndCause) {
  const std::string text = render_metrics(some_metrics());
  const auto has = [&](const char* line) { return text.find(line) != std::string::npos; };
  EXPECT_TRUE(
      has("\noriel_http_requests_total{service=\"backup\",code_class=\"2xx\",cause=\"none\"} 5\n"));
  EXPECT_TRUE(has("{service=\"we\\\"ird\\\\\\nname\",code_class=\"5xx\",cause=\"no_reply\"} 1\n"));
  EXPECT_TRUE(has("{service=\"-\",code_class=\"4xx\",cause=\"not_found\"} 1\n"));
  EXPECT_TRUE(has("\noriel_broker_messages{state=\"ready\"} 7\n"));
  EXPECT_TRUE(has("\noriel_http_request_duration_seconds_bucket{le=\"0.0005\"} 0\n"));
  EXPECT_TRUE(has("\noriel_http_request_duration_seconds_bucket{le=\"0.001\"} 5\n"));
}

TEST(ShardMetrics, MergeAddsUp) {
  ShardMetrics all = some_metrics().shards;
  all.merge(some_metrics().shards);
  EXPECT_EQ(all.messages_ready, 14U);
  EXPECT_EQ(all.request_duration.count(), 10U);
  EXPECT_EQ(all.requests.rows().back().count, 2U);
}

}  // namespace
}  // namespace http::operators
