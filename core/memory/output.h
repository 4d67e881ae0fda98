#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <span>
#include <vector>

#include "core/memory/buffer.h"
#include "core/memory/shared_bytes.h"

namespace core {

/// What a session wants written to its socket: small things are gathered in one buffer, large ones
/// are kept by reference, and one writev takes them all. The session that fills it keeps the bound.
///
/// Idle    an empty output holds at most kIdleMax bytes. How many it held before it remembers, so
///         that a busy one begins with as much and does not grow step by step.
class Output {
 public:
  /// Payloads up to this many bytes are copied behind what is there: with the frame head before it
  /// a payload by reference makes two elements of a writev, and one writev takes 64.
  static constexpr std::size_t kCopyMax = 4096;
  static constexpr std::size_t kIdleMax = 1024;

  /// Where to write what has just been composed, e.g. a frame head; grows as needed.
  [[nodiscard]] Buffer& tail() {
    if (small_.capacity() == 0 && usual_ > 0) static_cast<void>(small_.prepare(usual_));
    return small_;
  }
  void append(Octets octets) { tail().append(octets); }
  void append(std::string_view text) { tail().append(text); }
  void append(SharedBytes bytes);
  void append(const BytesView& bytes);

  [[nodiscard]] std::size_t size() const { return small_.size() + large_size_; }  ///< Not consumed.
  [[nodiscard]] bool empty() const { return size() == 0; }

  /// Fills `out` with what comes next and gives how many elements were used; the memory stays valid
  /// until the next call that is not const.
  [[nodiscard]] std::size_t gather(std::span<iovec> out) const;
  void consume(std::size_t size);  ///< Forgets what the socket took.
  void clear();

 private:
  /// A large thing, and how many bytes of small_ go between the one before it and this one.
  struct Large {
    std::size_t behind;
    SharedBytes bytes;
  };
  void insert(SharedBytes bytes);
  [[nodiscard]] std::size_t consume_large(std::size_t size);
  void rest();

  Buffer small_;
  std::vector<Large> large_;      // those from first_ on; the others are gone
  std::size_t first_ = 0;
  std::size_t front_offset_ = 0;  // consumed of the first large thing
  std::size_t large_size_ = 0;    // bytes of the large things
  std::size_t placed_ = 0;        // bytes of small_ in front of the last large thing
  std::size_t usual_ = 0;         // what small_ held at most the last time
  std::size_t peak_ = 0;          // and what it held at most this time
};

}  // namespace core
