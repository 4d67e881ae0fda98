"""The REST side as clients of the vCloud API walk it, and what it refuses."""

import base64
import json
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

from harness import ADMIN_PASSWORD, DEV_PASSWORD, SERVICE_TYPE, Appliance, escape, main

VCLOUD = "{http://www.vmware.com/vcloud/v1.5}"
VMEXT = "{http://www.vmware.com/vcloud/extension/v1.5}"
QUERY = "application/vnd.vmware.vcloud.query."
SERVICES = "/api/admin/extension/service"
FILTER_TYPE = "application/vnd.vmware.admin.apiFilter+xml"
ROOT = ("administrator@System", ADMIN_PASSWORD)
USER = ("acme-user@acme", DEV_PASSWORD)


def service(name, namespace, enabled="true", more=""):
    """A Service document with the members, and in the order, that pyvcloud sends."""
    return f"""<vmext:Service xmlns:vmext="{VMEXT[1:-1]}" xmlns="{VCLOUD[1:-1]}" name="{escape(name)}">
<Description>words</Description><vmext:Namespace>{namespace}</vmext:Namespace>
<vmext:Enabled>{enabled}</vmext:Enabled><vmext:RoutingKey>key</vmext:RoutingKey>
<vmext:Exchange>exchange</vmext:Exchange>{more}</vmext:Service>""".encode()


def filters(*patterns):
    return "<vmext:ApiFilters>{}</vmext:ApiFilters>".format("".join(
        f"<vmext:ApiFilter><vmext:UrlPattern>{escape(pattern)}</vmext:UrlPattern></vmext:ApiFilter>"
        for pattern in patterns))


class Client:
    """Follows links, as clients do: it knows the addresses of the logins and of /api/session only."""

    def __init__(self, oriel, version, credentials=ROOT, listener="http", format="xml"):
        self.oriel, self.listener = oriel, listener
        self.accept = f"application/*+{format};version={version}"
        self.session = {"Accept": self.accept}
        basic = base64.b64encode(":".join(credentials).encode()).decode()
        path, accept = "/api/sessions", self.accept
        if float(version) >= 33:
            path, accept = "/cloudapi/1.0.0/sessions", f"application/json;version={version}"
            if credentials[0].lower().endswith("@system"):
                path += "/provider"
        status, headers, body = self.call("POST", path, {
            "Accept": accept, "Authorization": f"Basic {basic}"})
        assert status == 200, (status, body)
        if float(version) >= 33:
            token = headers["X-VMWARE-VCLOUD-ACCESS-TOKEN"]
            self.session["Authorization"] = f"Bearer {token}"
        else:
            self.session["x-vcloud-authorization"] = headers["x-vcloud-authorization"]

    def call(self, method, url, headers=None, body=None):
        parts = urllib.parse.urlsplit(url)
        path = parts.path + ("?" + parts.query if parts.query else "")
        return self.oriel.call(method, path, {**self.session, **(headers or {})}, body,
                               listener=self.listener)

    def get(self, url):
        status, _, body = self.call("GET", url)
        assert status == 200, (url, status, body)
        return ElementTree.fromstring(body)

    def query(self, kind, form, rest=""):
        """The records of a typed query, over all its pages."""
        session = self.get("/api/session")
        queries = self.get(link(session, "down", QUERY + "queryList+xml"))
        url = link(queries, "down", f"{QUERY}{form}+xml", kind) + "&page=1" + rest
        records = []
        while url:
            page = self.get(url)
            records += [child for child in page if child.tag != VCLOUD + "Link"]
            url = link(page, "nextPage", f"{QUERY}{form}+xml", needed=False)
        return records


def link(element, rel, kind, name=None, needed=True):
    found = [child.get("href") for child in element.findall(VCLOUD + "Link")
             if (child.get("rel"), child.get("type"), child.get("name")) == (rel, kind, name)]
    if len(found) != 1 and needed:
        raise AssertionError(f"{len(found)} links {rel} {kind} {name} in {element.tag}")
    return found[0] if found else None


class Walk(unittest.TestCase):
    """The life of a service as pyvcloud leads it."""

    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()
        cls.addClassCleanup(cls.oriel.__exit__)

    def walk(self, version, listener):
        client = Client(self.oriel, version, listener=listener)
        name, namespace = "my ext, (v1) 50%", f"org.example.v{version}"
        twice = float(version) < 35

        session = client.get("/api/session")
        extension = client.get(link(session, "down", "application/vnd.vmware.admin.vmwExtension+xml"))
        services = client.get(link(extension, "down",
                                   "application/vnd.vmware.admin.extensionServices+xml"))
        add = link(services, "add", SERVICE_TYPE)
        patterns = [f"/api/walk/{number}/[0-9]{{1,2}}" for number in range(30)]
        status, headers, body = client.call(
            "POST", add, {"Content-Type": SERVICE_TYPE},
            service(name, namespace, more=filters(*patterns)))
        self.assertEqual(status, 201, body)
        self.assertEqual(headers["Content-Type"], f"{SERVICE_TYPE};version={version}")

        def found(form):
            values = urllib.parse.quote(name)
            if twice:
                rest = "&filterEncoded=true&filter=" + urllib.parse.quote(
                    f"name=={values};namespace=={namespace}")
            else:
                for special in ("%28", "%29", "%2C"):
                    values = values.replace(special, "%5C" + special)
                rest = f"&filter=name=={values};namespace=={namespace}"
            return client.query("adminService", form, rest)

        by_id, = found("idrecords")
        by_href, = found("records")
        reference, = found("references")
        self.assertEqual(by_href.get("href"), headers["Location"])
        self.assertEqual(reference.get("href"), headers["Location"])
        self.assertEqual(by_id.get("id"), "urn:vcloud:externalService:" + headers["Location"][-36:])

        def of_service(form, named):
            return client.query("apiFilter", form, f"&filter=service=={urllib.parse.quote(named)}")

        for named in (by_id.get("id"), by_id.get("id")[-36:]):
            seen = [record.get("urlPattern") for record in of_service("idrecords", named)]
            self.assertEqual(seen, patterns)

        status, _, body = client.call("PUT", by_href.get("href"), None,
                                      service(name, namespace, "false"))
        self.assertEqual(status, 200, body)  # and no Content-Type at all
        self.assertEqual([record.get("enabled") for record in found("records")], ["false"])
        self.assertEqual(len(of_service("records", by_id.get("id"))), len(patterns))

        for record in of_service("references", by_id.get("id")):
            remove = link(client.get(record.get("href")), "remove", None)
            self.assertEqual(client.call("DELETE", remove + "?force=False&recursive=False")[0], 204)
        add = link(client.get(reference.get("href")), "add", FILTER_TYPE)
        status, _, body = client.call("POST", add, {"Content-Type": FILTER_TYPE},
                                      f'<ApiFilter xmlns="{VMEXT[1:-1]}"><UrlPattern> /api/one '
                                      "</UrlPattern></ApiFilter>")
        self.assertEqual(status, 201, body)
        one, = of_service("idrecords", by_id.get("id"))
        self.assertEqual(one.get("urlPattern"), "/api/one")

        status, _, body = client.call("DELETE", by_href.get("href") + "?force=False&recursive=False")
        self.assertEqual((status, body), (204, b""))
        self.assertEqual(found("records"), [])
        self.assertEqual(client.call("DELETE", "/api/session")[0], 204)
        self.assertEqual(client.call("GET", "/api/session")[0], 401)

    def test_with_the_token_of_old_versions(self):
        self.walk("31.0", "http")

    def test_with_the_token_of_new_versions(self):
        self.walk("36.0", "https")

    def test_a_tenant_is_told_by_what_his_session_lacks(self):
        client = Client(self.oriel, "36.0", USER)
        session = client.get("/api/session")
        self.assertIsNone(link(session, "down", "application/vnd.vmware.admin.vmwExtension+xml",
                               needed=False))
        queries = client.get(link(session, "down", QUERY + "queryList+xml"))
        self.assertNotIn("adminService", {child.get("name") for child in queries})
        self.assertEqual(client.call("GET", "/api/query?type=adminService")[0], 403)
        self.assertEqual(client.call("GET", SERVICES)[0], 403)


class Resources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()
        cls.addClassCleanup(cls.oriel.__exit__)
        cls.client = Client(cls.oriel, "36.0")
        location = cls.client.call("POST", SERVICES, {"Content-Type": SERVICE_TYPE},
                                   service("kept", "org.example.kept", more=filters("/api/kept")))
        cls.service = urllib.parse.urlsplit(location[1]["Location"]).path
        one, = cls.client.query("apiFilter", "records")
        session = cls.client.get("/api/session")
        org = link(session, "down", "application/vnd.vmware.vcloud.org+xml")
        tasks = link(cls.client.get(org), "down", "application/vnd.vmware.vcloud.tasksList+xml")
        user_side = cls.service.replace(SERVICES, "/api/service")
        cls.paths = [
            "/api/versions", "/api/session", "/api/org/", org, tasks, "/api/extensibility",
            "/api/service", user_side, user_side + "/apidefinitions", "/api/apidefinitions",
            "/api/query", "/api/query?type=adminService&format=references", "/api/admin/extension",
            SERVICES, SERVICES + "/query", cls.service, one.get("href"),
            *(f"{cls.service}/{last}" for last in
              ("apifilters", "links", "apidefinitions", "resourceclasses"))]

    def test_each_comes_in_xml_and_json_and_its_head_alone(self):
        for path in self.paths:
            for format, parse in (("xml", ElementTree.fromstring), ("json", json.loads)):
                accept = {"Accept": f"application/*+{format};version=34.0"}
                status, headers, body = self.client.call("GET", path, accept)
                self.assertEqual(status, 200, (path, format, body))
                self.assertTrue(headers["Content-Type"].endswith(f"+{format};version=34.0"), path)
                self.assertRegex(headers["X-VMWARE-VCLOUD-REQUEST-ID"], "^[0-9a-f-]{36}$")
                parse(body)
                only = self.client.call("HEAD", path, accept)
                self.assertEqual((only[0], only[2]), (200, b""), path)
                for name in ("Content-Type", "Content-Length"):
                    self.assertEqual(only[1][name], headers[name], path)

    def test_refusals_come_in_the_format_that_was_asked_for(self):
        for format, parse in (("xml", lambda body: ElementTree.fromstring(body).attrib),
                              ("json", json.loads)):
            accept = {"Accept": f"application/*+{format};version=36.0"}
            typed = {**accept, "Content-Type": "application/x-www-form-urlencoded"}
            for method, path, headers, body, expected in (
                    ("GET", "/api/nothing", accept, None, 404),
                    ("GET", SERVICES + "/nothing", accept, None, 404),
                    ("PATCH", self.service, accept, None, 405),
                    ("GET", "/api/sessions", accept, None, 405),
                    ("POST", SERVICES, typed, b"name=kept", 415),
                    ("POST", SERVICES, accept, service("x", "org.example.x"), 415),
                    ("PUT", self.service, typed, b"name=kept", 415),
                    ("DELETE", self.service, accept, None, 400),  # it is enabled
                    ("GET", "/api/query?type=nothing", accept, None, 400),
                    ("POST", SERVICES, {**accept, "Content-Type": SERVICE_TYPE},
                     service("x", "org.example.kept"), 400)):
                status, headers, body = self.client.call(method, path, headers, body)
                self.assertEqual(status, expected, (method, path, body))
                self.assertIn(f"vcloud.error+{format}", headers["Content-Type"])
                self.assertEqual(int(parse(body)["majorErrorCode"]), expected)
                if expected == 405:
                    self.assertTrue(headers["Allow"])
        for accept in ("image/png", "application/*+xml;version=5.5", "application/*+json;version=99.0"):
            self.assertEqual(self.client.call("GET", SERVICES, {"Accept": accept})[0], 406, accept)

    def test_hostile_documents_are_refused_and_make_nothing(self):
        size = 10 * 1024 * 1024
        whole = service("hostile", "org.example.hostile")
        xml = [
            b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
            b"<!DOCTYPE a [<!ENTITY e 'ee'>]>" + whole,
            whole.replace(b"words", b"&e;"), whole.replace(b"words", b"\xff"),
            whole.replace(b"words", b"&#0;"), whole + whole, whole[:-1],
            b"<a>" * 500_000, b"<a>" * 500_000 + b"</a>" * 500_000,
            whole.replace(b"name=", b"".join(b"a%d='' " % i for i in range(100_000)) + b"name="),
            service("hostile", "org.example.hostile", more="<vmext:ApiFilters>" +
                    "<vmext:ApiFilter/>" * 100_000 + "</vmext:ApiFilters>"),
            whole.replace(b"words", b"x" * (size - len(whole))), b"x" * (size + 1),
        ]
        documents = [(SERVICE_TYPE, document) for document in xml]
        documents += [("application/json", document) for document in (
            b"[" * size, b'{"a":' * 500_000, b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
            b'{"a":[' + b"0," * 1_000_000 + b"0]}", b'{"name":"a","name":"b"}', b'{"name":"\xff"}',
            b'{"name":"\\ud800"}', b'{"priority":1' + b"0" * 1_000_000 + b"}", b"null", b"")]
        before = len(self.client.query("adminService", "records"))
        for kind, document in documents:
            status, _, body = self.client.call("POST", SERVICES, {"Content-Type": kind}, document)
            self.assertIn(status, (400, 413), (document[:80], body))
        self.assertEqual(len(self.client.query("adminService", "records")), before)


if __name__ == "__main__":
    main()
