#pragma once

#include <array>
#include <string_view>

#include "core/time/instant.h"

namespace http::session {

/// The value of the Date field (RFC 9110 §5.6.7, IMF-fixdate), rendered once a second. One for each
/// shard: its owner sets the time every turn, or at least every second; all its sessions read it.
class DateValue {
 public:
  static constexpr std::size_t kSize = 29;  // "Sun, 06 Nov 1994 08:49:37 GMT"

  DateValue() { render(); }
  void set(core::WallTime now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second == second_) return;
    second_ = second;
    render();
  }
  [[nodiscard]] std::string_view text() const { return {text_.data(), text_.size()}; }

 private:
  void render();

  std::chrono::sys_seconds second_{};
  std::array<char, kSize> text_{};
};

}  // namespace http::session
