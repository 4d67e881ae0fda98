#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "registry/match/matcher.h"

struct pcre2_real_code_8;  // pcre2_code of the 8-bit library

namespace registry::match {

// What one pattern may spend on one path. 100,000 steps take about 0.3 ms, a thousandth of which a
// sane pattern needs; beyond it the pattern is of the catastrophic kind.
inline constexpr std::uint32_t kMatchStepsMax = 100'000;
inline constexpr std::uint32_t kMatchDepthMax = 10'000;       // nested backtracking, interpreter
inline constexpr std::uint32_t kMatchHeapMaxKib = 4096;       // interpreter, per thread
inline constexpr std::size_t kJitStackMaxBytes = 512 * 1024;  // compiled code, per thread

/// One compiled pattern: immutable, matched by any number of threads at once, each with its own
/// working space.
class Pattern {
 public:
  enum class Verdict : std::uint8_t { no, yes, over_budget };

  [[nodiscard]] static core::Result<std::shared_ptr<Pattern>, PatternError> compile(
      std::string_view pattern);

  /// Translates to machine code, when the system lets us: systemd's MemoryDenyWriteExecute does
  /// not, and then the interpreter serves, about ten times slower.
  void speed_up();

  /// Whether the whole of `path` matches. `path` is ASCII.
  [[nodiscard]] Verdict match(std::string_view path) const;

 private:
  struct Free {
    void operator()(pcre2_real_code_8* code) const;
  };
  using Code = std::unique_ptr<pcre2_real_code_8, Free>;

  Pattern(Code code, std::string literal_prefix);

  Code code_;
  std::string literal_prefix_;  // compared first: most paths fail here, without PCRE2
  bool machine_code_ = false;
};

}  // namespace registry::match
