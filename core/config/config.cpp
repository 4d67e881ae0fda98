#include "core/config/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/check.h"
#include "core/config/toml.h"

namespace core::config {
namespace {

constexpr std::string_view kEnvironmentPrefix = "ORIEL_";

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// What is wrong with `value` for `setting`; empty when nothing is.
std::string complaint(const Setting& setting, const std::string& value) {
  switch (setting.kind) {
    case Kind::boolean:
      if (value == "true" || value == "false") return {};
      return "must be true or false";
    case Kind::number:
    case Kind::seconds: {
      const auto number = whole_number(value);
      const std::string_view unit = setting.kind == Kind::seconds ? " of seconds" : "";
      if (!number) return fmt::format("must be a whole number{}", unit);
      if (*number < setting.least || *number > setting.most) {
        return fmt::format("must be a whole number{} from {} to {}", unit, setting.least,
                           setting.most);
      }
      return {};
    }
    case Kind::text:
      if (setting.choices.empty() ||
          std::find(setting.choices.begin(), setting.choices.end(), value) !=
              setting.choices.end()) {
        return {};
      }
      return fmt::format("must be one of: {}", fmt::join(setting.choices, ", "));
  }
  return {};
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  return near.empty() ? std::string{} : fmt::format("; did you mean {}?", near);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string environment_name(std::string_view key) {
  std::string name{kEnvironmentPrefix};
  for (const char c : key) {
    if (c == '.') {
      name += "__";
    } else {
      name.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
  }
  return name;
}

std::string nearest(std::string_view word, std::span<const std::string> known) {
  const std::size_t far = std::max<std::size_t>(2, word.size() / 3);
  std::string best;
  std::size_t best_distance = far + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

Config::Config(std::span<const Setting> schema) : schema_(schema) {
  for (const Setting& setting : schema_) {
    values_[std::string{setting.key}] = {std::string{setting.fallback}, "built-in"};
  }
}

void Config::add_file(const std::string& path) {
  std::vector<std::string> keys;
  for (const Setting& setting : schema_) keys.emplace_back(setting.key);
  for (const TomlValue& value : read_toml(path)) {
    const Origin origin = fmt::format("{}:{}", path, value.line);
    const Setting* setting = find(value.key);
    if (setting == nullptr) {
      throw ConfigError{
          fmt::format("{}: unknown key {}{}", origin, value.key, suggestion(value.key, keys))};
    }
    set(*setting, value.text, origin);
  }
}

void Config::add_environment(std::span<const std::string> environment,
                             std::span<const std::string_view> also_known) {
  std::vector<std::string> names;
  for (const Setting& setting : schema_) names.push_back(environment_name(setting.key));
  for (const std::string& entry : environment) {
    if (!entry.starts_with(kEnvironmentPrefix)) continue;
    const std::size_t equals = entry.find('=');
    if (equals == std::string::npos) continue;
    const std::string name = entry.substr(0, equals);
    if (std::find(also_known.begin(), also_known.end(), name) != also_known.end()) continue;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      throw ConfigError{
          fmt::format("environment: unknown variable {}{}", name, suggestion(name, names))};
    }
    set(schema_[static_cast<std::size_t>(found - names.begin())], entry.substr(equals + 1),
        fmt::format("environment {}", name));
  }
}

void Config::add_flag(std::string_view flag, std::string_view value) {
  for (const Setting& setting : schema_) {
    if (setting.flag != flag) continue;
    set(setting, std::string{value}, fmt::format("--{}", flag));
    return;
  }
  CORE_CHECK(false);  // the command line is made from the same schema
}

const std::string& Config::text(std::string_view key) const { return held(key).value; }

std::int64_t Config::number(std::string_view key) const {
  const auto value = whole_number(held(key).value);
  CORE_CHECK(value.has_value());  // set() let nothing else in
  return *value;
}

bool Config::boolean(std::string_view key) const { return held(key).value == "true"; }

std::chrono::seconds Config::seconds(std::string_view key) const {
  return std::chrono::seconds{number(key)};
}

const Origin& Config::origin(std::string_view key) const { return held(key).origin; }

const Setting* Config::find(std::string_view key) const {
  for (const Setting& setting : schema_) {
    if (setting.key == key) return &setting;
  }
  return nullptr;
}

const Config::Held& Config::held(std::string_view key) const {
  const auto found = values_.find(key);
  CORE_CHECK(found != values_.end());
  return found->second;
}

void Config::set(const Setting& setting, std::string value, Origin origin) {
  if (const std::string wrong = complaint(setting, value); !wrong.empty()) {
    throw ConfigError{fmt::format("{}: {} {}, not {}", origin, setting.key, wrong,
                                  setting.secret ? "what was given" : fmt::format("'{}'", value))};
  }
  values_[std::string{setting.key}] = {std::move(value), std::move(origin)};
}

}  // namespace core::config
