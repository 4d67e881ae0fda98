#include "registry/kinds/kinds.h"

#include <algorithm>
#include <array>

namespace registry::kinds {

std::span<const Kind* const> all() {
  static const std::array kAll{&organisation(),
                               &right(),
                               &role(),
                               &user(),
                               &service(),
                               &api_filter(),
                               &service_link(),
                               &api_definition(),
                               &file_descriptor(),
                               &resource_class(),
                               &resource_class_action(),
                               &service_resource(),
                               &acl_rule(),
                               &provider_vdc(),
                               &vdc(),
                               &vapp(),
                               &vm(),
                               &task(),
                               &event(),
                               &localization(),
                               &amqp_settings(),
                               &notifications_settings()};
  return kAll;
}

const Kind* find(std::string_view urn_kind) {
  const auto kinds = all();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const Kind* kind) { return kind->urn_kind == urn_kind; });
  return found == kinds.end() ? nullptr : *found;
}

}  // namespace registry::kinds
