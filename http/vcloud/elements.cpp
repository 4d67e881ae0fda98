#include <algorithm>

#include "http/document/read.h"
#include "http/document/write.h"
#include "http/vcloud/resources.h"
#include "http/vcloud/seen.h"
#include "http/vcloud/warnings.h"

namespace http::vcloud {
namespace {

using native::Call;
using registry::resource::Access;
using registry::resource::Kind;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::View;
using registry::service::CommandResult;
using registry::service::Registry;
using registry::service::RuleViolation;
using representation::MediaType;

message::Response shown(const Resource& resource, const View& view, const Resources& there,
                        const Call& call, std::uint16_t status) {
  return representation::respond(status, document::write(resource, view, there, call),
                                 MediaType{view.media_type}, call.as);
}

void get(const Registry& registry, const Kind& kind, const View& view, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* resource = find_in_sight(call, kind, *there);
  if (resource == nullptr || !is_shown(call, *resource, view, *there)) {
    return call.not_found();
  }
  call.answer(shown(*resource, view, *there, call, 200));
}

void put(Registry& registry, const Kind& kind, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* resource = find_in_sight(call, kind, *there);
  if (resource == nullptr) return call.not_found();
  auto amendment = document::read_amendment(call, kind);
  if (!amendment) return call.refuse(amendment.error());
  registry.submit(registry::service::ChangeResource{&kind, resource->id, *std::move(amendment),
                                                    actor_of(*call.caller)},
                  [&registry, &kind, call](const CommandResult& result) {
                    answer_made(registry, call, kind, 200, result);
                  });
}

/// Goes to the registry for an id that nothing has, too: deleting again what had an operationKey
/// succeeds (spec section 3.10), for the members of its organisation.
void remove(Registry& registry, const Kind& kind, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const auto id = call.id(kind.urn_kind);
  if (!id) return call.not_found();
  const Resource* resource = there->find(kind, *id);
  if (resource != nullptr && !is_in_sight(call, *resource, *there)) {
    return call.not_found();
  }
  registry.submit(registry::service::DeleteResource{&kind, *id, actor_of(*call.caller)},
                  [call](const CommandResult& result) {
                    if (result) return call.no_content();
                    if (result.error().kind == RuleViolation::Kind::not_found)
                      return call.not_found();
                    call.refuse(result.error());
                  });
}

}  // namespace

void answer_made(const Registry& registry, const Call& call, const Kind& kind, std::uint16_t status,
                 const CommandResult& result) {
  if (!result) {
    if (result.error().kind == RuleViolation::Kind::not_found) return call.not_found();
    return call.refuse(document::as_in_document(result.error(), call, kind));
  }
  const View& view = kind.views.front();
  if (view.element.empty()) return call.no_content();
  const auto there = registry.snapshot()->resources;
  const Resource* resource = there->find(kind, result->id);
  if (resource == nullptr) return call.not_found();  // somebody has deleted it meanwhile
  auto response = shown(*resource, view, *there, call, status);
  if (status == 201) response.headers.add("Location", document::url_of(*resource, view, call));
  add_warnings(response, result->warnings);
  call.answer(std::move(response));
}

std::vector<native::Route> element_routes(Registry& registry, const Kind& kind) {
  std::vector<native::Route> routes;
  for (const View& view : kind.views) {
    if (view.element.empty()) continue;
    native::Route route{view.element, route_access(view.read), {}};
    route.actions.push_back(
        {"GET", [&registry, &kind, &view](const Call& call) { get(registry, kind, view, call); }});
    if (&view == &kind.views.front()) {
      if (kind.change != Access::nobody) {
        route.actions.push_back(
            {"PUT", [&registry, &kind](const Call& call) { put(registry, kind, call); },
             route_access(kind.change)});
      }
      if (kind.remove != Access::nobody) {
        route.actions.push_back(
            {"DELETE", [&registry, &kind](const Call& call) { remove(registry, kind, call); },
             route_access(kind.remove)});
      }
    }
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace http::vcloud
