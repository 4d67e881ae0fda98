#include "registry/match/syntax/properties.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/unicode/name_key.h"
#include "core/unicode/properties.h"
#include "registry/match/syntax/ascii.h"

namespace registry::match::syntax {
namespace {

using core::unicode::CodePointRange;
using core::unicode::CodePointSet;
using core::unicode::Property;
using core::unicode::RangeView;
using Found = std::optional<CodePointSet>;

CodePointSet set_of(Property property) { return CodePointSet{core::unicode::ranges_of(property)}; }

Found set_of(std::optional<RangeView> ranges) {
  if (!ranges) return std::nullopt;
  return CodePointSet{*ranges};
}

CodePointSet set_of(std::initializer_list<CodePointRange> ranges) {
  return CodePointSet{std::vector<CodePointRange>{ranges}};
}

CodePointSet any_case() {
  return set_of(Property::lowercase)
      .unite(set_of(Property::uppercase))
      .unite(set_of(Property::titlecase));
}

/// The classes of POSIX over ASCII. Their case counts.
Found posix_of_ascii(std::u32string_view name, Flags flags) {
  if (name == U"Lower" || name == U"Upper") {
    if (flags.ignore_case) return set_of({{U'A', U'Z'}, {U'a', U'z'}});
    return name == U"Lower" ? set_of({{U'a', U'z'}}) : set_of({{U'A', U'Z'}});
  }
  if (name == U"Alpha") return set_of({{U'A', U'Z'}, {U'a', U'z'}});
  if (name == U"Digit") return set_of({{U'0', U'9'}});
  if (name == U"Alnum") return set_of({{U'0', U'9'}, {U'A', U'Z'}, {U'a', U'z'}});
  if (name == U"XDigit") return set_of({{U'0', U'9'}, {U'A', U'F'}, {U'a', U'f'}});
  if (name == U"Punct") return set_of({{U'!', U'/'}, {U':', U'@'}, {U'[', U'`'}, {U'{', U'~'}});
  if (name == U"Graph") return set_of({{U'!', U'~'}});
  if (name == U"Print") return set_of({{U' ', U'~'}});
  if (name == U"Blank") return set_of({{U'\t', U'\t'}, {U' ', U' '}});
  if (name == U"Space") return set_of({{U'\t', U'\r'}, {U' ', U' '}});
  if (name == U"Cntrl") return set_of({{0, 0x1F}, {0x7F, 0x7F}});
  return std::nullopt;
}

/// The same over Unicode, for the flag U and for \p{Is…}. Their case does not count.
Found posix_of_unicode(std::u32string_view name, Flags flags) {
  const std::optional<std::string> upper = core::unicode::ascii_upper(name);
  if (!upper) return std::nullopt;
  if (*upper == "LOWER" || *upper == "UPPER") {
    if (flags.ignore_case) return any_case();
    return set_of(*upper == "LOWER" ? Property::lowercase : Property::uppercase);
  }
  constexpr std::array<std::pair<std::string_view, Property>, 9> kOthers{{
      {"ALPHA", Property::alphabetic},
      {"DIGIT", Property::digit},
      {"ALNUM", Property::alnum},
      {"PUNCT", Property::punctuation},
      {"GRAPH", Property::graph},
      {"PRINT", Property::print},
      {"BLANK", Property::blank},
      {"SPACE", Property::white_space},
      {"CNTRL", Property::control},
  }};
  for (const auto& [other, property] : kOthers) {
    if (*upper == other) return set_of(property);
  }
  if (*upper == "XDIGIT") return set_of(Property::digit).unite(set_of(Property::hex_digit));
  return std::nullopt;
}

Found category(std::u32string_view name, Flags flags) {
  if (flags.ignore_case && (name == U"Lu" || name == U"Ll" || name == U"Lt")) name = U"LC";
  return set_of(core::unicode::general_category(name));
}

/// What \p takes without a prefix, and gc= too. Its case counts.
Found plain_property(std::u32string_view name, Flags flags) {
  constexpr std::u32string_view kJava = U"java";
  if (name.starts_with(kJava)) {
    const auto property = core::unicode::character_method(name.substr(kJava.size()));
    if (!property) return std::nullopt;
    const bool one_case = *property == Property::lowercase || *property == Property::uppercase ||
                          *property == Property::titlecase;
    return one_case && flags.ignore_case ? any_case() : set_of(*property);
  }
  if (name == U"ASCII") return CodePointSet::of(0, 0x7F);
  if (name == U"L1") return CodePointSet::of(0, 0xFF);
  if (name == U"all") return CodePointSet::all();
  if (Found posix = posix_of_ascii(name, flags)) return posix;
  return category(name, flags);
}

Found binary_property(std::u32string_view name, Flags flags) {
  const std::optional<Property> property = core::unicode::binary_property(name);
  if (!property) return std::nullopt;
  const bool one_case = *property == Property::lowercase || *property == Property::uppercase ||
                        *property == Property::titlecase;
  return one_case && flags.ignore_case ? any_case() : set_of(*property);
}

/// name=value: the case of what is before the sign does not count.
Found property_with_value(std::u32string_view name, std::u32string_view value, Flags flags) {
  const std::optional<std::string> upper = core::unicode::ascii_upper(name);
  if (!upper) return std::nullopt;
  if (*upper == "SC" || *upper == "SCRIPT") return set_of(core::unicode::script(value));
  if (*upper == "BLK" || *upper == "BLOCK") return set_of(core::unicode::block(value));
  if (*upper == "GC" || *upper == "GENERAL_CATEGORY") return plain_property(value, flags);
  return std::nullopt;
}

}  // namespace

Found property_named(std::u32string_view name, Flags flags) {
  if (const std::size_t sign = name.find(U'='); sign != std::u32string_view::npos) {
    return property_with_value(name.substr(0, sign), name.substr(sign + 1), flags);
  }
  if (name.starts_with(U"In")) return set_of(core::unicode::block(name.substr(2)));
  if (name.starts_with(U"Is")) {
    const std::u32string_view rest = name.substr(2);
    if (Found property = binary_property(rest, flags)) return property;
    if (Found property = posix_of_unicode(rest, flags)) return property;
    if (Found property = plain_property(rest, flags)) return property;
    return set_of(core::unicode::script(rest));
  }
  if (flags.unicode_classes) {
    if (Found property = posix_of_unicode(name, flags)) return property;
  }
  return plain_property(name, flags);
}

Found shorthand(char32_t letter, Flags flags) {
  const bool unicode = flags.unicode_classes;
  switch (letter) {
    case U'd':
      return unicode ? set_of(Property::digit) : set_of({{U'0', U'9'}});
    case U's':
      return unicode ? set_of(Property::white_space) : set_of({{U'\t', U'\r'}, {U' ', U' '}});
    case U'w':
      return unicode ? set_of(Property::word)
                     : set_of({{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}});
    case U'h':
      return set_of({{U'\t', U'\t'},
                     {U' ', U' '},
                     {0xA0, 0xA0},
                     {0x1680, 0x1680},
                     {0x180E, 0x180E},
                     {0x2000, 0x200A},
                     {0x202F, 0x202F},
                     {0x205F, 0x205F},
                     {0x3000, 0x3000}});
    case U'v':
      return set_of({{U'\n', U'\r'}, {0x85, 0x85}, {0x2028, 0x2029}});
    case U'D':
    case U'S':
    case U'W':
    case U'H':
    case U'V':
      return shorthand(to_ascii_lower(letter), flags)->complement();
    default:
      return std::nullopt;
  }
}

}  // namespace registry::match::syntax
