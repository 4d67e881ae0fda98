"""A valid document for every media type that a row of the table takes, written once as a tree.

A tree is a dict: "@name" is an attribute, any other key an element; a value is a text, a truth, a
number, a tree, or a list of them. Elements are vcloud's unless "V:" (vmext) or "O:" (our own) stands
before them. `as_xml` and `as_json` spell the same tree.
"""

import io
import json
import zipfile
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = ('xmlns="http://www.vmware.com/vcloud/v1.5"'
              ' xmlns:V="http://www.vmware.com/vcloud/extension/v1.5" xmlns:O="urn:oriel:v1"')
PASSWORD = "a-Sample-password-1"
VMW = "application/vnd.vmware."


def word(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def element(name, value, more=""):
    if isinstance(value, list):
        return "".join(element(name, each) for each in value)
    attributes, inside = more, ""
    if isinstance(value, dict):
        for key, each in value.items():
            if key.startswith("@"):
                attributes += f" {key[1:]}={quoteattr(word(each))}"
            else:
                inside += element(key, each)
    else:
        inside = escape(word(value))
    return f"<{name}{attributes}>{inside}</{name}>"


def as_xml(name, tree):
    return element(name, tree, " " + NAMESPACES).encode()


def small(key):
    name = key.rpartition(":")[2].lstrip("@")
    return name[0].lower() + name[1:]


def members(value):
    if isinstance(value, list):
        return [members(each) for each in value]
    if isinstance(value, dict):
        return {small(key): members(each) for key, each in value.items()}
    return value


def as_json(tree):
    return json.dumps(members(tree)).encode()


def reference(href):
    return {"@href": href}


def bundle():
    """A localization bundle: a ZIP with a file for each locale."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("en_US", "photoImport=Importing photos\n")
    return file.getvalue()


BUNDLE = bundle()


def api_filter(*_):
    return {"V:UrlPattern": "/api/photos/.*"}


def service_link(_world, name):
    return {"V:LinkHref": "{baseUri}org/{resourceId}/photos",
            "V:MimeType": "application/vnd.example.photos+xml", "V:Rel": "down:" + name,
            "V:ResourceType": VMW + "vcloud.org+xml"}


def file_descriptor(_world, name):
    return {"@name": name, "Description": "words",
            "File": {"@href": "{baseUri}photos.wadl", "@type": "application/xml", "@name": "wadl"}}


def api_definition(world, name):
    return {"@name": name, "V:EntryPoint": "{baseUri}photos", "V:Namespace": "org.example.photos",
            "V:ApiVendor": "Example", "V:SupportedApiVersions": {"V:Version": ["1.0", "2.0"]},
            "V:Files": {"V:FileDescriptor": [file_descriptor(world, name)]}}


def acl_rule(world, name):
    return {"@name": name, "V:PrincipalAccess": {"V:Access": "Shared"},
            "V:OrganizationAccess": {"V:Access": "Entity",
                                     "V:Entity": reference(world.url("/api/admin/org/{}"))}}


def action(world, name):
    return {"@name": name, "V:HttpMethod": "GET", "V:UrlPattern": "/api/photos/(?<id>[^/]+)",
            "V:AclRules": {"V:AclRule": [acl_rule(world, name)]}}


def resource(world, name):
    return {"@name": name, "V:Org": reference(world.url("/api/admin/org/{}")),
            "V:ExternalObjectId": name}


def resource_class(world, name):
    return {"@name": name, "V:MimeType": "application/vnd.example.photo+xml",
            "V:UrlTemplate": "{baseUri}photos/{resourceId}", "V:Nid": "photo",
            "V:UrnPattern": "^album(?<id>[0-9]+)",
            "V:ServiceResources": {"V:ServiceResource": [resource(world, name)]},
            "V:ResourceClassActions": {"V:ResourceClassAction": [action(world, name)]}}


def service(world, name):
    """With one of each container, and a link on itself and on sessions."""
    def link(kind, mime_type):
        return {**service_link(world, "photos"), "V:ResourceType": VMW + kind, "V:MimeType": mime_type}

    return {"@name": name, "@operationKey": name, "Description": "Albums & photos",
            "V:Namespace": "org.example." + name, "V:Enabled": True,
            "V:AuthorizationEnabled": False, "V:RoutingKey": name, "V:Priority": 50,
            "V:Exchange": name, "V:Vendor": "Example", "O:ReplyTimeoutSeconds": 5,
            "V:ApiFilters": {"V:ApiFilter": [api_filter(), {"V:UrlPattern": "/api/albums"}]},
            "V:ServiceLinks": {"V:ServiceLink": [
                service_link(world, "photos"), link("admin.service+xml", "text/plain"),
                link("vcloud.session", "text/html")]},
            "V:ApiDefinitions": {"V:ApiDefinition": [api_definition(world, name)]},
            "V:ResourceClasses": {"V:ResourceClass": [resource_class(world, name)]}}


def right(_world, name):
    return {"@name": name, "Description": "words", "Category": "Photos", "BundleKey": name}


def vdc(world, name):
    return {"@name": name, "Description": "words", "AllocationModel": "Flex",
            "ComputeCapacity": {"Cpu": {"Units": "MHz", "Limit": 10}},
            "ProviderVdcReference": reference(world.url("/api/admin/extension/providervdc/{}"))}


def task(world, name):
    return {"@name": name, "@status": "running", "@operation": "Importing",
            "@operationName": "photoImport", "@serviceNamespace": "org.example.photos",
            "Description": "words", "Owner": reference(world.url("/api/vApp/vapp-{}")),
            "User": reference(world.url("/api/admin/user/{}")), "Progress": 5, "Details": "words"}


# By media type: the root element, and the tree for a world and a name of its own.
SAMPLES = {
    VMW + "admin.aclRule": ("V:AclRule", acl_rule),
    VMW + "admin.amqpSettings": ("V:AmqpSettings", lambda *_: {
        "V:AmqpHost": "broker.example.org", "V:AmqpPort": 5671, "V:AmqpUsername": "vcd",
        "V:AmqpPassword": PASSWORD, "V:AmqpExchange": "systemExchange", "V:AmqpVHost": "/",
        "V:AmqpUseSSL": True, "V:AmqpSslAcceptAll": False, "V:AmqpPrefix": "vcd"}),
    VMW + "admin.apiDefinition": ("V:ApiDefinition", api_definition),
    VMW + "admin.apiFilter": ("V:ApiFilter", api_filter),
    VMW + "admin.authorizationCheckParams": ("V:AuthorizationCheckParams", lambda world, _: {
        "User": reference(world.url("/api/admin/user/{}")), "V:HttpMethod": "GET",
        "V:URL": "/api/photos/17"}),
    VMW + "admin.bundleUploadParams": ("V:BundleUploadParams", lambda world, _: {
        "@fileSize": len(BUNDLE), "@serviceNamespace": world.service_namespace()}),
    VMW + "admin.event": ("Event", lambda world, name: {
        "@type": "photoImported", "@serviceNamespace": "org.example.photos", "@success": True,
        "@typeFull": name, "User": reference(world.url("/api/admin/user/{}")),
        "EventProperties": {"EventProperty": [{"@name": "album", "@value": "17"}]}}),
    VMW + "admin.fileDescriptor": ("V:FileDescriptor", file_descriptor),
    VMW + "admin.notificationsSettings": ("V:NotificationsSettings", lambda *_: {
        "V:EnableNotifications": True}),
    VMW + "admin.organization": ("AdminOrg", lambda _, name: {
        "@name": name, "Description": "words", "FullName": "An organization", "IsEnabled": True}),
    VMW + "admin.resourceClass": ("V:ResourceClass", resource_class),
    VMW + "admin.resourceClassAction": ("V:ResourceClassAction", action),
    VMW + "admin.right": ("Right", right),
    VMW + "admin.role": ("Role", lambda world, name: {
        "@name": name, "Description": "words",
        "RightReferences": {"RightReference": [reference(world.common_right())]}}),
    VMW + "admin.service": ("V:Service", service),
    VMW + "admin.serviceLink": ("V:ServiceLink", service_link),
    VMW + "admin.serviceResource": ("V:ServiceResource", resource),
    VMW + "admin.updateRightsParams": ("V:UpdateRightsParams", lambda world, name: {
        "V:AddRight": [right(world, name)],
        "V:RemoveRight": [world.name_of(world.make("/api/admin/right/{}"))]}),
    VMW + "admin.user": ("User", lambda world, name: {
        "@name": name, "Description": "words", "FullName": "A user", "IsEnabled": True,
        "Role": reference(world.url("/api/admin/role/{}")), "Password": PASSWORD}),
    VMW + "admin.vdc": ("AdminVdc", vdc),
    VMW + "admin.vmwprovidervdc": ("V:VMWProviderVdc", lambda _, name: {
        "@name": name, "Description": "words", "IsEnabled": True}),
    VMW + "vcloud.task": ("Task", task),
    VMW + "vcloud.vApp": ("VApp", lambda _, name: {"@name": name, "Description": "words"}),
    VMW + "vcloud.vm": ("Vm", lambda _, name: {
        "@name": name, "Description": "words",
        "VmSpecSection": {"NumCpus": 2, "MemoryResourceMb": {"Configured": 1024}}}),
}
