#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "registry/match/matcher.h"

namespace registry::match {

/// A java.util.regex pattern, said in PCRE2's words.
struct Translated {
  std::string text;
  std::vector<std::size_t> origin;  // for each octet of `text`, where in the pattern it comes from
  std::string literal_prefix;       // every path that the pattern matches starts with this
};

/// Rewrites what PCRE2 spells otherwise (\uhhhh, \0nn, \cx, \Q…\E, POSIX names, flags) and refuses
/// what Java refuses, or what would mean something else: so PCRE2 sees no verb, no recursion, no
/// conditional, and no literal brace that Java would call an illegal repetition. What remains is
/// judged by PCRE2's compiler.
[[nodiscard]] core::Result<Translated, PatternError> translate(std::string_view pattern);

}  // namespace registry::match
