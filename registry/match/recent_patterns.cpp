#include "registry/match/recent_patterns.h"

#include <algorithm>
#include <utility>

namespace registry::match {

RecentPatterns& RecentPatterns::of_this_thread() {
  thread_local RecentPatterns patterns;
  return patterns;
}

void RecentPatterns::keep(std::string_view text, std::shared_ptr<const Pattern> pattern) {
  entries_[next_] = {std::string{text}, std::move(pattern)};
  next_ = (next_ + 1) % kCount;
}

std::shared_ptr<const Pattern> RecentPatterns::take(std::string_view text) {
  const auto found = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return entry.pattern != nullptr && entry.text == text; });
  if (found == entries_.end()) return nullptr;
  return std::move(found->pattern);
}

}  // namespace registry::match
