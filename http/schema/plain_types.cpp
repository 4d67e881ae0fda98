#include "http/schema/plain_types.h"

namespace http::schema {
namespace {

constexpr PlainDocument kDocuments[]{
    {"SupportedVersions", "versions", "application/vnd.vmware.vcloud.supportedVersions",
     "The versions of the API that are served, and where to log in."},
    {"Error", "vcloud", "application/vnd.vmware.vcloud.error",
     "Why a request was refused; majorErrorCode is the status."},
    {"Session", "vcloud", "application/vnd.vmware.vcloud.session",
     "Who has logged in, and where he may go on."},
    {"VCloud", "vcloud", "application/vnd.vmware.admin.vcloud", "Where administrators begin."},
    {"OrgList", "vcloud", "application/vnd.vmware.vcloud.orgList",
     "The organizations that the caller sees."},
    {"TasksList", "vcloud", "application/vnd.vmware.vcloud.tasksList",
     "The tasks of an organization."},
    {"QueryList", "vcloud", "application/vnd.vmware.vcloud.query.queryList",
     "The query types that the caller may use."},
    {"QueryResultRecords", "vcloud", "application/vnd.vmware.vcloud.query.records",
     "A page of the records of a query; as idrecords, with URNs for URLs; as references, under the "
     "name of the query type."},
    {"ApiExtensibility", "vcloud", "application/vnd.vmware.vcloud.apiextensibility",
     "Where users find extension services and their APIs."},
    {"Entity", "vcloud", "application/vnd.vmware.vcloud.entity",
     "What is known under a URN, and where."},
    {"VMWExtension", "vmext", "application/vnd.vmware.admin.vmwExtension",
     "Where the administration of extensions begins."},
    {"ExtensionServices", "vmext", "application/vnd.vmware.admin.extensionServices",
     "Where extension services are made and asked for."},
    {"VMWProviderVdcReferences", "vmext", "application/vnd.vmware.admin.vmwProviderVdcReferences",
     "The provider virtual datacenters."},
    {"RightRefs", "vmext", "application/vnd.vmware.admin.rights", "The rights of a service."},
    {"UpdateRightsParams", "vmext", "application/vnd.vmware.admin.updateRightsParams",
     "Rights that a service gets and loses."},
    {"AuthorizationCheckParams", "vmext", "application/vnd.vmware.admin.authorizationCheckParams",
     "A request that somebody might make."},
    {"AuthorizationCheckResponse", "vmext",
     "application/vnd.vmware.admin.authorizationCheckResponse", "Whether it would be allowed."},
    {"BundleUploadParams", "vmext", "application/vnd.vmware.admin.bundleUploadParams",
     "The localization bundle that is going to be uploaded."},
    {"BundleUploadSocket", "vmext", "application/vnd.vmware.admin.bundleUploadSocket",
     "Where it is uploaded to."},
    {"SystemSettings", "vmext", "application/vnd.vmware.admin.systemSettings",
     "What an administrator can set."},
    {"AmqpSettingsTest", "vmext", "application/vnd.vmware.admin.amqpSettingsTest",
     "Whether that broker can be used."},
};

constexpr std::string_view kVersions = R"(<xs:element name="SupportedVersions">
  <xs:complexType>
    <xs:sequence>
      <xs:element name="VersionInfo" maxOccurs="unbounded">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Version" type="xs:string"/>
            <xs:element name="LoginUrl" type="xs:string"/>
            <xs:element name="ProviderLoginUrl" type="xs:string" minOccurs="0"/>
            <xs:element name="MediaTypeMapping" minOccurs="0" maxOccurs="unbounded">
              <xs:complexType>
                <xs:sequence>
                  <xs:element name="MediaType" type="xs:string"/>
                  <xs:element name="ComplexTypeName" type="xs:string"/>
                  <xs:element name="SchemaLocation" type="xs:string"/>
                </xs:sequence>
              </xs:complexType>
            </xs:element>
          </xs:sequence>
          <xs:attribute name="deprecated" type="xs:boolean"/>
        </xs:complexType>
      </xs:element>
    </xs:sequence>
  </xs:complexType>
</xs:element>
)";

constexpr std::string_view kVcloud = R"(<xs:complexType name="LinkType">
  <xs:attribute name="href" type="xs:string" use="required"/>
  <xs:attribute name="id" type="xs:string"/>
  <xs:attribute name="type" type="xs:string"/>
  <xs:attribute name="name" type="xs:string"/>
  <xs:attribute name="rel" type="xs:string" use="required"/>
</xs:complexType>
<xs:complexType name="ReferenceType">
  <xs:attributeGroup ref="vcloud:Common"/>
</xs:complexType>
<xs:group name="Links">
  <xs:sequence>
    <xs:element name="Link" type="vcloud:LinkType" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence>
</xs:group>
<xs:group name="Rights">
  <xs:sequence>
    <xs:element name="Right" type="vcloud:ReferenceType" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence>
</xs:group>
<xs:group name="ProviderVdcReferences">
  <xs:sequence>
    <xs:element name="ProviderVdcReference" type="vcloud:ReferenceType"
                minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence>
</xs:group>
<xs:attributeGroup name="Common">
  <xs:attribute name="href" type="xs:string"/>
  <xs:attribute name="id" type="xs:string"/>
  <xs:attribute name="type" type="xs:string"/>
  <xs:attribute name="name" type="xs:string"/>
</xs:attributeGroup>
<xs:attributeGroup name="Page">
  <xs:attribute name="href" type="xs:string" use="required"/>
  <xs:attribute name="type" type="xs:string" use="required"/>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="page" type="xs:positiveInteger" use="required"/>
  <xs:attribute name="pageSize" type="xs:positiveInteger" use="required"/>
  <xs:attribute name="total" type="xs:nonNegativeInteger" use="required"/>
</xs:attributeGroup>
<xs:complexType name="ErrorType">
  <xs:sequence>
    <xs:element name="TenantError" type="vcloud:ErrorType" minOccurs="0"/>
  </xs:sequence>
  <xs:attribute name="message" type="xs:string" use="required"/>
  <xs:attribute name="majorErrorCode" type="xs:int" use="required"/>
  <xs:attribute name="minorErrorCode" type="xs:string" use="required"/>
  <xs:attribute name="vendorSpecificErrorCode" type="xs:string"/>
  <xs:attribute name="stackTrace" type="xs:string"/>
</xs:complexType>
<xs:element name="Error" type="vcloud:ErrorType"/>
)";

constexpr std::string_view kVmext = R"(<xs:element name="UpdateRightsParams">
  <xs:complexType>
    <xs:sequence>
      <xs:element name="AddRight" type="vcloud:RightType" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="RemoveRight" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
  </xs:complexType>
</xs:element>
<xs:element name="AuthorizationCheckParams">
  <xs:complexType>
    <xs:sequence>
      <xs:element name="User" type="vcloud:ReferenceType"/>
      <xs:element name="HttpMethod" type="xs:string"/>
      <xs:element name="URL" type="xs:string"/>
    </xs:sequence>
  </xs:complexType>
</xs:element>
<xs:element name="BundleUploadParams">
  <xs:complexType>
    <xs:attribute name="fileSize" type="xs:long"/>
    <xs:attribute name="serviceNamespace" type="xs:string"/>
  </xs:complexType>
</xs:element>
)";

}  // namespace

std::span<const PlainDocument> plain_documents() { return kDocuments; }

std::string_view plain_types(std::string_view file) {
  if (file == "vcloud") return kVcloud;
  if (file == "vmext") return kVmext;
  return file == "versions" ? kVersions : std::string_view{};
}

}  // namespace http::schema
