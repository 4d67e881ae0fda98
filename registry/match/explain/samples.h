#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/explain/subject.h"

namespace registry::match::explain {

inline constexpr std::size_t kSampleOctetsMax = 512;

/// How a text for a pattern is made.
struct SampleStyle {
  bool shortest = false;   // leaves out what may be missing
  std::size_t branch = 0;  // of inner alternatives: this one, counted round and round
  /// This repetition takes `pump_text` over and over, until the whole is about `length` octets.
  std::optional<syntax::NodeId> pumped;
  std::string_view pump_text;
  std::size_t length = 0;
};

/// A text made along the pattern, in octets that a path may hold where there are any; conditions
/// are not looked at, so it need not match. Where `tree` is cut down to a branch, one for that.
[[nodiscard]] std::string text_along(const syntax::Tree& tree, const SampleStyle& style);

/// Paths that match the pattern when it takes `tree`, a part of its choices: at most `count`,
/// checked with the engine and no two the same.
[[nodiscard]] std::vector<std::string> samples_of(const Subject& subject, const syntax::Tree& tree,
                                                  std::size_t count);

}  // namespace registry::match::explain
