#pragma once

#include <memory>
#include <span>
#include <vector>

#include "registry/authorization/table.h"
#include "registry/match/parallel.h"
#include "registry/model/model.h"
#include "registry/resource/resources.h"
#include "registry/service/directory.h"
#include "registry/service/snapshot.h"

/// The typed forms that the data path reads, made of resources.
namespace registry::service {

/// A service with its filters.
[[nodiscard]] model::Service service_of(const resource::Resource& service,
                                        const resource::Resources& there);
[[nodiscard]] model::Organisation organisation_of(const resource::Resource& organisation);
[[nodiscard]] model::User user_of(const resource::Resource& user);

/// Patterns are compiled with `in_parallel`, when it is given.
[[nodiscard]] std::shared_ptr<const Routes> routes_of(const resource::Resources& there,
                                                      const match::InParallel& in_parallel = {});
[[nodiscard]] std::shared_ptr<const Routes> make_routes(std::vector<Routes::ServicePtr> services,
                                                        const match::InParallel& in_parallel);
[[nodiscard]] std::shared_ptr<const Directory> directory_of(const resource::Resources& there);

/// A resource before and after a change; null: it was not, or is no more.
using ResourceChange = authorization::Change;

/// The services that `changes` concern, each once and as it is `after`: a change of a filter is one
/// of its service.
[[nodiscard]] std::vector<ServiceChange> services_in(std::span<const ResourceChange> changes,
                                                     const resource::Resources& after);

/// The directory after `changes`; the same one when they do not concern it.
[[nodiscard]] std::shared_ptr<const Directory> change_directory(
    const std::shared_ptr<const Directory>& directory, std::span<const ResourceChange> changes);

}  // namespace registry::service
