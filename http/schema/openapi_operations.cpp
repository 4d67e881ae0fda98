#include "http/schema/openapi_operations.h"

namespace http::schema {
namespace {

constexpr Property kReference[]{{"name", "string", "Its name."}, {"id", "string", "Its URN."}};
constexpr Property kSession[]{
    {"id", "string", "The URN of the session."},
    {"site", "EntityReference", "The site; this server is one without a name.", true},
    {"user", "EntityReference", "Who has logged in."},
    {"org", "EntityReference", "The organization he belongs to."},
    {"operatingOrg", "EntityReference", "The organization that he acts in."},
    {"location", "string", "What the server's URLs begin with."},
    {"roles", "string[]", "The names of his roles."},
    {"roleRefs", "EntityReference[]", "His roles."},
    {"sessionIdleTimeoutMinutes", "integer", "How long the session lives without a request."},
};
constexpr Property kError[]{
    {"minorErrorCode", "string", "What kind of trouble it is."},
    {"message", "string", "The reason, for a person."},
    {"stackTrace", "string", "Always null.", true},
};
constexpr Property kAuditEntry[]{
    {"eventId", "string", "A number that grows with each entry."},
    {"eventType", "string",
     "com/vmware/vcloud/event/, the kind of the resource, and create, "
     "modify or delete."},
    {"eventStatus", "string", "SUCCESS."},
    {"timestamp", "string", "When it was done."},
    {"user", "EntityReference", "Who did it; null: the server itself.", true},
    {"operatingOrg", "EntityReference", "His organization.", true},
    {"eventEntity", "EntityReference", "The resource.", true},
    {"details", "AuditDetails", "How it was, and how it became."},
};
constexpr Property kAuditDetails[]{
    {"before", "object", "The resource as it was.", true},
    {"after", "object", "The resource as it became.", true},
};
constexpr Property kAuditPage[]{
    {"resultTotal", "integer", "How many entries there are, 10000 at most; until has older ones."},
    {"pageCount", "integer", "How many pages they fill."},
    {"page", "integer", "The number of this page, from 1."},
    {"pageSize", "integer", "How many entries a page has at most."},
    {"values", "AuditEntry[]", "The entries, the newest first."},
};
constexpr Property kSessionPage[]{
    {"resultTotal", "integer", "How many sessions the caller sees."},
    {"pageCount", "integer", "How many pages they fill."},
    {"page", "integer", "The number of this page, from 1."},
    {"pageSize", "integer", "How many sessions a page has at most."},
    {"values", "Session[]", "The sessions, the oldest first."},
};
constexpr Object kObjects[]{
    {"SessionPage", kSessionPage}, {"EntityReference", kReference},
    {"Session", kSession},         {"Error", kError},
    {"AuditEntry", kAuditEntry},   {"AuditDetails", kAuditDetails},
    {"AuditPage", kAuditPage},
};

constexpr Parameter kSessionId[]{
    {"id", "path", "string", "The URN or UUID of the session, or `current`."}};
constexpr Parameter kPageParameters[]{
    {"page", "query", "integer", "From 1, which is the default."},
    {"pageSize", "query", "integer", "25 unless it is given, 128 at most."},
};
constexpr Parameter kAuditParameters[]{
    {"page", "query", "integer", "From 1, which is the default."},
    {"pageSize", "query", "integer", "25 unless it is given, 128 at most."},
    {"user", "query", "string", "URN or UUID of who did it."},
    {"resource", "query", "string", "URN or UUID of the resource."},
    {"since", "query", "string", "Nothing before this time (xs:dateTime)."},
    {"until", "query", "string", "Nothing after this time."},
    {"sortDesc", "query", "string", "timestamp, as it is without it; nothing else can be given."},
};

constexpr std::string_view kSessionRefusals[]{"404"};
constexpr std::string_view kPageRefusals[]{"400"};
constexpr std::string_view kAuditRefusals[]{"400", "403"};

constexpr Operation kOperations[]{
    {"get", "/cloudapi/1.0.0/sessions", "The sessions that the caller sees", "token", "200",
     "SessionPage", kPageParameters, kPageRefusals},
    {"post", "/cloudapi/1.0.0/sessions", "Log in to an organization other than System", "basic",
     "200", "Session"},
    {"post", "/cloudapi/1.0.0/sessions/provider", "Log in to the organization System", "basic",
     "200", "Session"},
    {"get", "/cloudapi/1.0.0/sessions/{id}", "A session that the caller sees", "token", "200",
     "Session", kSessionId, kSessionRefusals},
    {"delete", "/cloudapi/1.0.0/sessions/{id}", "Log out, or end a session that the caller sees",
     "token", "204", "", kSessionId, kSessionRefusals},
    {"get", "/cloudapi/1.0.0/auditTrail", "Who changed what", "token", "200", "AuditPage",
     kAuditParameters, kAuditRefusals},
    {"get", "/cloudapi/openapi.json", "This document", "", "200", "object"},
};

}  // namespace

std::span<const Object> openapi_objects() { return kObjects; }
std::span<const Operation> openapi_operations() { return kOperations; }

}  // namespace http::schema
