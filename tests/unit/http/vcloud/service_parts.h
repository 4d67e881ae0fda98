#pragma once

// Everything that belongs to a service, made by POSTs as clients make it.

#include "tests/unit/http/vcloud/vcloud_fixture.h"

namespace http::vcloud {

/// `<vmext:name attributes>members</vmext:name>` with both namespaces declared, vcloud as default.
inline std::string vmext_xml(std::string_view name, std::string_view members,
                             std::string_view attributes = "") {
  const std::string element{name};
  return "<vmext:" + element + " xmlns=\"" + std::string{kVcloud} + "\" xmlns:vmext=\"" +
         std::string{kVmext} + "\" " + std::string{attributes} + ">" + std::string{members} +
         "</vmext:" + element + ">";
}
inline std::string vcloud_xml(std::string_view name, std::string_view members,
                              std::string_view attributes = "") {
  const std::string element{name};
  return "<" + element + " xmlns=\"" + std::string{kVcloud} + "\" " + std::string{attributes} +
         ">" + std::string{members} + "</" + element + ">";
}

class ServiceParts : public VcloudTest {
 protected:
  /// Makes a resource; its path, or a failure.
  std::string post(const std::string& collection, std::string_view type, const std::string& body) {
    const auto answer = by_root("POST", collection).body(xml_type(type), body).send();
    EXPECT_EQ(answer.status, 201) << collection << ": " << answer.body;
    const std::string location = answer.header("Location");
    return location.size() > kHost.size() ? location.substr(kHost.size()) : location;
  }
  std::string post_class(const std::string& service, std::string_view members) {
    return post(service + "/resourceclasses", "resourceClass",
                vmext_xml("ResourceClass", members, "name='class'"));
  }
  std::string post_action(const std::string& resource_class, std::string_view pattern) {
    return post(resource_class + "/resourceclassactions", "resourceClassAction",
                vmext_xml("ResourceClassAction",
                          "<vmext:HttpMethod>GET</vmext:HttpMethod><vmext:UrlPattern>" +
                              std::string{pattern} + "</vmext:UrlPattern>",
                          "name='action'"));
  }
  std::string post_rule(const std::string& action, std::string_view organisations) {
    return post(action + "/aclrules", "aclRule",
                vmext_xml("AclRule",
                          "<vmext:OrganizationAccess><vmext:Access>" + std::string{organisations} +
                              "</vmext:Access></vmext:OrganizationAccess><vmext:PrincipalAccess>"
                              "<vmext:Access>Shared</vmext:Access></vmext:PrincipalAccess>",
                          "name='rule'"));
  }
  std::string post_resource(const std::string& resource_class, std::string_view id) {
    return post(
        resource_class + "/serviceresources", "serviceResource",
        vmext_xml("ServiceResource",
                  "<vmext:Org href='" + std::string{kHost} + "/api/admin/org/" +
                      registry.organisation("acme").to_string() + "'/><vmext:ExternalObjectId>" +
                      std::string{id} + "</vmext:ExternalObjectId>",
                  "name='resource'"));
  }
  std::string post_link(const std::string& service, std::string_view resource_type) {
    return post(service + "/links", "serviceLink",
                vmext_xml("ServiceLink",
                          "<vmext:LinkHref>{baseUri}org/{resourceId}/x</vmext:LinkHref>"
                          "<vmext:MimeType>application/vnd.example.x+xml</vmext:MimeType>"
                          "<vmext:Rel>down:x</vmext:Rel><vmext:ResourceType>" +
                              std::string{resource_type} + "</vmext:ResourceType>"));
  }
  std::string post_definition(const std::string& service) {
    return post(service + "/apidefinitions", "apiDefinition",
                vmext_xml("ApiDefinition",
                          "<vmext:EntryPoint>{baseUri}x</vmext:EntryPoint>"
                          "<vmext:Namespace>org.example.api</vmext:Namespace>",
                          "name='definition'"));
  }
  std::string post_file(const std::string& definition) {
    return post(
        definition + "/files", "fileDescriptor",
        vmext_xml("FileDescriptor", "<File href='{baseUri}x.xsd' name='x.xsd' type='text/xml'/>",
                  "name='file'"));
  }

  static std::string xml_type(std::string_view type) {
    return "application/vnd.vmware.admin." + std::string{type} + "+xml";
  }
  static std::string id_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
};

}  // namespace http::vcloud
