#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/explain/subject.h"

namespace registry::match::explain {

/// A pattern and a path at a glance.
struct Glance {
  engine::Verdict verdict = engine::Verdict::no;
  /// How many octets of the path can begin a match; all of it after a yes. When the pattern is not
  /// regular, it fails there at the latest; nullopt when that cannot be told.
  std::optional<std::size_t> viable;
};

/// `path` is ASCII.
[[nodiscard]] core::Result<Glance, syntax::Flaw> glance_at(std::u32string_view pattern,
                                                           std::string_view path);

/// Why a path does not match, for somebody who thought it would.
struct Miss {
  std::optional<std::size_t> viable;  // as in a Glance
  std::string missing;                // what could go on there at least; empty when unknown
  std::vector<std::string> hints;     // what would match instead, each checked with the engine
};

[[nodiscard]] Miss miss_of(const Subject& subject, std::string_view path);

}  // namespace registry::match::explain
