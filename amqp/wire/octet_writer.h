#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "core/base/check.h"
#include "core/memory/buffer.h"

namespace amqp::wire {

/// A short string holds at most this many octets (AMQP 0-9-1 §4.2.5.3).
inline constexpr std::size_t kShortStringMax = 255;

/// Appends the elementary values of AMQP 0-9-1 §4.2.5 to a buffer.
class OctetWriter {
 public:
  explicit OctetWriter(core::Buffer& out) : out_(out) {}

  void u8(std::uint8_t value) { integer(value); }
  void u16(std::uint16_t value) { integer(value); }
  void u32(std::uint32_t value) { integer(value); }
  void u64(std::uint64_t value) { integer(value); }
  /// At most kShortStringMax octets: whoever composes the text cuts it.
  void short_string(std::string_view text) {
    CORE_CHECK(text.size() <= kShortStringMax);
    u8(static_cast<std::uint8_t>(text.size()));
    out_.append(text);
  }
  void long_string(std::string_view text) {
    CORE_CHECK(text.size() <= std::numeric_limits<std::uint32_t>::max());
    u32(static_cast<std::uint32_t>(text.size()));
    out_.append(text);
  }
  void octets(core::Octets octets) { out_.append(octets); }

  /// Leaves room for a 32-bit length, to be set by `close_length` when what it covers is written.
  [[nodiscard]] std::size_t open_length() {
    const std::size_t position = out_.size();
    u32(0);
    return position;
  }
  void close_length(std::size_t position) {
    const std::size_t size = out_.size() - position - sizeof(std::uint32_t);
    CORE_CHECK(size <= std::numeric_limits<std::uint32_t>::max());
    core::store_big(out_.at(position), static_cast<std::uint32_t>(size));
  }

  [[nodiscard]] core::Buffer& buffer() { return out_; }

 private:
  template <typename T>
  void integer(T value) {
    core::store_big(out_.prepare(sizeof(T)).data(), value);
    out_.commit(sizeof(T));
  }

  core::Buffer& out_;
};

}  // namespace amqp::wire
