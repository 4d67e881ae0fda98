#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/syntax/parse.h"

namespace java {

/// A pattern in all the engines that can run it, held against one another.
class Engines {
 public:
  struct Answer {
    registry::match::engine::Verdict verdict = registry::match::engine::Verdict::no;
    std::vector<registry::match::engine::Capture> captures;  // after a yes, group 0 first
    std::string_view disagreement;  // of the engines among themselves; empty when there is none
  };

  static constexpr std::uint64_t kStepsMax = 400'000'000;  // a second's worth, as Java has

  [[nodiscard]] static core::Result<Engines, registry::match::syntax::Flaw> compile(
      std::u32string_view pattern);

  /// The backtracker's answer; an input in ASCII is given to it as octets too, and to the automaton
  /// when there is one.
  [[nodiscard]] Answer answer(std::u32string_view input, std::uint64_t steps_max = kStepsMax) const;

  [[nodiscard]] const std::vector<registry::match::syntax::GroupName>& group_names() const {
    return group_names_;
  }

 private:
  explicit Engines(const registry::match::syntax::Tree& tree);

  [[nodiscard]] std::string_view disagreement(const Answer& answer, std::u32string_view input,
                                              std::uint64_t steps_max) const;

  std::vector<registry::match::syntax::GroupName> group_names_;
  registry::match::engine::Backtracker backtracker_;
  std::optional<registry::match::engine::Automaton> automaton_;
};

}  // namespace java
