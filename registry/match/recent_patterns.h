#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "registry/match/pattern.h"

namespace registry::match {

/// The patterns that were judged last: whoever hears that one compiles mostly registers it next,
/// and then it need not be compiled once more. A thread has its own, and no other ever waits.
class RecentPatterns {
 public:
  static constexpr std::size_t kCount = 8;  // the filters of a service, mostly

  static RecentPatterns& of_this_thread();

  /// Keeps `pattern`, in the place of the one that was kept first.
  void keep(std::string_view text, std::shared_ptr<const Pattern> pattern);
  /// Gives away what was compiled of `text`; nullptr when it is not here.
  [[nodiscard]] std::shared_ptr<const Pattern> take(std::string_view text);

 private:
  struct Entry {
    std::string text;
    std::shared_ptr<const Pattern> pattern;
  };
  std::array<Entry, kCount> entries_;
  std::size_t next_ = 0;
};

}  // namespace registry::match
