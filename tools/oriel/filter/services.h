#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace oriel::filter {

inline constexpr std::size_t kRoutesOctetsMax = std::size_t{64} * 1024 * 1024;  // of the answer

/// A URL filter of a service.
struct Route {
  std::string service;
  std::int64_t priority = 0;
  bool enabled = false;
  std::string pattern;  // UTF-8
};

/// What is registered, in the order of the chain: priority 100 first, then the older service.
struct Services {
  std::string origin;  // where this comes from, for people
  std::vector<Route> routes;
};

/// Why there is nothing to look at: a sentence, and what to end with.
struct Trouble {
  std::string sentence;
  int exit_code = 0;
};

/// The services of the appliance that runs in a data folder (its operator's listener tells them),
/// or of one that does not run (its registry is read).
[[nodiscard]] core::Result<Services, Trouble> services_in(const std::string& data_folder);

/// Those of the appliance whose operator's listener has this URL.
[[nodiscard]] core::Result<Services, Trouble> services_at(const std::string& operator_url);

/// Reads what /debug/routes gives.
[[nodiscard]] core::Result<std::vector<Route>, std::string> routes_of(const std::string& json);

}  // namespace oriel::filter
