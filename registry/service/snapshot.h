#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/access/sessions.h"
#include "registry/match/matcher.h"
#include "registry/model/model.h"

namespace registry::service {

/// What all shards read, as of one revision: immutable, swapped in whole. Parts that a change left
/// alone are shared with the snapshot before.
///
/// Owner of the definition: registry/service. Readers use only this header.
struct Routes {
  /// Every service, in chain order (priority 100 first, then creation).
  std::vector<std::shared_ptr<const model::Service>> services;
  /// URL filters of enabled services, numbered by the index of their service in `services`.
  std::shared_ptr<const match::Matcher> url_filters;
  /// The enabled services with a ResponseContentType filter, as ascending indices in `services`, so
  /// that a response need not walk over all of them.
  std::vector<std::uint32_t> response_filtered;
  /// Where in `services` an id is; `find` does without it in routes that a test wrote by hand.
  std::unordered_map<core::Uuid, std::uint32_t> by_id;

  /// The service of that id; null when there is none.
  [[nodiscard]] const model::Service* find(const core::Uuid& id) const;
};

/// Routes over `services`, in any order. Patterns compiled for `previous` are used again.
[[nodiscard]] std::shared_ptr<const Routes> make_routes(
    std::vector<std::shared_ptr<const model::Service>> services, const Routes* previous = nullptr);

/// Who there is. Look-ups give null when there is nobody.
struct Directory {
  std::vector<model::Organisation> organisations;
  std::vector<model::User> users;

  [[nodiscard]] const model::Organisation* organisation(const core::Uuid& id) const;
  /// Without regard to case.
  [[nodiscard]] const model::Organisation* organisation_named(std::string_view name) const;
  [[nodiscard]] const model::User* user(const core::Uuid& id) const;
  [[nodiscard]] const model::User* user_named(const core::Uuid& organisation,
                                              std::string_view name) const;
};

struct Snapshot {
  std::uint64_t revision = 0;
  std::shared_ptr<const Routes> routes;
  std::shared_ptr<const Directory> directory;
  std::shared_ptr<const access::SessionTable> sessions;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace registry::service
