#include <algorithm>

#include "http/document/links.h"
#include "http/document/read.h"
#include "http/document/write.h"
#include "http/message/message.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/settings.h"
#include "registry/kinds/kinds.h"

/// The settings of AMQP (spec section 4.9). The broker is part of the server: its settings say how
/// extensions reach it.
namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::resource::Object;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;
using Verdict = EmbeddedBroker::Verdict;

/// Clients write back what they have read, and want a user in it: every administrator of the system
/// is one of the broker's, by this name with his password.
constexpr std::string_view kUser = "administrator";
constexpr std::string_view kVhost = "/";

/// The host that clients of this answer use.
std::string host_of(std::string_view base) {
  const std::size_t scheme = base.find("://");
  if (scheme != std::string_view::npos) base.remove_prefix(scheme + 3);
  if (base.starts_with('[')) return std::string{base.substr(0, base.find(']') + 1)};
  return std::string{base.substr(0, base.find(':'))};
}

/// What was written over what the server was started with.
Object settings(const Resources& there, const EmbeddedBroker& broker, const Call& call) {
  const auto& place = *broker.place;
  const bool tls = place.port == 0 && place.tls_port != 0;
  Resource shown;
  shown.kind = &registry::kinds::amqp_settings();
  shown.set("AmqpHost", host_of(call.base));
  shown.set("AmqpPort", std::int64_t{tls ? place.tls_port : place.port});
  shown.set("AmqpUsername", std::string{kUser});
  shown.set("AmqpExchange", std::string{"systemExchange"});
  shown.set("AmqpVHost", std::string{kVhost});
  shown.set("AmqpUseSSL", tls);
  shown.set("AmqpSslAcceptAll", false);
  shown.set("AmqpPrefix", place.prefix);
  const Resource* kept = written(there, *shown.kind);
  if (kept == nullptr) return shown.values;
  for (std::size_t i = 0; i < kept->values.fields.size(); ++i) {
    if (kept->values.fields[i].is_set()) shown.values.fields[i] = kept->values.fields[i];
  }
  return shown.values;
}

void get_amqp(const Registry& registry, const EmbeddedBroker& broker, const Call& call) {
  call.answer(200, amqp_node(*registry.snapshot()->resources, broker, call), kAmqpSettingsType);
}

// ---- The test ----------------------------------------------------------------------------------

/// No connection is made to a stranger's address, so only this server's own names are known.
bool is_this_server(std::string_view host, const Call& call) {
  std::string own = host_of(call.base);
  if (own.starts_with('[')) own = own.substr(1, own.size() - 2);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return message::equal_ignoring_case(host, own) ||
         message::equal_ignoring_case(host, "localhost") || host.starts_with("127.") ||
         host == "::1";
}

/// Why a client with these settings would not come as far as logging in.
Verdict fault_of(const Resource& given, const EmbeddedBroker& broker, const Call& call) {
  if (given.value("AmqpHost").is_set() && !is_this_server(given.text("AmqpHost"), call)) {
    return "The broker is part of this server, which you have reached as " + host_of(call.base) +
           "; no connection to another host is tried.";
  }
  const bool tls = given.flag("AmqpUseSSL");
  const std::uint16_t port = tls ? broker.place->tls_port : broker.place->port;
  const std::string how = tls ? " with TLS." : " without TLS.";
  if (port == 0) return "The broker does not listen" + how;
  if (given.value("AmqpPort").is_set() && given.number("AmqpPort") != port) {
    return "The broker listens on port " + std::to_string(port) + how;
  }
  if (!given.text("AmqpPassword").empty()) return std::nullopt;
  return "AmqpPassword is required: no password is kept.";
}

/// A test that fails is an answer like any other: 200, with Valid false and the reason.
void answer_test(const Call& call, const Verdict& fault) {
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

std::string text_or(const Resource& given, std::string_view field, std::string_view otherwise) {
  return given.text(field).empty() ? std::string{otherwise} : given.text(field);
}

void test_amqp(const EmbeddedBroker& broker, const Call& call) {
  Resource asked;
  asked.kind = &registry::kinds::amqp_settings();
  auto given = document::read_object(call, asked.kind->shape, kAmqpSettingsType);
  if (!given) return call.refuse(given.error());
  asked.values = *std::move(given);
  if (const Verdict fault = fault_of(asked, broker, call)) return answer_test(call, fault);
  if (!broker.judge) return answer_test(call, std::nullopt);
  broker.judge({.user = text_or(asked, "AmqpUsername", kUser),
                .password = asked.text("AmqpPassword"),
                .vhost = text_or(asked, "AmqpVHost", kVhost),
                .source = call.request->ends.remote_address},
               [call](const Verdict& verdict) { answer_test(call, verdict); });
}

}  // namespace

Node amqp_node(const Resources& there, const EmbeddedBroker& broker, const Call& call) {
  const auto& shape = registry::kinds::amqp_settings().shape;
  const std::string self = call.url(kAmqpPath);
  Node node{Namespace::vmext, shape.name};
  node.attribute("href", self);
  node.attribute("type", kAmqpSettingsType);
  node.list("link",
            document::with_service_links({link("test", kAmqpSettingsType, self + "/action/test"),
                                          link("edit", kAmqpSettingsType, self)},
                                         kAmqpSettingsType, there, call));
  node.members_of(document::write_object(shape, settings(there, broker, call), there, call));
  return node;
}

std::vector<native::Route> amqp_settings_routes(Registry& registry, const EmbeddedBroker& broker) {
  constexpr Access kAccess = Access::system_administrator;
  const auto put = [&registry, broker](const Call& call) {
    put_settings(registry, call, registry::kinds::amqp_settings(),
                 [&registry, broker](const Call& written) { get_amqp(registry, broker, written); });
  };
  return {{kAmqpPath,
           kAccess,
           {{"GET", [&registry, broker](const Call& call) { get_amqp(registry, broker, call); }},
            {"PUT", put}}},
          {"/api/admin/extension/settings/amqp/action/test",
           kAccess,
           {{"POST", [broker](const Call& call) { test_amqp(broker, call); }}}}};
}

}  // namespace http::vcloud
