#pragma once

#include <optional>
#include <vector>

#include "core/log/log.h"
#include "core/shard/shard.h"
#include "registry/inventory/inventory_file.h"
#include "registry/service/registry.h"

namespace oriel::serve {

/// What somebody has to do about the registry without being asked: make what an inventory file
/// says, once accounts are there, and remove tasks whose time has come, once a minute. Lives on one
/// shard of the house.
class RegistryChores final : public core::DeadlineSource {
 public:
  /// `inventory` and the others outlive this.
  RegistryChores(core::Shard& shard, registry::service::Registry& registry,
                 const std::vector<registry::inventory::Item>& inventory,
                 core::log::Logger& logger);
  RegistryChores(const RegistryChores&) = delete;
  RegistryChores& operator=(const RegistryChores&) = delete;
  ~RegistryChores() override { shard_.unwatch(*this); }

  [[nodiscard]] std::optional<core::Instant> deadline() const override { return next_; }
  void expired(core::Instant now) override;

 private:
  [[nodiscard]] bool is_founded() const;
  void import();
  void imported(std::size_t count, const registry::service::CommandResult& result);
  void import_refused(const std::string& reason);
  void remove_expired_tasks();

  core::Shard& shard_;
  registry::service::Registry& registry_;
  const std::vector<registry::inventory::Item>& inventory_;
  core::log::Logger& logger_;
  std::optional<core::Instant> next_;
  bool import_begun_;
};

}  // namespace oriel::serve
