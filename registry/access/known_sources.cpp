#include "registry/access/known_sources.h"

#include <algorithm>

namespace registry::access {

bool KnownSources::knows(std::string_view account, std::string_view source) const {
  const auto found = accounts_.find(std::string{account});
  if (found == accounts_.end()) return false;
  const auto& sources = found->second.sources;
  return std::find(sources.begin(), sources.end(), source) != sources.end();
}

void KnownSources::logged_in(std::string_view account, std::string_view source) {
  const std::string key{account};
  if (!accounts_.contains(key)) make_room();
  auto& [sources, used] = accounts_[key];
  used = ++logins_;
  const auto known = std::find(sources.begin(), sources.end(), source);
  if (known != sources.end()) {
    std::rotate(known, known + 1, sources.end());
    return;
  }
  if (sources.size() >= kSourcesMax) sources.erase(sources.begin());
  sources.emplace_back(source);
}

void KnownSources::make_room() {
  if (accounts_.size() < kAccountsMax) return;
  accounts_.erase(std::min_element(
      accounts_.begin(), accounts_.end(),
      [](const auto& left, const auto& right) { return left.second.used < right.second.used; }));
}

}  // namespace registry::access
