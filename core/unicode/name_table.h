#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace core::unicode {

// How the names lie in the program. A name is a sequence of words, a word a number: its place among
// all words in alphabetical order. Names ascend as sequences of these numbers.
//
//   words       word*            in blocks of kBlockSize; tables::word_blocks() has where they
//   begin word        shared u8 | length u8 | octet[length]
//                                shared: how many octets it takes from the word before; 0 at the
//                                beginning of a block
//   names       name*            in blocks of kBlockSize; tables::name_blocks() has where they
//   begin name        counts u8 | ref[counts >> 4] | step
//                                counts & 15: how many words it takes from the name before; 0 at
//                                the beginning of a block
//   ref         u8 below frequent_words().size(): a place in there; or two octets, the high one
//   first
//               with that size added
//   step        from the code point of the name before (0 at the beginning of a block), as
//               2 * step or -2 * step - 1, seven bits an octet, the low ones first, the highest bit
//               set on all octets but the last
inline constexpr std::size_t kBlockSize = 16;
inline constexpr std::size_t kNameWordsMax = 15;

/// The number of a word; nullopt when no name has it.
[[nodiscard]] std::optional<std::uint16_t> word_number(std::string_view word);

/// The word of a number below tables::word_count().
[[nodiscard]] std::string word_text(std::uint16_t number);

/// Reads the names of one block, one after the other.
class NameReader {
 public:
  explicit NameReader(std::size_t block);

  /// Goes to the next name; false when the block is over.
  bool next();

  [[nodiscard]] std::span<const std::uint16_t> words() const {
    return std::span{words_}.first(word_count_);
  }
  [[nodiscard]] char32_t code_point() const { return static_cast<char32_t>(code_point_); }

 private:
  std::uint8_t octet() { return *position_++; }
  std::uint16_t reference();
  std::int32_t step();

  const std::uint8_t* position_;
  std::size_t left_;  // names of the block not yet read
  std::array<std::uint16_t, kNameWordsMax> words_{};
  std::size_t word_count_ = 0;
  std::int32_t code_point_ = 0;
};

}  // namespace core::unicode
