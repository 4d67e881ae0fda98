#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace core {

/// A value that must not be mixed up with another of the same representation:
/// `using ChannelId = core::Strong<struct ChannelIdTag, std::uint16_t>;`
template <typename Tag, typename T>
class Strong {
 public:
  using value_type = T;

  constexpr Strong() = default;
  constexpr explicit Strong(T value) : value_(std::move(value)) {}

  [[nodiscard]] constexpr const T& value() const { return value_; }
  constexpr auto operator<=>(const Strong&) const = default;

 private:
  T value_{};
};

}  // namespace core

template <typename Tag, typename T>
struct std::hash<core::Strong<Tag, T>> {
  std::size_t operator()(const core::Strong<Tag, T>& strong) const noexcept {
    return std::hash<T>{}(strong.value());
  }
};
