#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace core {

/// The error side of a Result, spelled like std::unexpected: `return Unexpected{error};`
template <typename E>
struct Unexpected {
  E error;
};
template <typename E>
Unexpected(E) -> Unexpected<E>;

/// A value, or the reason why there is none. Spelled like std::expected (C++23), so that it can
/// become a using declaration the day the toolchain moves. For trouble that a peer or the world
/// causes; what only our own mistake can cause is a CORE_CHECK.
template <typename T, typename E>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = E;

  template <typename U = T>
    requires(std::is_constructible_v<T, U &&> && !std::is_same_v<std::remove_cvref_t<U>, Result>)
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}  // NOLINT: implicit

  template <typename G>
    requires std::is_constructible_v<E, G&&>
  Result(Unexpected<G> unexpected)  // NOLINT: implicit
      : state_(std::in_place_index<1>, std::move(unexpected.error)) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return checked(), std::get<0>(state_); }
  const T& value() const& { return checked(), std::get<0>(state_); }
  T&& value() && { return checked(), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return std::get<1>(state_); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

 private:
  void checked() const { CORE_CHECK(has_value()); }
  std::variant<T, E> state_;
};

/// A Result without a value: success, or the reason why not.
template <typename E>
class [[nodiscard]] Result<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  Result() = default;
  template <typename G>
    requires std::is_constructible_v<E, G&&>
  Result(Unexpected<G> unexpected) : error_(std::move(unexpected.error)) {}  // NOLINT: implicit

  [[nodiscard]] bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  E& error() & { return *error_; }
  const E& error() const& { return *error_; }
  E&& error() && { return *std::move(error_); }

 private:
  std::optional<E> error_;
};

}  // namespace core
