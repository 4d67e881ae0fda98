#include <algorithm>

#include "core/base/check.h"
#include "http/document/read.h"
#include "http/vcloud/records.h"
#include "http/vcloud/resources.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"

namespace http::vcloud {
namespace {

using native::Call;
using registry::resource::Access;
using registry::resource::Collection;
using registry::resource::Kind;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::View;
using registry::service::CommandResult;
using registry::service::Registry;

void post(Registry& registry, const Kind& kind, const Collection& collection, const Call& call) {
  core::Uuid parent;
  if (!kind.parent.empty()) {
    const auto there = registry.snapshot()->resources;
    const Kind* parent_kind = registry::kinds::find(kind.parent);
    CORE_CHECK(parent_kind != nullptr);
    const Resource* resource = find_in_sight(call, *parent_kind, *there);
    if (resource == nullptr) return call.not_found();
    parent = resource->id;
  }
  auto draft = document::read_draft(call, kind);
  if (!draft) return call.refuse(draft.error());
  registry.submit(
      registry::service::CreateResource{*std::move(draft), parent, actor_of(*call.caller)},
      [&registry, &kind, status = collection.created, call](const CommandResult& result) {
        answer_made(registry, call, kind, status, result);
      });
}

/// Under what resources a packaged query lists, and how whoever may ask it sees that.
struct Above {
  const Kind* kind = nullptr;
  const View* view = nullptr;
};

/// The ancestor that the place in `path` stands for: the one with a view at the longest beginning
/// of the path, or else the parent.
Above above(const Kind& kind, std::string_view path, Access access) {
  Above best;
  for (const Kind* each = registry::kinds::find(kind.parent); each != nullptr;
       each = registry::kinds::find(each->parent)) {
    for (const View& view : each->views) {
      if (view.element.empty() || !path.starts_with(view.element)) continue;
      if (best.view == nullptr || best.view->element.size() < view.element.size()) {
        best = {each, &view};
      }
    }
  }
  if (best.kind != nullptr) return best;
  const Kind* parent = registry::kinds::find(kind.parent);
  CORE_CHECK(parent != nullptr);
  return {parent, view_for(*parent, access)};
}

/// A list of resources at a URL of its own.
struct Packaged {
  std::string_view path;
  const QueryType* type;
  Above above;  // nothing when the path has no place
  std::shared_ptr<const Catalogue> catalogue;
};

void list(const Registry& registry, const Packaged& packaged, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* ancestor = nullptr;
  std::string url{packaged.path};
  if (packaged.above.kind != nullptr) {
    ancestor = find_in_sight(call, *packaged.above.kind, *there);
    if (ancestor == nullptr) return call.not_found();
    const View* view = packaged.above.view;
    if (view != nullptr && !is_shown(call, *ancestor, *view, *there)) {
      return call.not_found();
    }
    url = filled(packaged.path, ancestor->id);
  }
  answer_records(call, *packaged.type, call.url(url), ancestor, *there);
}

native::Route list_route(Registry& registry, const Kind& kind, std::string_view path,
                         std::string_view query,
                         const std::shared_ptr<const Catalogue>& catalogue) {
  const QueryType* type = find_query(*catalogue, query);
  CORE_CHECK(type != nullptr);
  const Access access = type->query().access;
  Packaged packaged{path, type, {}, catalogue};
  if (path.find("{}") != std::string_view::npos) packaged.above = above(kind, path, access);
  return {path,
          route_access(access),
          {{"GET", [&registry, packaged](const Call& call) { list(registry, packaged, call); }}}};
}

}  // namespace

std::vector<native::Route> collection_routes(Registry& registry, const Kind& kind,
                                             const std::shared_ptr<const Catalogue>& catalogue) {
  std::vector<native::Route> routes;
  for (const Collection& collection : kind.collections) {
    if (!collection.query.empty()) {
      routes.push_back(list_route(registry, kind, collection.path, collection.query, catalogue));
    }
    if (collection.create == Access::nobody) continue;
    routes.push_back({collection.path,
                      route_access(collection.create),
                      {{"POST", [&registry, &kind, &collection](const Call& call) {
                          post(registry, kind, collection, call);
                        }}}});
  }
  for (const auto& packaged : kind.packaged) {
    routes.push_back(list_route(registry, kind, packaged.path, packaged.query, catalogue));
  }
  return routes;
}

std::vector<native::Route> merged(std::vector<native::Route> routes) {
  std::vector<native::Route> all;
  for (native::Route& route : routes) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const native::Route& each) {
      return each.pattern == route.pattern;
    });
    for (native::Action& action : route.actions) {
      if (!action.access) action.access = route.access;
    }
    if (same == all.end()) {
      all.push_back(std::move(route));
      continue;
    }
    same->access = std::min(same->access, route.access);
    same->any_accept = same->any_accept || route.any_accept;
    for (native::Action& action : route.actions) {
      const bool there =
          std::any_of(same->actions.begin(), same->actions.end(),
                      [&](const native::Action& each) { return each.method == action.method; });
      if (!there) same->actions.push_back(std::move(action));
    }
  }
  return all;
}

}  // namespace http::vcloud
