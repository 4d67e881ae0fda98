"""Organisations and what they have, from a file; their tasks and events (spec section 6), in the words of
their services (section 3.6). All of it outlives a restart."""

import io
import json
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

from harness import Appliance, escape, main, wait_until

VCLOUD = "{http://www.vmware.com/vcloud/v1.5}"
SPACES = ('xmlns="http://www.vmware.com/vcloud/v1.5" '
          'xmlns:vmext="http://www.vmware.com/vcloud/extension/v1.5"')
TASK_TYPE = "application/vnd.vmware.vcloud.task+xml"
EVENT_TYPE = "application/vnd.vmware.admin.event+xml"
BUNDLE_TYPE = "application/vnd.vmware.admin.bundleUploadParams+xml"
PASSWORD = "a-password-of-hers"
NAMESPACE = "org.example.photos"
INVENTORY = {
    "providerVdcs": [{"name": "north", "cpuMhz": 64000}],
    "organisations": [
        {"name": "globex", "users": [{"name": "ann", "password": PASSWORD}],
         "vdcs": [{"name": "east", "providerVdc": "north", "vapps": [
             {"name": "shop", "status": 4, "vms": [{"name": "web", "cpus": 2}]}]}]},
        {"name": "initech", "users": [{"name": "bob", "password": PASSWORD}]},
    ],
}


def path_of(url):
    return "/" + url.split("/", 3)[3]


class Inventory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="oriel-test-")
        cls.addClassCleanup(cls.folder.cleanup)
        file = os.path.join(cls.folder.name, "inventory.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(INVENTORY, out)
        cls.oriel = Appliance("--inventory", file)
        cls.oriel.start()
        cls.addClassCleanup(cls.oriel.__exit__)
        cls.await_inventory()
        cls.root = cls.oriel.log_in()

    @classmethod
    def await_inventory(cls, times=1):
        wait_until(lambda: cls.oriel.log().count("inventory.complete") == times, "the inventory")

    def get(self, path, session=None, status=200, **headers):
        got, _, body = self.oriel.call("GET", path, {**(session or self.root), **headers})
        self.assertEqual(got, status, body)
        return ElementTree.fromstring(body) if body else None

    def send(self, method, path, kind, body, status=200):
        got, _, answer = self.oriel.call(method, path, {**self.root, "Content-Type": kind}, body)
        self.assertEqual(got, status, answer)
        return ElementTree.fromstring(answer) if answer else None

    def records(self, query, session=None):
        found = self.get("/api/query?type=" + query, session)
        return [child.attrib for child in found if not child.tag.endswith("Link")]

    def organisation(self, name):
        """The user's view of an organisation, as a path."""
        return path_of(self.records("organization&filter=name==" + name)[0]["href"])

    def user(self, name):
        return self.records("adminUser&filter=name==" + name)[0]["href"]

    def task(self, status, more=""):
        org = self.organisation("globex")
        return (f'<Task {SPACES} name="task" status="{status}" serviceNamespace="{NAMESPACE}" '
                f'operationName="photoImport" {more} type="{TASK_TYPE}">'
                f'<Owner href="{org}" name="globex" type="application/vnd.vmware.vcloud.org+xml"/>'
                f'<User href="{self.user("ann")}" type="application/vnd.vmware.admin.user+xml"/>'
                f"<Details>1 of 10</Details></Task>")

    def post_task(self, status="running", more=""):
        path = self.organisation("globex").replace("/org/", "/tasksList/")
        return self.send("POST", path, TASK_TYPE, self.task(status, more))

    def links(self, element):
        return {link.get("rel"): path_of(link.get("href"))
                for link in element.findall(VCLOUD + "Link")}


class TheFile(Inventory):
    def test_makes_what_is_missing_and_queries_find_it(self):
        machine, = self.records("adminVM&filter=name==web")
        self.assertEqual(machine["containerName"], "shop")
        self.assertEqual(machine["vdcName"], "east")
        self.assertEqual(self.get(path_of(machine["href"])).get("name"), "web")
        datacenter, = self.records("adminOrgVdc&filter=name==east")
        self.assertEqual(datacenter["providerVdcName"], "north")

    def test_is_read_again_at_the_next_start_and_makes_nothing_twice(self):
        before = self.records("adminVM")
        task = path_of(self.post_task().get("href"))
        self.oriel.stop()
        self.oriel.start()
        self.await_inventory(2)
        type(self).root = self.oriel.log_in()
        self.assertEqual([each["href"].split("/")[-1] for each in self.records("adminVM")],
                         [each["href"].split("/")[-1] for each in before])
        self.assertEqual(self.get(task).get("status"), "running")

    def test_members_see_what_is_theirs(self):
        ann = self.oriel.log_in("ann@globex", PASSWORD)
        bob = self.oriel.log_in("bob@initech", PASSWORD)
        machine, = self.records("vm", ann)
        self.assertEqual(machine["name"], "web")
        self.assertEqual(self.records("vm", bob), [])
        self.get(path_of(machine["href"]), ann)
        self.get(path_of(machine["href"]), bob, status=404)


class ARefusedFile(unittest.TestCase):
    def test_ends_the_start_and_the_check_with_its_place_and_makes_nothing(self):
        with tempfile.TemporaryDirectory(prefix="oriel-test-") as folder:
            file = os.path.join(folder, "inventory.json")
            with open(file, "w", encoding="utf-8") as out:
                json.dump({"providerVdcs": [{"name": "north"}],
                           "organisations": [{"name": "globex", "users": [{"name": "u"}]}]}, out)
            data = os.path.join(folder, "data")
            for more in (["--check"], []):
                done = subprocess.run(
                    [os.environ["BINARY_UNDER_TEST"], "serve", "--data", data, "--inventory", file,
                     *more], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn("organisations[0].users[0].password: Password is required.",
                              done.stderr)
                self.assertFalse(os.path.exists(os.path.join(data, "registry.db")))


class Tasks(Inventory):
    # spec 6.1 [V]
    def test_are_posted_changed_and_seen_by_members(self):
        task = self.post_task()
        path = path_of(task.get("href"))
        ann = self.oriel.log_in("ann@globex", PASSWORD)
        bob = self.oriel.log_in("bob@initech", PASSWORD)
        self.assertEqual(self.get(path, ann).get("status"), "running")
        self.get(path, bob, status=404)
        done = self.send("PUT", path, TASK_TYPE, self.task("success"))
        self.assertEqual(done.get("status"), "success")
        self.assertIsNotNone(done.get("endTime"))
        self.assertIsNotNone(done.get("expiryTime"))
        listed = self.get(self.organisation("globex").replace("/org/", "/tasksList/"), ann)
        self.assertIn(task.get("id"), [each.get("id") for each in listed])

    # spec 6.1 [V]
    def test_are_canceled_by_their_link(self):
        task = self.post_task()
        cancel = self.links(task)["task:cancel"]
        status, _, body = self.oriel.call("POST", cancel, self.root)
        self.assertEqual(status, 204, body)
        marked = self.get(path_of(task.get("href")))
        self.assertEqual(marked.get("cancelRequested"), "true")
        self.assertEqual(marked.get("status"), "running")
        self.assertNotIn("task:cancel", self.links(marked))

    # spec 6.1, 6.2 [V]
    def test_and_events_are_posted_where_an_organisation_links_to(self):
        links = self.links(self.get(self.organisation("globex").replace("/org/", "/admin/org/")))
        task = self.send("POST", links["task:create"], TASK_TYPE, self.task("queued"))
        events = self.records("adminEvent&filter=entity==" + task.get("id"))
        self.assertEqual([each["eventType"] for each in events],
                         ["com/vmware/vcloud/event/task/create"])
        self.send("POST", links["event:create"], EVENT_TYPE,
                  f'<Event {SPACES} type="photo/shown" serviceNamespace="{NAMESPACE}" '
                  f'success="true"><User href="{self.user("ann")}"/></Event>', status=204)
        event, = self.records("adminEvent&filter=eventType==photo/shown")
        self.assertEqual(event["userName"], "ann")
        self.assertEqual(event["orgName"], "globex")


class Words(Inventory):
    # spec 3.6 [V]
    def test_of_a_service_are_in_the_clients_language(self):
        url = self.oriel.register(self.root, "photos", "/api/photos",
                                  extra=f"<vmext:Vendor>{escape('Example & Sons')}</vmext:Vendor>")
        namespace = [child.text for child in self.get(path_of(url))
                     if child.tag.endswith("Namespace")][0]
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("en_US", "photoImport_PROGRESS=Importing into {resourceName}\n")
            bundle.writestr("fr_FR", "photoImport_PROGRESS=Importation dans {resourceName}\n")
        octets = archive.getvalue()
        socket = self.send("POST", path_of(url) + "/localizationbundles", BUNDLE_TYPE,
                           '<BundleUploadParams xmlns="http://www.vmware.com/vcloud/extension/v1.5" '
                           f'fileSize="{len(octets)}" serviceNamespace="{namespace}"/>')
        half = len(octets) // 2
        for first, last in ((0, half), (half, len(octets))):
            status, _, body = self.oriel.call(
                "PUT", path_of(socket.get("uploadLocation")),
                {**self.root, "Content-Range": f"bytes {first}-{last - 1}/{len(octets)}"},
                octets[first:last])
            self.assertEqual(status, 200, body)
        path = self.organisation("globex").replace("/org/", "/tasksList/")
        task = self.send("POST", path, TASK_TYPE,
                         self.task("running").replace(NAMESPACE, namespace))
        self.assertEqual(task.get("operation"), "Importing into globex")
        french = self.get(path_of(task.get("href")), **{"Accept-Language": "fr-FR, en;q=0.5"})
        self.assertEqual(french.get("operation"), "Importation dans globex")
        own = self.send("PUT", path_of(task.get("href")), TASK_TYPE,
                        self.task("running", 'operation="As posted"').replace(NAMESPACE, namespace))
        self.assertEqual(own.get("operation"), "As posted")


if __name__ == "__main__":
    main()
