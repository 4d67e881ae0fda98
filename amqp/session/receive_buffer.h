#pragma once

#include <cstddef>
#include <span>

#include "core/base/octets.h"
#include "core/memory/buffer.h"

namespace amqp::session {

/// What the socket gave and no frame has used up yet. A busy peer gets larger reads, a quiet one
/// gives the memory back.
///
/// A read may be under way into what `space` gave, so until `filled` the memory stays where it is:
/// only `space` and `filled` move it, and `consume` is called between `filled` and `space`.
class ReceiveBuffer {
 public:
  /// Where to read to, so that no more than `octets_max` are held; empty when they are.
  [[nodiscard]] std::span<std::byte> space(std::size_t octets_max);
  void filled(std::size_t size);

  [[nodiscard]] core::Octets octets() const { return buffer_.octets(); }
  void consume(std::size_t size) { buffer_.consume(size); }
  void clear() { buffer_.clear(); }

 private:
  static constexpr std::size_t kReadMin = 4096;   // octets a quiet peer is offered
  static constexpr std::size_t kReadMax = 65536;  // and a busy one

  core::Buffer buffer_;
  std::size_t read_size_ = kReadMin;
};

}  // namespace amqp::session
