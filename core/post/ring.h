#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/base/check.h"

namespace core {

/// Values from one thread to another: a bounded ring with one writer and one reader. Each side has
/// its own index on its own cache line, and a copy of the other's to look at first, so that in a
/// steady stream neither line moves for every value.
///
///   try_push  stores tail_ (seq_cst, thus release)  -- publishes the value
///   front     acquire-loads  tail_                  -- sees the value that it publishes
///   pop       release-stores head_                  -- gives the slot back
///   try_push  acquire-loads  head_                  -- sees the slot is free (only when it looks
///   full) empty_for_sure  seq_cst-loads tail_             -- the reader's half of the sleep
///   protocol
///
/// Publishing needs release only. It is seq_cst because a writer goes on to ask whether the reader
/// sleeps, and that question must not overtake the store: see SleepFlag, where the argument is.
///
/// `full` is a return value and not a wait: the writer keeps what the ring did not take.
template <typename T>
class Ring {
 public:
  static_assert(std::is_nothrow_move_constructible_v<T>);

  /// Room for `capacity` values, rounded up to a power of two. Slots are touched when used.
  explicit Ring(std::size_t capacity)
      : mask_(std::bit_ceil(capacity) - 1), slots_(allocate(mask_ + 1)) {
    CORE_CHECK(capacity > 0);
  }
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  ~Ring() {
    while (front() != nullptr) pop();
    ::operator delete (slots_, std::align_val_t{kLine});
  }

  [[nodiscard]] std::size_t capacity() const { return mask_ + 1; }

  // ---- The writer's side --------------------------------------------------------------------

  /// False when the ring is full; `value` is then as it was.
  [[nodiscard]] bool try_push(T&& value) {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_seen_ > mask_) {
      head_seen_ = head_.load(std::memory_order_acquire);
      if (tail - head_seen_ > mask_) return false;
    }
    ::new (static_cast<void*>(slots_ + (tail & mask_))) T(std::move(value));
    tail_.store(tail + 1, std::memory_order_seq_cst);
    return true;
  }

  // ---- The reader's side --------------------------------------------------------------------

  /// The oldest value, in its place until `pop`; null when there is none that can be seen yet.
  [[nodiscard]] T* front() {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_seen_) {
      tail_seen_ = tail_.load(std::memory_order_acquire);
      if (head == tail_seen_) return nullptr;
    }
    return std::launder(slots_ + (head & mask_));
  }
  /// Destroys the value that `front` gave.
  void pop() {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    std::destroy_at(std::launder(slots_ + (head & mask_)));
    head_.store(head + 1, std::memory_order_release);
  }
  [[nodiscard]] std::optional<T> take() {
    T* value = front();
    if (value == nullptr) return std::nullopt;
    std::optional<T> taken{std::move(*value)};
    pop();
    return taken;
  }
  /// Whether nothing is there, asked after SleepFlag::lie_down: a writer whose value this misses
  /// will see that the reader sleeps.
  [[nodiscard]] bool empty_for_sure() const {
    return head_.load(std::memory_order_relaxed) == tail_.load(std::memory_order_seq_cst);
  }

  /// How many values wait, from any thread: a figure for debug pages, true a moment ago.
  [[nodiscard]] std::size_t size_about() const {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    return tail > head ? tail - head : 0;
  }

 private:
  static constexpr std::size_t kLine = 64;  // bytes; x86-64 and most of arm64
  static_assert(alignof(T) <= kLine);
  static T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new (count * sizeof(T), std::align_val_t{kLine}));
  }

  const std::size_t mask_;
  T* const slots_;
  alignas(kLine) std::atomic<std::size_t> tail_{0};  // written by the writer
  std::size_t head_seen_ = 0;                        // the writer's copy of head_
  alignas(kLine) std::atomic<std::size_t> head_{0};  // written by the reader
  std::size_t tail_seen_ = 0;                        // the reader's copy of tail_
};

}  // namespace core
