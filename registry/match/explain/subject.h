#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/explain/path_graph.h"
#include "registry/match/syntax/parse.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::explain {

/// What the gateway grants all its filters together for one path, and so what a filter may need
/// here before it is called too costly.
inline constexpr std::uint64_t kStepsMax = 200'000;

/// A pattern that is being explained, in all its forms.
struct Subject {
  std::u32string pattern;
  syntax::Tree tree;
  std::optional<engine::Automaton> automaton;  // none: the backtracker decides
  std::optional<PathGraph> graph;              // none: its paths are not regular
  engine::Backtracker backtracker;
};

[[nodiscard]] core::Result<Subject, syntax::Flaw> subject_of(std::u32string_view pattern);

/// Whether the whole of `path`, which is ASCII, matches, as the gateway decides it.
[[nodiscard]] engine::Verdict verdict_of(const Subject& subject, std::string_view path);

}  // namespace registry::match::explain
