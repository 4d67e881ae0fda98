#include "tools/oriel/bench/other_services.h"

#include <fmt/format.h>

namespace oriel::bench {

core::Result<void, std::string> OtherServices::add(RestClient& rest, std::size_t count,
                                                   const ServiceToRegister& like) {
  for (std::size_t i = 1; i <= count; ++i) {
    ServiceToRegister other = like;
    other.name += fmt::format("-{}", i);
    other.space += fmt::format(".{}", i);
    other.path += fmt::format("-{}", i);
    const auto made = rest.register_service(other);
    if (!made) return core::Unexpected{made.error()};
    registered_.emplace_back(*made, std::move(other));
  }
  return {};
}

core::Result<void, std::string> OtherServices::remove(RestClient& rest) {
  core::Result<void, std::string> first;
  for (const auto& [path, service] : registered_) {
    auto removed = rest.remove_service(path, service);
    if (!removed && first) first = core::Unexpected{removed.error()};
  }
  registered_.clear();
  return first;
}

}  // namespace oriel::bench
