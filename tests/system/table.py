"""The table of every URL (`oriel document routes`), and a world in which each row of it can be asked."""

import collections
import itertools
import re
import subprocess
import urllib.parse

from harness import HANG, ORIEL
from samples import BUNDLE, SAMPLES, as_json, as_xml

Row = collections.namedtuple("Row", "url method who takes gives")
ROW = re.compile(r"^\| `([^`]+)` \| ([A-Z]+) \| ([a-z ]+) \| (?:`([^`]+)`)? ?\| (?:`([^`]+)`)? ?\|$")
VERSION = "36.0"

# Where the same resource is seen under another URL: by what its own URL begins with.
SERVICE = "/api/admin/extension/service"
SAME = {
    "/api/org/{}": "/api/admin/org/{}",
    "/api/tasksList/{}": "/api/admin/org/{}",
    "/api/vdc/{}": "/api/admin/vdc/{}",
    "/api/admin/providervdc/{}": "/api/admin/extension/providervdc/{}",
    "/api/service/{}": SERVICE + "/{}",
    SERVICE + "/definition/{}": SERVICE + "/apidefinition/{}",
    "/api/apidefinition/{}": SERVICE + "/apidefinition/{}",
    "/api/files/{}": SERVICE + "/file/{}",
}
# A POST is 201 where it makes what it takes, 204 where it gives nothing, else 200; but these:
OTHER_STATUS = {
    ("POST", "/api/tasksList/{}"): 200,  # our choice 6.1
    ("PUT", "/transfer/{}/file"): 200,
}


def document():
    return subprocess.run([ORIEL, "document", "routes"], check=True, timeout=HANG, text=True,
                          stdout=subprocess.PIPE).stdout


def rows_of(text):
    """Every row; a line of the table that cannot be read is a mistake of ours."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [Row(*(each or "" for each in ROW.match(line).groups())) for line in lines]


def formats_of(row):
    if row.url.startswith("/cloudapi"):
        return ["json"]
    types = row.takes + row.gives
    return ["xml", "json"] if "/vnd." in types or not types else ["plain"]


def accept_of(row, format):
    if row.url.startswith("/cloudapi"):
        return f"application/json;version={VERSION}"
    return "*/*" if format == "plain" else f"application/*+{format};version={VERSION}"


def status_of(row):
    """With which status the row succeeds."""
    if (row.method, row.url) in OTHER_STATUS:
        return OTHER_STATUS[(row.method, row.url)]
    if row.method == "POST" and row.takes and row.takes == row.gives:
        return 201
    return 200 if row.gives else 204


class World:
    """One organisation, and one resource of each kind in it or as many as are asked for. System's
    administrator makes them, from the samples, where the table says."""

    counter = itertools.count()

    def __init__(self, oriel, rows, session, organisation):
        self.oriel, self.rows, self.session = oriel, rows, session
        self.origin = oriel.listen["http"].rstrip("/")
        self.shared = {"/api/admin/org/{}": organisation}  # pattern: path
        self.names = {}  # path: the name of what is there

    @classmethod
    def of(cls, oriel, rows, session, organisation, user):
        """The world of the organisation and the user of these names, who are there already."""
        world = cls(oriel, rows, session, None)
        for pattern, query, name in (("/api/admin/org/{}", "organization", organisation),
                                     ("/api/admin/user/{}", "adminUser", user)):
            world.shared[pattern] = pattern.replace("{}", world.named(query, name))
        return world

    def named(self, query, name):
        """The UUID of what has that name."""
        text = self.oriel.call(
            "GET", f"/api/query?type={query}&filter=name=={urllib.parse.quote(name)}",
            self.session)[2].decode()
        return re.search(r'<\w+Record [^>]*\bhref="[^"]*/([^"/]+)"', text)[1]

    def common_right(self):
        """One that every administrator holds, and may give to others therefore."""
        return self.origin + "/api/admin/right/" + self.named("right", "Organization: View")

    def url(self, pattern):
        """The URL of the resource that all share."""
        return self.origin + self.path(pattern)

    def path(self, pattern, fresh=False):
        """What a row's URL stands for; a new resource, if that is wanted of what the row is about."""
        special = {
            "/api/entity/{}": lambda: "/api/entity/urn:vcloud:vapp:" + self.path(
                "/api/vApp/vapp-{}").rpartition("vapp-")[2],
            "/api/v1.5/schema/{}": lambda: "/api/v1.5/schema/vcloud.xsd",
            "/cloudapi/1.0.0/sessions/{}": lambda: "/cloudapi/1.0.0/sessions/current",
            "/transfer/{}/file": self.upload,
        }
        if pattern in special:
            return special[pattern]()
        if "{}" not in pattern:
            return pattern
        view = pattern[:pattern.index("{}") + 2]
        own = SAME.get(view, view)
        if fresh and (view == pattern or pattern.startswith(view + "/action/")):
            path = self.make(own)
        else:
            if own not in self.shared:
                self.shared[own] = self.make(own)
            path = self.shared[own]
        return view.replace("{}", path[own.index("{}"):]) + pattern[len(view):]

    def make(self, pattern):
        """A new resource of the kind that is at the pattern; its path."""
        gives = next(row.gives for row in self.rows if (row.method, row.url) == ("GET", pattern))
        collection = next(row.url for row in self.rows
                          if row.method == "POST" and row.takes == row.gives == gives)
        name = self.new_name()
        status, fields, text = self.post(collection, gives, name)
        if status not in (200, 201):
            raise AssertionError(f"POST {collection}: {status} {text.decode()}")
        location = fields.get("Location") or re.search(r'\bhref="([^"]*)"', text.decode())[1]
        path = urllib.parse.urlsplit(location).path
        self.names[path] = name
        return path

    def upload(self):
        status, _, text = self.post(
            SERVICE + "/{}/localizationbundles",
            "application/vnd.vmware.admin.bundleUploadParams", self.new_name())
        if status != 200:
            raise AssertionError(f"bundle: {status} {text.decode()}")
        return urllib.parse.urlsplit(re.search(r'uploadLocation="([^"]*)"', text.decode())[1]).path

    def service_namespace(self):
        return "org.example." + self.names[self.path(SERVICE + "/{}")]

    def post(self, pattern, media_type, name):
        headers = {**self.session, "Content-Type": media_type + "+xml"}
        return self.oriel.call("POST", self.path(pattern), headers,
                               self.body(media_type, "xml", name))

    def new_name(self):
        return f"sample-{next(self.counter)}"

    def name_of(self, path):
        """The name of what is at the path; of what is not there yet, a new one."""
        return self.names.get(path) or self.new_name()

    def body(self, media_type, format, name, more=(), **change):
        """The sample of a media type under a name, with other values for what it has and more."""
        if media_type == "application/zip":
            return BUNDLE
        root, tree_of = SAMPLES[media_type]
        tree = tree_of(self, name)
        tree.update((key, value) for key, value in change.items() if key in tree)
        tree.update(more)
        return as_xml(root, tree) if format == "xml" else as_json(tree)

    def disable(self, path):
        """Services are disabled before they are deleted."""
        kind = "application/vnd.vmware.admin.service"
        body = self.body(kind, "xml", self.names[path], **{"V:Enabled": False})
        status, _, text = self.oriel.call(
            "PUT", path, {**self.session, "Content-Type": kind + "+xml"}, body)
        if status != 200:
            raise AssertionError(f"PUT {path}: {status} {text.decode()}")
