#include "http/schema/linked_documents.h"

#include <string>

namespace http::schema {
namespace {

using Number = Member::Number;

constexpr std::string_view kReference = "vcloud:ReferenceType";

constexpr TextAttribute kSession[]{
    {"user"}, {"org"}, {"userId"}, {"roles", false}, {"locationId", false}};
constexpr Member kAdministration[]{
    {"Description", "xs:string", Number::optional},
    {"OrganizationReferences", kReference, Number::container, "OrganizationReference"},
    {"ProviderVdcReferences", kReference, Number::container, "ProviderVdcReference"},
    {"RightReferences", kReference, Number::container, "RightReference"},
    {"RoleReferences", kReference, Number::container, "RoleReference"},
};
constexpr Member kOrgs[]{{"Org", kReference, Number::many}};
constexpr Member kTasks[]{{"Task", "vcloud:TaskType", Number::many}};
constexpr Member kProviderVdcs[]{{"vcloud:ProviderVdcReferences", {}, Number::group}};
constexpr Member kRights[]{{"vcloud:Rights", {}, Number::group}};
constexpr Member kIsAuthorized[]{{"IsAuthorized", "xs:boolean"}};
constexpr TextAttribute kUploadLocation[]{{"uploadLocation"}};
constexpr Member kSettings[]{
    {"AmqpSettings", "vmext:AmqpSettingsType", Number::optional},
    {"NotificationsSettings", "vmext:NotificationsSettingsType", Number::optional},
};
constexpr Member kSettingsTest[]{
    {"Valid", "xs:boolean"},
    {"error", "vcloud:ErrorType", Number::optional},
};

constexpr LinkedDocument kDocuments[]{
    {"vcloud", "Session", {}, kSession},
    {"vcloud", "VCloud", kAdministration},
    {"vcloud", "OrgList", kOrgs},
    {"vcloud", "TasksList", kTasks},
    {"vcloud", "QueryList"},
    {"vcloud", "ApiExtensibility"},
    {"vcloud", "Entity"},
    {"vmext", "VMWExtension"},
    {"vmext", "ExtensionServices"},
    {"vmext", "VMWProviderVdcReferences", kProviderVdcs},
    {"vmext", "RightRefs", kRights},
    {"vmext", "AuthorizationCheckResponse", kIsAuthorized},
    {"vmext", "BundleUploadSocket", {}, kUploadLocation},
    {"vmext", "SystemSettings", kSettings},
    {"vmext", "AmqpSettingsTest", kSettingsTest},
};

void any_number(XsdText& out, std::string_view name, std::string_view type) {
  out.empty("element", {{"name", std::string{name}},
                        {"type", std::string{type}},
                        {"minOccurs", "0"},
                        {"maxOccurs", "unbounded"}});
}

void container(XsdText& out, const Member& member) {
  out.open("element", {{"name", std::string{member.name}}, {"minOccurs", "0"}});
  out.open("complexType");
  out.open("sequence");
  any_number(out, member.inner, member.type);
  for (int i = 0; i < 3; ++i) out.close();
}

void declare(XsdText& out, const Member& member) {
  const XsdText::Attribute name{"name", std::string{member.name}};
  const XsdText::Attribute type{"type", std::string{member.type}};
  switch (member.number) {
    case Number::one:
      return out.empty("element", {name, type});
    case Number::optional:
      return out.empty("element", {name, type, {"minOccurs", "0"}});
    case Number::many:
      return any_number(out, member.name, member.type);
    case Number::container:
      return container(out, member);
    case Number::group:
      return out.empty("group", {{"ref", std::string{member.name}}});
  }
}

void declare(XsdText& out, const LinkedDocument& document) {
  out.open("element", {{"name", std::string{document.name}}});
  out.open("complexType");
  out.open("sequence");
  out.empty("group", {{"ref", "vcloud:Links"}});
  for (const Member& member : document.members) declare(out, member);
  out.close();
  out.empty("attributeGroup", {{"ref", "vcloud:Common"}});
  for (const TextAttribute& each : document.attributes) {
    XsdText::Attributes said{{"name", std::string{each.name}}, {"type", "xs:string"}};
    if (each.required) said.push_back({"use", "required"});
    out.empty("attribute", said);
  }
  out.close();
  out.close();
}

}  // namespace

void linked_documents(XsdText& out, std::string_view file) {
  for (const LinkedDocument& document : kDocuments) {
    if (document.space == file) declare(out, document);
  }
}

}  // namespace http::schema
