#include "registry/match/explain/set_words.h"

#include <array>
#include <string_view>

#include "registry/match/explain/paths.h"
#include "registry/match/explain/text.h"
#include "registry/match/explain/walk.h"

namespace registry::match::explain {
namespace {

using core::unicode::CodePointRange;
using core::unicode::CodePointSet;

constexpr std::size_t kListedMax = 8;  // ranges that are spelled out

struct Known {
  std::string_view octets;
  std::string_view one;
  std::string_view many;
};
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kAlphanumeric =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view kWord =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
constexpr std::array<Known, 8> kKnown{{
    {kDigits, "a digit", "digits"},
    {kSmall, "a small letter", "small letters"},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "a capital letter", "capital letters"},
    {kLetters, "a letter", "letters"},
    {kAlphanumeric, "a letter or digit", "letters or digits"},
    {kWord, "a letter, digit or _", "letters, digits or _"},
    {"0123456789abcdef", "a hexadecimal digit (small)", "hexadecimal digits (small)"},
    {"0123456789abcdefABCDEF", "a hexadecimal digit", "hexadecimal digits"},
}};

CodePointSet set_of(std::string_view octets) {
  std::vector<CodePointRange> ranges;
  for (const char c : octets) {
    const auto octet = static_cast<char32_t>(static_cast<unsigned char>(c));
    ranges.push_back({octet, octet});
  }
  return CodePointSet{ranges};
}

/// "a" to "f", or the one.
std::string spelled(const CodePointRange& range) {
  std::string text = quoted({&range.first, 1});
  if (range.last == range.first + 1) return text + ", " + quoted({&range.last, 1});
  if (range.last != range.first) text += " to " + quoted({&range.last, 1});
  return text;
}

std::string listed(const CodePointSet& set) {
  std::string text;
  std::size_t count = 0;
  for (const CodePointRange& range : set.ranges()) {
    if (count++ == kListedMax) return text + ", ...";
    if (!text.empty()) text += ", ";
    text += spelled(range);
  }
  return text;
}

SetWords named(const CodePointSet& set) {
  for (const Known& known : kKnown) {
    if (set == set_of(known.octets)) return {std::string{known.one}, std::string{known.many}};
  }
  if (only_character(set)) return {listed(set), listed(set)};
  return {"one of " + listed(set), "characters of " + listed(set)};
}

}  // namespace

SetWords words_of_set(const CodePointSet& set) {
  if (set.empty()) return {"a character of no kind", "characters of no kind"};
  const CodePointSet in_paths = set.intersect(path_octets());
  if (in_paths.empty()) return named(set);
  const CodePointSet missing = path_octets().subtract(in_paths);
  if (missing.empty()) return {"any character", "characters"};
  const SetWords words = named(in_paths);
  const bool says_all = words.one.find("one of ") != 0;
  if (says_all || missing.size() > kListedMax * 2 || missing.size() >= in_paths.size())
    return words;
  return {"a character other than " + listed(missing), "characters other than " + listed(missing)};
}

}  // namespace registry::match::explain
