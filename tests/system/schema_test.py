"""Every XML answer is valid against the schemas that the server itself gives, and every URL of the
table in packaging/doc/routes.md is open to those who may use it and to nobody else."""

import collections
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import uuid
import xml.etree.ElementTree as ElementTree

from harness import ADMIN_PASSWORD, DEV_PASSWORD, XML, Appliance, main

ROOT = pathlib.Path(__file__).resolve().parents[2]
VCLOUD = "http://www.vmware.com/vcloud/v1.5"
VMEXT = "http://www.vmware.com/vcloud/extension/v1.5"
HREF = re.compile(r'(?:href|Href|location|linkHref|fileUrl|entryPoint)="([^"]*)"', re.I)
PAGES_MAX = 3000
EXTENSION = "/api/admin/extension"


def document(text):
    return text.replace("<V:", "<vmext:").replace("</V:", "</vmext:").replace(
        "XMLNS", f'xmlns="{VCLOUD}" xmlns:vmext="{VMEXT}"', 1)


SERVICE = document("""<V:Service XMLNS name="photos" operationKey="once">
  <Description>Albums &amp; photos</Description>
  <V:Namespace>org.example.photos</V:Namespace><V:Enabled>true</V:Enabled>
  <V:AuthorizationEnabled>false</V:AuthorizationEnabled>
  <V:RoutingKey>photos</V:RoutingKey><V:Priority>50</V:Priority><V:Exchange>photos</V:Exchange>
  <V:Vendor>Example</V:Vendor>
  <ReplyTimeoutSeconds xmlns="urn:oriel:v1">5</ReplyTimeoutSeconds>
  <V:ApiFilters>
    <V:ApiFilter><V:UrlPattern>/api/photos/.*</V:UrlPattern></V:ApiFilter>
    <V:ApiFilter operationKey="f"><V:UrlPattern>/api/albums</V:UrlPattern></V:ApiFilter>
  </V:ApiFilters>
  <V:ServiceLinks>
    <V:ServiceLink><V:LinkHref>{baseUri}org/{resourceId}/photos</V:LinkHref>
      <V:MimeType>application/vnd.example.photos+xml</V:MimeType><V:Rel>down:photos</V:Rel>
      <V:ResourceType>application/vnd.vmware.vcloud.org+xml</V:ResourceType></V:ServiceLink>
    <V:ServiceLink><V:LinkHref>{baseUri}service/photos</V:LinkHref>
      <V:MimeType>text/plain</V:MimeType><V:Rel>about</V:Rel>
      <V:ResourceType>application/vnd.vmware.admin.service+xml</V:ResourceType>
      <V:ExternalResourceId>42</V:ExternalResourceId></V:ServiceLink>
    <V:ServiceLink><V:LinkHref>{baseUri}photos</V:LinkHref>
      <V:MimeType>text/html</V:MimeType><V:Rel>down:photos</V:Rel>
      <V:ResourceType>application/vnd.vmware.vcloud.session</V:ResourceType></V:ServiceLink>
  </V:ServiceLinks>
  <V:ApiDefinitions>
    <V:ApiDefinition name="photos"><V:EntryPoint>{baseUri}photos</V:EntryPoint>
      <V:Namespace>org.example.photos</V:Namespace><V:ApiVendor>Example</V:ApiVendor>
      <V:SupportedApiVersions><V:Version>1.0</V:Version><V:Version>2.0</V:Version>
      </V:SupportedApiVersions>
      <V:Files><V:FileDescriptor name="wadl">
        <File href="http://docs.example.org/photos.wadl" type="application/xml" name="photos"/>
      </V:FileDescriptor></V:Files>
    </V:ApiDefinition>
  </V:ApiDefinitions>
  <V:ResourceClasses>
    <V:ResourceClass name="photo"><V:MimeType>application/vnd.example.photo+xml</V:MimeType>
      <V:UrlTemplate>{baseUri}photos/{resourceId}</V:UrlTemplate><V:Nid>photo</V:Nid>
      <V:UrnPattern>^album(?&lt;id&gt;[0-9]+)</V:UrnPattern>
      <V:ResourceClassActions><V:ResourceClassAction name="read"><V:HttpMethod>GET</V:HttpMethod>
        <V:UrlPattern>/api/photos/(?&lt;id&gt;[^/]+)</V:UrlPattern>
        <V:AclRules><V:AclRule name="all">
          <V:OrganizationAccess><V:Access>Published</V:Access></V:OrganizationAccess>
          <V:PrincipalAccess><V:Access>Shared</V:Access></V:PrincipalAccess>
        </V:AclRule></V:AclRules>
      </V:ResourceClassAction></V:ResourceClassActions>
    </V:ResourceClass>
  </V:ResourceClasses>
</V:Service>""")


class Walk:
    """A session, and every XML answer that it was given."""

    def __init__(self, oriel, user, password, answers):
        self.oriel, self.answers = oriel, answers
        self.session = oriel.log_in(user, password)
        self.seen = {}  # path and query: status

    def call(self, method, url, kind=None, body=None):
        parts = urllib.parse.urlsplit(url)
        path = parts.path + ("?" + parts.query if parts.query else "")
        headers = {**self.session, **({"Content-Type": kind + "+xml"} if kind else {})}
        status, fields, text = self.oriel.call(method, path, headers, body)
        if text and "xml" in fields.get("Content-Type", ""):
            self.answers.append((f"{method} {path}", text))
        return status, fields, text

    def made(self, url, kind, body):
        status, fields, text = self.call("POST", url, kind, document(body))
        if status not in (200, 201, 204):
            raise AssertionError(f"POST {url}: {status} {text.decode()}")
        return fields.get("Location")

    def everything_from(self, *starts):
        """Follows every href of the server's own, but for a query's pages under other sizes."""
        waiting = collections.deque(starts)
        while waiting and len(self.seen) < PAGES_MAX:
            url = waiting.popleft()
            parts = urllib.parse.urlsplit(url)
            path = parts.path.rstrip("/") + ("?" + parts.query if parts.query else "")
            if path in self.seen or not path.startswith("/api/"):
                continue
            self.seen[path], fields, text = self.call("GET", path)
            if "xml" in fields.get("Content-Type", ""):
                found = HREF.findall(text.decode())
                waiting.extend(href.replace("&amp;", "&") for href in found
                               if urllib.parse.urlsplit(href).netloc.split(":")[0] == "127.0.0.1")


def first_id(walk, query, **wanted):
    """The href of the first record of a query type for which all attributes are as wanted."""
    text = walk.call("GET", f"/api/query?type={query}&pageSize=128")[2]
    for record in ElementTree.fromstring(text):
        if "href" in record.attrib and record.tag.endswith("Record") and all(
                record.get(name) == value for name, value in wanted.items()):
            return record.get("href")
    raise AssertionError(f"no {query} with {wanted}: {text.decode()}")


def fill(walk):
    """One resource of every kind at least."""
    service = walk.made(EXTENSION + "/service", "application/vnd.vmware.admin.service", SERVICE)
    right = walk.made(service + "/rights", "application/vnd.vmware.admin.right",
                      "<Right XMLNS name='view'><Description>d</Description>"
                      "<Category>Photos</Category><BundleKey>view</BundleKey></Right>")
    role = walk.made("/api/admin/roles", "application/vnd.vmware.admin.role",
                     f"<Role XMLNS name='viewer'><RightReferences><RightReference href='{right}'/>"
                     "</RightReferences></Role>")
    org = walk.made("/api/admin/orgs", "application/vnd.vmware.admin.organization",
                    "<AdminOrg XMLNS name='walked'><Description>d</Description>"
                    "<FullName>Walked</FullName></AdminOrg>")
    member = walk.made(org + "/users", "application/vnd.vmware.admin.user",
                       "<User XMLNS name='walker'><FullName>W</FullName><IsEnabled>true</IsEnabled>"
                       f"<Role href='{role}'/><Password>{DEV_PASSWORD}</Password></User>")
    provider = walk.made(
        EXTENSION + "/providervdcs", "application/vnd.vmware.admin.vmwprovidervdc",
        "<V:VMWProviderVdc XMLNS name='provider'><IsEnabled>true</IsEnabled></V:VMWProviderVdc>")
    vdc = walk.made(org + "/vdcs", "application/vnd.vmware.admin.vdc",
                    "<AdminVdc XMLNS name='vdc'><AllocationModel>Flex</AllocationModel>"
                    "<ComputeCapacity><Cpu><Units>MHz</Units><Limit>10</Limit></Cpu>"
                    f"</ComputeCapacity><ProviderVdcReference href='{provider}'/></AdminVdc>")
    vapp = walk.made(vdc.replace("/admin/", "/") + "/vApps", "application/vnd.vmware.vcloud.vApp",
                     "<VApp XMLNS name='vapp'/>")
    walk.made(vapp + "/vms", "application/vnd.vmware.vcloud.vm", "<Vm XMLNS name='vm'/>")
    organisation = org.rsplit("/", 1)[1]
    walk.made(f"/api/tasksList/{organisation}", "application/vnd.vmware.vcloud.task",
              "<Task XMLNS name='task' status='running' operation='Importing'"
              " operationName='photoImport' serviceNamespace='org.example.photos'>"
              f"<Owner href='{vapp}'/><User href='{member}'/><Progress>5</Progress>"
              "<Details>d</Details></Task>")
    walk.made(org + "/events", "application/vnd.vmware.admin.event",
              "<Event XMLNS type='photoImported' serviceNamespace='org.example.photos'"
              f" success='true'><User href='{member}'/></Event>")
    photo = first_id(walk, "resourceClass", name="photo")
    walk.made(photo + "/serviceresources", "application/vnd.vmware.admin.serviceResource",
              f"<V:ServiceResource XMLNS name='first'><V:Org href='{org}'/>"
              "<V:ExternalObjectId>17</V:ExternalObjectId></V:ServiceResource>")
    walk.call("POST", EXTENSION + "/service/authorizationcheck",
              "application/vnd.vmware.admin.authorizationCheckParams",
              document(f"<V:AuthorizationCheckParams XMLNS><V:User href='{member}'/>"
                       "<V:HttpMethod>GET</V:HttpMethod><V:URL>/api/photos/17</V:URL>"
                       "</V:AuthorizationCheckParams>"))
    walk.call("POST", EXTENSION + "/settings/amqp/action/test",
              "application/vnd.vmware.admin.amqpSettings", document("<V:AmqpSettings XMLNS/>"))
    walk.call("POST", service + "/localizationbundles",
              "application/vnd.vmware.admin.bundleUploadParams",
              document("<V:BundleUploadParams XMLNS fileSize='100'"
                       " serviceNamespace='org.example.photos'/>"))
    return service


def routes():
    """The rows of packaging/doc/routes.md: URL, method, who."""
    table = (ROOT / "packaging" / "doc" / "routes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| ([A-Z]+) \| ([a-z ]+) \|", table, re.M)
    assert len(rows) > 50
    return rows


def pattern_of(route):
    return re.compile(re.escape(route).replace(r"\{\}", "[^/]+"))


class Schemas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.__enter__()
        cls.addClassCleanup(cls.oriel.__exit__, None, None, None)
        cls.answers = []
        cls.root = Walk(cls.oriel, "administrator@System", ADMIN_PASSWORD, cls.answers)
        service = fill(cls.root)
        definition = first_id(cls.root, "adminApiDefinition")
        # Nothing leads to some: other spellings, and where clients know the way.
        cls.root.everything_from(
            service + "/definitions", definition.replace("/apidefinition/", "/definition/")
            + "/files", EXTENSION + "/providervdcs", "/api/admin/users/query",
            "/api/versions", "/api/session", "/api/admin", "/api/org", EXTENSION,
            EXTENSION + "/service/query", EXTENSION + "/settings", EXTENSION + "/settings/amqp",
            "/api/extensibility", "/api/query", "/api/entity/urn:photo:album17", "/api/nothing")
        cls.walker = Walk(cls.oriel, "walker@walked", DEV_PASSWORD, cls.answers)
        cls.walker.everything_from("/api/session", "/api/org", "/api/query", "/api/extensibility",
                                   EXTENSION)

    def test_every_xml_answer_is_valid(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("master", "vcloud", "vmext", "oriel", "versions"):
                status, _, text = self.oriel.call("GET", f"/api/v1.5/schema/{name}.xsd")
                self.assertEqual(status, 200)
                pathlib.Path(folder, name + ".xsd").write_bytes(text)
            files = []
            for number, (_, text) in enumerate(self.answers):
                files.append(os.path.join(folder, f"{number}.xml"))
                pathlib.Path(files[-1]).write_bytes(text)
            self.assertGreater(len(files), 100)
            done = subprocess.run(
                ["xmllint", "--noout", "--nonet", "--schema",
                 os.path.join(folder, "master.xsd"), *files],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            faults = [re.sub(r"^\S*?(\d+)\.xml", lambda m: self.answers[int(m[1])][0], line)
                      for line in done.stdout.splitlines() if not line.endswith(" validates")]
            self.assertEqual((done.returncode, faults[:20]), (0, []))

    def test_the_walk_came_by_every_native_resource(self):
        walked = {path.split("?")[0] for path, status in self.root.seen.items() if status == 200}
        missed = [url for url, method, _ in routes()
                  if method == "GET" and url.startswith("/api/") and "/schema/" not in url
                  and not any(pattern_of(url).fullmatch(path) for path in walked)]
        self.assertEqual(missed, [])

    def test_services_add_links_to_what_is_a_resource_and_what_is_none(self):
        # spec 3.2 [V]
        for path, kind in (("/api/session", "text/html"),
                           (next(path for path in self.root.seen
                                 if re.fullmatch("/api/org/[^/]+", path)),
                            "application/vnd.example.photos+xml")):
            links = ElementTree.fromstring(self.root.call("GET", path)[2])
            found = [link.get("href") for link in links
                     if (link.get("rel"), link.get("type")) == ("down:photos", kind)]
            self.assertEqual(len(found), 1, path)
            self.assertNotIn("{", found[0])

    def test_nothing_that_a_link_leads_to_is_missing(self):
        broken = {path: status for path, status in self.root.seen.items()
                  if status >= 400 and path != "/api/nothing" and "photos" not in path
                  and "action" not in path}
        # Links to add something lead where nothing may be to read.
        posts = [pattern_of(url) for url, method, _ in routes() if method == "POST"]
        self.assertEqual({path: status for path, status in broken.items() if not (
            status == 405 and any(post.fullmatch(path) for post in posts))}, {})

    def test_every_url_of_the_table_is_open_to_those_who_may_and_to_nobody_else(self):
        user = self.oriel.log_in("acme-user@acme", DEV_PASSWORD)
        administrator = self.oriel.log_in("acme-admin@acme", DEV_PASSWORD)
        callers = {"anybody": {"Accept": XML}, "users": user,
                   "organization administrators": administrator,
                   "system administrators": self.root.session}
        order = list(callers)
        for url, method, who in routes():
            if (url, method) == ("/api/session", "DELETE") or "/cloudapi/1.0.0/sessions" in url:
                continue  # would end the sessions that are needed
            path = url.replace("{}", str(uuid.uuid4()))
            for place, (name, headers) in enumerate(callers.items()):
                with self.subTest(url=url, method=method, caller=name):
                    if "cloudapi" in url:
                        headers = {**headers, "Accept": "application/json;version=36.0"}
                    status = self.oriel.call(method, path, headers)[0]
                    if place < order.index(who):
                        self.assertEqual(status, 401 if name == "anybody" else 403)
                    elif who != "anybody":
                        self.assertNotIn(status, (401, 403, 405, 500))


if __name__ == "__main__":
    main()
