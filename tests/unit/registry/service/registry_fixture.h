#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/time/clock.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resources.h"
#include "registry/service/bootstrap.h"
#include "registry/service/registry_service.h"
#include "registry/service/registry_shard.h"
#include "registry/store/memory_store.h"
#include "tests/unit/registry/service/in_process.h"
#include "tests/unit/registry/service/typed_commands.h"

namespace registry::service {

inline constexpr access::PasswordCost kCheapPasswords{.parameter = 1};

inline model::ApiFilter url_filter(std::string pattern, std::string operation_key = {}) {
  return {.id = {},
          .url_pattern = std::move(pattern),
          .response_content_type = std::nullopt,
          .operation_key = std::move(operation_key)};
}

inline model::Service a_service(std::string namespace_name) {
  model::Service made;
  made.name = "backup";
  made.namespace_ = std::move(namespace_name);
  made.exchange = "ext";
  made.routing_key = "backup";
  made.enabled = true;
  return made;
}

/// A registry over a memory store with System/administrator and acme, and shards without threads.
class House {
 public:
  explicit House(std::uint16_t shards = 1) : process_(shards) {
    auto store = std::make_unique<store::MemoryStore>();
    store_ = store.get();
    BootstrapOptions options;
    options.administrator_password = "system secret";
    options.dev = true;
    options.dev_password = "acme secret";
    RegistrySettings settings;
    settings.password_cost = kCheapPasswords;
    auto opened = RegistryService::open(std::move(store), clock_, process_.lane(),
                                        process_.lane_post(), settings);
    EXPECT_TRUE(opened);
    service_ = std::move(*opened);
    EXPECT_TRUE(service_->found(options, [](const auto& failure) { EXPECT_FALSE(failure); }));
    for (std::uint16_t i = 0; i < shards; ++i) {
      shards_.push_back(std::make_unique<RegistryShard>(*service_, process_.post(i)));
    }
    process_.run();
  }

  [[nodiscard]] InProcess& process() { return process_; }
  [[nodiscard]] RegistryShard& shard(std::uint16_t index = 0) { return *shards_[index]; }
  [[nodiscard]] store::MemoryStore& store() { return *store_; }
  /// How many resources of that kind are in the store.
  [[nodiscard]] std::size_t stored(const resource::Kind& kind) {
    const auto contents = store_->load();
    return static_cast<std::size_t>(
        std::count_if(contents->resources.begin(), contents->resources.end(),
                      [&](const auto& one) { return one->kind->urn_kind == kind.urn_kind; }));
  }
  [[nodiscard]] const resource::Resources& resources() { return *snapshot().resources; }
  [[nodiscard]] core::ManualClock& clock() { return clock_; }
  [[nodiscard]] const Snapshot& snapshot(std::uint16_t shard = 0) {
    return *shards_[shard]->snapshot();
  }

  /// Submits and runs everything to its end.
  CommandResult command(Command command, std::uint16_t shard = 0) {
    std::optional<CommandResult> result;
    shards_[shard]->submit(std::move(command), [&](const CommandResult& r) { result = r; });
    process_.run();
    EXPECT_TRUE(result.has_value()) << "not answered";
    return result ? *result : core::Unexpected{RuleViolation{}};
  }
  /// The id of what a command made; it must not be refused.
  core::Uuid made(Command what) {
    auto result = command(std::move(what));
    EXPECT_TRUE(result) << result.error().text;
    return result ? result->id : core::Uuid{};
  }
  /// Why a command is refused.
  RuleViolation refused(Command what) {
    auto result = command(std::move(what));
    EXPECT_FALSE(result);
    return result ? RuleViolation{} : result.error();
  }
  /// Where in the list of services those stand that match `path`.
  std::vector<std::uint32_t> matches(std::string_view path, std::uint16_t shard = 0) {
    const Routes& routes = *snapshot(shard).routes;
    match::Matches found;
    routes.url_filters->match(path, found);
    std::vector<std::uint32_t> places;
    std::uint32_t place = 0;
    for (const auto& service : routes.services) {
      const auto number = chain_place(*service);
      if (std::count(found.numbers.begin(), found.numbers.end(), number) > 0) {
        places.push_back(place);
      }
      ++place;
    }
    EXPECT_EQ(places.size(), found.numbers.size());
    return places;
  }

 private:
  core::ManualClock clock_;
  InProcess process_;
  store::MemoryStore* store_ = nullptr;
  std::unique_ptr<RegistryService> service_;
  std::vector<std::unique_ptr<RegistryShard>> shards_;
};

}  // namespace registry::service
