#pragma once

#include <string>
#include <string_view>

#include "registry/match/syntax/tree.h"

namespace registry::match::syntax {

/// A tree as text, short enough to compare with in a test:
///
///   a  [a-z]  {100}        one code point of a set; those beyond ASCII in hexadecimal
///   seq(a b)  alt(a b)  repeat(a 0-inf lazy)  group1(a)  atomic(a)  ahead(a)  not_behind(a 1-2)
///   ref1  ref1i  ref1u  empty  grapheme  and the names of Anchor
[[nodiscard]] std::string rendered(const Tree& tree);

/// The tree of a pattern, or the flaw as `flaw@position`.
[[nodiscard]] std::string parsed(std::string_view pattern);
[[nodiscard]] std::string parsed(std::u32string_view pattern);

}  // namespace registry::match::syntax
