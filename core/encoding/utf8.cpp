#include "core/encoding/utf8.h"

#include <cstdint>
#include <cstring>

namespace core {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080U;

std::uint8_t octet(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

/// The length of the character that starts at `i`, which is not ASCII; 0 when it is ill-formed.
/// The ranges of the second octet are those of RFC 3629 §4.
std::size_t character_length(std::string_view text, std::size_t i) {
  const std::uint8_t first = octet(text, i);
  std::size_t length = 0;
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  }
  if (length == 0 || text.size() - i < length) return 0;
  if (octet(text, i + 1) < low || octet(text, i + 1) > high) return 0;
  for (std::size_t k = 2; k < length; ++k) {
    if ((octet(text, i + k) & 0xC0U) != 0x80U) return 0;
  }
  return length;
}

}  // namespace

std::size_t utf8_prefix(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (text.size() - i >= sizeof(std::uint64_t)) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, text.data() + i, sizeof eight);
      if ((eight & kHighBits) == 0) {
        i += sizeof eight;
        continue;
      }
    }
    if (octet(text, i) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = character_length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return i;
}

std::string utf8_of_latin1(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t value = octet(text, i);
    if (value < 0x80) {
      out.push_back(text[i]);
    } else {
      out.push_back(static_cast<char>(0xC0U | (value >> 6U)));
      out.push_back(static_cast<char>(0x80U | (value & 0x3FU)));
    }
  }
  return out;
}

}  // namespace core
