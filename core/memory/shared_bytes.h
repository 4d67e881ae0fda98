#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

#include "core/base/octets.h"

namespace core {

/// Immutable bytes shared between shards: a slice of a reference-counted block. Copying one copies
/// a pointer; the block goes when the last slice does, on whichever shard that happens.
class SharedBytes {
 public:
  SharedBytes() = default;
  /// A new block with a copy of `octets`.
  [[nodiscard]] static SharedBytes copy_of(Octets octets);

  SharedBytes(const SharedBytes& other) noexcept
      : block_(other.block_), data_(other.data_), size_(other.size_) {
    if (block_ != nullptr) block_->references.fetch_add(1, std::memory_order_relaxed);
  }
  SharedBytes(SharedBytes&& other) noexcept
      : block_(std::exchange(other.block_, nullptr)),
        data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  SharedBytes& operator=(SharedBytes other) noexcept {
    std::swap(block_, other.block_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~SharedBytes() {
    if (block_ != nullptr) release();
  }

  [[nodiscard]] Octets octets() const { return {data_, size_}; }
  [[nodiscard]] std::string_view text() const { return text_of(octets()); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The part from `offset`, `length` bytes long; both lie within.
  [[nodiscard]] SharedBytes slice(std::size_t offset, std::size_t length) const;

 private:
  friend class Buffer;
  struct Block {
    std::atomic<std::size_t> references;
    [[nodiscard]] std::byte* data() { return reinterpret_cast<std::byte*>(this + 1); }
  };
  [[nodiscard]] static Block* allocate(std::size_t size);
  SharedBytes(Block* adopted, std::size_t size) : block_(adopted), data_(adopted->data()), size_(size) {}
  void release() noexcept;

  Block* block_ = nullptr;
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace core
