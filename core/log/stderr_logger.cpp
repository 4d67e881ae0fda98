#include <unistd.h>

#include <chrono>

#include "core/log/line_writer.h"
#include "core/log/log.h"

namespace core::log {
namespace {

class StderrLogger final : public Logger {
 public:
  StderrLogger(Format format, Level least) : format_(format), least_(least) {}

  [[nodiscard]] bool wants(Level level) const override { return level >= least_; }

  void write(Level level, std::string_view event, const Field* fields, std::size_t count) override {
    if (const std::uint64_t dropped = lines_.take_dropped(); dropped > 0) say_dropped(dropped);
    lines_.add(format_line(format_, now(), level, event, fields, count));
  }

 private:
  static std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  void say_dropped(std::uint64_t dropped) {
    const Field field{"lines", dropped};
    lines_.add(format_line(format_, now(), Level::warning, "log.dropped", &field, 1));
  }

  const Format format_;
  const Level least_;
  LineWriter lines_{STDERR_FILENO};
};

}  // namespace

std::unique_ptr<Logger> make_stderr_logger(Format format, Level least) {
  return std::make_unique<StderrLogger>(format, least);
}

}  // namespace core::log
