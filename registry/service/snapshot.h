#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/shared_map.h"
#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/access/sessions.h"
#include "registry/authorization/table.h"
#include "registry/entity/table.h"
#include "registry/match/matcher.h"
#include "registry/model/model.h"
#include "registry/resource/resources.h"
#include "registry/service/directory.h"

namespace registry::service {

/// Where a service stands in a chain: the one with the smaller place is asked first. It stays the
/// same while the service's priority does, so it is also the number of its filters.
using ChainPlace = match::FilterNumber;
/// Priority 100 first, then creation.
[[nodiscard]] ChainPlace chain_place(const model::Service& service);

/// The key by which services that filter responses are found: a media type without its parameters,
/// in lower case.
[[nodiscard]] std::string media_type_key(std::string_view content_type);

/// What all shards read, as of one revision: immutable, swapped in whole. Parts that a change left
/// alone are shared with the snapshot before: one service more among many costs what that one
/// costs.
///
/// Owner of the definition: registry/service. Readers use only this header.
struct Routes {
  using ServicePtr = std::shared_ptr<const model::Service>;
  using Chain = core::SharedMap<ChainPlace, ServicePtr>;

  /// Every service, in chain order.
  Chain services;
  /// URL filters of enabled services, numbered by the places of their services in `services`.
  std::shared_ptr<const match::Matcher> url_filters;
  /// The enabled services with a ResponseContentType filter, by its media_type_key, so that a
  /// response need not walk over all of them.
  core::SharedMap<std::string, Chain> response_filters;
  core::SharedMap<core::Uuid, ServicePtr> by_id;

  /// The service of that id; null when there is none.
  [[nodiscard]] const model::Service* find(const core::Uuid& id) const;
};

/// Routes over `services`, in any order.
[[nodiscard]] std::shared_ptr<const Routes> make_routes(std::vector<Routes::ServicePtr> services);

/// A service as it is now; null: it is no more.
struct ServiceChange {
  core::Uuid id;
  Routes::ServicePtr service;
};
/// Routes after `changes`; patterns that are still in use are not compiled again.
[[nodiscard]] std::shared_ptr<const Routes> change_routes(const Routes& previous,
                                                          std::span<const ServiceChange> changes);

struct Snapshot {
  std::uint64_t revision = 0;
  /// Everything there is; the other members are made of it.
  std::shared_ptr<const resource::Resources> resources =
      std::make_shared<const resource::Resources>();
  /// Who may ask which service for what.
  std::shared_ptr<const authorization::Table> authorization =
      std::make_shared<const authorization::Table>();
  /// Which resource classes know which URNs.
  std::shared_ptr<const entity::Table> entities = std::make_shared<const entity::Table>();
  std::shared_ptr<const Routes> routes;
  std::shared_ptr<const Directory> directory;
  std::shared_ptr<const access::SessionTable> sessions;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace registry::service
