#pragma once

#include <string>
#include <string_view>

#include "registry/resource/resource.h"

namespace registry::kinds {

/// What a service link is for, as one key (spec section 3.2): the media type of a representation,
/// without its parameters and its +xml or +json and without regard to case, and the id of the
/// resource shown, a URN or a UUID; empty: any.
[[nodiscard]] std::string link_key(std::string_view media_type, std::string_view id);

/// The same of a service link: its Kind::index_key.
[[nodiscard]] std::string link_key_of(const resource::Resource& service_link);

/// The UUID in `urn:vcloud:<kind>:<uuid>`; any other text as it is.
[[nodiscard]] std::string_view id_in(std::string_view urn);

}  // namespace registry::kinds
