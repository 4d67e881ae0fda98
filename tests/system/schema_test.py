"""Whatever a link leads to is there and is valid against the schemas that the server itself gives."""

import collections
import json
import re
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

import table
from harness import ADMIN_PASSWORD, DEV_PASSWORD, SERVICE_TYPE, Appliance, main
from samples import as_xml
from validation import xml_faults

HREF = re.compile(r'(?:href|Href|location|linkHref|fileUrl|entryPoint)="([^"]*)"', re.I)
LINK = "{http://www.vmware.com/vcloud/v1.5}Link"
PAGES_MAX = 3000
EXTENSION = "/api/admin/extension"


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


def pattern_of(route):
    return re.compile(re.escape(route).replace(r"\{\}", "[^/]+"))


class Schemas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.__enter__()
        cls.addClassCleanup(cls.oriel.__exit__, None, None, None)
        cls.rows = table.rows_of(table.document())
        cls.answers = []
        cls.root = Walk(cls.oriel, "administrator@System", ADMIN_PASSWORD, cls.answers)
        cls.world = table.World.of(cls.oriel, cls.rows, cls.root.session, "acme", "acme-user")
        # All is made that can be; whatever links do not lead to is read by its URL.
        cls.root.everything_from(
            *(cls.world.path(row.url) for row in cls.rows if row.method == "GET"
              and "/schema/" not in row.url),
            "/api/entity/urn:photo:album17", "/api/nothing")
        cls.user = Walk(cls.oriel, "acme-user@acme", DEV_PASSWORD, cls.answers)
        cls.user.everything_from("/api/session", "/api/org", "/api/query", "/api/extensibility",
                                 EXTENSION)

    def test_every_xml_answer_is_valid(self):
        self.assertGreater(len(self.answers), 100)
        self.assertEqual(xml_faults(self.oriel, self.answers), [])

    def test_records_are_valid_with_links_too(self):
        answers = []
        for query in sorted({match for _, text in self.answers
                             for match in re.findall(r"/api/query\?type=\w+", text.decode())}):
            for form in ("records", "idrecords", "references"):
                path = f"{query}&format={form}&links=true"
                status, _, text = self.oriel.call("GET", path, self.root.session)
                self.assertEqual(status, 200, path)
                answers.append((path, text))
        self.assertTrue(any(b"Record" in text and b'rel="up"' in text for _, text in answers))
        self.assertEqual(xml_faults(self.oriel, answers), [])

    # spec 3.2 [V]
    def test_services_add_links_to_what_is_a_resource_and_what_is_none(self):
        for path, kind in (("/api/session", "text/html"),
                           (next(path for path in self.root.seen
                                 if re.fullmatch("/api/org/[^/]+", path)),
                            "application/vnd.example.photos+xml")):
            links = ElementTree.fromstring(self.root.call("GET", path)[2])
            found = [link.get("href") for link in links
                     if (link.get("rel"), link.get("type")) == ("down:photos", kind)]
            self.assertEqual(len(found), 1, path)
            self.assertNotIn("{", found[0])

    # spec 3.2 [V]
    def test_services_add_links_to_every_representation_that_has_links(self):
        rows = [row for row in self.rows if row.method == "GET" and "/vnd." in row.gives
                and row.url != "/api/versions"]
        links = [{"V:LinkHref": "{baseUri}x", "V:MimeType": "text/plain", "V:Rel": "everywhere",
                  "V:ResourceType": kind + "+xml"} for kind in {row.gives for row in rows}]
        tree = {"@name": "links", "V:Namespace": "org.example.links", "V:Enabled": True,
                "V:RoutingKey": "links", "V:Exchange": "links",
                "V:ServiceLinks": {"V:ServiceLink": links}}
        status, _, text = self.oriel.call(
            "POST", EXTENSION + "/service", {**self.root.session, "Content-Type": SERVICE_TYPE},
            as_xml("V:Service", tree))
        self.assertEqual(status, 201, text)
        for row in rows:
            for format in ("xml", "json"):
                with self.subTest(url=row.url, format=format):
                    headers = {**self.root.session, "Accept": table.accept_of(row, format)}
                    text = self.oriel.call("GET", self.world.path(row.url), headers)[2]
                    root = ElementTree.fromstring(text) if format == "xml" else json.loads(text)
                    own = (root.findall(LINK) if format == "xml" else root["link"])
                    self.assertEqual([link.get("rel") for link in own].count("everywhere"), 1)

    def test_nothing_that_a_link_leads_to_is_missing(self):
        broken = {path: status for path, status in self.root.seen.items()
                  if status >= 400 and path != "/api/nothing" and "photos" not in path
                  and "action" not in path}
        # Links to add something lead where nothing may be to read.
        posts = [pattern_of(url) for url, method, *_ in self.rows if method == "POST"]
        self.assertEqual({path: status for path, status in broken.items() if not (
            status == 405 and any(post.fullmatch(path) for post in posts))}, {})


if __name__ == "__main__":
    main()
