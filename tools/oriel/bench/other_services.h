#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "tools/oriel/bench/rest_client.h"

namespace oriel::bench {

/// Services that are registered so that there are many: no request of the run is for them.
class OtherServices {
 public:
  /// Registers `count` services that resemble `like`, each with a path of its own; a sentence when
  /// one is refused. What was registered by then is still to be removed.
  [[nodiscard]] core::Result<void, std::string> add(RestClient& rest, std::size_t count,
                                                    const ServiceToRegister& like);
  /// Removes all; a sentence about the first that could not be.
  [[nodiscard]] core::Result<void, std::string> remove(RestClient& rest);

 private:
  std::vector<std::pair<std::string, ServiceToRegister>> registered_;  // each with its REST path
};

}  // namespace oriel::bench
