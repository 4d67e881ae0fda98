#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/explain/near_miss.h"
#include "tools/oriel/filter/services.h"

namespace oriel::filter {

inline constexpr std::size_t kNearMissesMax = 5;  // that are explained, unless all are wanted

/// What somebody wants to know the services of.
struct Asked {
  std::string path;                // raw, as a client would send it
  std::vector<std::string> notes;  // what was done to get it, and what the gateway says to it
};

/// Takes `url` apart: a path, or a whole URL. Query and fragment are cut off, what a client would
/// escape is escaped. The error is a sentence.
[[nodiscard]] core::Result<Asked, std::string> asked_of(std::string_view url);

/// One filter and the path.
struct Tried {
  const Route* route = nullptr;
  registry::match::engine::Verdict verdict = registry::match::engine::Verdict::no;
  std::optional<std::size_t> viable;                   // see explain::Glance
  std::string broken;                                  // why the pattern does not compile
  std::optional<registry::match::explain::Miss> miss;  // of the nearest
  std::string dead;                                    // why no path can match it, if none can
};

/// A path and every filter. Each list has the order of the chain but `misses`, whose nearest come
/// first.
struct Trial {
  std::vector<Tried> matches;
  std::vector<Tried> disabled;  // would match
  std::vector<Tried> too_costly;
  std::vector<Tried> broken;
  std::vector<Tried> misses;
};

/// Tries every route, or those of one service. `explained_max` misses get a reason.
[[nodiscard]] Trial try_path(const Services& services, const std::string& path,
                             std::string_view only_service, std::size_t explained_max);

/// The services that would see the request, one after the other.
[[nodiscard]] std::vector<std::string> chain_of(const Trial& trial);

/// For people, and for programs.
[[nodiscard]] std::string trial_text(const Trial& trial, const Asked& asked,
                                     const Services& services);
[[nodiscard]] std::string trial_json(const Trial& trial, const Asked& asked,
                                     const Services& services);

}  // namespace oriel::filter
