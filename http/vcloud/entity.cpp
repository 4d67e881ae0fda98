#include "http/document/access.h"
#include "http/document/addresses.h"
#include "http/document/base_uri.h"
#include "http/document/links.h"
#include "http/document/write.h"
#include "http/native/query.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"

/// The entity resolver (spec section 3.5): from a URN to where its object is.
namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::service::Registry;
using registry::service::Snapshot;
using representation::link;
using representation::Namespace;
using representation::Node;

struct Urn {
  std::string_view nid;
  std::string_view nss;
};

/// `urn:<nid>:<nss>`; nullopt for anything else.
std::optional<Urn> parse_urn(std::string_view text) {
  constexpr std::string_view kScheme = "urn:";
  if (!text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const Urn urn{text.substr(0, colon), text.substr(colon + 1)};
  return urn.nss.empty() ? std::nullopt : std::optional{urn};
}

/// `text` as one segment of a path: with every octet escaped but those that may stand there
/// (RFC 3986 §3.3).
std::string as_segment(std::string_view text) {
  constexpr std::string_view kMayStand = "!$&'()*+,;=:@";
  std::string segment;
  for (const char c : text) {
    if (kMayStand.find(c) != std::string_view::npos) {
      segment += c;
    } else {
      segment += native::percent_encoded({&c, 1});
    }
  }
  return segment;
}

/// A link to somebody else's object, whose media type is a text of his.
Node link_to(std::string href, std::string_view type) {
  Node node{Namespace::vcloud, "Link"};
  node.attribute("href", std::move(href));
  node.attribute("id", {});
  node.attribute("type", representation::optional_text(type));
  node.attribute("name", {});
  node.attribute("rel", std::string{"alternate"});
  return node;
}

/// Links to the objects that classes of enabled services know by this URN.
void add_external(std::vector<Node>& links, const Urn& urn, const Snapshot& snapshot,
                  const Call& call) {
  for (const auto& found : snapshot.entities->find(urn.nid, urn.nss, *snapshot.resources)) {
    const Resource& known = *found.resource_class;
    const std::string url = document::with_base_uri(known.text("UrlTemplate"), call.base);
    links.push_back(link_to(document::replaced(url, "{resourceId}", as_segment(found.id)),
                            known.text("MimeType")));
  }
}

/// Links to a resource of our own, in each view that the caller has.
void add_native(std::vector<Node>& links, std::string_view urn, const Resources& there,
                const Call& call) {
  const auto address = document::address_of(urn);
  if (!address) return;
  const Resource* resource = there.find(*address->kind, address->id);
  if (resource == nullptr) return;
  for (const auto& view : address->kind->views) {
    if (!is_shown(call, *resource, view, there)) continue;
    links.push_back(
        link("alternate", MediaType{view.media_type}, document::url_of(*resource, view, call)));
  }
}

/// What nobody knows and what the caller may not know of have the same answer.
void get_entity(const Registry& registry, const Call& call) {
  const registry::service::SnapshotPtr snapshot = registry.snapshot();
  const Resources& there = *snapshot->resources;
  const std::string& name = call.segments.front();
  const auto urn = parse_urn(name);
  if (!urn) return call.not_found();
  std::vector<Node> links;
  add_native(links, name, there, call);
  add_external(links, *urn, *snapshot, call);
  if (links.empty()) return call.not_found();
  Node node{Namespace::vcloud, "Entity"};
  node.attribute("name", name);
  node.attribute("id", name);
  node.attribute("href", call.url("/api/entity/" + as_segment(name)));
  node.attribute("type", kEntityType);
  node.list("link", document::with_service_links(std::move(links), kEntityType, there, call, name));
  node.absent("Description");
  node.absent("Tasks");
  call.answer(200, node, kEntityType);
}

}  // namespace

std::vector<native::Route> entity_routes(Registry& registry) {
  return {{"/api/entity/{}", Access::user, {{"GET", [&registry](const Call& call) {
                                               get_entity(registry, call);
                                             }}}}};
}

}  // namespace http::vcloud
