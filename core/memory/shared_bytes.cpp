#include "core/memory/shared_bytes.h"

#include <cstring>

#include "core/base/check.h"

namespace core {

SharedBytes SharedBytes::copy_of(Octets octets) {
  if (octets.empty()) return {};
  Block* block = Block::allocate(octets.size());
  std::memcpy(block->data(), octets.data(), octets.size());
  return SharedBytes{block, {block->data(), octets.size()}};
}

SharedBytes SharedBytes::slice(std::size_t offset, std::size_t length) const {
  CORE_CHECK(offset <= size_ && length <= size_ - offset);
  SharedBytes part = *this;
  part.data_ += offset;
  part.size_ = length;
  return part;
}

}  // namespace core
