#pragma once

#include <array>

#include "http/vcloud/media_types.h"
#include "http/vcloud/record.h"
#include "http/vcloud/service_nodes.h"

/// The query types that are served (spec section 2.5).
namespace http::vcloud {
namespace record_attributes {

inline constexpr std::array<std::string_view, 8> kAdminService{
    "name",       "enabled", "exchange",  "priority",
    "routingKey", "vendor",  "namespace", "isAuthorizationEnabled"};
inline constexpr std::array<std::string_view, 3> kService{"name", "vendor", "namespace"};
inline constexpr std::array<std::string_view, 3> kApiFilter{"urlPattern", "responseContentType",
                                                            "service"};
inline constexpr std::array<std::string_view, 6> kServiceLink{
    "rel", "linkHref", "mimeType", "resourceType", "service", "resourceId"};
inline constexpr std::array<std::string_view, 8> kApiDefinition{
    "name",      "entryPoint",  "service",          "namespace",
    "apiVendor", "serviceName", "serviceNamespace", "serviceVendor"};
inline constexpr std::array<std::string_view, 6> kResourceClass{
    "name", "service", "mimeType", "urlTemplate", "nid", "urnPattern"};
inline constexpr std::array<std::string_view, 4> kOrgVdc{"name", "org", "orgName", "isEnabled"};

}  // namespace record_attributes

inline constexpr RecordKind kAdminServiceRecords{"adminService",
                                                 "AdminServiceRecord",
                                                 "QueryResultAdminServiceRecordType",
                                                 "AdminServiceReferences",
                                                 "AdminServiceReference",
                                                 kServiceKind,
                                                 kServiceType,
                                                 record_attributes::kAdminService};
inline constexpr RecordKind kServiceRecords{"service",
                                            "ServiceRecord",
                                            "QueryResultServiceRecordType",
                                            "ServiceReferences",
                                            "ServiceReference",
                                            kServiceKind,
                                            kUserServiceType,
                                            record_attributes::kService};
inline constexpr RecordKind kApiFilterRecords{"apiFilter",
                                              "ApiFilterRecord",
                                              "QueryResultApiFilterRecordType",
                                              "ApiFilterReferences",
                                              "ApiFilterReference",
                                              kApiFilterKind,
                                              kApiFilterType,
                                              record_attributes::kApiFilter};
inline constexpr RecordKind kServiceLinkRecords{"serviceLink",
                                                "ServiceLinkRecord",
                                                "QueryResultServiceLinkRecordType",
                                                "ServiceLinkReferences",
                                                "ServiceLinkReference",
                                                "serviceLink",
                                                kServiceLinkType,
                                                record_attributes::kServiceLink};
inline constexpr RecordKind kAdminApiDefinitionRecords{"adminApiDefinition",
                                                       "AdminApiDefinitionRecord",
                                                       "QueryResultAdminApiDefinitionRecordType",
                                                       "AdminApiDefinitionReferences",
                                                       "AdminApiDefinitionReference",
                                                       "apiDefinition",
                                                       kApiDefinitionType,
                                                       record_attributes::kApiDefinition};
inline constexpr RecordKind kApiDefinitionRecords{"apiDefinition",
                                                  "ApiDefinitionRecord",
                                                  "QueryResultApiDefinitionRecordType",
                                                  "ApiDefinitionReferences",
                                                  "ApiDefinitionReference",
                                                  "apiDefinition",
                                                  kUserApiDefinitionType,
                                                  record_attributes::kApiDefinition};
inline constexpr RecordKind kResourceClassRecords{"resourceClass",
                                                  "ResourceClassRecord",
                                                  "QueryResultResourceClassRecordType",
                                                  "ResourceClassReferences",
                                                  "ResourceClassReference",
                                                  "resourceClass",
                                                  kResourceClassType,
                                                  record_attributes::kResourceClass};

/// There are no virtual datacenters here, but clients ask for those of an organisation.
inline constexpr RecordKind kOrgVdcRecords{
    "orgVdc", "OrgVdcRecord", "QueryResultOrgVdcRecordType", "OrgVdcReferences", "OrgVdcReference",
    "vdc",    kVdcType,       record_attributes::kOrgVdc};

}  // namespace http::vcloud
