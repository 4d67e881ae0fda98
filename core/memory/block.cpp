#include "core/memory/block.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <limits>
#include <new>
#include <utility>

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

/// Free blocks are kept in chains, so that whole chains change hands. In a free block `kept_` is the
/// next one of its chain, and the first one's data begin with the next chain.
class BlockPool {
 public:
  using Chain = Block*;

  static Block*& next_of(Block* block) { return block->kept_; }
  static Chain& next_chain(Chain chain) { return *reinterpret_cast<Chain*>(chain->data()); }
  static constexpr std::size_t blocks_in_chain(std::size_t bytes) {
    return std::clamp<std::size_t>(std::size_t{32} * 1024 / bytes, 1, 64);
  }

  Block* take(const Size& size);
  bool keep(Block* block, const Size& size);
  void close();
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Shelf {
    Chain open = nullptr;    // blocks are put here, and taken from here
    std::size_t count = 0;   // in it
    Chain whole = nullptr;   // complete chains
    std::size_t bytes = 0;   // in all of them
  };
  static void drop(Chain chain);

  std::array<Shelf, kSizes> shelves_{};
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

namespace {

/// Chains that a thread had too many of, for one that has none: what one shard allocates and
/// another frees comes back this way. At most kDepotMax bytes of each size.
class Depot {
 public:
  static constexpr std::size_t kDepotMax = std::size_t{256} * 1024;

  bool give(const Size& size, BlockPool::Chain chain) {
    Shelf& shelf = shelves_[size.index];
    if (shelf.count.load(std::memory_order_relaxed) >= chains_max(size)) return false;
    const Lock lock{shelf.busy};
    BlockPool::next_chain(chain) = shelf.first;
    shelf.first = chain;
    shelf.count.store(shelf.count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    return true;
  }
  BlockPool::Chain take(const Size& size) {
    Shelf& shelf = shelves_[size.index];
    if (shelf.count.load(std::memory_order_relaxed) == 0) return nullptr;
    const Lock lock{shelf.busy};
    BlockPool::Chain chain = shelf.first;
    if (chain == nullptr) return nullptr;
    shelf.first = BlockPool::next_chain(chain);
    shelf.count.store(shelf.count.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
    return chain;
  }

 private:
  /// Held for a few instructions, once for a whole chain.
  class Lock {
   public:
    explicit Lock(std::atomic_flag& busy) : busy_(busy) {
      while (busy_.test_and_set(std::memory_order_acquire)) {
      }
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() { busy_.clear(std::memory_order_release); }

   private:
    std::atomic_flag& busy_;
  };
  struct alignas(64) Shelf {
    std::atomic_flag busy{};
    std::atomic<std::size_t> count{0};
    BlockPool::Chain first = nullptr;
  };
  static std::size_t chains_max(const Size& size) {
    return std::max<std::size_t>(
        1, kDepotMax / (size.bytes * BlockPool::blocks_in_chain(size.bytes)));
  }
  std::array<Shelf, kSizes> shelves_{};
};
constinit Depot depot;

}  // namespace

Block* BlockPool::take(const Size& size) {
  Shelf& shelf = shelves_[size.index];
  if (shelf.open == nullptr) {
    if (shelf.whole != nullptr) {
      shelf.open = std::exchange(shelf.whole, next_chain(shelf.whole));
    } else {
      shelf.open = depot.take(size);
      if (shelf.open == nullptr) return nullptr;
      shelf.bytes += size.bytes * blocks_in_chain(size.bytes);
      bytes_ += size.bytes * blocks_in_chain(size.bytes);
    }
    shelf.count = blocks_in_chain(size.bytes);
  }
  Block* const block = std::exchange(shelf.open, next_of(shelf.open));
  --shelf.count;
  shelf.bytes -= size.bytes;
  bytes_ -= size.bytes;
  return ::new (static_cast<void*>(block))
      Block{static_cast<std::uint32_t>(size.bytes - sizeof(Block))};
}

bool BlockPool::keep(Block* block, const Size& size) {
  Shelf& shelf = shelves_[size.index];
  if (closed_ || bytes_ + size.bytes > Block::kKeptMax) return false;
  if (shelf.bytes + size.bytes > Block::kKeptOfASizeMax && shelf.bytes >= 4 * size.bytes) {
    return false;
  }
  next_of(block) = shelf.open;
  shelf.open = block;
  shelf.bytes += size.bytes;
  bytes_ += size.bytes;
  const std::size_t whole = blocks_in_chain(size.bytes);
  if (++shelf.count < whole) return true;

  shelf.count = 0;
  const Chain chain = std::exchange(shelf.open, nullptr);
  if (depot.give(size, chain)) {
    shelf.bytes -= size.bytes * whole;
    bytes_ -= size.bytes * whole;
  } else {
    next_chain(chain) = shelf.whole;
    shelf.whole = chain;
  }
  return true;
}

void BlockPool::drop(Chain chain) {
  while (chain != nullptr) {
    Block* const block = std::exchange(chain, next_of(chain));
    ::operator delete(static_cast<void*>(block));
  }
}

void BlockPool::close() {
  closed_ = true;
  for (Shelf& shelf : shelves_) {
    drop(shelf.open);
    while (shelf.whole != nullptr) drop(std::exchange(shelf.whole, next_chain(shelf.whole)));
  }
}

namespace {

/// What this thread keeps. Trivially destructible: blocks may still be freed when the thread has
/// destroyed its other objects, and then go back to the heap.
constinit thread_local BlockPool pool;

/// Empties the pool when its thread ends.
struct PoolEnd {
  ~PoolEnd() { pool.close(); }
  void there() {}
};
thread_local PoolEnd pool_end;

}  // namespace

Block* Block::allocate(std::size_t size) {
  CORE_CHECK(size <= std::numeric_limits<std::uint32_t>::max() - sizeof(Block));
  const std::size_t whole = size + sizeof(Block);
  if (whole > kPooledMax || !kPooled) {
    return ::new (::operator new(whole)) Block{static_cast<std::uint32_t>(size)};
  }
  const Size rounded = size_for(whole);
  if (Block* const kept = pool.take(rounded); kept != nullptr) return kept;
  return ::new (::operator new(rounded.bytes))
      Block{static_cast<std::uint32_t>(rounded.bytes - sizeof(Block))};
}

std::size_t Block::kept_here() { return pool.bytes(); }

void Block::free() noexcept {
  Block* block = this;
  while (block != nullptr) {
    Block* const kept = block->kept_;
    const std::size_t whole = block->capacity_ + sizeof(Block);
    if (pool.bytes() == 0) pool_end.there();
    if (whole > kPooledMax || !kPooled || !pool.keep(block, size_for(whole))) {
      ::operator delete(static_cast<void*>(block));
    }
    if (kept == nullptr || kept->references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    block = kept;
  }
}

}  // namespace core
