#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/octets.h"

namespace amqp::wire {

/// Reads the elementary values of AMQP 0-9-1 §4.2.5 from the front of octets that somebody else
/// owns. It keeps its first failure: later reads give zero and empty values, and whoever reads a
/// whole structure asks `failed()` once, at the end.
class OctetReader {
 public:
  explicit OctetReader(core::Octets octets) : rest_(octets) {}

  std::uint8_t u8() { return integer<std::uint8_t>(); }
  std::uint16_t u16() { return integer<std::uint16_t>(); }
  std::uint32_t u32() { return integer<std::uint32_t>(); }
  std::uint64_t u64() { return integer<std::uint64_t>(); }
  std::string_view short_string() { return core::text_of(octets(u8())); }  ///< §4.2.5.3
  std::string_view long_string() { return core::text_of(octets(u32())); }
  core::Octets octets(std::size_t size) {
    if (size > rest_.size()) fail("a value goes beyond its end");
    if (failed()) return {};
    const core::Octets front = rest_.first(size);
    rest_ = rest_.subspan(size);
    return front;
  }

  [[nodiscard]] core::Octets rest() const { return rest_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  /// Remembers why, unless something failed before; nothing is left to read. `why` is a literal.
  void fail(const char* why) {
    if (failure_ == nullptr) failure_ = why;
    rest_ = {};
  }
  [[nodiscard]] bool failed() const { return failure_ != nullptr; }
  [[nodiscard]] const char* failure() const { return failure_; }  ///< Null while all is well.

 private:
  template <typename T>
  T integer() {
    const core::Octets octets_read = octets(sizeof(T));
    return octets_read.empty() ? T{0} : core::load_big<T>(octets_read);
  }

  core::Octets rest_;
  const char* failure_ = nullptr;
};

}  // namespace amqp::wire
