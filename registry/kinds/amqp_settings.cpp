#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// How extension services reach the broker, as administrators have written it (spec section 4.9).
/// There is one at most. The settings of the broker that runs are the server's; these describe it.
namespace registry::kinds {
namespace {

constexpr std::int64_t kPortMax = 65535;
constexpr std::int64_t kPrefixMax = 64;  // characters; names of exchanges and queues begin with it

constexpr Field kFields[]{
    {.name = "AmqpHost",
     .rules = {.trimmed = true},
     .words = "The host that extensions connect to."},
    {.name = "AmqpPort",
     .type = FieldType::integer,
     .minimum = 1,
     .maximum = kPortMax,
     .words = "Its port."},
    {.name = "AmqpUsername", .words = "The user that extensions are told to log in as."},
    {.name = "AmqpPassword",
     .rules = {.secret = true, .any_space = true},
     .words = "For the test alone; it is not kept, as the broker has accounts of its own."},
    {.name = "AmqpExchange", .words = "The exchange for notifications."},
    {.name = "AmqpVHost", .words = "The virtual host."},
    {.name = "AmqpUseSSL",
     .type = FieldType::boolean,
     .words = "Whether the port is one with TLS."},
    {.name = "AmqpSslAcceptAll",
     .type = FieldType::boolean,
     .words = "Whether any certificate will do."},
    {.name = "AmqpPrefix",
     .rules = {.trimmed = true},
     .minimum = 1,
     .maximum = kPrefixMax,
     .words = "What the names of the exchange and the queues of replies begin with, from the "
              "next start of the server on."},
};

constexpr View kViews[]{
    {.name = "AmqpSettings",
     .media_type = "application/vnd.vmware.admin.amqpSettings",
     .element = ""},
};

/// A prefix is a part of names that stand in URLs, too.
bool is_usable_prefix(std::string_view prefix) {
  return prefix.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") ==
         std::string_view::npos;
}

void complete(Resource& fresh, const Resources&, const Occasion&) { fresh.set("AmqpPassword", {}); }
void amend(Resource& next, const Resource&, const Resources&, const Occasion&) {
  next.set("AmqpPassword", {});
}

Verdict check(const Resource& next, const Resource* before, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  if (before == nullptr && !there.all(amqp_settings()).empty()) {
    return conflict("", "The settings have been written meanwhile.");
  }
  if (is_usable_prefix(next.text("AmqpPrefix"))) return std::nullopt;
  return invalid("AmqpPrefix",
                 "AmqpPrefix must consist of letters, digits, hyphens, underscores and dots.");
}

constexpr Rules kRules{.complete = complete, .amend = amend, .check = check};

constexpr Kind kKind{
    .urn_kind = "amqpSettings",
    .words = "How extension services reach the broker.",
    .shape = {.name = "AmqpSettings", .fields = kFields},
    .views = kViews,
    .remove = Access::nobody,
    .count_max = 1,
    .rules = &kRules,
};

}  // namespace

const Kind& amqp_settings() { return kKind; }

}  // namespace registry::kinds
