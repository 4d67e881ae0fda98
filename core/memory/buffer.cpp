#include "core/memory/buffer.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/check.h"

namespace core {
namespace {
constexpr std::size_t kSmallest = 256;  // bytes: most heads and small messages fit at once
}

Buffer::~Buffer() {
  if (block_ != nullptr) block_->release();
}

void Buffer::release() {
  if (block_ != nullptr) std::exchange(block_, nullptr)->release();
  capacity_ = begin_ = end_ = 0;
}

std::byte* Buffer::at(std::size_t position) {
  CORE_CHECK(position <= size() && block_ != nullptr);
  return block_->data() + begin_ + position;
}

SharedBytes Buffer::freeze() {
  if (block_ == nullptr) return {};
  const Octets held = octets();
  capacity_ = begin_ = end_ = 0;
  return SharedBytes{std::exchange(block_, nullptr), held};
}

void Buffer::swap(Buffer& other) noexcept {
  std::swap(block_, other.block_);
  std::swap(capacity_, other.capacity_);
  std::swap(begin_, other.begin_);
  std::swap(end_, other.end_);
}

void Buffer::grow(std::size_t needed) {
  const std::size_t used = size();
  const bool own = block_ != nullptr && !block_->shared();
  if (own && begin_ >= used && capacity_ - used >= needed) {
    std::memcpy(block_->data(), block_->data() + begin_, used);  // no overlap: begin_ >= used
  } else {
    // What is shared was left behind, not outgrown.
    const std::size_t doubled = own ? capacity_ * 2 : 0;
    const std::size_t capacity = std::max({kSmallest, doubled, used + needed});
    Block* larger = Block::allocate(capacity);
    if (used > 0) std::memcpy(larger->data(), block_->data() + begin_, used);
    if (block_ != nullptr) block_->release();
    block_ = larger;
    capacity_ = larger->capacity();
  }
  begin_ = 0;
  end_ = used;
}

}  // namespace core
