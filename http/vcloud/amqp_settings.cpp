#include <array>

#include "http/document/read.h"
#include "http/document/write.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/resources.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"

/// The system's settings (spec section 4.9). The broker is part of the server: its settings say
/// how extensions reach it. What an administrator writes is kept as one resource of the registry,
/// and what he has never written is shown as the server was started.
namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::resource::Amendment;
using registry::resource::Draft;
using registry::resource::Object;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::service::CommandResult;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

constexpr std::string_view kSettingsPath = "/api/admin/extension/settings";
constexpr std::string_view kAmqpPath = "/api/admin/extension/settings/amqp";

/// Clients write back what they have read, and want a user in it: every administrator of the system
/// is one of the broker's, by this name with his password.
constexpr std::string_view kUser = "administrator";

/// The settings that have been written; null: none.
const Resource* written(const Resources& there) {
  const auto& all = there.all(registry::kinds::amqp_settings());
  return all.empty() ? nullptr : all.begin()->get();
}

/// The host that clients of this answer use.
std::string host_of(std::string_view base) {
  const std::size_t scheme = base.find("://");
  if (scheme != std::string_view::npos) base.remove_prefix(scheme + 3);
  if (base.starts_with('[')) return std::string{base.substr(0, base.find(']') + 1)};
  return std::string{base.substr(0, base.find(':'))};
}

/// What was written over what the server was started with.
Object settings(const Resources& there, const EmbeddedBroker& broker, const Call& call) {
  Resource shown;
  shown.kind = &registry::kinds::amqp_settings();
  shown.set("AmqpHost", host_of(call.base));
  shown.set("AmqpPort", std::int64_t{broker.port});
  shown.set("AmqpUsername", std::string{kUser});
  shown.set("AmqpExchange", std::string{"systemExchange"});
  shown.set("AmqpVHost", std::string{"/"});
  shown.set("AmqpUseSSL", false);
  shown.set("AmqpSslAcceptAll", false);
  shown.set("AmqpPrefix", broker.prefix);
  const Resource* kept = written(there);
  if (kept == nullptr) return shown.values;
  for (std::size_t i = 0; i < kept->values.fields.size(); ++i) {
    if (kept->values.fields[i].is_set()) shown.values.fields[i] = kept->values.fields[i];
  }
  return shown.values;
}

Node amqp_node(const Resources& there, const EmbeddedBroker& broker, const Call& call) {
  const auto& shape = registry::kinds::amqp_settings().shape;
  const std::string self = call.url(kAmqpPath);
  Node node{Namespace::vmext, shape.name};
  node.attribute("href", self);
  node.attribute("type", kAmqpSettingsType);
  node.list("link", {link("test", kAmqpSettingsType, self + "/action/test"),
                     link("edit", kAmqpSettingsType, self)});
  node.members_of(document::write_object(shape, settings(there, broker, call), there, call));
  return node;
}

void get_amqp(const Registry& registry, const EmbeddedBroker& broker, const Call& call) {
  call.answer(200, amqp_node(*registry.snapshot()->resources, broker, call), kAmqpSettingsType);
}

void put_amqp(Registry& registry, const EmbeddedBroker& broker, const Call& call) {
  const auto& kind = registry::kinds::amqp_settings();
  auto given = document::read_amendment(call, kind);
  if (!given) return call.refuse(given.error());
  const auto there = registry.snapshot()->resources;
  const Resource* kept = written(*there);
  const auto actor = actor_of(*call.caller);
  const auto done = [&registry, &broker, call](const CommandResult& result) {
    if (!result) return call.refuse(result.error());
    get_amqp(registry, broker, call);
  };
  if (kept != nullptr) {
    return registry.submit(
        registry::service::ChangeResource{&kind, kept->id, *std::move(given), actor}, done);
  }
  registry.submit(
      registry::service::CreateResource{Draft{&kind, std::move(given->values), {}, {}}, {}, actor},
      done);
}

/// Why a client with these settings would not reach the broker; nullopt when it would. User and
/// password are the client's affair: the broker has accounts of its own.
std::optional<std::string> fault_of(const Object& given, const EmbeddedBroker& broker) {
  Resource asked;
  asked.kind = &registry::kinds::amqp_settings();
  asked.values = given;
  const std::uint16_t port = asked.flag("AmqpUseSSL") ? broker.tls_port : broker.port;
  if (asked.value("AmqpPort").is_set() && asked.number("AmqpPort") != port) {
    return "The broker listens on port " + std::to_string(port) +
           (asked.flag("AmqpUseSSL") ? " with TLS." : " without TLS.");
  }
  return std::nullopt;
}

/// A test that fails is an answer like any other: 200, with Valid false and the reason.
void test_amqp(const EmbeddedBroker& broker, const Call& call) {
  const auto given =
      document::read_object(call, registry::kinds::amqp_settings().shape, kAmqpSettingsType);
  if (!given) return call.refuse(given.error());
  const auto fault = fault_of(*given, broker);
  Node node{Namespace::vmext, "AmqpSettingsTest"};
  node.attribute("href", {});
  node.attribute("type", kAmqpSettingsTestType);
  node.list("link", {});
  node.value(Namespace::vmext, "Valid", !fault);
  if (fault) {
    Node error{Namespace::vmext, "error"};
    error.attribute("message", *fault);
    error.attribute("majorErrorCode", std::int64_t{400});
    error.attribute("minorErrorCode", std::string{error::kBadRequest});
    node.child(std::move(error));
  } else {
    node.absent("error");
  }
  call.answer(200, node, kAmqpSettingsTestType);
}

void get_settings(const Registry& registry, const EmbeddedBroker& broker, const Call& call) {
  Node notifications{Namespace::vmext, "NotificationsSettings"};
  notifications.value(Namespace::vmext, "EnableNotifications", false);
  Node node{Namespace::vmext, "SystemSettings"};
  node.attribute("href", call.url(kSettingsPath));
  node.attribute("type", kSystemSettingsType);
  node.list("link", {link("down", kAmqpSettingsType, call.url(kAmqpPath)),
                     link("up", kExtensionType, call.url("/api/admin/extension"))});
  node.child(amqp_node(*registry.snapshot()->resources, broker, call));
  node.child(std::move(notifications));
  call.answer(200, node, kSystemSettingsType);
}

}  // namespace

std::vector<native::Route> settings_routes(Registry& registry, const EmbeddedBroker& broker) {
  constexpr Access kAccess = Access::system_administrator;
  return {
      {kSettingsPath,
       kAccess,
       {{"GET", [&registry, broker](const Call& call) { get_settings(registry, broker, call); }}}},
      {kAmqpPath,
       kAccess,
       {{"GET", [&registry, broker](const Call& call) { get_amqp(registry, broker, call); }},
        {"PUT", [&registry, broker](const Call& call) { put_amqp(registry, broker, call); }}}},
      {"/api/admin/extension/settings/amqp/action/test",
       kAccess,
       {{"POST", [broker](const Call& call) { test_amqp(broker, call); }}}}};
}

}  // namespace http::vcloud
