#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/result.h"
#include "registry/match/syntax/flaw.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::syntax {

inline constexpr std::size_t kPatternLengthMax = 1024;  // code points

/// Reads a pattern with the grammar and the decisions of java.util.regex.Pattern of Java 17,
/// without compile flags: what Java accepts is accepted and means the same, what Java refuses is
/// refused. README.md lists the exceptions. `pattern` may have unpaired surrogates, as a Java
/// string may.
[[nodiscard]] core::Result<Tree, Flaw> parse(std::u32string_view pattern);

}  // namespace registry::match::syntax
