#include <array>

#include "http/document/links.h"
#include "http/document/read.h"
#include "http/document/write.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/resources.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/rights.h"

/// The rights that a service brings (spec section 3.7).
namespace http::vcloud {
namespace {

using error::ApiError;
using native::Access;
using native::Call;
using registry::resource::Draft;
using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::List;
using registry::resource::Object;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::Shape;
using registry::resource::Space;
using registry::service::ChangeSeveral;
using registry::service::CommandResult;
using registry::service::CreateResource;
using registry::service::DeleteResource;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

constexpr std::size_t kRightsOfParamsMax = 1000;

const Shape& params_shape() {
  static const std::array<Field, 2> kFields{{
      {.name = "AddRight",
       .type = FieldType::object,
       .rules = {.any_space = true},
       .shape = &registry::kinds::right().shape,
       .repeated = true,
       .items_max = kRightsOfParamsMax,
       .words = "A right to add, as one that is posted."},
      {.name = "RemoveRight",
       .rules = {.any_space = true},
       .repeated = true,
       .items_max = kRightsOfParamsMax,
       .words = "The name of a right to remove, with the service's namespace or without."},
  }};
  static const Shape kShape{.name = "UpdateRightsParams", .fields = kFields};
  return kShape;
}

/// The service of the path; null, with the 404 given, when there is none.
const Resource* service_of(const Call& call, const Resources& there) {
  const Resource* service = find_in_sight(call, registry::kinds::service(), there);
  if (service == nullptr) call.not_found();
  return service;
}

std::string rights_url(const Call& call, const core::Uuid& service) {
  return call.url("/api/admin/extension/service/" + service.to_string() + "/rights");
}

/// RightRefs: the rights of one service.
void answer_rights(const Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* service = service_of(call, *there);
  if (service == nullptr) return;
  const auto& kind = registry::kinds::right();
  std::vector<Node> references;
  for (const auto& right : there->all(kind)) {
    if (right->text("ServiceNamespace") != service->text("Namespace")) continue;
    references.push_back(document::reference_to("Right", *right, kind.views.front(), call));
  }
  const std::string self = rights_url(call, service->id);
  Node node{Namespace::vmext, "RightRefs"};
  node.attribute("href", self);
  node.attribute("type", kRightsType);
  std::vector<Node> links{
      link("add", kRightType, self),
      link("rights:update", kUpdateRightsType, self + "/action/updateRights"),
      link("up", kServiceType, document::url_of(*service, service->kind->views.front(), call))};
  node.list("link", document::with_service_links(std::move(links), kRightsType, *there, call));
  node.list("right", std::move(references));
  call.answer(200, node, kRightsType);
}

/// A right belongs to a service by its ServiceNamespace, whatever the document says.
Draft of_service(Draft draft, const Resource& service) {
  const auto field = draft.kind->shape.find("ServiceNamespace");
  draft.values.fields.resize(draft.kind->shape.fields.size());
  draft.values.fields[*field] = service.text("Namespace");
  return draft;
}

void post_right(Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* service = service_of(call, *there);
  if (service == nullptr) return;
  auto draft = document::read_draft(call, registry::kinds::right());
  if (!draft) return call.refuse(draft.error());
  registry.submit(
      CreateResource{of_service(*std::move(draft), *service), {}, actor_of(*call.caller)},
      [&registry, call](const CommandResult& result) {
        answer_made(registry, call, registry::kinds::right(), 201, result);
      });
}

/// The right of the service with that name; null when it has none.
const Resource* right_named(const Resource& service, const std::string& name,
                            const Resources& there) {
  const Resource* right = there.named(registry::kinds::right(), {},
                                      registry::kinds::right_name(service.text("Namespace"), name));
  const bool own = right != nullptr && right->text("ServiceNamespace") == service.text("Namespace");
  return own ? right : nullptr;
}

const List& list_of(const Object& params, std::size_t field) {
  static const List kNone;
  if (field >= params.fields.size()) return kNone;
  const auto* list = params.fields[field].get_if<List>();
  return list != nullptr ? *list : kNone;
}

void update_rights(Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* service = service_of(call, *there);
  if (service == nullptr) return;
  const auto params = document::read_object(call, params_shape(), kUpdateRightsType);
  if (!params) return call.refuse(params.error());

  ChangeSeveral changes;
  const auto actor = actor_of(*call.caller);
  for (const auto& each : list_of(*params, 0).items) {
    const auto* values = each.get_if<Object>();
    if (values == nullptr) continue;
    changes.commands.emplace_back(CreateResource{
        of_service(Draft{&registry::kinds::right(), *values, {}, {}}, *service), {}, actor});
  }
  for (const auto& each : list_of(*params, 1).items) {
    const auto* name = each.get_if<std::string>();
    const Resource* right = name != nullptr ? right_named(*service, *name, *there) : nullptr;
    if (right == nullptr) {
      return call.refuse(ApiError{400, error::kBadRequest,
                                  "UpdateRightsParams/RemoveRight: The service has no right \"" +
                                      (name != nullptr ? *name : std::string{}) + "\"."});
    }
    changes.commands.emplace_back(DeleteResource{right->kind, right->id, actor});
  }
  if (changes.commands.empty()) return answer_rights(registry, call);
  registry.submit(std::move(changes), [&registry, call](const CommandResult& result) {
    if (!result) return call.refuse(result.error());
    answer_rights(registry, call);
  });
}

void clear_unused_rights(Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  ChangeSeveral changes;
  for (const core::Uuid& id : registry::kinds::unused_rights(*there)) {
    changes.commands.emplace_back(
        DeleteResource{&registry::kinds::right(), id, actor_of(*call.caller)});
  }
  if (changes.commands.empty()) return call.no_content();
  registry.submit(std::move(changes), [call](const CommandResult& result) {
    if (!result) return call.refuse(result.error());
    call.no_content();
  });
}

}  // namespace

std::vector<native::Route> right_routes(Registry& registry) {
  constexpr Access kAccess = Access::system_administrator;
  const auto clear = [&registry](const Call& call) { clear_unused_rights(registry, call); };
  return {
      {"/api/admin/extension/service/{}/rights",
       kAccess,
       {{"GET", [&registry](const Call& call) { answer_rights(registry, call); }},
        {"POST", [&registry](const Call& call) { post_right(registry, call); }}}},
      {"/api/admin/extension/service/{}/rights/action/updateRights",
       kAccess,
       {{"POST", [&registry](const Call& call) { update_rights(registry, call); }}}},
      {"/api/admin/extension/service/action/clearUnusedRights", kAccess, {{"POST", clear}}},
      // As VMware's SDKs spell it.
      {"/api/admin/extension/service/action/clearunusedrights", kAccess, {{"POST", clear}}},
  };
}

}  // namespace http::vcloud
