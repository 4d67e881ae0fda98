#include "amqp/broker/dead_letter.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "amqp/broker/message_headers.h"
#include "amqp/broker/sender_keys.h"
#include "amqp/wire/properties.h"
#include "core/memory/buffer.h"

namespace amqp::broker {
namespace {

using wire::FieldTable;
using wire::FieldValue;

constexpr std::string_view kDeaths = "x-death";

FieldValue text(std::string_view value) { return FieldValue::long_string(std::string{value}); }

bool says(const FieldTable& entry, std::string_view name, std::string_view value) {
  const FieldValue* found = entry.find(name);
  return found != nullptr && found->text() != nullptr && *found->text() == value;
}

bool same_death(const FieldTable& a, const FieldTable& b) {
  const auto same = [&](std::string_view name) {
    const FieldValue* x = a.find(name);
    const FieldValue* y = b.find(name);
    return x != nullptr && y != nullptr && x->text() != nullptr && y->text() != nullptr &&
           *x->text() == *y->text();
  };
  return same("queue") && same("reason");
}

/// How often it happened; entries of very old brokers have no count and stand for one each.
std::int64_t count_of(const FieldTable& entry) {
  const FieldValue* count = entry.find("count");
  return count == nullptr || count->integer() == nullptr ? 1 : *count->integer();
}

/// The entries that came with the message, one for each queue and reason.
std::vector<FieldTable> deaths_so_far(const FieldTable& headers) {
  std::vector<FieldTable> deaths;
  const FieldValue* header = headers.find(kDeaths);
  if (header == nullptr || header->array() == nullptr) return deaths;
  for (const FieldValue& value : *header->array()) {
    if (value.table() == nullptr) continue;
    const FieldTable& entry = *value.table();
    const auto known = std::find_if(deaths.begin(), deaths.end(),
                                    [&](const FieldTable& one) { return same_death(one, entry); });
    if (known == deaths.end()) {
      deaths.push_back(entry);
      deaths.back().set("count", FieldValue::int64(count_of(entry)));
    } else if (entry.find("count") == nullptr) {
      known->set("count", FieldValue::int64(count_of(*known) + 1));
    }
  }
  return deaths;
}

FieldTable entry_for(const port::Message& message, const wire::Properties& properties,
                     const Death& death) {
  FieldTable entry;
  entry.set("count", FieldValue::int64(1));
  entry.set("reason", text(name_of(death.reason)));
  entry.set("queue", text(death.queue));
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(death.when.time_since_epoch());
  entry.set("time", FieldValue::timestamp(static_cast<std::uint64_t>(seconds.count())));
  entry.set("exchange", text(message.exchange));
  wire::FieldArray keys{text(message.routing_key)};
  if (const auto more = sender_keys(*properties.headers)) {
    for (const std::string& key : *more) keys.push_back(text(key));
  }
  entry.set("routing-keys", FieldValue::array(std::move(keys)));
  if (properties.expiration) entry.set("original-expiration", text(*properties.expiration));
  return entry;
}

/// The latest death in front, with those before; one that has happened before keeps its facts.
FieldValue deaths_with(const FieldTable& headers, FieldTable latest) {
  std::vector<FieldTable> before = deaths_so_far(headers);
  const auto known = std::find_if(before.begin(), before.end(),
                                  [&](const FieldTable& one) { return same_death(one, latest); });
  if (known != before.end()) {
    latest = std::move(*known);
    before.erase(known);
    latest.set("count", FieldValue::int64(count_of(latest) + 1));
  }
  wire::FieldArray deaths;
  deaths.push_back(FieldValue::table(std::move(latest)));
  for (FieldTable& one : before) deaths.push_back(FieldValue::table(std::move(one)));
  return FieldValue::array(std::move(deaths));
}

void name_death(FieldTable& headers, const std::string& prefix, const port::Message& message,
                const Death& death) {
  headers.set(prefix + "-reason", text(name_of(death.reason)));
  headers.set(prefix + "-queue", text(death.queue));
  headers.set(prefix + "-exchange", text(message.exchange));
}

}  // namespace

std::string_view name_of(DeathReason reason) {
  switch (reason) {
    case DeathReason::rejected:
      return "rejected";
    case DeathReason::expired:
      return "expired";
    case DeathReason::maxlen:
      return "maxlen";
    case DeathReason::delivery_limit:
      return "delivery_limit";
  }
  return "";
}

port::MessagePtr dead_letter(const port::Message& message, const Death& death) {
  wire::Properties properties;
  if (auto decoded = wire::decode_properties(message.properties.octets())) {
    properties = std::move(*decoded);
  }
  if (!properties.headers) properties.headers.emplace();
  FieldTable& headers = *properties.headers;
  const FieldValue* deaths = headers.find(kDeaths);
  if (deaths == nullptr || deaths->array() == nullptr) {
    name_death(headers, "x-first-death", message, death);
  }
  name_death(headers, "x-last-death", message, death);
  headers.set(kDeaths, deaths_with(headers, entry_for(message, properties, death)));
  if (death.routing_key) drop_header(headers, kCarbonCopy);
  properties.expiration.reset();

  core::Buffer octets;
  wire::encode_properties(properties, octets);
  port::MessageParts parts = message.parts();
  parts.exchange = death.exchange;
  if (death.routing_key) parts.routing_key = *death.routing_key;
  parts.properties = octets.octets();
  parts.traits.ttl.reset();
  return port::make_message(parts);
}

bool goes_round(core::Octets octets, std::string_view queue) {
  const auto properties = wire::decode_properties(octets);
  if (!properties || !properties->headers) return false;
  const FieldValue* header = properties->headers->find(kDeaths);
  if (header == nullptr || header->array() == nullptr) return false;
  // From the latest death back to the one in this queue: was anybody's will in it?
  for (const FieldValue& value : *header->array()) {
    if (value.table() == nullptr) return false;
    if (says(*value.table(), "reason", "rejected")) return false;
    if (says(*value.table(), "queue", queue)) return true;
  }
  return false;
}

}  // namespace amqp::broker
