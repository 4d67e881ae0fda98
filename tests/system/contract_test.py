"""Promises of http/vcloud/CONTRACT.md that no other test holds, asked of the running program."""

import json
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

from harness import DEV_PASSWORD, SERVICE_TYPE, Appliance, main
from rest_test import QUERY, ROOT, SERVICES, USER, VCLOUD, VMEXT, Client, filters, link, service
from samples import NAMESPACES, as_xml
from samples import service as sample_service

ORGANISATION_ADMINISTRATOR = ("acme-admin@acme", DEV_PASSWORD)
ADMIN = "application/vnd.vmware.admin."
TASK_TYPE = "application/vnd.vmware.vcloud.task+xml"
FORMS = ("records", "idrecords", "references")

# Query type: who may ask, its record, and the attributes that the record has when all is set.
EVERYBODY, ADMINISTRATORS, SYSTEM = (USER, ORGANISATION_ADMINISTRATOR, ROOT), (
    ORGANISATION_ADMINISTRATOR, ROOT), (ROOT,)
DEFINITION = "name entryPoint service namespace apiVendor serviceName serviceNamespace serviceVendor"
FILE = ("fileUrl apiDefinition fileMimeType name apiName apiNamespace apiVendor serviceName"
        " serviceNamespace serviceVendor service")
TASK = "name org orgName startDate status ownerName object objectType objectName serviceNamespace"
EVENT = "eventType timeStamp eventStatus userName orgName entityType entityName serviceNamespace entity"
QUERIES = {
    "adminService": (SYSTEM, "AdminServiceRecord", "name enabled exchange priority routingKey vendor"
                     " namespace isAuthorizationEnabled"),
    "service": (EVERYBODY, "ServiceRecord", "name vendor namespace"),
    "apiFilter": (SYSTEM, "ApiFilterRecord", "urlPattern service"),
    "serviceLink": (SYSTEM, "ServiceLinkRecord",
                    "rel linkHref mimeType resourceType service resourceId"),
    "adminApiDefinition": (SYSTEM, "AdminApiDefinitionRecord", DEFINITION),
    "apiDefinition": (EVERYBODY, "ApiDefinitionRecord", DEFINITION),
    "adminFileDescriptor": (SYSTEM, "AdminFileDescriptorRecord", FILE),
    "fileDescriptor": (EVERYBODY, "FileDescriptorRecord", FILE),
    "resourceClass": (SYSTEM, "ResourceClassRecord",
                      "name service mimeType urlTemplate nid urnPattern"),
    "resourceClassAction": (SYSTEM, "ResourceClassActionRecord",
                            "name httpMethod urlPattern resourceClass"),
    "serviceResource": (SYSTEM, "ServiceResourceRecord", "name org resourceClass externalObjectId"),
    "aclRule": (SYSTEM, "AclRuleRecord", "org principal name serviceResource principalType"
                " resourceClassAction orgAccess serviceResourceAccess principalAccess"),
    "right": (ADMINISTRATORS, "RightRecord", "name category"),
    "task": (EVERYBODY, "TaskRecord", TASK),
    "adminTask": (ADMINISTRATORS, "AdminTaskRecord", TASK),
    "event": (EVERYBODY, "EventRecord", EVENT),
    "adminEvent": (ADMINISTRATORS, "AdminEventRecord",
                   EVENT + " eventId description details productVersion org"),
}


def document(text):
    return text.replace("XMLNS", NAMESPACES, 1)


class Contract(unittest.TestCase):
    """One appliance with one resource of every kind of extension services at least."""

    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()
        cls.addClassCleanup(cls.oriel.__exit__)
        cls.root = Client(cls.oriel, "36.0")
        cls.clients = {who: Client(cls.oriel, "36.0", who)
                       for who in (USER, ORGANISATION_ADMINISTRATOR)}
        cls.clients[ROOT] = cls.root
        org, = (record.get("href") for record in cls.root.query("organization", "records")
                if record.get("name") == "acme")
        cls.org = org.replace("/api/org/", "/api/admin/org/")
        cls.user, = (record.get("href") for record in cls.root.query("adminUser", "records")
                     if record.get("name") == "acme-user")
        cls.service = cls.post(SERVICES, ADMIN + "service",
                               as_xml("V:Service", sample_service(cls, "photos")))
        cls.service_id = cls.service[-36:]
        cls.fill()

    @classmethod
    def url(cls, _):
        """What the sample of a service refers to: organisations only."""
        return cls.org

    @classmethod
    def fill(cls):
        """What the sample has not: a link to one resource, a service resource, a rule of entities."""
        cls.post(cls.service + "/links", ADMIN + "serviceLink", document(
            "<V:ServiceLink XMLNS><V:LinkHref>{baseUri}x</V:LinkHref><V:MimeType>a/b</V:MimeType>"
            "<V:Rel>one</V:Rel><V:ResourceType>application/vnd.vmware.admin.user+xml"
            f"</V:ResourceType><V:ResourceId>{cls.user[-36:]}</V:ResourceId></V:ServiceLink>"))
        photos, = (record.get("href") for record in cls.root.query("resourceClass", "records"))
        action, = (record.get("href") for record in cls.root.query("resourceClassAction", "records"))
        photo = cls.post(photos + "/serviceresources", ADMIN + "serviceResource", document(
            f"<V:ServiceResource XMLNS name='first'><V:Org href='{cls.org}'/>"
            "<V:ExternalObjectId>17</V:ExternalObjectId></V:ServiceResource>"))
        cls.right = cls.post(cls.service + "/rights", ADMIN + "right", document(
            "<Right XMLNS name='view'><Description>d</Description><Category>Photos</Category>"
            "<BundleKey>view</BundleKey></Right>"))

        def entity(name, href):
            return (f"<V:{name}><V:Access>Entity</V:Access><V:Entity href='{href}' xmlns:xsi="
                    "'http://www.w3.org/2001/XMLSchema-instance' xsi:type='ReferenceType'/>"
                    f"</V:{name}>")

        cls.post(action + "/aclrules", ADMIN + "aclRule", document(
            "<V:AclRule XMLNS name='one'>" + entity("ServiceResourceAccess", photo) +
            entity("OrganizationAccess", cls.org) + entity("PrincipalAccess", cls.right) +
            "</V:AclRule>"))
        cls.post(cls.org + "/events", ADMIN + "event", document(
            "<Event XMLNS type='photo/import' serviceNamespace='org.example.photos' success='true'>"
            f"<Owner href='{cls.org}'/><User href='{cls.user}'/><EventProperties>"
            "<EventProperty name='from' value='camera'/></EventProperties></Event>"), 204)

    @classmethod
    def post(cls, url, kind, body, expected=201):
        status, headers, answer = cls.root.call("POST", url, {"Content-Type": kind + "+xml"}, body)
        assert status == expected, (url, status, answer)
        return headers["Location"]

    def page(self, url, client=None):
        """The records of one page and its root."""
        root = (client or self.root).get(url)
        return [child for child in root if child.tag != VCLOUD + "Link"], root


class Queries(Contract):
    # spec 2.5 [V]
    def test_have_the_attributes_of_the_guide(self):
        self.task()
        for kind, (_, element, attributes) in QUERIES.items():
            records, _ = self.page(f"/api/query?type={kind}&pageSize=128")
            self.assertEqual({record.tag for record in records}, {VCLOUD + element}, kind)
            seen = {name for record in records for name in record.attrib}
            self.assertEqual(set(attributes.split()) - seen, set(), kind)

    # spec 2.5 [V]
    def test_are_for_whom_the_guide_says(self):
        for who, client in self.clients.items():
            session = client.get("/api/session")
            listed = client.get(link(session, "down", QUERY + "queryList+xml"))
            names = {child.get("name") for child in listed}
            for kind, (may, _, _) in QUERIES.items():
                self.assertEqual(kind in names, who in may, (who, kind))
                status = client.call("GET", f"/api/query?type={kind}")[0]
                self.assertEqual(status, 200 if who in may else 403, (who, kind))

    # spec 2.5 [V]
    def test_come_in_three_formats_that_lead_to_one_another(self):
        for kind in QUERIES:
            sizes = set()
            for form in FORMS:
                records, root = self.page(self.listed(kind, form))
                sizes.add(len(records))
                for other in set(FORMS) - {form}:
                    url = link(root, "alternate", f"{QUERY}{other}+xml")
                    self.assertEqual(self.root.get(url).get("total"), root.get("total"), url)
            self.assertEqual(len(sizes), 1, kind)

    # spec 2.5 [V]
    def test_name_records_by_href_by_urn_or_by_both(self):
        for kind in set(QUERIES) - {"event", "adminEvent"}:  # events have no resource of their own
            by_href, _ = self.page(self.listed(kind, "records"))
            by_urn, _ = self.page(self.listed(kind, "idrecords"))
            both, _ = self.page(self.listed(kind, "references"))
            for record, id_record, reference in zip(by_href, by_urn, both):
                self.assertTrue(record.get("href").startswith("http"), kind)
                self.assertRegex(id_record.get("id"), "^urn:vcloud:")
                self.assertTrue(reference.tag.endswith("Reference"), reference.tag)
                self.assertEqual(reference.get("href"), record.get("href"))
                self.assertEqual(reference.get("id"), id_record.get("id"))
                self.assertTrue(reference.get("type"), kind)
        for form, expected in (("records", self.service),
                               ("idrecords", "urn:vcloud:externalService:" + self.service_id)):
            records, _ = self.page(self.listed("apiFilter", form))
            self.assertEqual({record.get("service") for record in records}, {expected})

    # spec 2.5 [V]
    def test_that_are_packaged_take_the_same_parameters(self):
        classes, = self.root.query("resourceClass", "records")
        action, = self.root.query("resourceClassAction", "records")
        definition, = self.root.query("adminApiDefinition", "records")
        for url, name in ((SERVICES + "/query", "adminService"),
                          (self.service + "/links", "serviceLink"),
                          (self.service + "/apifilters", "apiFilter"),
                          (self.service + "/apidefinitions", "adminApiDefinition"),
                          (self.service + "/resourceclasses", "resourceClass"),
                          (classes.get("href") + "/resourceclassactions", "resourceClassAction"),
                          (classes.get("href") + "/serviceresources", "serviceResource"),
                          (action.get("href") + "/aclrules", "aclRule"),
                          (definition.get("href") + "/files", "adminFileDescriptor"),
                          ("/api/service", "service"), ("/api/apidefinitions", "apiDefinition")):
            expected = len(self.page(f"/api/query?type={name}")[0])
            records, root = self.page(url)
            self.assertEqual((root.get("name"), len(records)), (name, expected), url)
            self.assertTrue(root.get("href").endswith("?page=1&pageSize=25&format=records"), url)
            records, root = self.page(url + "?pageSize=1&format=idrecords")
            self.assertEqual((root.get("pageSize"), len(records)), ("1", 1), url)
            self.assertTrue(records[0].get("id"), url)
            records, _ = self.page(url + "?filter=id==nothing")
            self.assertEqual(records, [], url)

    def listed(self, kind, form):
        session = self.root.get("/api/session")
        queries = self.root.get(link(session, "down", QUERY + "queryList+xml"))
        url = link(queries, "down", f"{QUERY}{form}+xml", kind)
        self.assertIn("?", url)
        return url

    def task(self):
        tasks = f"/api/tasksList/{self.org[-36:]}"
        status, _, body = self.root.call("POST", tasks, {"Content-Type": TASK_TYPE}, document(
            "<Task XMLNS status='running' operationName='photoImport' operation='Importing'"
            f" serviceNamespace='org.example.photos'><Owner href='{self.org}'/>"
            f"<User href='{self.user}'/></Task>"))
        self.assertEqual(status, 200, body)
        return ElementTree.fromstring(body)


class Services(Contract):
    # spec 2.2 [V]
    def test_may_share_name_exchange_and_routing_key(self):
        for namespace in ("org.example.twin.a", "org.example.twin.b"):
            status, _, body = self.root.call("POST", SERVICES, {"Content-Type": SERVICE_TYPE},
                                             service("twin", namespace))
            self.assertEqual(status, 201, body)
        status, _, body = self.root.call("POST", SERVICES, {"Content-Type": SERVICE_TYPE},
                                         service("another", "org.example.twin.a"))
        self.assertEqual(status, 400, body)

    # spec 2.2 [V]
    def test_are_registered_before_their_exchange_is_there(self):
        status, _, body = self.root.call(
            "POST", SERVICES, {"Content-Type": SERVICE_TYPE},
            service("early", "org.example.early", more=filters("/api/early")))
        self.assertEqual(status, 201, body)  # and the error comes with each request
        status, _, body = self.clients[USER].call("GET", "/api/early")
        self.assertEqual(status, 500)
        self.assertEqual(ElementTree.fromstring(body).get("majorErrorCode"), "500")

    # spec 2.2 [V]
    def test_may_be_put_whole_again_without_a_second_filter(self):
        whole = service("again", "org.example.again", more=filters("/api/again", "/api/again/.*"))
        _, headers, _ = self.root.call("POST", SERVICES, {"Content-Type": SERVICE_TYPE}, whole)
        for enabled in (b"false", b"true"):
            status, _, body = self.root.call(
                "PUT", headers["Location"], {"Content-Type": SERVICE_TYPE},
                whole.replace(b"<vmext:Enabled>true", b"<vmext:Enabled>" + enabled))
            self.assertEqual(status, 200, body)
            shown = ElementTree.fromstring(body)
            self.assertEqual(shown.findtext(VMEXT + "Enabled"), enabled.decode())
            patterns = [record.get("urlPattern")
                        for record in self.page(headers["Location"] + "/apifilters")[0]]
            self.assertEqual(patterns, ["/api/again", "/api/again/.*"])

    # spec 3.9 [V]
    def test_show_users_their_side(self):
        client = self.clients[USER]
        entrance = client.get(link(client.get("/api/session"), "down:extensibility",
                                   "application/vnd.vmware.vcloud.apiextensibility+xml"))
        self.assertEqual(entrance.tag, VCLOUD + "ApiExtensibility")
        records, _ = self.page(link(entrance, "down:service", QUERY + "records+xml"), client)
        self.assertIn("org.example.photos", [record.get("namespace") for record in records])
        shown = client.get("/api/service/" + self.service_id)
        self.assertEqual(shown.tag, VCLOUD + "Service")
        self.assertEqual(shown.get("name"), "photos")
        self.assertEqual(shown.get("id"), "urn:vcloud:externalService:" + self.service_id)
        self.assertEqual(shown.findtext(VCLOUD + "Namespace"), "org.example.photos")
        self.assertEqual(shown.findtext(VCLOUD + "Vendor"), "Example")
        definition, *_ = self.page(link(shown, "down:apiDefinitions", QUERY + "records+xml"),
                                   client)[0]
        every, *_ = self.page(link(entrance, "down:apidefinitions", QUERY + "records+xml"), client)[0]
        self.assertEqual(every.get("href"), definition.get("href"))
        view = client.get(definition.get("href"))
        self.assertEqual(view.tag, VCLOUD + "ApiDefinition")
        self.assertRegex(view.findtext(VCLOUD + "EntryPoint"), "^http://[^/]+/api/photos$")
        self.assertEqual(view.findtext(VCLOUD + "ApiVendor"), "Example")
        versions = view.find(VCLOUD + "SupportedApiVersions")
        self.assertEqual([version.text for version in versions], ["1.0", "2.0"])

    # spec 3.3 [V]
    def test_have_definitions_with_texts_of_255_characters(self):
        for element in ("EntryPoint", "Namespace", "ApiVendor"):
            for size, expected in ((255, 201), (256, 400)):
                status, _, body = self.root.call(
                    "POST", self.service + "/apidefinitions",
                    {"Content-Type": ADMIN + "apiDefinition+xml"}, document(
                        f"<V:ApiDefinition XMLNS name='long'><V:{element}>{'x' * size}"
                        f"</V:{element}></V:ApiDefinition>"))
                self.assertEqual(status, expected, (element, size, body))

    # spec 3.4 [V]: an Entity may carry xsi:type
    def test_take_rules_whose_entities_say_their_type(self):
        rule, = (each for each in self.root.query("aclRule", "records") if each.get("name") == "one")
        self.assertEqual((rule.get("principalType"), rule.get("orgAccess")), ("right", "Entity"))

    # spec 3.4 [V]
    def test_have_classes_that_lead_to_actions_and_resources(self):
        record, = self.root.query("resourceClass", "records")
        shown = self.root.get(record.get("href"))
        for rel, last in (("down:resourceClassActions", "/resourceclassactions"),
                          ("down:serviceResources", "/serviceresources")):
            self.assertEqual(link(shown, rel, QUERY + "records+xml"), record.get("href") + last)
        action, = self.root.query("resourceClassAction", "records")
        rules = link(self.root.get(action.get("href")), "down:aclRules", QUERY + "records+xml")
        self.assertEqual(rules, action.get("href") + "/aclrules")

    # spec 3.11 [V]
    def test_come_as_json_in_the_form_of_jaxb(self):
        client = Client(self.oriel, "36.0", format="json")
        shown = json.loads(client.call("GET", self.service)[2])
        self.assertEqual(shown["routingKey"], "photos")
        self.assertIs(shown["enabled"], True)
        self.assertIsNone(shown["apiFilters"])
        self.assertEqual(shown["otherAttributes"], {})
        self.assertTrue(shown["type"].endswith("+json"))
        for each in shown["link"]:
            self.assertLessEqual({"href", "rel", "type", "name", "id", "otherAttributes"}, set(each))
        error = json.loads(client.call("GET", "/api/nothing")[2])
        self.assertEqual(set(error), {"otherAttributes", "tenantError", "stackTrace", "message",
                                      "majorErrorCode", "minorErrorCode", "vendorSpecificErrorCode"})
        self.assertEqual((error["majorErrorCode"], error["tenantError"]), (404, None))


class Others(Contract):
    # spec 1.4 [V]
    def test_resources_that_extensions_ask_for(self):
        shown = self.root.get(self.user)
        self.assertEqual((shown.tag, shown.get("name")), (VCLOUD + "User", "acme-user"))
        shown = self.root.get(self.right)
        self.assertEqual((shown.tag, shown.get("name")),
                         (VCLOUD + "Right", "{org.example.photos}:view"))
        for kind in ("right", "adminUser", "organization"):
            self.assertTrue(self.page(f"/api/query?type={kind}")[0], kind)
        administrator = self.clients[ORGANISATION_ADMINISTRATOR]
        names = {record.get("name") for record in self.page("/api/query?type=user", administrator)[0]}
        self.assertEqual(names, {"acme-user", "acme-admin"})

    # spec 4.9 [V]
    def test_settings_have_their_elements_in_the_order_of_the_schema(self):
        shown = self.root.get("/api/admin/extension/settings/amqp")
        order = ["AmqpHost", "AmqpPort", "AmqpUsername", "AmqpExchange", "AmqpVHost", "AmqpUseSSL",
                 "AmqpSslAcceptAll", "AmqpPrefix"]
        names = [child.tag[len(VMEXT):] for child in shown if child.tag.startswith(VMEXT)]
        self.assertEqual(names, [name for name in order if name in names])
        self.assertLessEqual({"AmqpHost", "AmqpPort", "AmqpExchange", "AmqpVHost", "AmqpPrefix"},
                             set(names))

    # spec 5 [V]
    def test_a_rule_opens_a_service_with_authorization(self):
        more = ("<vmext:AuthorizationEnabled>true</vmext:AuthorizationEnabled>"
                + filters("/api/guarded/.*") + """<vmext:ResourceClasses>
            <vmext:ResourceClass name="thing"><vmext:MimeType>application/x-thing</vmext:MimeType>
            <vmext:ResourceClassActions><vmext:ResourceClassAction name="read">
            <vmext:HttpMethod>GET</vmext:HttpMethod>
            <vmext:UrlPattern>/api/guarded/(?&lt;id&gt;[0-9]+)</vmext:UrlPattern>
            </vmext:ResourceClassAction></vmext:ResourceClassActions>
            </vmext:ResourceClass></vmext:ResourceClasses>""")
        self.post(SERVICES, ADMIN + "service", service("guarded", "org.example.guarded", more=more))
        user = self.clients[USER]

        def asked(path, client=user):  # 500 comes from behind the gate: there is no exchange
            status, _, body = client.call("GET", path)
            return status, ElementTree.fromstring(body).get("minorErrorCode")

        refused = (403, "ACCESS_TO_RESOURCE_IS_FORBIDDEN")
        self.assertEqual(asked("/api/guarded/1"), refused)
        self.assertEqual(asked("/api/guarded/1", self.root), refused)
        things, = (record.get("href") for record in self.root.query("resourceClass", "records")
                   if record.get("name") == "thing")
        action = self.page(things + "/resourceclassactions")[0][0].get("href")
        self.post(things + "/serviceresources", ADMIN + "serviceResource", document(
            f"<V:ServiceResource XMLNS name='one'><V:Org href='{self.org}'/>"
            "<V:ExternalObjectId>1</V:ExternalObjectId></V:ServiceResource>"))
        self.post(action + "/aclrules", ADMIN + "aclRule", document(
            "<V:AclRule XMLNS name='own'><V:OrganizationAccess><V:Access>Shared</V:Access>"
            "</V:OrganizationAccess><V:PrincipalAccess><V:Access>Shared</V:Access>"
            "</V:PrincipalAccess></V:AclRule>"))
        self.assertEqual(asked("/api/guarded/1")[0], 500)
        self.assertEqual(asked("/api/guarded/2"), refused)
        self.assertEqual(asked("/api/guarded/1", self.root), refused)  # of another organisation

    # spec 6.1 [V], 6.2 [V]
    def test_a_task_is_posted_followed_and_finished_as_pyvcloud_does_it(self):
        org = self.root.get(self.org.replace("/admin/", "/"))
        tasks = link(org, "down", "application/vnd.vmware.vcloud.tasksList+xml")
        administrators = self.root.get(self.org)
        self.assertEqual(link(administrators, "task:create", TASK_TYPE), tasks)
        self.assertEqual(link(administrators, "event:create", ADMIN + "event+xml"),
                         self.org + "/events")

        def task(status, more=""):
            return document(
                f"<Task XMLNS name='task' status='{status}' operation='Importing'"
                " operationName='photoImport' serviceNamespace='org.example.photos'>"
                f"<Owner href='{self.org}' type='{ADMIN}organization+xml'/>{more}"
                f"<User href='{self.user}'/><Progress>10</Progress><Details>d</Details></Task>")

        def events():
            return [record.get("eventType")
                    for record in self.root.query("adminEvent", "records")]

        before = len(events())
        status, _, body = self.root.call("POST", tasks, {"Content-Type": TASK_TYPE}, task("running"))
        self.assertEqual(status, 200, body)
        shown = ElementTree.fromstring(body)
        url = shown.get("href")
        self.assertEqual(shown.get("id"), "urn:vcloud:task:" + url[-36:])
        self.assertTrue(shown.get("startTime"))
        self.assertEqual(shown.find(VCLOUD + "Organization").get("name"), "acme")
        self.assertIn("com/vmware/vcloud/event/task/create", events())
        self.assertGreater(len(events()), before)
        listed = self.clients[USER].get(tasks)
        self.assertIn(url, [each.get("href") for each in listed.findall(VCLOUD + "Task")])

        error = ("<Error stackTrace='s' message='m' majorErrorCode='500'"
                 " minorErrorCode='INTERNAL_SERVER_ERROR'/>")
        status, _, body = self.root.call("PUT", url, {"Content-Type": TASK_TYPE},
                                         task("error", error))
        self.assertEqual(status, 200, body)
        polled = self.root.get(url)
        self.assertEqual(polled.get("status"), "error")
        self.assertEqual(polled.find(VCLOUD + "Error").attrib, {
            "message": "m", "majorErrorCode": "500", "minorErrorCode": "INTERNAL_SERVER_ERROR",
            "stackTrace": "s"})
        self.assertTrue(polled.get("endTime") and polled.get("expiryTime"))
        order = ["Link", "Description", "Tasks", "Owner", "Error", "User", "Organization",
                 "Progress", "Params", "Details", "Result"]
        names = [child.tag[len(VCLOUD):] for child in polled]
        self.assertEqual(names, sorted(names, key=order.index))


if __name__ == "__main__":
    main()
