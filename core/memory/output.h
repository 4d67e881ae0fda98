#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <deque>
#include <span>
#include <variant>

#include "core/memory/buffer.h"
#include "core/memory/shared_bytes.h"

namespace core {

/// What a session wants written to its socket: small things are gathered in one buffer, large ones
/// are kept by reference, and one writev takes them all. The session that fills it keeps the bound.
class Output {
 public:
  /// Payloads up to this many bytes are copied behind what is there: a copy this small costs less
  /// than one more element in writev.
  static constexpr std::size_t kCopyMax = 512;

  /// Where to write what has just been composed, e.g. a frame head; grows as needed.
  [[nodiscard]] Buffer& tail();
  void append(Octets octets) { tail().append(octets); }
  void append(std::string_view text) { tail().append(text); }
  void append(SharedBytes bytes);
  void append(const BytesView& bytes);

  [[nodiscard]] std::size_t size() const;  ///< Bytes not yet consumed.
  [[nodiscard]] bool empty() const { return size() == 0; }

  /// Fills `out` with what comes next and gives how many elements were used; the memory stays valid
  /// until the next call that is not const.
  [[nodiscard]] std::size_t gather(std::span<iovec> out) const;
  void consume(std::size_t size);  ///< Forgets what the socket took.
  void clear();

 private:
  using Part = std::variant<Buffer, SharedBytes>;
  static std::size_t size_of(const Part& part);
  static Octets octets_of(const Part& part);

  std::deque<Part> parts_;
  std::size_t front_offset_ = 0;   // consumed of a SharedBytes at the front
  std::size_t shared_size_ = 0;    // bytes in SharedBytes parts and in buffers behind the tail
};

}  // namespace core
