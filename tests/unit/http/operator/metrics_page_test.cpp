#include "http/operator/metrics_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string_view>

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
  metrics.shards.message_memory = 4096;
  metrics.shards.message_memory_max = 65536;
  metrics.shards.publishers_blocked = 1;
  metrics.version = "0.1.0";
  metrics.shard_count = 2;
  metrics.process.cpu_seconds = 1.25;
  return metrics;
}

/// One line of the text format, read from the front as Prometheus's parser does.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(text) {}

  bool skip(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// A name of a metric or label; empty when there is none.
  std::string_view name() {
    const auto in_name = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), in_name);
    const auto size = static_cast<std::size_t>(end - rest_.begin());
    const std::string_view found = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return found.empty() || std::isdigit(static_cast<unsigned char>(found[0])) != 0 ? "" : found;
  }
  /// The rest of a label's value, with the quote that ends it.
  bool quoted() {
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '"') return skip(rest_.substr(0, i + 1));
      if (rest_[i] != '\\') continue;
      if (++i == rest_.size() ||
          std::string_view{"\\\"n"}.find(rest_[i]) == std::string_view::npos) {
        return false;
      }
    }
    return false;
  }
  bool labels() {
    if (!skip("{")) return true;
    do {
      if (name().empty() || !skip("=\"") || !quoted()) return false;
    } while (skip(","));
    return skip("}");
  }
  bool number() {
    const std::string text{rest_};
    char* end = nullptr;
    static_cast<void>(std::strtod(text.c_str(), &end));
    return !text.empty() && end == text.c_str() + text.size();
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// What is wrong with a text in the format, first; empty when nothing is.
std::string fault_in(const std::string& text) {
  if (!text.ends_with("\n")) return "no line end at the end";
  std::istringstream lines{text};
  std::set<std::string> families;
  std::set<std::string> series;
  std::string family;
  bool histogram = false;
  for (std::string whole; std::getline(lines, whole);) {
    Line line{whole};
    if (line.skip("# HELP ")) {
      if (!families.insert(std::string{line.name()}).second) return "family twice: " + whole;
      if (!line.skip(" ") || line.rest().empty()) return "no help: " + whole;
    } else if (line.skip("# TYPE ")) {
      family = line.name();
      if (!families.contains(family)) return "type without help: " + whole;
      histogram = line.rest() == " histogram";
      if (!histogram && line.rest() != " counter" && line.rest() != " gauge")
        return "type: " + whole;
    } else {
      std::string name{line.name()};
      for (const char* suffix : {"_bucket", "_sum", "_count"}) {
        if (histogram && name == family + suffix) name = family;
      }
      if (name.empty() || name != family) return "sample of another family: " + whole;
      if (!line.labels() || !line.skip(" ")) return "labels: " + whole;
      const std::string key = whole.substr(0, whole.size() - line.rest().size());
      if (!series.insert(key).second) return "series twice: " + whole;
      if (!line.number()) return "value: " + whole;
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
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a gauge\na x\n"), "");
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a gauge\na{1l=\"x\"} 1\n"), "");
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a gauge\na{l=\"x\"y\"} 1\n"), "");
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a gauge\na 1\na 2\n"), "");
  EXPECT_NE(fault_in("# HELP a b\n# TYPE a timer\n"), "");
}

TEST(RenderMetrics, HasEveryMetricThatIsPromised) {
  const std::string text = render_metrics(some_metrics());
  for (const char* name : {"oriel_http_requests_total",
                           "oriel_http_request_duration_seconds",
                           "oriel_http_inflight",
                           "oriel_match_duration_seconds",
                           "oriel_amqp_publish_total",
                           "oriel_amqp_returned_total",
                           "oriel_reply_wait_seconds",
                           "oriel_reply_late_total",
                           "oriel_reply_orphan_total",
                           "oriel_broker_messages",
                           "oriel_broker_memory_bytes",
                           "oriel_broker_memory_max_bytes",
                           "oriel_broker_publishers_blocked",
                           "oriel_message_log_bytes",
                           "oriel_message_log_syncs_total",
                           "oriel_broker_confirms_waiting",
                           "oriel_catalog_failures_total",
                           "oriel_broker_connections",
                           "oriel_store_commit_seconds",
                           "oriel_log_dropped_total",
                           "oriel_build_info",
                           "process_cpu_seconds_total",
                           "process_resident_memory_bytes",
                           "process_open_fds"}) {
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
  EXPECT_EQ(all.message_memory, 2 * some_metrics().shards.message_memory);
  EXPECT_EQ(all.message_memory_max, some_metrics().shards.message_memory_max);
  EXPECT_EQ(all.publishers_blocked, 1U) << "blocked anywhere is blocked";
  EXPECT_EQ(all.request_duration.count(), 10U);
  EXPECT_EQ(all.requests.rows().back().count, 2U);
}

}  // namespace
}  // namespace http::operators
