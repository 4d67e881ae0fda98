#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Other engines, as the gateway would have to use them: patterns once, then a path at a time.
namespace match_peers {

class Engine {
 public:
  virtual ~Engine() = default;
  /// The lowest number of a pattern that matches the whole of `path`; -1 when none does.
  virtual long first_match(std::string_view path) = 0;
};

/// PCRE2 with machine code, pattern by pattern.
std::unique_ptr<Engine> pcre2_scan(const std::vector<std::string>& patterns);
/// RE2::Set: all patterns in one automaton that is built as it is used.
std::unique_ptr<Engine> re2_set(const std::vector<std::string>& patterns);

}  // namespace match_peers
