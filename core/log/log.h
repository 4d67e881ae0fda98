#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace core::log {

enum class Level : std::uint8_t { debug, info, warning, error };

/// One fact of an event, seen in place: `{"queue", name}`, `{"shard", 2}`.
struct Field {
  using Value = std::variant<std::string_view, std::int64_t, double, bool>;
  std::string_view key;
  Value value;

  Field(std::string_view field, std::string_view text) : key(field), value(text) {}
  Field(std::string_view field, const char* text) : key(field), value(std::string_view{text}) {}
  Field(std::string_view field, const std::string& text)
      : key(field), value(std::string_view{text}) {}
  Field(std::string_view field, bool flag) : key(field), value(flag) {}
  Field(std::string_view field, double number) : key(field), value(number) {}
  template <typename N>
  requires(std::is_integral_v<N> && !std::is_same_v<N, bool>)
      Field(std::string_view field, N number)
      : key(field), value(static_cast<std::int64_t>(number)) {}
};

/// Where events go. An event is named by what happened (`queue.declared`), and is logged once,
/// where somebody can act on it. Any thread.
class Logger {
 public:
  virtual ~Logger() = default;
  [[nodiscard]] virtual bool wants(Level level) const = 0;
  virtual void write(Level level, std::string_view event, const Field* fields,
                     std::size_t count) = 0;
  virtual void flush() {}

  void event(Level level, std::string_view name, std::initializer_list<Field> fields = {}) {
    if (wants(level)) write(level, name, fields.begin(), fields.size());
  }
  void debug(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::debug, name, fields);
  }
  void info(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::info, name, fields);
  }
  void warning(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::warning, name, fields);
  }
  void error(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::error, name, fields);
  }
};

/// Says nothing: for tests and tools that are quiet.
class NullLogger final : public Logger {
 public:
  [[nodiscard]] bool wants(Level) const override { return false; }
  void write(Level, std::string_view, const Field*, std::size_t) override {}
};

enum class Format : std::uint8_t {
  console,  // 12:03:04.123 info queue.declared name=orders shard=2
  json,     // {"ts":"2026-01-02T12:03:04.123Z","level":"info","msg":"queue.declared",…}
};

/// One event as a line without its newline. Control characters in values are escaped in either
/// format, so one event is always one line.
[[nodiscard]] std::string format_line(Format format, std::int64_t unix_milliseconds, Level level,
                                      std::string_view event, const Field* fields,
                                      std::size_t count);

/// Lines to standard error through a LineWriter: a shard never waits for the terminal. The number
/// of lines that it dropped is logged.
[[nodiscard]] std::unique_ptr<Logger> make_stderr_logger(Format format, Level least);

[[nodiscard]] std::string_view name_of(Level level);

}  // namespace core::log
