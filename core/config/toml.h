#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace core::config {

/// A value of a TOML file with its whole key (`http.listen`) and where it stands.
struct TomlValue {
  std::string key;
  std::string text;  // strings as they are, numbers and booleans as written
  std::uint32_t line = 0;
};

/// All values of a TOML 1.0 file. Throws ConfigError: unreadable, not TOML (with line and column),
/// or a value that is no string, whole number or boolean.
[[nodiscard]] std::vector<TomlValue> read_toml(const std::string& path);

}  // namespace core::config
