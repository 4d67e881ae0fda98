#include "registry/match/explain/hints.h"

#include <algorithm>

#include "registry/match/explain/text.h"

namespace registry::match::explain {
namespace {

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_name_character(char32_t c) { return is_letter(c) || (c >= U'0' && c <= U'9'); }

/// Whether the character at `place` is taken literally because of what stands before it.
bool is_escaped(std::u32string_view pattern, std::size_t place) {
  std::size_t slashes = 0;
  while (slashes < place && pattern[place - 1 - slashes] == U'\\') ++slashes;
  return slashes % 2 == 1;
}

/// The last unescaped `c` that is not behind `end`.
std::size_t find_back(std::u32string_view pattern, char32_t c, std::size_t end) {
  for (std::size_t place = std::min(end + 1, pattern.size()); place-- > 0;) {
    if (pattern[place] == c && !is_escaped(pattern, place)) return place;
  }
  return std::u32string_view::npos;
}

/// Braces as path templates have them: `{id}`.
std::string brace_hint(std::u32string_view pattern, std::size_t open) {
  const std::size_t close = pattern.find(U'}', open);
  const std::u32string_view inner = close == std::u32string_view::npos
                                        ? std::u32string_view{}
                                        : pattern.substr(open + 1, close - open - 1);
  const bool is_name = !inner.empty() && is_letter(inner.front()) &&
                       std::all_of(inner.begin(), inner.end(), is_name_character);
  if (is_name) {
    const std::string name = shown(inner);
    return "braces are quantifiers in Java, as in a{2,3}: for a parameter write (?<" + name +
           ">[^/]+), for the characters themselves \\{" + name + "\\}";
  }
  return "braces are quantifiers in Java, as in a{2,3}: write \\{ for the character itself";
}

/// Unescaped parentheses up to the end, as far as this can be told without classes.
long balance_of(std::u32string_view pattern) {
  long open = 0;
  for (std::size_t place = 0; place < pattern.size(); ++place) {
    if (is_escaped(pattern, place)) continue;
    if (pattern[place] == U'(') ++open;
    if (pattern[place] == U')') --open;
  }
  return open;
}

bool is_quantifier(char32_t c) { return c == U'*' || c == U'+' || c == U'?'; }

/// What the flaw's own place, or the character before it, suggests.
std::string hint_at(std::u32string_view pattern, std::size_t place) {
  for (const std::size_t near : {place, place - 1}) {
    if (near >= pattern.size() || is_escaped(pattern, near)) continue;
    const char32_t c = pattern[near];
    if (c == U'{') return brace_hint(pattern, near);
    const bool follows_quantifier = near > 0 && is_quantifier(pattern[near - 1]);
    if (is_quantifier(c) && follows_quantifier) {
      return "a quantifier stands behind another one: put what is repeated into (?:...)";
    }
    if (is_quantifier(c)) {
      return "a quantifier repeats what stands before it, unlike the * of file names: write .* for "
             "anything, \\" +
             shown(c) + " for the character itself";
    }
  }
  return {};
}

}  // namespace

std::string hint_for(std::u32string_view pattern, const syntax::Flaw& flaw) {
  if (pattern.size() > syntax::kPatternLengthMax) {
    return "several shorter filters of one service do the same as one long pattern";
  }
  if (std::string hint = hint_at(pattern, flaw.position); !hint.empty()) return hint;
  // Java notices braces late: behind the name in them, or at the next character.
  const std::size_t brace = find_back(pattern, U'{', flaw.position);
  if (brace != std::u32string_view::npos && brace + 2 >= flaw.position) {
    return brace_hint(pattern, brace);
  }
  const std::size_t bracket = find_back(pattern, U'[', flaw.position);
  if (bracket != std::u32string_view::npos && flaw.position + 1 >= pattern.size() &&
      pattern.find(U']', bracket) == std::u32string_view::npos) {
    return "a class begins at " + std::to_string(bracket) +
           " and has no ]: write \\[ for the character";
  }
  const long open = balance_of(pattern);
  if (open > 0) return "a ( has no ): write \\( for the character itself";
  if (open < 0) return "a ) has no (: write \\) for the character itself";
  if (pattern.ends_with(U'\\') && !is_escaped(pattern, pattern.size() - 1)) {
    return "nothing stands behind the last \\: write \\\\ for the character itself";
  }
  const bool behind_slash =
      flaw.position > 0 && flaw.position <= pattern.size() && pattern[flaw.position - 1] == U'\\';
  const bool at_slash = flaw.position < pattern.size() && pattern[flaw.position] == U'\\';
  if (behind_slash || at_slash) {
    return "letters behind a \\ are reserved: only those that Java knows may be written";
  }
  return {};
}

}  // namespace registry::match::explain
