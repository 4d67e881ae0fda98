#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

#include "core/log/log.h"

namespace core::log {
namespace {

/// Text that keeps to one line and to one JSON string (RFC 8259 §7).
void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (octet < 0x20 || octet == 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", octet);
    } else {
      out.push_back(c);
    }
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  append_escaped(out, text);
  out.push_back('"');
}

bool is_plain(std::string_view text) {
  return !text.empty() && text.find_first_of(" \"=\\") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

void append_value(std::string& out, const Field::Value& value, bool quote_always) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (!quote_always && is_plain(*text)) {
      out.append(*text);
    } else {
      append_quoted(out, *text);
    }
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    fmt::format_to(std::back_inserter(out), "{}", *number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    fmt::format_to(std::back_inserter(out), "{:.6g}", *real);
  } else {
    out.append(std::get<bool>(value) ? "true" : "false");
  }
}

std::string time_text(Format format, std::int64_t unix_milliseconds) {
  const std::chrono::sys_seconds seconds{std::chrono::seconds{unix_milliseconds / 1000}};
  const auto milliseconds = unix_milliseconds % 1000;
  if (format == Format::console) return fmt::format("{:%H:%M:%S}.{:03}", seconds, milliseconds);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", seconds, milliseconds);
}

}  // namespace

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

std::string format_line(Format format, std::int64_t unix_milliseconds, Level level,
                        std::string_view event, const Field* fields, std::size_t count) {
  const std::string time = time_text(format, unix_milliseconds);
  std::string line;
  if (format == Format::console) {
    line = fmt::format("{} {:<7} {}", time, name_of(level), event);
    for (const Field* field = fields; field != fields + count; ++field) {
      line.append(" ").append(field->key).push_back('=');
      append_value(line, field->value, false);
    }
    return line;
  }
  line = fmt::format(R"({{"ts":"{}","level":"{}","msg":)", time, name_of(level));
  append_quoted(line, event);
  for (const Field* field = fields; field != fields + count; ++field) {
    line.push_back(',');
    append_quoted(line, field->key);
    line.push_back(':');
    append_value(line, field->value, true);
  }
  line.push_back('}');
  return line;
}

}  // namespace core::log
