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

Octets Buffer::octets() const {
  if (block_ == nullptr) return {};
  return {block_->data() + begin_, size()};
}

std::span<std::byte> Buffer::prepare(std::size_t size) {
  if (capacity_ - end_ < size) grow(size);
  return {block_->data() + end_, capacity_ - end_};
}

void Buffer::commit(std::size_t size) {
  CORE_CHECK(size <= capacity_ - end_);
  end_ += size;
}

void Buffer::consume(std::size_t size) {
  CORE_CHECK(size <= this->size());
  begin_ += size;
  if (begin_ == end_) clear();
}

void Buffer::append(Octets octets) {
  if (octets.empty()) return;
  std::memcpy(prepare(octets.size()).data(), octets.data(), octets.size());
  end_ += octets.size();
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
  if (block_ != nullptr && begin_ >= used && capacity_ - used >= needed) {
    std::memcpy(block_->data(), block_->data() + begin_, used);  // no overlap: begin_ >= used
  } else {
    const std::size_t capacity = std::max({kSmallest, capacity_ * 2, used + needed});
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
