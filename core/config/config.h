#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace core::config {

enum class Kind : std::uint8_t {
  text,
  number,   // a whole number within the setting's bounds
  boolean,  // true or false
  seconds,  // a whole number of seconds within the setting's bounds
};

/// One thing that can be set. The key gives all its names: `http.listen` is `listen` in the table
/// `[http]` of the file, ORIEL_HTTP__LISTEN in the environment, and `--` and `flag` on the command
/// line.
struct Setting {
  std::string_view key;
  std::string_view flag;  // without dashes; empty: file and environment only
  Kind kind = Kind::text;
  std::string_view fallback;  // the built-in value, as text
  std::string_view help;
  std::int64_t least = 0;  // bounds of a number or of seconds
  std::int64_t most = INT64_MAX;
  std::vector<std::string_view> choices = {};  // of a text; empty: any
  bool secret = false;                         // never shown
};

/// Where a value came from, in words: `built-in`, `/etc/oriel.toml:12`, `environment ORIEL_SHARDS`,
/// `--shards`.
using Origin = std::string;

/// A bad configuration: one sentence that says where and what, and what to do.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The value of every setting of a schema, with its origin. Later layers replace earlier ones:
/// built-in, file, environment, flags.
class Config {
 public:
  /// All at their built-in values. `schema` must outlive the configuration.
  explicit Config(std::span<const Setting> schema);

  /// Layers a TOML file over what is there. Throws ConfigError with file, line and, for an unknown
  /// key, the nearest one that exists.
  void add_file(const std::string& path);
  /// Layers `NAME=value` strings: those that start with ORIEL_. Names in `also_known` are left
  /// alone (they are read elsewhere); any other unknown one is an error.
  void add_environment(std::span<const std::string> environment,
                       std::span<const std::string_view> also_known);
  /// Layers one flag.
  void add_flag(std::string_view flag, std::string_view value);

  [[nodiscard]] const std::string& text(std::string_view key) const;
  [[nodiscard]] std::int64_t number(std::string_view key) const;
  [[nodiscard]] bool boolean(std::string_view key) const;
  [[nodiscard]] std::chrono::seconds seconds(std::string_view key) const;
  [[nodiscard]] const Origin& origin(std::string_view key) const;
  [[nodiscard]] std::span<const Setting> schema() const { return schema_; }

 private:
  struct Held {
    std::string value;
    Origin origin;
  };
  [[nodiscard]] const Setting* find(std::string_view key) const;
  [[nodiscard]] const Held& held(std::string_view key) const;
  void set(const Setting& setting, std::string value, Origin origin);

  std::span<const Setting> schema_;
  std::map<std::string, Held, std::less<>> values_;
};

/// The environment name of a key: `http.listen` is ORIEL_HTTP__LISTEN.
[[nodiscard]] std::string environment_name(std::string_view key);

/// The one of `known` that `word` was probably meant to be; empty when none is near.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> known);

}  // namespace core::config
