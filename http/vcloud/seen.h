#pragma once

#include <string>

#include "http/native/call.h"
#include "http/native/router.h"
#include "registry/access/caller.h"
#include "registry/resource/description.h"
#include "registry/resource/resources.h"
#include "registry/resource/rules.h"

/// Which resources a caller sees, and what he may do with them. Members of an organisation see its
/// own resources and those of nobody, and nothing of the others: not even that they are there.
namespace http::vcloud {

/// The router's word for who may; not for Access::nobody.
[[nodiscard]] native::Access route_access(registry::resource::Access access);

/// Whether the role of `caller` is enough for `access`.
[[nodiscard]] bool may(const registry::access::Caller& caller, registry::resource::Access access);

/// Whether `resource` is of the caller's organisation, or of none, or he sees all of them.
[[nodiscard]] bool is_in_sight(const native::Call& call,
                               const registry::resource::Resource& resource,
                               const registry::resource::Resources& there);

/// Whether he is shown `resource` as `view`.
[[nodiscard]] bool is_shown(const native::Call& call, const registry::resource::Resource& resource,
                            const registry::resource::View& view,
                            const registry::resource::Resources& there);

/// The resource of `kind` that the place `index` of the path names, when it is in sight.
[[nodiscard]] const registry::resource::Resource* find_in_sight(
    const native::Call& call, const registry::resource::Kind& kind,
    const registry::resource::Resources& there, std::size_t index = 0);

/// Who acts, for a command.
[[nodiscard]] registry::resource::Actor actor_of(const registry::access::Caller& caller);

/// The view of `kind` for whoever has `access`: the first that needs no more; null when none does.
[[nodiscard]] const registry::resource::View* view_for(const registry::resource::Kind& kind,
                                                       registry::resource::Access access);

/// `path` with the id in the place of {}.
[[nodiscard]] std::string filled(std::string_view path, const core::Uuid& id);

}  // namespace http::vcloud
