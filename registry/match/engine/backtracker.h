#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

struct Program;

enum class Verdict : std::uint8_t { no, yes, over_budget };

/// What a group matched: places in the input, [first, last). `first` is kNoPlace when the group
/// took no part.
struct Capture {
  static constexpr std::size_t kNoPlace = static_cast<std::size_t>(-1);
  std::size_t first = kNoPlace;
  std::size_t last = kNoPlace;
};

struct Outcome {
  Verdict verdict = Verdict::no;
  std::uint64_t steps = 0;
};

/// A pattern as a program for a backtracking matcher with java.util.regex's order of preference, so
/// its captures are Java's. Every step takes constant time and is counted; when the budget is spent
/// the answer is over_budget, and so it is when a match would need more working space than a thread
/// has (4 MiB of choices, 2 MiB of memory of what failed). Immutable; matching allocates nothing
/// once the thread's working space has grown.
class Backtracker {
 public:
  explicit Backtracker(const syntax::Tree& tree);

  /// Whether the whole of `path`, which is ASCII, matches (Matcher.matches). `captures`, when
  /// given, gets group 0 and all others after a yes.
  [[nodiscard]] Outcome match(std::string_view path, std::uint64_t budget_steps,
                              std::vector<Capture>* captures = nullptr) const;
  /// The same over code points, unpaired surrogates included.
  [[nodiscard]] Outcome match(std::u32string_view input, std::uint64_t budget_steps,
                              std::vector<Capture>* captures = nullptr) const;

  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  std::shared_ptr<const Program> program_;
};

}  // namespace registry::match::engine
