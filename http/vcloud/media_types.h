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
inline constexpr MediaType kTaskType{"application/vnd.vmware.vcloud.task"};
inline constexpr MediaType kEntityType{"application/vnd.vmware.vcloud.entity"};
inline constexpr MediaType kExtensibilityType{"application/vnd.vmware.vcloud.apiextensibility"};
inline constexpr MediaType kQueryListType{"application/vnd.vmware.vcloud.query.queryList"};
inline constexpr MediaType kRecordsType{"application/vnd.vmware.vcloud.query.records"};
inline constexpr MediaType kIdRecordsType{"application/vnd.vmware.vcloud.query.idrecords"};
inline constexpr MediaType kReferencesType{"application/vnd.vmware.vcloud.query.references"};

inline constexpr MediaType kExtensionType{"application/vnd.vmware.admin.vmwExtension"};
inline constexpr MediaType kServicesType{"application/vnd.vmware.admin.extensionServices"};
inline constexpr MediaType kServiceType{"application/vnd.vmware.admin.service"};
inline constexpr MediaType kProviderVdcReferencesType{
    "application/vnd.vmware.admin.vmwProviderVdcReferences"};
inline constexpr MediaType kSystemSettingsType{"application/vnd.vmware.admin.systemSettings"};
inline constexpr MediaType kRoleType{"application/vnd.vmware.admin.role"};
inline constexpr MediaType kRightType{"application/vnd.vmware.admin.right"};
inline constexpr MediaType kRightsType{"application/vnd.vmware.admin.rights"};
inline constexpr MediaType kUpdateRightsType{"application/vnd.vmware.admin.updateRightsParams"};
inline constexpr MediaType kAuthorizationCheckType{
    "application/vnd.vmware.admin.authorizationCheckParams"};

inline constexpr MediaType kBundleUploadParamsType{"application/vnd.vmware.admin.bundleUploadParams"};
inline constexpr MediaType kBundleUploadSocketType{"application/vnd.vmware.admin.bundleUploadSocket"};

inline constexpr MediaType kAuthorizationCheckResponseType{
    "application/vnd.vmware.admin.authorizationCheckResponse"};
inline constexpr MediaType kAmqpSettingsType{"application/vnd.vmware.admin.amqpSettings"};
inline constexpr MediaType kAmqpSettingsTestType{"application/vnd.vmware.admin.amqpSettingsTest"};
inline constexpr MediaType kNotificationsSettingsType{
    "application/vnd.vmware.admin.notificationsSettings"};

}  // namespace http::vcloud
