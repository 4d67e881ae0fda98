#include "http/cloudapi/audit_trail.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/native/query.h"
#include "registry/resource/time_text.h"
#include "registry/store/audit.h"

namespace http::cloudapi {
namespace {

using error::ApiError;
using native::Access;
using native::Call;
using native::Query;
using registry::service::CommandResult;
using registry::service::ReadAudit;
using registry::service::Registry;
using registry::store::AuditEntry;
using registry::store::AuditPage;
using registry::store::AuditQuery;

constexpr std::uint64_t kPageMax = 1'000'000'000;

/// A page of the trail.
struct Asked {
  AuditQuery query;
  std::uint64_t page = 1;
};

constexpr std::array<std::string_view, 7> kParameters{"page",  "pageSize", "user",    "resource",
                                                      "since", "until",    "sortDesc"};

/// Why a parameter cannot be read; the first one wins.
class Reader {
 public:
  explicit Reader(const Call& call) : query_(call.request->target.query) {}

  std::uint64_t number(std::string_view name, std::uint64_t otherwise, std::uint64_t maximum) {
    const std::string* text = query_.find(name);
    if (text == nullptr) return otherwise;
    std::uint64_t value = 0;
    const char* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || value == 0) {
      fault(name, "is to be a number from 1 on");
      return otherwise;
    }
    return std::min(value, maximum);
  }
  std::optional<core::Uuid> id(std::string_view name) {
    const std::string* text = query_.find(name);
    if (text == nullptr) return std::nullopt;
    const std::size_t colon = text->rfind(':');
    auto id = core::Uuid::parse(
        std::string_view{*text}.substr(colon == std::string::npos ? 0 : colon + 1));
    if (!id) fault(name, "is to be a URN or a UUID");
    return id;
  }
  std::optional<core::WallTime> time(std::string_view name) {
    const std::string* text = query_.find(name);
    if (text == nullptr) return std::nullopt;
    auto time = registry::resource::parse_time(*text);
    if (!time) fault(name, "is to be a time such as 2026-01-31T08:00:00Z");
    return time;
  }
  /// The newest come first, and whoever asks for that gets it.
  void order() {
    const std::string* text = query_.find("sortDesc");
    if (text != nullptr && *text != "timestamp") fault("sortDesc", "must be timestamp");
  }
  [[nodiscard]] std::optional<std::string> fault() const {
    if (!query_.is_whole()) return "the parameters cannot be read";
    if (const auto twice = query_.doubled(kParameters); !twice.empty()) {
      return std::string{twice} + " must be given once only";
    }
    const auto other = query_.other_than(kParameters);
    if (other.empty()) return fault_;
    return "\"" + std::string{other} +
           "\" is no parameter here; there are page, pageSize, user, resource, since, until and "
           "sortDesc=timestamp";
  }

 private:
  void fault(std::string_view name, std::string_view reason) {
    if (!fault_) fault_ = std::string{name}.append(" ").append(reason);
  }
  Query query_;
  std::optional<std::string> fault_;
};

core::Result<Asked, ApiError> asked_by(const Call& call) {
  Reader reader{call};
  Asked asked;
  asked.page = reader.number("page", 1, kPageMax);
  asked.query.count = static_cast<std::uint32_t>(
      reader.number("pageSize", asked.query.count, registry::store::kAuditPageMax));
  asked.query.offset = (asked.page - 1) * asked.query.count;
  asked.query.user = reader.id("user");
  asked.query.resource = reader.id("resource");
  asked.query.since = reader.time("since");
  asked.query.until = reader.time("until");
  reader.order();
  if (!call.caller->is_system_administrator()) asked.query.organisation = call.caller->organisation;
  if (const auto fault = reader.fault()) {
    return core::Unexpected{ApiError{400, error::kBadRequest, *fault + "."}};
  }
  return asked;
}

std::string_view verb(AuditEntry::Act act) {
  switch (act) {
    case AuditEntry::Act::create:
      return "create";
    case AuditEntry::Act::change:
      return "modify";
    case AuditEntry::Act::remove:
      return "delete";
  }
  return "";
}

void write_reference(core::json::Writer& writer, std::string_view key, std::string_view name,
                     std::string_view kind, const core::Uuid& id) {
  writer.key(key);
  if (id.is_nil()) return writer.null();
  writer.begin_object();
  writer.member("name", name);
  writer.member("id", std::string_view{native::urn(kind, id)});
  writer.end_object();
}

/// A resource in the form that it is stored in, which is JSON; null: it was not there.
void write_stored(core::json::Writer& writer, std::string_view key, std::string_view stored) {
  writer.key(key);
  stored.empty() ? writer.null() : writer.raw(stored);
}

std::string organisation_name(const Registry& registry, const core::Uuid& id) {
  const auto* organisation = registry.snapshot()->directory->organisation(id);
  return organisation == nullptr ? std::string{} : organisation->name;
}

void write_entry(core::json::Writer& writer, const AuditEntry& entry, const Registry& registry) {
  writer.begin_object();
  writer.member("eventId", std::string_view{std::to_string(entry.sequence)});
  writer.member("eventType", std::string_view{std::string{"com/vmware/vcloud/event/"}
                                                  .append(entry.kind)
                                                  .append("/")
                                                  .append(verb(entry.act))});
  writer.member("eventStatus", "SUCCESS");
  writer.member("timestamp", std::string_view{registry::resource::time_text(entry.time)});
  write_reference(writer, "user", entry.user_name, "user", entry.user);
  write_reference(writer, "operatingOrg", organisation_name(registry, entry.organisation), "org",
                  entry.organisation);
  write_reference(writer, "eventEntity", entry.name, entry.kind, entry.id);
  writer.key("details");
  writer.begin_object();
  write_stored(writer, "before", entry.before);
  write_stored(writer, "after", entry.after);
  writer.end_object();
  writer.end_object();
}

void answer(const Call& call, const Registry& registry, const Asked& asked, const AuditPage& page) {
  const std::uint64_t size = asked.query.count;
  core::Buffer body;
  core::json::Writer writer{body};
  writer.begin_object();
  writer.member("resultTotal", page.total);
  writer.member("pageCount", (page.total + size - 1) / size);
  writer.member("page", asked.page);
  writer.member("pageSize", size);
  writer.key("values");
  writer.begin_array();
  for (const AuditEntry& entry : page.entries) write_entry(writer, entry, registry);
  writer.end_array();
  writer.end_object();
  message::Response response;
  response.headers.add("Content-Type",
                       std::string{"application/json;version="}.append(call.as.version));
  response.body = body.freeze();
  call.answer(std::move(response));
}

void get_trail(Registry& registry, const Call& call) {
  auto asked = asked_by(call);
  if (!asked) return call.refuse(asked.error());
  registry.submit(ReadAudit{asked->query},
                  [&registry, call, asked = *asked](const CommandResult& result) {
                    if (!result) return call.refuse(result.error());
                    answer(call, registry, asked, *result->audit);
                  });
}

}  // namespace

native::Route audit_trail_route(Registry& registry) {
  return {"/cloudapi/1.0.0/auditTrail",
          Access::organisation_administrator,
          {{"GET", [&registry](const Call& call) { get_trail(registry, call); }}}};
}

}  // namespace http::cloudapi
