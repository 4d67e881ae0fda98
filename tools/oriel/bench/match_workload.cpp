#include "tools/oriel/bench/match_workload.h"

#include <fmt/format.h>

#include <random>

#include "core/base/uuid.h"

namespace oriel::bench {
namespace {

constexpr std::uint32_t kSeed = 20211014;

class Maker {
 public:
  Maker(PatternSet set, std::size_t services) : set_(set), services_(services) {}

  KnownLookup hit() {
    const std::size_t service = below(services_);
    return {path_of(service), service};
  }
  /// A path of a service that is not there, or one that fails a pattern at its end.
  KnownLookup miss() {
    if (below(2) == 0) return {path_of(services_ + below(services_)), std::nullopt};
    const std::size_t service = below(services_);
    return {set_ == PatternSet::shared_prefix
                ? fmt::format("/api/org/{}/ext{}/x", id(), service)
                : fmt::format("/api/ext{}/org/{}/backups/x", service, id()),
            std::nullopt};
  }
  KnownLookup either() { return below(2) == 0 ? hit() : miss(); }

 private:
  std::string path_of(std::size_t service) {
    if (set_ == PatternSet::shared_prefix) {
      if (below(2) == 0) return fmt::format("/api/org/{}/ext{}", id(), service);
      return fmt::format("/api/vApp/vapp-{}/action/ext{}", id(), service);
    }
    switch (below(4)) {
      case 0:
        return fmt::format("/api/ext{}/org/{}/backups", service, id());
      case 1:
        return fmt::format("/api/ext{}/vApp/vapp-{}/backups", service, id());
      case 2:
        return fmt::format("/api/ext{}/vApp/vapp-{}/action/backup", service, id());
      default:
        return fmt::format("/api/ext{}/backup/{}", service, id());
    }
  }

  std::string id() {
    return fmt::format("{:08x}-{:04x}-4{:03x}-9{:03x}-{:08x}{:04x}", random_(), below(0x10000),
                       below(0x1000), below(0x1000), random_(), below(0x10000));
  }
  std::size_t below(std::size_t bound) { return random_() % bound; }

  PatternSet set_;
  std::size_t services_;
  std::mt19937 random_{kSeed};
};

}  // namespace

std::string_view label(PatternSet set) {
  return set == PatternSet::namespaced ? "namespaced" : "shared-prefix";
}

std::string pattern_of(PatternSet set, std::size_t number) {
  if (set == PatternSet::shared_prefix) {
    return fmt::format("(/api/org/.*/ext{0})|(/api/vApp/vapp-.*/action/ext{0})", number);
  }
  return fmt::format(
      "(/api/ext{0}/org/.*/backups)|(/api/ext{0}/vApp/vapp-.*/backups)|"
      "(/api/ext{0}/vApp/vapp-.*/action/backup)|(/api/ext{0}/backup/.*)",
      number);
}

std::shared_ptr<const registry::model::Service> service_with(std::string pattern,
                                                             std::uint64_t created) {
  auto service = std::make_shared<registry::model::Service>();
  service->id = core::Uuid::random();
  service->created = created;
  service->enabled = true;
  service->filters.push_back({.id = core::Uuid::random(),
                              .url_pattern = std::move(pattern),
                              .response_content_type = std::nullopt,
                              .operation_key = {}});
  return service;
}

MatchWorkload make_workload(PatternSet set, std::size_t services) {
  MatchWorkload work;
  for (std::size_t i = 0; i < services; ++i) work.patterns.push_back(pattern_of(set, i));
  Maker maker{set, services};
  for (std::size_t i = 0; i < MatchWorkload::kRepeated; ++i) {
    work.hits.push_back(maker.hit());
    work.misses.push_back(maker.miss());
    work.mix.push_back(maker.either());
  }
  for (std::size_t i = 0; i < MatchWorkload::kFresh; ++i) work.fresh.push_back(maker.either());
  return work;
}

}  // namespace oriel::bench
