#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/literals.h"
#include "registry/match/syntax/tree.h"

namespace registry::match {

// What a look-up may spend, all its filters together, before the request is refused. A step is one
// of the backtracker's, or kOctetsPerStep octets through an automaton; comparing one filter costs
// kStepsPerFilter besides, for its memory is likely not in any cache. README.md has the
// microseconds.
inline constexpr std::uint64_t kLookupStepsMax = 200'000;
inline constexpr std::uint64_t kOctetsPerStep = 8;
inline constexpr std::uint64_t kStepsPerFilter = 4;

/// A pattern that is not one: what is wrong, and at which code point of it.
struct PatternError {
  std::string reason;
  std::size_t position = 0;
};

/// A pattern, read.
struct ParsedPattern {
  syntax::Tree tree;
  std::u32string text;
};

/// Reads a pattern of java.util.regex that is given in UTF-8.
[[nodiscard]] core::Result<ParsedPattern, PatternError> parse_pattern(std::string_view pattern);

/// One compiled filter: an automaton when the pattern is regular and small enough, else a program
/// for the backtracker. Either says what java.util.regex's Matcher.matches says. Immutable: any
/// number of threads may use it at once.
class Pattern {
 public:
  using Verdict = engine::Verdict;

  /// Compiles a pattern of java.util.regex, in UTF-8.
  [[nodiscard]] static core::Result<std::shared_ptr<const Pattern>, PatternError> compile(
      std::string_view pattern);

  Pattern(const syntax::Tree& tree, std::u32string_view pattern);

  /// Whether the whole of `path`, which is ASCII, matches; takes what it spent off `steps_left`,
  /// and leaves none when that was not enough.
  [[nodiscard]] Verdict match(std::string_view path, std::uint64_t& steps_left) const;

  /// What every matching path has in it.
  [[nodiscard]] const std::vector<LiteralKey>& keys() const { return keys_; }
  /// What whoever registers it should know, each a sentence without its full stop.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
  /// Whether it is matched in one pass, so that no path can use up the budget on it.
  [[nodiscard]] bool linear() const { return std::holds_alternative<engine::Automaton>(engine_); }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  using Engine = std::variant<engine::Automaton, engine::Backtracker>;
  static Engine engine_for(const syntax::Tree& tree);

  Engine engine_;
  std::vector<LiteralKey> keys_;
  std::vector<std::string> warnings_;
};

}  // namespace registry::match
