#pragma once

#include <cstddef>
#include <utility>

#include "core/base/octets.h"
#include "core/memory/block.h"

namespace core {

/// Immutable bytes shared between shards: a slice of a reference-counted block. Copying one copies
/// a pointer; the block goes when the last slice does, on whichever shard that happens.
class SharedBytes {
 public:
  SharedBytes() = default;
  /// A new block with a copy of `octets`.
  [[nodiscard]] static SharedBytes copy_of(Octets octets);
  /// A share of `block`, in which `octets` lie.
  [[nodiscard]] static SharedBytes within(Block& block, Octets octets) {
    block.retain();
    return SharedBytes{&block, octets};
  }

  SharedBytes(const SharedBytes& other) noexcept
      : block_(other.block_), data_(other.data_), size_(other.size_) {
    if (block_ != nullptr) block_->retain();
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
    if (block_ != nullptr) block_->release();
  }

  [[nodiscard]] Octets octets() const { return {data_, size_}; }
  [[nodiscard]] std::string_view text() const { return text_of(octets()); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The part from `offset`, `length` bytes long; both lie within.
  [[nodiscard]] SharedBytes slice(std::size_t offset, std::size_t length) const;

 private:
  friend class Buffer;
  friend class BytesView;
  SharedBytes(Block* adopted, Octets octets)
      : block_(adopted), data_(octets.data()), size_(octets.size()) {}

  Block* block_ = nullptr;
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Bytes that somebody else keeps, seen in place: valid as long as they are kept there. Costs
/// nothing to copy; `share` is for whoever wants them longer.
class BytesView {
 public:
  BytesView() = default;
  BytesView(Octets octets) : octets_(octets) {}  // NOLINT: a view, as std::string_view is
  BytesView(const SharedBytes& bytes)            // NOLINT
      : block_(bytes.block_), octets_(bytes.octets()) {}
  /// `octets` lie in `block`.
  BytesView(Block& block, Octets octets) : block_(&block), octets_(octets) {}

  [[nodiscard]] Octets octets() const { return octets_; }
  [[nodiscard]] std::string_view text() const { return text_of(octets_); }
  [[nodiscard]] std::size_t size() const { return octets_.size(); }
  [[nodiscard]] bool empty() const { return octets_.empty(); }

  /// The part from `offset`, `length` bytes long; both lie within.
  [[nodiscard]] BytesView slice(std::size_t offset, std::size_t length) const {
    BytesView part = *this;
    part.octets_ = octets_.subspan(offset, length);
    return part;
  }

  /// The counted block they lie in; null when they lie somewhere else.
  [[nodiscard]] Block* block() const { return block_; }
  /// The same bytes for as long as one likes: a share of their block if they lie in one, a copy
  /// otherwise.
  [[nodiscard]] SharedBytes share() const {
    return block_ != nullptr ? SharedBytes::within(*block_, octets_)
                             : SharedBytes::copy_of(octets_);
  }

 private:
  Block* block_ = nullptr;
  Octets octets_;
};

}  // namespace core
