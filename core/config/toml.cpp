#include "core/config/toml.h"

#include <fmt/format.h>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "core/config/config.h"

namespace core::config {
namespace {

void collect(const std::string& path, const toml::table& table, const std::string& prefix,
             std::vector<TomlValue>& values) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string{name.str()};
    const auto line = static_cast<std::uint32_t>(node.source().begin.line);
    if (const auto* inner = node.as_table()) {
      collect(path, *inner, key + ".", values);
    } else if (const auto* text = node.as_string()) {
      values.push_back({key, text->get(), line});
    } else if (const auto* number = node.as_integer()) {
      values.push_back({key, std::to_string(number->get()), line});
    } else if (const auto* flag = node.as_boolean()) {
      values.push_back({key, flag->get() ? "true" : "false", line});
    } else {
      throw ConfigError{fmt::format(
          "{}:{}: {} must be a string, a whole number, true or false", path, line, key)};
    }
  }
}

}  // namespace

std::vector<TomlValue> read_toml(const std::string& path) {
  std::vector<TomlValue> values;
  try {
    collect(path, toml::parse_file(path), "", values);
  } catch (const toml::parse_error& error) {
    throw ConfigError{fmt::format("{}:{}:{}: {}", path, error.source().begin.line,
                                  error.source().begin.column, error.description())};
  }
  return values;
}

}  // namespace core::config
