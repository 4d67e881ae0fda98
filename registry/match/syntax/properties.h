#pragma once

#include <optional>
#include <string_view>

#include "core/unicode/code_point_set.h"
#include "registry/match/syntax/flags.h"

namespace registry::match::syntax {

/// The code points of \p{name}; nullopt when Java knows no such name. `name` is one of
///
///   Alpha, Lower, …     POSIX classes: of ASCII, or of Unicode and in any case under the flag U
///   Lu, L, LC, …        general categories, and ASCII, L1, all
///   javaLowerCase, …    what the methods of java.lang.Character say
///   InGreek             blocks
///   IsAlphabetic        binary properties, POSIX classes of Unicode, all that goes without Is, or
///   scripts,
///                       in this order
///   sc=…, script=…, blk=…, block=…, gc=…, general_category=…
///
/// With the flag i, what asks for one case asks for all of them.
[[nodiscard]] std::optional<core::unicode::CodePointSet> property_named(std::u32string_view name,
                                                                        Flags flags);

/// The code points of \d, \h, \s, \v, \w, and of \D, \H, \S, \V, \W; nullopt for other letters.
[[nodiscard]] std::optional<core::unicode::CodePointSet> shorthand(char32_t letter, Flags flags);

}  // namespace registry::match::syntax
