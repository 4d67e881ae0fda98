#pragma once

// A registry of real rules and snapshots whose changes are made at once, for tests of the native
// resources.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "registry/access/caller.h"
#include "registry/access/sessions.h"
#include "registry/service/decide.h"
#include "registry/service/registry.h"
#include "registry/service/state.h"
#include "registry/store/memory_store.h"

namespace http::native {

/// Its users are root of System, admin and user of acme, and stranger@home of other, whose password
/// is "se:cret".
class FakeRegistry final : public registry::service::Registry {
 public:
  static constexpr core::Instant kNow{std::chrono::hours{1}};
  static constexpr core::WallTime kWall{std::chrono::seconds{1'700'000'000}};

  FakeRegistry();

  void submit(registry::service::Command command, registry::service::CommandDone done) override;
  const registry::service::SnapshotPtr& snapshot() const override { return snapshot_; }

  /// While held, commands are kept and nothing is answered.
  void hold() { held_ = true; }
  void release();

  registry::access::Caller caller(std::string_view user) const;  ///< root, admin, user, stranger
  core::Uuid organisation(std::string_view name) const;
  core::Uuid add(registry::model::Service service);
  const registry::model::Service* only_service() const;
  /// Makes a role of no rights, and gives it to a user; its id.
  core::Uuid give_role(std::string_view user, std::string name);

  std::size_t commands = 0;

 private:
  struct Waiting {
    registry::service::Command command;
    registry::service::CommandDone done;
  };
  using Result = registry::service::CommandResult;

  Result run(const registry::service::LogIn& command);
  Result run(const registry::service::CheckPassword& command);
  Result run(const registry::service::LogOut& command);
  Result run(const registry::service::ReadAudit& command);
  template <typename AboutResources>
  Result run(const AboutResources& command);
  void put(registry::resource::Resource resource);
  void make_true(registry::service::Decision& decision);
  void publish();

  registry::service::SnapshotPtr snapshot_;
  registry::store::MemoryStore store_;
  registry::service::State state_{{}};
  std::shared_ptr<const registry::access::SessionTable> sessions_ =
      std::make_shared<registry::access::SessionTable>();
  std::vector<Waiting> waiting_;
  bool held_ = false;
};

}  // namespace http::native
