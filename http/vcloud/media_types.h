#pragma once

#include "http/representation/node.h"

/// The media types of the resources in this room (spec sections 1 to 3), without their suffix.
namespace http::vcloud {

using representation::MediaType;

inline constexpr MediaType kVersionsType{"application/vnd.vmware.vcloud.supportedVersions"};
inline constexpr MediaType kSessionType{"application/vnd.vmware.vcloud.session"};
inline constexpr MediaType kAdministrationType{"application/vnd.vmware.admin.vcloud"};
inline constexpr MediaType kAdminOrgType{"application/vnd.vmware.admin.organization"};
inline constexpr MediaType kOrgType{"application/vnd.vmware.vcloud.org"};
inline constexpr MediaType kOrgListType{"application/vnd.vmware.vcloud.orgList"};
inline constexpr MediaType kTasksListType{"application/vnd.vmware.vcloud.tasksList"};
inline constexpr MediaType kVdcType{"application/vnd.vmware.vcloud.vdc"};
inline constexpr MediaType kExtensibilityType{"application/vnd.vmware.vcloud.apiextensibility"};
inline constexpr MediaType kUserApiDefinitionType{"application/vnd.vmware.vcloud.apidefinition"};
inline constexpr MediaType kUserServiceType{"application/vnd.vmware.vcloud.service"};
inline constexpr MediaType kQueryListType{"application/vnd.vmware.vcloud.query.queryList"};
inline constexpr MediaType kRecordsType{"application/vnd.vmware.vcloud.query.records"};
inline constexpr MediaType kIdRecordsType{"application/vnd.vmware.vcloud.query.idrecords"};
inline constexpr MediaType kReferencesType{"application/vnd.vmware.vcloud.query.references"};

inline constexpr MediaType kExtensionType{"application/vnd.vmware.admin.vmwExtension"};
inline constexpr MediaType kServicesType{"application/vnd.vmware.admin.extensionServices"};
inline constexpr MediaType kServiceType{"application/vnd.vmware.admin.service"};
inline constexpr MediaType kApiFilterType{"application/vnd.vmware.admin.apiFilter"};
inline constexpr MediaType kServiceLinkType{"application/vnd.vmware.admin.serviceLink"};
inline constexpr MediaType kApiDefinitionType{"application/vnd.vmware.admin.apiDefinition"};
inline constexpr MediaType kResourceClassType{"application/vnd.vmware.admin.resourceClass"};
inline constexpr MediaType kRightsType{"application/vnd.vmware.admin.rights"};
inline constexpr MediaType kBundleUploadType{"application/vnd.vmware.admin.bundleUploadParams"};
inline constexpr MediaType kAuthorizationCheckType{
    "application/vnd.vmware.admin.authorizationCheckParams"};

}  // namespace http::vcloud
