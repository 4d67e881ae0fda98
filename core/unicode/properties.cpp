#include "core/unicode/properties.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/unicode/name_key.h"
#include "core/unicode/tables.h"

namespace core::unicode {
namespace {

struct NamedProperty {
  std::string_view name;
  Property property;
};

constexpr auto kBinaryProperties = std::to_array<NamedProperty>({
    {"ALNUM", Property::alnum},
    {"ALPHABETIC", Property::alphabetic},
    {"ASSIGNED", Property::assigned},
    {"BLANK", Property::blank},
    {"CONTROL", Property::control},
    {"DIGIT", Property::digit},
    {"GRAPH", Property::graph},
    {"HEX_DIGIT", Property::hex_digit},
    {"HEXDIGIT", Property::hex_digit},
    {"IDEOGRAPHIC", Property::ideographic},
    {"JOIN_CONTROL", Property::join_control},
    {"JOINCONTROL", Property::join_control},
    {"LETTER", Property::letter},
    {"LOWERCASE", Property::lowercase},
    {"NONCHARACTER_CODE_POINT", Property::noncharacter_code_point},
    {"NONCHARACTERCODEPOINT", Property::noncharacter_code_point},
    {"PRINT", Property::print},
    {"PUNCTUATION", Property::punctuation},
    {"TITLECASE", Property::titlecase},
    {"UPPERCASE", Property::uppercase},
    {"WHITE_SPACE", Property::white_space},
    {"WHITESPACE", Property::white_space},
    {"WORD", Property::word},
});

constexpr auto kCharacterMethods = std::to_array<NamedProperty>({
    {"Alphabetic", Property::alphabetic},
    {"Defined", Property::assigned},
    {"Digit", Property::digit},
    {"ISOControl", Property::control},
    {"IdentifierIgnorable", Property::identifier_ignorable},
    {"Ideographic", Property::ideographic},
    {"JavaIdentifierPart", Property::java_identifier_part},
    {"JavaIdentifierStart", Property::java_identifier_start},
    {"Letter", Property::letter},
    {"LetterOrDigit", Property::letter_or_digit},
    {"LowerCase", Property::lowercase},
    {"Mirrored", Property::mirrored},
    {"SpaceChar", Property::space_char},
    {"TitleCase", Property::titlecase},
    {"UnicodeIdentifierPart", Property::unicode_identifier_part},
    {"UnicodeIdentifierStart", Property::unicode_identifier_start},
    {"UpperCase", Property::uppercase},
    {"Whitespace", Property::java_whitespace},
});

std::optional<Property> find(std::span<const NamedProperty> properties,
                             const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  const auto found = std::ranges::find(properties, std::string_view{*name}, &NamedProperty::name);
  if (found == properties.end()) return std::nullopt;
  return found->property;
}

RangeView view_of(tables::Slice slice) {
  return tables::all_ranges().subspan(slice.first, slice.count);
}

std::string_view name_of(const tables::NamedSlice& named) {
  const auto text = tables::name_text().subspan(named.name_first, named.name_length);
  return {text.data(), text.size()};
}

std::optional<RangeView> find(std::span<const tables::NamedSlice> sets,
                              const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  const auto found = std::ranges::lower_bound(sets, std::string_view{*name}, {}, name_of);
  if (found == sets.end() || name_of(*found) != *name) return std::nullopt;
  return view_of(found->slice);
}

}  // namespace

bool contains(RangeView ranges, char32_t code_point) {
  const auto after = std::ranges::upper_bound(ranges, code_point, {}, &CodePointRange::first);
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

RangeView ranges_of(Property property) {
  return view_of(tables::properties()[static_cast<std::size_t>(property)]);
}

std::optional<Property> binary_property(std::u32string_view name) {
  return find(kBinaryProperties, ascii_upper(name));
}

std::optional<Property> character_method(std::u32string_view name) {
  return find(kCharacterMethods, ascii(name));
}

std::optional<RangeView> general_category(std::u32string_view name) {
  return find(tables::categories(), ascii(name));
}

std::optional<RangeView> script(std::u32string_view name) {
  return find(tables::scripts(), ascii_upper(name));
}

std::optional<RangeView> block(std::u32string_view name) {
  return find(tables::blocks(), ascii_upper(name));
}

}  // namespace core::unicode
