#include "core/unicode/names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "core/unicode/name_key.h"
#include "core/unicode/name_table.h"
#include "core/unicode/properties.h"
#include "core/unicode/tables.h"

namespace core::unicode {
namespace {

/// A name as the numbers of its words.
struct WordNumbers {
  std::array<std::uint16_t, kNameWordsMax> numbers{};
  std::size_t count = 0;

  [[nodiscard]] std::span<const std::uint16_t> view() const {
    return std::span{numbers}.first(count);
  }
};

/// Nullopt when a word is in no name, or there are too many.
std::optional<WordNumbers> split(std::string_view name) {
  WordNumbers result;
  while (true) {
    const std::size_t blank = name.find(' ');
    const auto number = word_number(name.substr(0, blank));
    if (!number || result.count == kNameWordsMax) return std::nullopt;
    result.numbers[result.count++] = *number;
    if (blank == std::string_view::npos) return result;
    name.remove_prefix(blank + 1);
  }
}

bool first_name_is_not_after(std::size_t block, std::span<const std::uint16_t> words) {
  NameReader reader(block);
  reader.next();
  return !std::ranges::lexicographical_compare(words, reader.words());
}

std::optional<char32_t> with_own_name(std::string_view name) {
  const auto words = split(name);
  if (!words) return std::nullopt;
  std::size_t low = 0;  // the block that would have it is in [low, high)
  std::size_t high = tables::name_blocks().size();
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (first_name_is_not_after(middle, words->view()) ? low : high) = middle;
  }
  NameReader reader(low);
  while (reader.next()) {
    if (std::ranges::equal(reader.words(), words->view())) return reader.code_point();
  }
  return std::nullopt;
}

/// Hexadecimal digits as Java writes them: capitals, no zero in front.
std::optional<char32_t> code_point_of_digits(std::string_view digits) {
  const bool plain = !digits.empty() && digits.size() <= 6 && digits.front() != '0' &&
                     digits.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
  if (!plain) return std::nullopt;
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return static_cast<char32_t>(value);
}

/// `CJK UNIFIED IDEOGRAPHS 4E00`: the block and the number, for code points without a name.
std::optional<char32_t> called_by_block(std::string_view name) {
  const std::size_t blank = name.rfind(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto code_point = code_point_of_digits(name.substr(blank + 1));
  if (!code_point) return std::nullopt;
  for (const tables::NamedSlice& block : tables::unnamed_blocks()) {
    const auto text = tables::name_text().subspan(block.name_first, block.name_length);
    if (!std::ranges::equal(text, name.substr(0, blank))) continue;
    const auto ranges = tables::all_ranges().subspan(block.slice.first, block.slice.count);
    if (contains(ranges, *code_point)) return code_point;
  }
  return std::nullopt;
}

/// Without what String.trim takes away: everything up to the blank, at both ends.
std::u32string_view trimmed(std::u32string_view name) {
  while (!name.empty() && name.front() <= U' ') name.remove_prefix(1);
  while (!name.empty() && name.back() <= U' ') name.remove_suffix(1);
  return name;
}

}  // namespace

std::optional<char32_t> code_point_named(std::u32string_view name) {
  const auto capitals = ascii_upper(trimmed(name));
  if (!capitals) return std::nullopt;
  if (const auto own = with_own_name(*capitals)) return own;
  return called_by_block(*capitals);
}

}  // namespace core::unicode
