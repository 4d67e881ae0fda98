#include "tools/oriel/settings/config_show.h"

#include <fmt/format.h>

namespace oriel {
namespace {

using core::config::Config;
using core::config::Kind;
using core::config::Setting;

std::string toml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      fmt::format_to(std::back_inserter(quoted), "\\u{:04x}", static_cast<unsigned char>(c));
      continue;
    }
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + '"';
}

std::string line(const Config& config, const Setting& setting, std::string_view name,
                 bool origin) {
  const std::string& value = config.text(setting.key);
  std::string text =
      fmt::format("{} = {}", name, setting.kind == Kind::text ? toml_text(value) : value);
  if (origin) text = fmt::format("{:<44} # {}", text, config.origin(setting.key));
  return text + "\n";
}

std::string_view table_of(const Setting& setting) {
  const std::size_t dot = setting.key.find('.');
  return dot == std::string_view::npos ? std::string_view{} : setting.key.substr(0, dot);
}

}  // namespace

std::string show_config(const Config& config, bool origin) {
  std::string text;
  std::vector<std::string_view> tables;  // in the order of their first setting; top level first
  for (const Setting& setting : config.schema()) {
    const std::string_view table = table_of(setting);
    if (std::find(tables.begin(), tables.end(), table) == tables.end()) tables.push_back(table);
  }
  for (const std::string_view table : tables) {
    if (!table.empty()) text += fmt::format("\n[{}]\n", table);
    for (const Setting& setting : config.schema()) {
      if (table_of(setting) != table) continue;
      const std::size_t skip = table.empty() ? 0 : table.size() + 1;
      text += line(config, setting, setting.key.substr(skip), origin);
    }
  }
  return text;
}

}  // namespace oriel
