#include "core/encoding/base64.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace core {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNot = 0xFF;    // not in the alphabet
constexpr std::uint8_t kBlank = 0xFE;  // white space
constexpr std::uint8_t kPad = 0xFD;    // '='

/// Two characters for each value of 12 bits, so that three octets cost two look-ups.
constexpr auto kPairs = [] {
  std::array<std::array<char, 2>, 4096> pairs{};
  for (std::size_t i = 0; i < pairs.size(); ++i)
    pairs[i] = {kAlphabet[i >> 6U], kAlphabet[i & 63U]};
  return pairs;
}();

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = kNot;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  for (const char blank : {' ', '\t', '\r', '\n'})
    values[static_cast<unsigned char>(blank)] = kBlank;
  values[static_cast<unsigned char>('=')] = kPad;
  return values;
}();

std::uint32_t value_of(char c) { return kValues[static_cast<unsigned char>(c)]; }

void put(std::byte* out, std::uint32_t value) { *out = static_cast<std::byte>(value & 0xFFU); }

/// Decodes groups of four characters for as long as they hold nothing but the alphabet; gives how
/// many characters it took and moves `out` behind what it wrote.
std::size_t decode_groups(std::string_view text, std::byte*& out) {
  std::size_t i = 0;
  for (; text.size() - i >= 4; i += 4) {
    const std::uint32_t a = value_of(text[i]);
    const std::uint32_t b = value_of(text[i + 1]);
    const std::uint32_t c = value_of(text[i + 2]);
    const std::uint32_t d = value_of(text[i + 3]);
    if ((a | b | c | d) > 63) break;
    const std::uint32_t bits = (a << 18U) | (b << 12U) | (c << 6U) | d;
    put(out++, bits >> 16U);
    put(out++, bits >> 8U);
    put(out++, bits);
  }
  return i;
}

/// The characters from where decode_groups stopped, one by one.
class Rest {
 public:
  Rest(Base64 how, std::byte*& out) : how_(how), out_(out) {}

  [[nodiscard]] bool take(char c) {
    const std::uint32_t value = value_of(c);
    if (value == kNot) return false;
    if (value == kBlank) return how_ == Base64::lenient;
    if (value == kPad) return ++pads_ <= 2;
    if (pads_ > 0) return false;
    bits_ = (bits_ << 6U) | value;
    if (++held_ == 4) flush();
    return true;
  }

  [[nodiscard]] bool finish() {
    if (held_ == 1) return false;  // six bits are no octet
    const unsigned wanted_pads = held_ == 0 ? 0 : 4 - held_;
    if (how_ == Base64::strict ? pads_ != wanted_pads : pads_ > wanted_pads) return false;
    if (held_ == 0) return true;
    const unsigned unused_bits = held_ == 2 ? 4 : 2;
    if (how_ == Base64::strict && (bits_ & ((1U << unused_bits) - 1)) != 0) return false;
    bits_ >>= unused_bits;
    if (held_ == 3) put(out_++, bits_ >> 8U);
    put(out_++, bits_);
    return true;
  }

 private:
  void flush() {
    put(out_++, bits_ >> 16U);
    put(out_++, bits_ >> 8U);
    put(out_++, bits_);
    bits_ = 0;
    held_ = 0;
  }

  Base64 how_;
  std::byte*& out_;
  std::uint32_t bits_ = 0;
  unsigned held_ = 0;  // characters in bits_
  unsigned pads_ = 0;
};

}  // namespace

void append_base64(Buffer& out, Octets octets) {
  const std::size_t size = base64_size(octets.size());
  if (size == 0) return;
  std::byte* to = out.prepare(size).data();
  const auto at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(octets[i]); };

  std::size_t i = 0;
  for (; octets.size() - i >= 3; i += 3) {
    const std::uint32_t bits = (at(i) << 16U) | (at(i + 1) << 8U) | at(i + 2);
    std::memcpy(to, kPairs[bits >> 12U].data(), 2);
    std::memcpy(to + 2, kPairs[bits & 0xFFFU].data(), 2);
    to += 4;
  }
  if (octets.size() - i == 2) {
    const std::uint32_t bits = (at(i) << 16U) | (at(i + 1) << 8U);
    std::memcpy(to, kPairs[bits >> 12U].data(), 2);
    std::memcpy(to + 2, kPairs[bits & 0xFFFU].data(), 2);
    to[3] = static_cast<std::byte>('=');
  } else if (octets.size() - i == 1) {
    std::memcpy(to, kPairs[at(i) << 4U].data(), 2);
    std::memcpy(to + 2, "==", 2);
  }
  out.commit(size);
}

bool decode_base64(std::string_view text, Base64 how, Buffer& out) {
  if (text.empty()) return true;
  std::byte* const begin = out.prepare(text.size() / 4 * 3 + 3).data();
  std::byte* to = begin;

  Rest rest{how, to};
  const std::size_t whole = decode_groups(text, to);
  for (const char c : text.substr(whole)) {
    if (!rest.take(c)) return false;
  }
  if (!rest.finish()) return false;
  out.commit(static_cast<std::size_t>(to - begin));
  return true;
}

}  // namespace core
