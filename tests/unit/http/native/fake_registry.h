#pragma once

// A registry of real snapshots whose changes are made at once, for tests of the native resources.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "registry/access/caller.h"
#include "registry/access/sessions.h"
#include "registry/service/registry.h"

namespace http::native {

class FakeRegistry final : public registry::service::Registry {
 public:
  static constexpr core::Instant kNow{std::chrono::hours{1}};

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

  std::size_t commands = 0;

 private:
  struct Waiting {
    registry::service::Command command;
    registry::service::CommandDone done;
  };
  using Result = registry::service::CommandResult;

  Result run(registry::service::LogIn command);
  Result run(registry::service::CheckPassword command);
  Result run(registry::service::LogOut command);
  Result run(registry::service::CreateService command);
  Result run(registry::service::ChangeService command);
  Result run(registry::service::DeleteService command);
  Result run(registry::service::AddFilter command);
  Result run(registry::service::DeleteFilter command);
  void publish();
  registry::model::Service* find(const core::Uuid& id);

  registry::service::SnapshotPtr snapshot_;
  registry::service::Directory directory_;
  std::vector<registry::model::Service> services_;
  std::shared_ptr<const registry::access::SessionTable> sessions_ =
      std::make_shared<registry::access::SessionTable>();
  std::vector<Waiting> waiting_;
  bool held_ = false;
};

}  // namespace http::native
