#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/uuid.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace registry::authorization {

using resource::Kind;
using resource::Object;
using resource::Reference;
using resource::Resource;
using resource::Resources;
using resource::Value;

/// A registry to be filled by hand: what rules are about, without the rules for making it.
class Photos {
 public:
  Resource fresh(const Kind& kind, const core::Uuid& parent = {}) {
    Resource made;
    made.kind = &kind;
    made.id = core::Uuid::random();
    made.parent = parent;
    made.created = there.last_created() + 1;
    made.values.fields.resize(kind.shape.fields.size());
    return made;
  }
  core::Uuid put(Resource resource) {
    const core::Uuid id = resource.id;
    there = there.with(std::make_shared<const Resource>(std::move(resource)));
    return id;
  }

  core::Uuid organisation(std::string_view name) {
    Resource made = fresh(kinds::organisation());
    made.set("name", std::string{name});
    return put(std::move(made));
  }
  core::Uuid service(bool authorization_enabled = true) {
    Resource made = fresh(kinds::service());
    made.set("name", std::string{"photos"});
    made.set("Namespace", made.id.to_string());
    made.set("AuthorizationEnabled", authorization_enabled);
    return put(std::move(made));
  }
  core::Uuid resource_class(const core::Uuid& service, std::string_view mime_type) {
    Resource made = fresh(kinds::resource_class(), service);
    made.set("name", std::string{"photo"});
    made.set("MimeType", std::string{mime_type});
    return put(std::move(made));
  }
  core::Uuid action(const core::Uuid& resource_class, std::string_view method,
                    std::string_view pattern) {
    Resource made = fresh(kinds::resource_class_action(), resource_class);
    made.set("HttpMethod", std::string{method});
    made.set("UrlPattern", std::string{pattern});
    return put(std::move(made));
  }
  core::Uuid photo(const core::Uuid& resource_class, const core::Uuid& org,
                   std::string_view external_id) {
    Resource made = fresh(kinds::service_resource(), resource_class);
    made.set("Org", to(org, "org"));
    made.set("ExternalObjectId", std::string{external_id});
    return put(std::move(made));
  }

  static Reference to(const core::Uuid& id, std::string_view kind) {
    return Reference{.id = id, .kind = std::string{kind}, .href = {}, .type = {}, .name = {}};
  }
  /// The parts of a rule; an entity when `entity` is not nil.
  struct Part {
    std::string_view access = "Shared";
    core::Uuid entity = {};
    std::string_view kind = {};
  };
  core::Uuid rule(const core::Uuid& action, const Part& resource, const Part& organisation,
                  const Part& principal) {
    Resource made = fresh(kinds::acl_rule(), action);
    set(made, "ServiceResourceAccess", resource);
    set(made, "OrganizationAccess", organisation);
    set(made, "PrincipalAccess", principal);
    return put(std::move(made));
  }

  Resources there;

 private:
  static void set(Resource& rule, std::string_view field, const Part& part) {
    if (part.access.empty()) return;
    const auto& shape = *rule.kind->shape.fields[*rule.kind->shape.find(field)].shape;
    Object access;
    access.fields.resize(shape.fields.size());
    access.fields[*shape.find("Access")] = std::string{part.access};
    if (!part.entity.is_nil()) access.fields[*shape.find("Entity")] = to(part.entity, part.kind);
    rule.set(field, std::move(access));
  }
};

}  // namespace registry::authorization
