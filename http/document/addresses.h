#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/uuid.h"
#include "registry/resource/description.h"

/// Where resources are, by the paths of their kinds' views.
namespace http::document {

/// A resource of ours that an address names; whether it is there is another question.
struct Address {
  const registry::resource::Kind* kind = nullptr;
  core::Uuid id;
  std::string_view host;  // scheme, host and port; empty: the address had none
};

/// What `address` names: an element's URL or path with a UUID or URN in it, the entity resolver's
/// URL, or a URN alone. nullopt for what is none of ours.
[[nodiscard]] std::optional<Address> address_of(std::string_view address);

/// The path of `view` with `id` in its place.
[[nodiscard]] std::string path_of(const registry::resource::View& view, const core::Uuid& id);

}  // namespace http::document
