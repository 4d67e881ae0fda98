#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "registry/match/stream/answer.h"
#include "registry/match/stream/question.h"

namespace registry::match::stream {

inline constexpr std::size_t kCachedPatternsMax = 64;

/// Answers questions with the engine of registry/match, and remembers the last patterns that were
/// asked for.
class Judge {
 public:
  /// `steps_max` is the budget of each question.
  explicit Judge(std::uint64_t steps_max);
  ~Judge();

  /// The answer is valid until the next question.
  [[nodiscard]] const Answer& answer(const Question& question);

 private:
  struct Compiled;  // a pattern, or why it is none
  using Recent = std::list<Compiled>;

  const Compiled& compiled(std::u32string_view pattern);
  void match(const Compiled& pattern, std::u32string_view input);
  void match_ascii(const Compiled& pattern, std::u32string_view input);
  void match_by_steps(const Compiled& pattern, std::u32string_view input);

  std::uint64_t steps_max_;
  Recent recent_;  // the last one used first, at most kCachedPatternsMax
  std::unordered_map<std::u32string_view, Recent::iterator> by_pattern_;  // keys lie in recent_
  std::string ascii_;
  Answer answer_;
};

}  // namespace registry::match::stream
