#include "http/document/access.h"
#include "http/document/addresses.h"
#include "http/document/base_uri.h"
#include "http/document/write.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"
#include "registry/match/groups.h"
#include "registry/match/matcher.h"

/// The entity resolver (spec section 3.5): from a URN to where its object is.
namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::match::GroupPattern;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

/// How many classes of one Nid are asked; patterns are compiled for each request.
constexpr std::size_t kClassesAskedMax = 1000;

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

/// What the group `id` of `pattern` matched; empty without such a group; nullopt when the pattern
/// does not match, or takes too long.
std::optional<std::string> id_in(const std::string& pattern, std::string_view nss,
                                 std::uint64_t& steps_left) {
  const auto compiled = GroupPattern::compile(pattern);
  if (!compiled) return std::nullopt;
  std::vector<registry::match::NamedGroup> groups;
  if (compiled->match(nss, steps_left, groups) != registry::match::engine::Verdict::yes) {
    return std::nullopt;
  }
  for (const auto& group : groups) {
    if (group.name == "id" && group.text) return std::string{*group.text};
  }
  return std::string{};
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

bool is_of_enabled_service(const Resource& resource_class, const Resources& there) {
  const Resource* service = there.parent_of(resource_class);
  return service != nullptr && service->flag("Enabled");
}

/// Links to the objects that classes of enabled services know by this URN.
void add_external(std::vector<Node>& links, const Urn& urn, const Resources& there,
                  const Call& call) {
  std::uint64_t steps_left = registry::match::kLookupStepsMax;
  std::size_t asked = 0;
  for (const auto& each : there.indexed(registry::kinds::resource_class(), urn.nid)) {
    if (++asked > kClassesAskedMax) return;
    const std::string& pattern = each->text("UrnPattern");
    const std::string& url_template = each->text("UrlTemplate");
    if (pattern.empty() || url_template.empty()) continue;
    if (!is_of_enabled_service(*each, there)) continue;
    const auto id = id_in(pattern, urn.nss, steps_left);
    if (!id) continue;
    const std::string url = document::with_base_uri(url_template, call.base);
    links.push_back(link_to(document::replaced(url, "{resourceId}", *id), each->text("MimeType")));
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
  const auto there = registry.snapshot()->resources;
  const std::string& name = call.segments.front();
  const auto urn = parse_urn(name);
  if (!urn) return call.not_found();
  std::vector<Node> links;
  add_native(links, name, *there, call);
  add_external(links, *urn, *there, call);
  if (links.empty()) return call.not_found();
  for (Node& added : document::service_links(kEntityType.base, name, *there, call)) {
    links.push_back(std::move(added));
  }
  Node node{Namespace::vcloud, "Entity"};
  node.attribute("name", name);
  node.attribute("id", name);
  node.attribute("href", call.url("/api/entity/" + name));
  node.attribute("type", kEntityType);
  node.list("link", std::move(links));
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
