#include "core/unicode/name_table.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/unicode/tables.h"

namespace core::unicode {
namespace {

/// How many things the block has: all are full but perhaps the last.
std::size_t size_of_block(std::size_t block, std::size_t count) {
  return std::min(kBlockSize, count - block * kBlockSize);
}

/// Reads the words of one block, one after the other.
class WordReader {
 public:
  explicit WordReader(std::size_t block)
      : position_(tables::words().subspan(tables::word_blocks()[block]).data()),
        left_(size_of_block(block, tables::word_count())) {}

  bool next() {
    if (left_ == 0) return false;
    --left_;
    const std::size_t shared = position_[0];
    const std::size_t length = position_[1];
    word_.resize(shared);
    for (const std::uint8_t octet : std::span{position_ + 2, length}) {
      word_.push_back(static_cast<char>(octet));
    }
    position_ += 2 + length;
    return true;
  }

  [[nodiscard]] const std::string& word() const { return word_; }

 private:
  const std::uint8_t* position_;
  std::size_t left_;
  std::string word_;
};

std::string first_word_of(std::size_t block) {
  WordReader reader(block);
  reader.next();
  return reader.word();
}

}  // namespace

std::optional<std::uint16_t> word_number(std::string_view word) {
  std::size_t low = 0;  // the block that would have it is in [low, high)
  std::size_t high = tables::word_blocks().size();
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (first_word_of(middle) <= word ? low : high) = middle;
  }
  WordReader reader(low);
  for (std::size_t number = low * kBlockSize; reader.next(); ++number) {
    if (reader.word() == word) return static_cast<std::uint16_t>(number);
  }
  return std::nullopt;
}

std::string word_text(std::uint16_t number) {
  CORE_CHECK(number < tables::word_count());
  WordReader reader(number / kBlockSize);
  for (std::size_t read = 0; read <= number % kBlockSize; ++read) reader.next();
  return reader.word();
}

NameReader::NameReader(std::size_t block)
    : position_(tables::names().subspan(tables::name_blocks()[block]).data()),
      left_(size_of_block(block, tables::name_count())) {}

bool NameReader::next() {
  if (left_ == 0) return false;
  --left_;
  const std::uint8_t counts = octet();
  word_count_ = counts & 15U;
  for (unsigned added = counts >> 4; added > 0; --added) words_[word_count_++] = reference();
  code_point_ += step();
  return true;
}

std::uint16_t NameReader::reference() {
  const auto frequent = tables::frequent_words();
  const std::size_t high = octet();
  if (high < frequent.size()) return frequent[high];
  return static_cast<std::uint16_t>((high - frequent.size()) << 8 | octet());
}

std::int32_t NameReader::step() {
  std::uint32_t folded = 0;
  for (unsigned shift = 0;; shift += 7) {
    const std::uint32_t part = octet();
    folded |= (part & 0x7F) << shift;
    if (part < 0x80) break;
  }
  const auto half = static_cast<std::int32_t>(folded >> 1);
  return (folded & 1) == 0 ? half : -half - 1;
}

}  // namespace core::unicode
