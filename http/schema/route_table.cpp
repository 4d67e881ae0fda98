#include "http/schema/route_table.h"

#include <algorithm>

#include "http/schema/markdown.h"
#include "registry/kinds/kinds.h"

namespace http::schema {
namespace {

using native::Action;
using native::Route;
using registry::resource::Access;
using registry::resource::Kind;

constexpr std::string_view kIntroduction =
    R"(# Every URL

Made from the declarations of the routes by `oriel document routes`; a test compares the two, and another walks the table.

`{}` stands for one segment, or for the end of one. Media types are given without their suffix where both `+xml` and `+json` are
served. A caller without a session gets 401, one with too few rights 403, another method 405 with Allow. HEAD is served wherever
GET is.

)";

constexpr std::string_view kRecords = "application/vnd.vmware.vcloud.query.records";
constexpr std::string_view kJson = "application/json";

/// What no description of a kind says.
struct Plain {
  std::string_view method;
  std::string_view pattern;
  std::string_view takes;
  std::string_view gives;
};
constexpr Plain kPlain[]{
    {"GET", "/api/versions", "", "application/vnd.vmware.vcloud.supportedVersions"},
    {"POST", "/api/sessions", "", "application/vnd.vmware.vcloud.session"},
    {"GET", "/api/session", "", "application/vnd.vmware.vcloud.session"},
    {"DELETE", "/api/session", "", ""},
    {"GET", "/api/admin", "", "application/vnd.vmware.admin.vcloud"},
    {"GET", "/api/org", "", "application/vnd.vmware.vcloud.orgList"},
    {"GET", "/api/tasksList/{}", "", "application/vnd.vmware.vcloud.tasksList"},
    {"POST", "/api/task/{}/action/cancel", "", ""},
    {"GET", "/api/query", "", "application/vnd.vmware.vcloud.query.queryList"},
    {"GET", "/api/entity/{}", "", "application/vnd.vmware.vcloud.entity"},
    {"GET", "/api/extensibility", "", "application/vnd.vmware.vcloud.apiextensibility"},
    {"GET", "/api/v1.5/schema/{}", "", "application/xml"},
    {"GET", "/api/admin/extension", "", "application/vnd.vmware.admin.vmwExtension"},
    {"GET", "/api/admin/extension/service", "", "application/vnd.vmware.admin.extensionServices"},
    {"GET", "/api/admin/extension/service/{}/rights", "", "application/vnd.vmware.admin.rights"},
    {"POST", "/api/admin/extension/service/{}/rights", "application/vnd.vmware.admin.right",
     "application/vnd.vmware.admin.right"},
    {"POST", "/api/admin/extension/service/{}/rights/action/updateRights",
     "application/vnd.vmware.admin.updateRightsParams", "application/vnd.vmware.admin.rights"},
    {"POST", "/api/admin/extension/service/action/clearUnusedRights", "", ""},
    {"POST", "/api/admin/extension/service/action/clearunusedrights", "", ""},
    {"POST", "/api/admin/extension/service/action/clearunusedlocalizationbundles", "", ""},
    {"GET", "/api/admin/extension/providerVdcReferences", "",
     "application/vnd.vmware.admin.vmwProviderVdcReferences"},
    {"PUT", "/transfer/{}/file", "application/zip", ""},
    {"POST", "/api/admin/extension/service/localizationbundles",
     "application/vnd.vmware.admin.bundleUploadParams",
     "application/vnd.vmware.admin.bundleUploadSocket"},
    {"POST", "/api/admin/extension/service/{}/localizationbundles",
     "application/vnd.vmware.admin.bundleUploadParams",
     "application/vnd.vmware.admin.bundleUploadSocket"},
    {"PUT", "/transfer/{}/file", "application/zip", ""},
    {"POST", "/api/admin/extension/service/{}/authorizationcheck",
     "application/vnd.vmware.admin.authorizationCheckParams",
     "application/vnd.vmware.admin.authorizationCheckResponse"},
    {"POST", "/api/admin/extension/service/authorizationcheck",
     "application/vnd.vmware.admin.authorizationCheckParams",
     "application/vnd.vmware.admin.authorizationCheckResponse"},
    {"GET", "/api/admin/extension/settings", "", "application/vnd.vmware.admin.systemSettings"},
    {"GET", "/api/admin/extension/settings/amqp", "", "application/vnd.vmware.admin.amqpSettings"},
    {"PUT", "/api/admin/extension/settings/amqp", "application/vnd.vmware.admin.amqpSettings",
     "application/vnd.vmware.admin.amqpSettings"},
    {"POST", "/api/admin/extension/settings/amqp/action/test",
     "application/vnd.vmware.admin.amqpSettings", "application/vnd.vmware.admin.amqpSettingsTest"},
    {"GET", "/api/admin/extension/settings/notifications", "",
     "application/vnd.vmware.admin.notificationsSettings"},
    {"PUT", "/api/admin/extension/settings/notifications",
     "application/vnd.vmware.admin.notificationsSettings",
     "application/vnd.vmware.admin.notificationsSettings"},
    {"GET", "/cloudapi/1.0.0/sessions", "", kJson},
    {"POST", "/cloudapi/1.0.0/sessions", "", kJson},
    {"POST", "/cloudapi/1.0.0/sessions/provider", "", kJson},
    {"GET", "/cloudapi/1.0.0/sessions/{}", "", kJson},
    {"DELETE", "/cloudapi/1.0.0/sessions/{}", "", ""},
    {"GET", "/cloudapi/1.0.0/auditTrail", "", kJson},
    {"GET", "/cloudapi/openapi.json", "", kJson},
};

std::optional<MediaTypes> of_views(const Kind& kind, std::string_view method,
                                   std::string_view pattern) {
  for (const auto& view : kind.views) {
    if (view.element != pattern) continue;
    const std::string type{view.media_type};
    const bool main = &view == &kind.views.front();
    if (method == "GET") return MediaTypes{"", type, true};
    if (main && method == "PUT") return MediaTypes{type, type, true};
    if (main && method == "DELETE") return MediaTypes{"", "", true};
  }
  return std::nullopt;
}

std::optional<MediaTypes> of_collections(const Kind& kind, std::string_view method,
                                         std::string_view pattern) {
  for (const auto& each : kind.collections) {
    if (each.path != pattern) continue;
    if (method == "GET" && !each.query.empty()) return MediaTypes{"", std::string{kRecords}, true};
    if (method != "POST" || each.create == Access::nobody) continue;
    const auto& view = kind.views.front();
    return MediaTypes{std::string{view.media_type},
                      view.element.empty() ? "" : std::string{view.media_type}, true};
  }
  for (const auto& each : kind.packaged) {
    if (each.path == pattern && method == "GET") return MediaTypes{"", std::string{kRecords}, true};
  }
  return std::nullopt;
}

std::string_view words_of(native::Access access) {
  switch (access) {
    case native::Access::anybody:
      return "anybody";
    case native::Access::user:
      return "users";
    case native::Access::organisation_administrator:
      return "organization administrators";
    case native::Access::system_administrator:
      return "system administrators";
  }
  return {};
}

}  // namespace

MediaTypes media_types_of(std::string_view method, std::string_view pattern) {
  for (const Plain& each : kPlain) {
    if (each.method == method && each.pattern == pattern) {
      return {std::string{each.takes}, std::string{each.gives}, true};
    }
  }
  for (const Kind* kind : registry::kinds::all()) {
    if (auto found = of_views(*kind, method, pattern)) return *found;
    if (auto found = of_collections(*kind, method, pattern)) return *found;
  }
  return {};
}

std::string route_table(std::vector<Route> routes) {
  std::sort(routes.begin(), routes.end(),
            [](const Route& a, const Route& b) { return a.pattern < b.pattern; });
  std::string text{kIntroduction};
  text += table_head({"URL", "method", "who", "takes", "gives"});
  for (const Route& route : routes) {
    for (const Action& action : route.actions) {
      const MediaTypes types = media_types_of(action.method, route.pattern);
      const auto access = action.access.value_or(route.access);
      text += table_row({code(route.pattern), std::string{action.method},
                         std::string{words_of(access)}, code(types.takes), code(types.gives)});
    }
  }
  return text;
}

}  // namespace http::schema
