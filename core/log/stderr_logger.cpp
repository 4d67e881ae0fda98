#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>

#include "core/log/log.h"

namespace core::log {
namespace {

class StderrLogger final : public Logger {
 public:
  StderrLogger(Format format, Level least)
      : format_(format),
        least_(least),
        pool_(std::make_shared<spdlog::details::thread_pool>(kQueuedMax, 1)),
        lines_(std::make_shared<spdlog::async_logger>(
            "oriel", std::make_shared<spdlog::sinks::stderr_sink_mt>(), pool_,
            spdlog::async_overflow_policy::overrun_oldest)) {
    lines_->set_pattern("%v");
    lines_->set_level(spdlog::level::trace);
    lines_->flush_on(spdlog::level::trace);
  }

  [[nodiscard]] bool wants(Level level) const override { return level >= least_; }

  void write(Level level, std::string_view event, const Field* fields,
             std::size_t count) override {
    say_what_was_dropped();
    lines_->info(format_line(format_, now(), level, event, fields, count));
  }

 private:
  static std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  void say_what_was_dropped() {
    const std::size_t dropped = pool_->overrun_counter();
    const std::size_t said = dropped_said_.exchange(dropped, std::memory_order_relaxed);
    if (dropped <= said) return;
    const Field field{"lines", dropped - said};
    lines_->info(format_line(format_, now(), Level::warning, "log.dropped", &field, 1));
  }

  Format format_;
  Level least_;
  std::shared_ptr<spdlog::details::thread_pool> pool_;  // outlives lines_: it drains on its way out
  std::shared_ptr<spdlog::async_logger> lines_;
  std::atomic<std::size_t> dropped_said_{0};
};

}  // namespace

std::unique_ptr<Logger> make_stderr_logger(Format format, Level least) {
  return std::make_unique<StderrLogger>(format, least);
}

}  // namespace core::log
