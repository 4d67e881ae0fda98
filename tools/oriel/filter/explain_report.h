#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/match/explain/explanation.h"
#include "registry/match/syntax/parse.h"

namespace oriel::filter {

/// An explanation with what the gateway's index knows of the pattern.
struct Explained {
  std::u32string pattern;
  registry::match::explain::Explanation explanation;
  /// See index_keys.h.
  std::vector<std::string> index_keys;
};

/// For people.
[[nodiscard]] std::string explain_text(const Explained& explained);
/// For programs: one object.
[[nodiscard]] std::string explain_json(const Explained& explained);

/// The same for a pattern that does not compile: the reason, a caret where, and a hint.
[[nodiscard]] std::string flaw_text(std::u32string_view pattern,
                                    const registry::match::syntax::Flaw& flaw);
[[nodiscard]] std::string flaw_json(std::u32string_view pattern,
                                    const registry::match::syntax::Flaw& flaw);

}  // namespace oriel::filter
