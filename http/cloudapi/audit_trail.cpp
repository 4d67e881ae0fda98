#include "http/cloudapi/audit_trail.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/cloudapi/answer.h"
#include "http/cloudapi/paging.h"
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

/// A page of the trail.
struct Asked {
  AuditQuery query;
  Page page;
};
static_assert(kPageSizeMax <= registry::store::kAuditPageMax);

constexpr std::array<std::string_view, 7> kParameters{"page",  "pageSize", "user",    "resource",
                                                      "since", "until",    "sortDesc"};

/// What is wrong with the parameters as a whole; whether they can be read is page_of's business.
std::optional<std::string> misuse(const Query& query) {
  if (!query.is_whole()) return std::nullopt;
  if (const auto twice = query.doubled(kParameters); !twice.empty()) {
    return std::string{twice} + " must be given once only";
  }
  const auto other = query.other_than(kParameters);
  if (other.empty()) return std::nullopt;
  return "\"" + std::string{other} +
         "\" is no parameter here; there are page, pageSize, user, resource, since, until and "
         "sortDesc=timestamp";
}

/// Reads what narrows the trail down; the first parameter that cannot be read is the fault.
class Reader {
 public:
  explicit Reader(const Query& query) : query_(query) {}

  std::optional<core::Uuid> id(std::string_view name) {
    const std::string* text = query_.find(name);
    if (text == nullptr) return std::nullopt;
    const std::size_t colon = text->rfind(':');
    auto id = core::Uuid::parse(
        std::string_view{*text}.substr(colon == std::string::npos ? 0 : colon + 1));
    if (!id) fault(name, "a URN or a UUID");
    return id;
  }
  std::optional<core::WallTime> time(std::string_view name) {
    const std::string* text = query_.find(name);
    if (text == nullptr) return std::nullopt;
    auto time = registry::resource::parse_time(*text);
    if (!time) fault(name, "a time such as 2026-01-31T08:00:00Z");
    return time;
  }
  /// The newest come first, and whoever asks for that gets it.
  void order() {
    const std::string* text = query_.find("sortDesc");
    if (text != nullptr && *text != "timestamp") fault("sortDesc", "timestamp");
  }
  [[nodiscard]] const std::optional<std::string>& fault() const { return fault_; }

 private:
  void fault(std::string_view name, std::string_view reason) {
    if (!fault_) fault_ = std::string{name}.append(" must be ").append(reason);
  }
  const Query& query_;
  std::optional<std::string> fault_;
};

core::Unexpected<ApiError> bad(const std::string& reason) {
  return core::Unexpected{ApiError{400, error::kBadRequest, reason + "."}};
}

core::Result<Asked, ApiError> asked_by(const Call& call) {
  const Query query{call.request->target.query};
  if (const auto wrong = misuse(query)) return bad(*wrong);
  const auto page = page_of(call);
  if (!page) return core::Unexpected{page.error()};

  Reader reader{query};
  Asked asked{.query = {}, .page = *page};
  asked.query.count = static_cast<std::uint32_t>(page->size);
  asked.query.offset = page->first();
  asked.query.user = reader.id("user");
  asked.query.resource = reader.id("resource");
  asked.query.since = reader.time("since");
  asked.query.until = reader.time("until");
  reader.order();
  if (!call.caller->is_system_administrator()) asked.query.organisation = call.caller->organisation;
  if (reader.fault()) return bad(*reader.fault());
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
  writer.key("user");
  write_reference(writer, entry.user_name, "user", entry.user);
  writer.key("operatingOrg");
  write_reference(writer, organisation_name(registry, entry.organisation), "org",
                  entry.organisation);
  writer.key("eventEntity");
  write_reference(writer, entry.name, entry.kind, entry.id);
  writer.key("details");
  writer.begin_object();
  write_stored(writer, "before", entry.before);
  write_stored(writer, "after", entry.after);
  writer.end_object();
  writer.end_object();
}

void answer(const Call& call, const Registry& registry, const Asked& asked, const AuditPage& page) {
  core::Buffer body;
  core::json::Writer writer{body};
  writer.begin_object();
  write_page(writer, asked.page, page.total);
  writer.key("values");
  writer.begin_array();
  for (const AuditEntry& entry : page.entries) write_entry(writer, entry, registry);
  writer.end_array();
  writer.end_object();
  call.answer(json_answer(call, body));
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
