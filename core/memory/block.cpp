#include "core/memory/block.h"

#include <array>
#include <bit>
#include <limits>
#include <new>

#include "core/base/check.h"

#if defined(__SANITIZE_ADDRESS__)
#define CORE_BLOCKS_ARE_KEPT false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CORE_BLOCKS_ARE_KEPT false
#endif
#endif
#ifndef CORE_BLOCKS_ARE_KEPT
#define CORE_BLOCKS_ARE_KEPT true
#endif

namespace core {

const bool Block::kPooled = CORE_BLOCKS_ARE_KEPT;

namespace {

// Sizes of whole blocks: steps of 64 bytes up to 1 KiB, then four steps to each power of two, so
// that at most a quarter of a block is left unused.
constexpr std::size_t kStep = 64;
constexpr std::size_t kFineMax = 1024;
constexpr std::size_t kFineSizes = kFineMax / kStep;

struct Size {
  std::size_t index;
  std::size_t bytes;
};

constexpr Size size_for(std::size_t bytes) {
  if (bytes <= kFineMax) {
    const std::size_t steps = (bytes + kStep - 1) / kStep;
    return {steps - 1, steps * kStep};
  }
  const auto log = static_cast<std::size_t>(std::bit_width(bytes - 1)) - 1;  // 2^log < bytes
  const std::size_t quarter = std::size_t{1} << (log - 2);
  const std::size_t quarters = (bytes - 1 - (std::size_t{1} << log)) / quarter + 1;  // 1 to 4
  constexpr std::size_t kFineLog = std::bit_width(kFineMax) - 1;
  return {kFineSizes + (log - kFineLog) * 4 + quarters - 1,
          (std::size_t{1} << log) + quarters * quarter};
}
constexpr std::size_t kSizes = size_for(Block::kPooledMax).index + 1;
static_assert(size_for(1).bytes == 64 && size_for(1024).index == 15);
static_assert(size_for(1025).bytes == 1280 && size_for(1025).index == 16);
static_assert(size_for(2048).bytes == 2048 && size_for(2049).bytes == 2560);

}  // namespace

/// What one thread keeps. Trivially destructible: blocks may still be freed when the thread has
/// destroyed its other objects, and then go back to the heap.
class BlockPool {
 public:
  Block* take(const Size& size) {
    Shelf& shelf = shelves_[size.index];
    Block* const block = shelf.first;
    if (block == nullptr) return nullptr;
    shelf.first = block->kept_;
    shelf.bytes -= size.bytes;
    bytes_ -= size.bytes;
    return ::new (static_cast<void*>(block)) Block{static_cast<std::uint32_t>(
        size.bytes - sizeof(Block))};
  }

  bool keep(Block* block, const Size& size) {
    Shelf& shelf = shelves_[size.index];
    if (closed_ || bytes_ + size.bytes > Block::kKeptMax) return false;
    if (shelf.bytes + size.bytes > Block::kKeptOfASizeMax && shelf.bytes >= 4 * size.bytes) {
      return false;
    }
    block->kept_ = shelf.first;
    shelf.first = block;
    shelf.bytes += size.bytes;
    bytes_ += size.bytes;
    return true;
  }

  void close() {
    closed_ = true;
    for (Shelf& shelf : shelves_) {
      while (shelf.first != nullptr) {
        Block* const block = shelf.first;
        shelf.first = block->kept_;
        ::operator delete(static_cast<void*>(block));
      }
    }
  }

 private:
  struct Shelf {
    Block* first = nullptr;
    std::size_t bytes = 0;
  };
  std::array<Shelf, kSizes> shelves_{};
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

namespace {

constinit thread_local BlockPool pool;

/// Empties the pool when its thread ends.
struct PoolEnd {
  ~PoolEnd() { pool.close(); }
  void there() {}
};
thread_local PoolEnd pool_end;

}  // namespace

Block* Block::allocate(std::size_t size) {
  CORE_CHECK(size <= std::numeric_limits<std::uint32_t>::max());
  const std::size_t whole = size + sizeof(Block);
  if (whole > kPooledMax || !kPooled) {
    return ::new (::operator new(whole)) Block{static_cast<std::uint32_t>(size)};
  }
  const Size rounded = size_for(whole);
  if (Block* const kept = pool.take(rounded); kept != nullptr) return kept;
  pool_end.there();
  return ::new (::operator new(rounded.bytes))
      Block{static_cast<std::uint32_t>(rounded.bytes - sizeof(Block))};
}

void Block::free() noexcept {
  Block* block = this;
  while (block != nullptr) {
    Block* const kept = block->kept_;
    const std::size_t whole = block->capacity_ + sizeof(Block);
    if (whole > kPooledMax || !kPooled || !pool.keep(block, size_for(whole))) {
      ::operator delete(static_cast<void*>(block));
    }
    if (kept == nullptr || kept->references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    block = kept;
  }
}

}  // namespace core
