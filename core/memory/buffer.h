#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

#include "core/base/check.h"
#include "core/base/octets.h"
#include "core/memory/shared_bytes.h"

namespace core {

/// Growable bytes with one owner: written at the end, taken from the front, and made immutable and
/// shareable without a copy by `freeze`. Whoever writes keeps the bound.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer();

  [[nodiscard]] Octets octets() const {
    if (block_ == nullptr) return {};
    return {block_->data() + begin_, size()};
  }
  /// The same, shareable in place. What is shared stays as it is: the buffer goes on elsewhere.
  [[nodiscard]] BytesView view() const {
    return block_ == nullptr ? BytesView{} : BytesView{*block_, octets()};
  }
  [[nodiscard]] std::string_view text() const { return text_of(octets()); }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

  /// Room for at least `size` bytes at the end; what is written there counts after `commit`.
  [[nodiscard]] std::span<std::byte> prepare(std::size_t size) {
    if (capacity_ - end_ < size) [[unlikely]] grow(size);
    return {block_->data() + end_, capacity_ - end_};
  }
  void commit(std::size_t size) {  ///< At most what the last `prepare` gave.
    CORE_CHECK(size <= capacity_ - end_);
    end_ += size;
  }
  void consume(std::size_t size) {  ///< Drops bytes at the front; at most size().
    CORE_CHECK(size <= this->size());
    begin_ += size;
    if (begin_ == end_) clear();
  }

  void append(Octets octets) {
    if (octets.empty()) return;
    std::memcpy(prepare(octets.size()).data(), octets.data(), octets.size());
    end_ += octets.size();
  }
  void append(std::string_view text) { append(octets_of(text)); }
  /// Empty, with its memory kept unless somebody shares it.
  void clear() {
    if (block_ != nullptr && block_->shared()) [[unlikely]] return release();
    begin_ = end_ = 0;
  }
  void release();  ///< Empty, without memory.
  /// The bytes at `position` (from the front), to be patched in place.
  [[nodiscard]] std::byte* at(std::size_t position);

  /// The bytes as an immutable slice; the buffer is empty afterwards.
  [[nodiscard]] SharedBytes freeze();

 private:
  void swap(Buffer& other) noexcept;
  void grow(std::size_t needed);

  Block* block_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace core
