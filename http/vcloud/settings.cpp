#include "http/vcloud/settings.h"

#include <optional>
#include <utility>

#include "http/document/links.h"
#include "http/document/read.h"
#include "http/document/write.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"

/// The system's settings (spec section 4.9): what there is to set, and notifications.
namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::resource::Actor;
using registry::resource::Amendment;
using registry::resource::Draft;
using registry::resource::Kind;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::service::ChangeResource;
using registry::service::CommandDone;
using registry::service::CommandResult;
using registry::service::CreateResource;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

constexpr std::string_view kSettingsPath = "/api/admin/extension/settings";
constexpr std::string_view kNotificationsPath = "/api/admin/extension/settings/notifications";

Node notifications_node(const Resources& there, const Call& call) {
  const Kind& kind = registry::kinds::notifications_settings();
  const std::string self = call.url(kNotificationsPath);
  Resource shown;
  shown.kind = &kind;
  shown.set("EnableNotifications", false);
  if (const Resource* kept = written(there, kind)) shown.values = kept->values;
  Node node{Namespace::vmext, kind.shape.name};
  node.attribute("href", self);
  node.attribute("type", kNotificationsSettingsType);
  node.list("link",
            document::with_service_links({link("edit", kNotificationsSettingsType, self),
                                          link("up", kSystemSettingsType, call.url(kSettingsPath))},
                                         kNotificationsSettingsType, there, call));
  node.members_of(document::write_object(kind.shape, shown.values, there, call));
  return node;
}

void get_notifications(const Registry& registry, const Call& call) {
  call.answer(200, notifications_node(*registry.snapshot()->resources, call),
              kNotificationsSettingsType);
}

void get_settings(const Registry& registry, const EmbeddedBroker& broker, const Call& call) {
  const auto there = registry.snapshot()->resources;
  Node node{Namespace::vmext, "SystemSettings"};
  node.attribute("href", call.url(kSettingsPath));
  node.attribute("type", kSystemSettingsType);
  node.list("link", document::with_service_links(
                        {link("down", kAmqpSettingsType, call.url(kAmqpPath)),
                         link("down", kNotificationsSettingsType, call.url(kNotificationsPath)),
                         link("up", kExtensionType, call.url("/api/admin/extension"))},
                        kSystemSettingsType, *there, call));
  node.child(amqp_node(*there, broker, call));
  node.child(notifications_node(*there, call));
  call.answer(200, node, kSystemSettingsType);
}

}  // namespace

const Resource* written(const Resources& there, const Kind& kind) {
  const auto& all = there.all(kind);
  return all.empty() ? nullptr : all.begin()->get();
}

namespace {

void change(Registry& registry, const Kind& kind, const core::Uuid& id, Amendment given,
            const Actor& actor, CommandDone done) {
  registry.submit(ChangeResource{&kind, id, std::move(given), actor}, std::move(done));
}

void create(Registry& registry, const Kind& kind, const Amendment& given, const Actor& actor,
            CommandDone done) {
  const auto made = [&registry, &kind, given, actor,
                     done = std::move(done)](const CommandResult& result) {
    const auto there = registry.snapshot()->resources;
    const Resource* kept = result ? nullptr : written(*there, kind);
    if (kept == nullptr) return done(result);
    change(registry, kind, kept->id, given, actor, done);
  };
  registry.submit(CreateResource{Draft{&kind, given.values, {}, {}}, {}, actor}, made);
}

}  // namespace

void put_settings(Registry& registry, const Call& call, const Kind& kind,
                  std::function<void(const Call&)> show) {
  auto given = document::read_amendment(call, kind);
  if (!given) return call.refuse(given.error());
  const auto done = [call, &kind, show = std::move(show)](const CommandResult& result) {
    if (!result) return call.refuse(document::as_in_document(result.error(), call, kind));
    show(call);
  };
  const Actor actor = actor_of(*call.caller);
  const auto there = registry.snapshot()->resources;
  const Resource* kept = written(*there, kind);
  if (kept == nullptr) return create(registry, kind, *given, actor, done);
  change(registry, kind, kept->id, *std::move(given), actor, done);
}

std::vector<native::Route> settings_routes(Registry& registry, EmbeddedBroker broker) {
  constexpr Access kAccess = Access::system_administrator;
  const auto put_notifications = [&registry](const Call& call) {
    put_settings(registry, call, registry::kinds::notifications_settings(),
                 [&registry](const Call& written) { get_notifications(registry, written); });
  };
  auto routes = amqp_settings_routes(registry, broker);
  routes.push_back({kSettingsPath, kAccess, {{"GET", [&registry, broker](const Call& call) {
                                                get_settings(registry, broker, call);
                                              }}}});
  routes.push_back({kNotificationsPath,
                    kAccess,
                    {{"GET", [&registry](const Call& call) { get_notifications(registry, call); }},
                     {"PUT", put_notifications}}});
  return routes;
}

}  // namespace http::vcloud
