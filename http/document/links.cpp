#include "http/document/links.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <variant>

#include "http/document/access.h"
#include "http/document/base_uri.h"
#include "http/document/write.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/link_key.h"

namespace http::document {
namespace {

using registry::resource::LinkSpec;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::View;
using representation::link;
using representation::MediaType;
using representation::Namespace;
using representation::Node;
using representation::optional_text;

bool has_rel(const View& view, std::string_view rel) {
  return std::any_of(view.links.begin(), view.links.end(),
                     [&](const LinkSpec& each) { return each.rel == rel; });
}

/// The parent, in the view that `up` leads to; null when there is none.
struct Parent {
  const Resource* resource = nullptr;
  const View* view = nullptr;
};
Parent parent_of(const Resource& resource, const View& view, const Resources& there) {
  const Resource* parent = there.parent_of(resource);
  if (parent == nullptr || view.up >= parent->kind->views.size()) return {};
  const View& up = parent->kind->views[view.up];
  return up.element.empty() ? Parent{} : Parent{parent, &up};
}

std::string href_of(const LinkSpec& spec, const Resource& resource, const View& view,
                    const Parent& parent, const native::Call& call) {
  std::string href = replaced(spec.href, "{h}", call.base);
  href = replaced(href, "{self}", url_of(resource, view, call));
  href = replaced(href, "{id}", resource.id.to_string());
  if (parent.view == nullptr) return href;
  return replaced(href, "{parent}", url_of(*parent.resource, *parent.view, call));
}

bool is_shown(const LinkSpec& spec, const Resource& resource, const Parent& parent,
              const Resources& there, const native::Call& call) {
  if (!may(call, spec.access, resource, there)) return false;
  const bool leads_nowhere =
      parent.view == nullptr && spec.href.find("{parent}") != std::string_view::npos;
  return !leads_nowhere && (spec.when == nullptr || spec.when(resource, there));
}

/// A link that an extension service adds: like any other, and with an id of its own choice.
Node injected(const Resource& spec, std::string_view resource_id, const native::Call& call) {
  const std::string href = with_base_uri(spec.text("LinkHref"), call.base);
  Node node{Namespace::vcloud, "Link"};
  node.attribute("href", replaced(href, "{resourceId}", resource_id));
  node.attribute("id", optional_text(spec.text("ExternalResourceId")));
  node.attribute("type", optional_text(spec.text("MimeType")));
  node.attribute("name", {});
  node.attribute("rel", spec.text("Rel"));
  return node;
}

std::string_view text_of(const Node& node, std::string_view name) {
  for (const Node::Member& member : node.members()) {
    const auto* attribute = std::get_if<Node::Attribute>(&member);
    if (attribute == nullptr || attribute->name != name) continue;
    if (const auto* type = std::get_if<MediaType>(&attribute->value)) return type->base;
    if (const auto* text = std::get_if<std::string>(&attribute->value)) return *text;
  }
  return {};
}

/// The rels and types of a document's links. Clients look a link up by the pair and fail when they
/// find two (spec section 1.4), so a service's link gives way to one that is there.
class Pairs {
 public:
  explicit Pairs(const std::vector<Node>& links) {
    for (const Node& each : links) add(each);
  }

  /// False when the pair was there before. Types compare as those of ResourceType do.
  bool add(const Node& link) {
    return pairs_.insert(registry::kinds::link_key(text_of(link, "type"), text_of(link, "rel")))
        .second;
  }

 private:
  std::unordered_set<std::string> pairs_;
};

/// For a document of `media_type` whose id is `urn`.
void add_service_links(std::vector<Node>& links, std::string_view media_type, std::string_view urn,
                       const Resources& there, const native::Call& call) {
  namespace kinds = registry::kinds;
  const std::string_view resource_id = kinds::id_in(urn);
  std::optional<Pairs> pairs;  // made when there is something to add
  const auto add = [&](std::string_view id) {
    for (const auto& spec : there.indexed(kinds::service_link(), kinds::link_key(media_type, id))) {
      const Resource* service = there.parent_of(*spec);
      if (service == nullptr || !service->flag("Enabled")) continue;
      if (!pairs) pairs.emplace(links);
      Node link = injected(*spec, resource_id, call);
      if (pairs->add(link)) links.push_back(std::move(link));
    }
  };
  add({});
  if (!urn.empty()) add(urn);
}

}  // namespace

std::vector<Node> links_of(const Resource& resource, const View& view, const Resources& there,
                           const native::Call& call) {
  const auto& kind = *resource.kind;
  const Parent parent = parent_of(resource, view, there);
  std::vector<Node> links;
  const bool main = &view == &kind.views.front();
  if (main && !has_rel(view, "remove") && may(call, kind.remove, resource, there)) {
    links.push_back(link("remove", std::nullopt, url_of(resource, view, call)));
  }
  if (parent.view != nullptr && !has_rel(view, "up") &&
      may(call, parent.view->read, *parent.resource, there)) {
    links.push_back(link("up", MediaType{parent.view->media_type},
                         url_of(*parent.resource, *parent.view, call)));
  }
  for (const LinkSpec& spec : view.links) {
    if (!is_shown(spec, resource, parent, there, call)) continue;
    const auto type =
        spec.media_type.empty() ? std::nullopt : std::optional{MediaType{spec.media_type}};
    links.push_back(link(spec.rel, type, href_of(spec, resource, view, parent, call)));
  }
  add_service_links(links, view.media_type, urn_of(kind, resource.id), there, call);
  return links;
}

std::vector<Node> with_service_links(std::vector<Node> own, MediaType type, const Resources& there,
                                     const native::Call& call, std::string_view urn) {
  add_service_links(own, type.base, urn, there, call);
  return own;
}

}  // namespace http::document
