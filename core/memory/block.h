#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace core {

/// A counted piece of memory: this head, and behind it as many bytes as were asked for. What is in
/// them needs no destructor. The last owner's `release` gives it back, on whichever shard that is.
///
/// Each thread keeps freed blocks by size and hands them out again, so a steady stream of messages
/// allocates nothing; what it has too many of goes to threads that have none. Bounds of what a
/// thread keeps: kKeptOfASizeMax bytes of one size (but at least four blocks), kKeptMax in all;
/// nothing larger than kPooledMax. Between threads lie at most 256 KiB of one size. Under the
/// address sanitizer nothing is kept, so that it sees every use after the end.
class Block {
 public:
  static constexpr std::size_t kPooledMax = std::size_t{320} * 1024;
  static constexpr std::size_t kKeptOfASizeMax = std::size_t{1024} * 1024;
  static constexpr std::size_t kKeptMax = std::size_t{4} * 1024 * 1024;
  /// Whether blocks are kept in this build.
  static const bool kPooled;

  /// With room for at least `size` bytes and one owner.
  [[nodiscard]] static Block* allocate(std::size_t size);
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  /// Bytes of free blocks that this thread keeps.
  [[nodiscard]] static std::size_t kept_here();

  [[nodiscard]] std::byte* data() { return reinterpret_cast<std::byte*>(this + 1); }
  [[nodiscard]] const std::byte* data() const {
    return reinterpret_cast<const std::byte*>(this + 1);
  }
  /// The block whose `data` this is.
  [[nodiscard]] static Block* of(const void* data) {
    return const_cast<Block*>(static_cast<const Block*>(data)) - 1;
  }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }  ///< Bytes at `data`.

  /// Whether there is more than one owner. No, said to the only owner, stays true until that owner
  /// shares it.
  [[nodiscard]] bool shared() const { return references_.load(std::memory_order_acquire) != 1; }
  void retain() { references_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    // The last owner must see every use that another shard made of the block before it let go. One
    // owner alone needs no exchange: nobody else is left who could come in between.
    if (references_.load(std::memory_order_acquire) == 1 ||
        references_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      free();
    }
  }
  /// Keeps `other`, of which this takes over the caller's share, until the end of this block: for
  /// bytes here that refer to bytes there. Once, by the only owner.
  void keep(Block& other) { kept_ = &other; }

 private:
  friend class BlockPool;
  explicit Block(std::uint32_t capacity) : references_(1), capacity_(capacity) {}
  ~Block() = default;
  void free() noexcept;

  std::atomic<std::uint32_t> references_;
  std::uint32_t capacity_;
  Block* kept_ = nullptr;  // in a free list: the next one
};
static_assert(sizeof(Block) == 16);

}  // namespace core
