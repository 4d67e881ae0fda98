#include "registry/kinds/inventory_values.h"

#include "registry/kinds/kinds.h"
#include "registry/kinds/vapp_status.h"
#include "registry/model/model.h"
#include "registry/model/rules.h"

namespace registry::kinds {

const Resource* organisation_of(const Resource& resource, const Resources& there) {
  return there.owner_of(resource, organisation().urn_kind);
}

Value org_value(const Resource& resource, const Resources& there) {
  return refer_to(organisation_of(resource, there));
}

Value org_name_value(const Resource& resource, const Resources& there) {
  return owner_field(resource, there, organisation().urn_kind, "name");
}

Value referenced_name(const Resource& resource, std::string_view field, const Resources& there) {
  const Reference* reference = resource.reference(field);
  if (reference == nullptr) return {};
  const Resource* found = reference->id.is_nil() ? nullptr : there.find(reference->id);
  if (found != nullptr && found->kind->shape.find("name")) return found->value("name");
  return reference->name.empty() ? Value{} : Value{reference->name};
}

Value referenced_type(const Resource& resource, std::string_view field) {
  const Reference* reference = resource.reference(field);
  if (reference == nullptr) return {};
  const std::string& type = reference->kind.empty() ? reference->type : reference->kind;
  return type.empty() ? Value{} : Value{type};
}

Value value_at(const Resource& resource, std::string_view path) {
  const Shape* shape = &resource.kind->shape;
  const Object* values = &resource.values;
  while (values != nullptr) {
    const std::size_t slash = path.find('/');
    const auto place = shape->find(path.substr(0, slash));
    if (!place) return {};
    const Value& value = values->fields[*place];
    if (slash == std::string_view::npos) return value;
    shape = shape->fields[*place].shape;
    values = value.get_if<Object>();
    path.remove_prefix(slash + 1);
  }
  return {};
}

Verdict check_datacenter_enabled(const Resource& fresh, const Resources& there) {
  const Resource* datacenter = there.owner_of(fresh, vdc().urn_kind);
  if (datacenter == nullptr || datacenter->flag("IsEnabled")) return std::nullopt;
  return invalid("", "The virtual datacenter \"" + datacenter->text("name") + "\" is disabled.");
}

Value power_words(const Resource& resource, const Resources&) {
  return std::string{words_of_status(resource.number("status"))};
}

bool is_system(const Resource& organisation) {
  return model::same_name(organisation.text("name"), model::kSystemOrganisation);
}

bool may_act_in(const Resource& user, const core::Uuid& organisation, const Resources& there) {
  const Resource* home = organisation_of(user, there);
  return home != nullptr && (home->id == organisation || is_system(*home));
}

}  // namespace registry::kinds
