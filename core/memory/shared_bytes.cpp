#include "core/memory/shared_bytes.h"

#include <cstring>
#include <new>

#include "core/base/check.h"

namespace core {

SharedBytes SharedBytes::copy_of(Octets octets) {
  if (octets.empty()) return {};
  Block* block = allocate(octets.size());
  std::memcpy(block->data(), octets.data(), octets.size());
  return SharedBytes{block, octets.size()};
}

SharedBytes SharedBytes::slice(std::size_t offset, std::size_t length) const {
  CORE_CHECK(offset <= size_ && length <= size_ - offset);
  SharedBytes part = *this;
  part.data_ += offset;
  part.size_ = length;
  return part;
}

SharedBytes::Block* SharedBytes::allocate(std::size_t size) {
  void* memory = ::operator new(sizeof(Block) + size);
  return ::new (memory) Block{1};
}

void SharedBytes::release() noexcept {
  // The last owner must see every use that another shard made of the block before it let go.
  if (block_->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  block_->~Block();
  ::operator delete(block_);
}

}  // namespace core
