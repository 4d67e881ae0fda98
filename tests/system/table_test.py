"""Every row of the table of URLs is as it is written: each caller asks with a valid document, in both
formats, and is told 401, 403 or what the row promises; what is another organisation's is not there."""

import base64
import collections
import pathlib
import unittest
import xml.etree.ElementTree as ElementTree

import openapi
import table
from harness import ADMIN_PASSWORD, DEV_PASSWORD, Appliance, main
from samples import SAMPLES
from validation import xml_faults

ROOT = pathlib.Path(__file__).resolve().parents[2]
CALLERS = {  # in the order of what they may: name, password
    "anybody": None,
    "users": ("acme-user@acme", DEV_PASSWORD),
    "organization administrators": ("acme-admin@acme", DEV_PASSWORD),
    "system administrators": ("administrator@System", ADMIN_PASSWORD),
}
RANK = list(CALLERS)
LOGINS = {"/api/sessions": (401, 200, 200, 200), "/cloudapi/1.0.0/sessions": (401, 200, 200, 401),
          "/cloudapi/1.0.0/sessions/provider": (401, 401, 401, 200)}
ENDS = {("DELETE", "/api/session"), ("DELETE", "/cloudapi/1.0.0/sessions/{}")}
# What belongs to one organisation begins like this.
PRIVATE = ("/api/org/{}", "/api/admin/org/{}", "/api/admin/user/{}", "/api/admin/vdc/{}",
           "/api/vdc/{}", "/api/vApp/", "/api/task/{}", "/api/tasksList/{}", "/api/entity/{}")

Asked = collections.namedtuple("Asked", "row caller format path expected status fields text")


def is_login(row):
    return row.method == "POST" and row.url in LOGINS


class Walk:
    """Asks for everything once, and keeps what was answered."""

    def __init__(self, oriel):
        self.oriel = oriel
        self.rows = table.rows_of(table.document())
        self.sessions = {caller: oriel.log_in(*login) if login else {}
                         for caller, login in CALLERS.items()}
        self.root = self.sessions["system administrators"]
        self.home = table.World.of(oriel, self.rows, self.root, "acme", "acme-user")
        self.abroad = table.World(oriel, self.rows, self.root, self.home.make("/api/admin/org/{}"))
        self.asked, self.foreign, self.changed = [], [], []
        for row in self.rows:
            for caller in CALLERS:
                for format in table.formats_of(row):
                    self.ask_for(row, caller, format)

    def ask_for(self, row, caller, format):
        if is_login(row):
            expected = LOGINS[row.url][RANK.index(caller)]
        elif RANK.index(caller) >= RANK.index(row.who):
            expected = table.status_of(row)
        else:
            expected = 401 if caller == "anybody" else 403
        if expected < 300:
            self.ask(row, caller, format, self.home, expected, self.asked)
            if row.url.startswith(PRIVATE) and caller not in ("anybody", RANK[-1]):
                self.refused(row, caller, format, self.abroad, 404, self.foreign)
        else:
            self.refused(row, caller, format, self.home, expected, self.asked)

    def refused(self, row, caller, format, world, expected, asked):
        """Whoever is refused has changed nothing."""
        path = world.path(row.url)
        before = self.oriel.call("GET", path, self.root)[2] if row.method != "GET" else b""
        self.ask(row, caller, format, world, expected, asked)
        after = self.oriel.call("GET", path, self.root)[2] if row.method != "GET" else b""
        if before != after:
            self.changed.append((row.method, path, caller, before, after))

    def ask(self, row, caller, format, world, expected, asked):
        changes = row.method in ("PUT", "DELETE") or "/action/" in row.url
        path = world.path(row.url, fresh=changes and expected < 300)
        if expected == 204 and row.url == table.SERVICE + "/{}":
            world.disable(path)
        headers = {**self.credentials(row, caller), "Accept": table.accept_of(row, format)}
        body = None
        if row.takes:
            headers["Content-Type"] = row.takes + ("" if format == "plain" else "+" + format)
            change = {"Description": "Changed"} if row.method == "PUT" else {}
            body = world.body(row.takes, format, world.name_of(path), **change)
        status, fields, text = self.oriel.call(row.method, path, headers, body)
        asked.append(Asked(row, caller, format, path, expected, status, fields, text))

    def credentials(self, row, caller):
        login = CALLERS[caller]
        if login and is_login(row):
            basic = base64.b64encode(":".join(login).encode()).decode()
            return {"Authorization": "Basic " + basic}
        if login and (row.method, row.url) in ENDS:
            return self.oriel.log_in(*login)
        return self.sessions[caller]


def told(each):
    return (f"{each.row.method} {each.path} by {each.caller} in {each.format}: {each.status},"
            f" not {each.expected}: {each.text[:300].decode()}")


def spelled(name):
    name = name.rpartition("}")[2]
    return name[0].lower() + name[1:]


def missing_in_json(node, members, path):
    """What the XML document says and the JSON one does not."""
    for key, value in node.attrib.items():
        key = spelled(key)
        if key != "schemaLocation" and said(members.get(key)) != value:
            yield f"{path}/{key}: {value!r}, {members.get(key)!r}"
    for child in node:
        key = spelled(child.tag)
        twins = [each for each in node if each.tag == child.tag]
        value = members.get("record" if key.endswith("Record") else key)
        if isinstance(value, list):
            value = value[twins.index(child)] if len(value) == len(twins) else None
        if isinstance(value, dict):
            yield from missing_in_json(child, value, f"{path}/{key}")
        elif len(child) or child.attrib or said(value) != (child.text or ""):
            yield f"{path}/{key}: {child.text!r}, {value!r}"


def said(value):
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("+json", "+xml")


class Table(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.__enter__()
        cls.addClassCleanup(cls.oriel.__exit__, None, None, None)
        cls.walk = Walk(cls.oriel)
        cls.rows, cls.asked = cls.walk.rows, cls.walk.asked
        cls.everything = cls.asked + cls.walk.foreign

    def test_is_the_one_in_the_documents(self):
        written = (ROOT / "packaging" / "doc" / "routes.md").read_text(encoding="utf-8")
        self.assertEqual(table.document(), written)
        self.assertGreater(len(self.rows), 100)

    # spec 3.11 [V]: requests in both formats
    def test_has_a_sample_of_every_document_that_it_takes(self):
        taken = {row.takes for row in self.rows} - {"", "application/zip"}
        self.assertEqual(taken, set(SAMPLES))

    # spec 2 [V]
    def test_lets_in_whom_it_says_and_nobody_else(self):
        self.assertEqual([told(each) for each in self.asked if each.status != each.expected], [])
        self.assertEqual(len(self.asked), sum(
            len(CALLERS) * len(table.formats_of(row)) for row in self.rows))

    def test_has_no_row_that_nobody_succeeds_with(self):
        done = {each.row for each in self.asked if each.status < 300}
        self.assertEqual([row for row in self.rows if row not in done], [])

    def test_gives_what_it_says(self):
        for each in self.asked:
            if each.status >= 300:
                continue
            with self.subTest(method=each.row.method, path=each.path, format=each.format):
                gives = each.fields.get("Content-Type", "").split(";")[0]
                suffix = "+" + each.format if "/vnd." in each.row.gives else ""
                self.assertEqual(gives, each.row.gives + suffix if each.row.gives else gives)
                self.assertEqual(bool(each.text), bool(each.row.gives))

    def test_shows_nothing_of_another_organisation(self):
        self.assertGreater(len(self.walk.foreign), 50)
        self.assertEqual([told(each) for each in self.walk.foreign if each.status != 404], [])

    def test_whoever_is_refused_has_changed_nothing(self):
        self.assertEqual(self.walk.changed, [])

    def test_every_xml_answer_is_valid(self):
        answers = [(told(each), each.text) for each in self.everything
                   if each.text and "xml" in each.fields["Content-Type"]
                   and "/schema/" not in each.path]
        self.assertGreater(len(answers), 300)
        self.assertEqual(xml_faults(self.oriel, answers), [])

    def test_every_answer_of_cloudapi_is_as_the_openapi_document_says(self):
        document = openapi.Document(self.oriel.call("GET", "/cloudapi/openapi.json")[2])
        self.assertEqual(document.faults(), [])
        answers = [each for each in self.everything if each.path.startswith("/cloudapi")]
        self.assertGreater(len(answers), 20)
        for each in answers:
            self.assertEqual(document.faults_of(
                each.row.method, each.row.url, each.status, each.text), [], told(each))

    # spec 3.11 [V]
    def test_every_other_json_answer_says_what_the_xml_one_says(self):
        read = {(each.path, each.caller, each.format): each for each in self.asked
                if each.row.method == "GET" and each.status == 200}
        compared = 0
        for (path, caller, format), each in read.items():
            if format == "xml":
                same = openapi.parsed(read[path, caller, "json"].text)
                found = list(missing_in_json(ElementTree.fromstring(each.text), same, path))
                self.assertEqual(found, [], told(each))
                compared += 1
        self.assertGreater(compared, 100)

    # spec 3.10 [V]
    def test_an_operation_key_makes_one_of_two_posts_and_deletes_twice(self):
        made = set()
        world, root = self.walk.home, self.walk.root
        for row in self.rows:
            made_here = row.method == "POST" and row.takes and row.takes == row.gives
            if not made_here or table.SERVICE not in row.url or row.takes.endswith(".right"):
                continue  # rights are made once in any case
            with self.subTest(url=row.url):
                name = world.new_name()
                key = {"@operationKey": "the-key-of-" + name}
                locations = []
                for _ in range(2):
                    status, fields, text = self.oriel.call(
                        "POST", world.path(row.url), {**root, "Content-Type": row.takes + "+xml"},
                        world.body(row.takes, "xml", name, key, **{"V:Enabled": False}))
                    self.assertEqual(status, 201, text)
                    locations.append(fields["Location"])
                self.assertEqual(locations[0], locations[1])
                for _ in range(2):
                    self.assertEqual(self.oriel.call(
                        "DELETE", locations[0][len(world.origin):], root)[0], 204)
                made.add(row.takes.rpartition(".")[2])
        self.assertEqual(made, {
            "aclRule", "apiDefinition", "apiFilter", "fileDescriptor", "resourceClass",
            "resourceClassAction", "service", "serviceLink", "serviceResource"})

    def test_other_methods_are_405_and_told_which_are_not(self):
        head = {row.url: row for row in self.rows if row.method == "GET"}
        for url in sorted({row.url for row in self.rows}):
            methods = {row.method for row in self.rows if row.url == url}
            path = self.walk.home.path(url)
            with self.subTest(path=path):
                status, fields, _ = self.oriel.call("PATCH", path, self.walk.root)
                allowed = set(fields.get("Allow", "").split(", "))
                self.assertEqual((status, allowed - {"HEAD"}), (405, methods))
                self.assertEqual("HEAD" in allowed, "GET" in methods)
                if url in head:
                    headers = {**self.walk.root, "Accept": table.accept_of(head[url], "xml")}
                    self.assertEqual(self.oriel.call("HEAD", path, headers)[::2], (200, b""))


if __name__ == "__main__":
    main()
