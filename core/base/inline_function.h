#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include "core/base/check.h"

namespace core {

template <typename Signature, std::size_t Capacity>
class InlineFunction;

/// A move-only callable kept inside the object: what does not fit in `Capacity` bytes does not
/// compile, so calling, moving and storing one never allocates.
template <typename R, typename... Args, std::size_t Capacity>
class InlineFunction<R(Args...), Capacity> {
 public:
  InlineFunction() = default;
  template <typename F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, InlineFunction> &&
             std::is_invocable_r_v<R, std::remove_cvref_t<F>&, Args...>)
  InlineFunction(F&& function) {  // NOLINT: implicit, as std::function
    using Held = std::remove_cvref_t<F>;
    static_assert(sizeof(Held) <= Capacity, "captures do not fit: move them behind one pointer");
    static_assert(alignof(Held) <= alignof(std::max_align_t));
    static_assert(std::is_nothrow_move_constructible_v<Held>);
    ::new (static_cast<void*>(storage_)) Held(std::forward<F>(function));
    actions_ = &kActions<Held>;
  }
  InlineFunction(InlineFunction&& other) noexcept { take(other); }
  InlineFunction& operator=(InlineFunction&& other) noexcept {
    if (this != &other) {
      reset();
      take(other);
    }
    return *this;
  }
  InlineFunction(const InlineFunction&) = delete;
  InlineFunction& operator=(const InlineFunction&) = delete;
  ~InlineFunction() { reset(); }

  explicit operator bool() const { return actions_ != nullptr; }
  R operator()(Args... args) {
    CORE_CHECK(actions_ != nullptr);
    return actions_->call(storage_, std::forward<Args>(args)...);
  }

 private:
  struct Actions {
    R (*call)(void*, Args&&...);
    void (*move)(void* from, void* to) noexcept;
    void (*destroy)(void*) noexcept;
  };
  template <typename Held>
  static constexpr Actions kActions{
      [](void* held, Args&&... args) -> R {
        return (*static_cast<Held*>(held))(std::forward<Args>(args)...);
      },
      [](void* from, void* to) noexcept {
        ::new (to) Held(std::move(*static_cast<Held*>(from)));
        static_cast<Held*>(from)->~Held();
      },
      [](void* held) noexcept { static_cast<Held*>(held)->~Held(); }};

  void take(InlineFunction& other) noexcept {
    actions_ = std::exchange(other.actions_, nullptr);
    if (actions_ != nullptr) actions_->move(other.storage_, storage_);
  }
  void reset() noexcept {
    if (actions_ != nullptr) std::exchange(actions_, nullptr)->destroy(storage_);
  }

  const Actions* actions_ = nullptr;
  alignas(std::max_align_t) std::byte storage_[Capacity];
};

}  // namespace core
