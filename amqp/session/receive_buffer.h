#pragma once

#include <cstddef>
#include <span>

#include "core/base/octets.h"
#include "core/memory/buffer.h"

namespace amqp::session {

/// What the socket gave and no frame has used up yet. A busy peer gets larger reads; between turns
/// there is no memory unless something is left.
///
/// What `octets` gave stays where it is until the next `space` or `rest`, consumed or not; shared
/// in place (`block`), it stays as long as one likes. A read may be under way into what `space`
/// gave, so `rest` does nothing when nothing was consumed.
class ReceiveBuffer {
 public:
  /// Where to read to, so that no more than `octets_max` are held; empty when they are.
  [[nodiscard]] std::span<std::byte> space(std::size_t octets_max);
  void filled(std::size_t size);

  [[nodiscard]] core::Octets octets() const { return buffer_.octets().subspan(used_); }
  [[nodiscard]] core::Block* block() const { return buffer_.view().block(); }
  void consume(std::size_t size) { used_ += size; }
  void clear() { used_ = buffer_.size(); }
  /// The turn is over: drops what was consumed, and the memory with it if nothing is left.
  void rest();

 private:
  static constexpr std::size_t kReadMin = 4096;  // octets a quiet peer is offered
  /// And a busy one: what a message of 64 KiB needs with its frames, and a block of 128 KiB holds.
  static constexpr std::size_t kReadMax = std::size_t{128} * 1024 - sizeof(core::Block);

  core::Buffer buffer_;
  std::size_t used_ = 0;  // consumed, and still in buffer_
  std::size_t read_size_ = kReadMin;
};

}  // namespace amqp::session
