"""Kills oriel while clients register, change and delete extension services, filters and links, and
holds it to what it has answered: after every restart each resource that was made is there as it was
last said, and each that was deleted is not. What was under way at the kill may be either.

REGISTRY_CRASH_ROUNDS says how often (4 by default), CRASH_SEED repeats the same moments.
"""

import http.client
import os
import random
import re
import signal
import threading
import time
import unittest

from harness import HANG, XML, Appliance, main

ROUNDS = int(os.environ.get("REGISTRY_CRASH_ROUNDS", "4"))
SEED = int(os.environ.get("CRASH_SEED", str(random.SystemRandom().randrange(1 << 32))))
CLIENTS = 4
ADMIN = "/api/admin/extension/service"
FILTER_TYPE = "application/vnd.vmware.admin.apiFilter+xml"
LINK_TYPE = "application/vnd.vmware.admin.serviceLink+xml"
SERVICE_TYPE = "application/vnd.vmware.admin.service+xml"
NAMESPACES = ('xmlns="http://www.vmware.com/vcloud/v1.5" '
              'xmlns:vmext="http://www.vmware.com/vcloud/extension/v1.5"')


def service_document(name, key, enabled):
    return (f'<vmext:Service {NAMESPACES} name="{name}"><vmext:Namespace>{name}</vmext:Namespace>'
            f"<vmext:Enabled>{enabled}</vmext:Enabled><vmext:RoutingKey>{key}</vmext:RoutingKey>"
            "<vmext:Exchange>ext</vmext:Exchange></vmext:Service>")


def filter_document(pattern):
    return (f"<vmext:ApiFilter {NAMESPACES}><vmext:UrlPattern>{pattern}</vmext:UrlPattern>"
            "</vmext:ApiFilter>")


def link_document(href):
    return (f"<vmext:ServiceLink {NAMESPACES}><vmext:LinkHref>{href}</vmext:LinkHref>"
            "<vmext:MimeType>text/plain</vmext:MimeType><vmext:Rel>down</vmext:Rel>"
            "<vmext:ResourceType>application/vnd.vmware.vcloud.org+xml</vmext:ResourceType>"
            "</vmext:ServiceLink>")


class Client(threading.Thread):
    """Makes, changes and deletes services of its own until the server is gone."""

    def __init__(self, oriel, session, number, life, seed):
        super().__init__()
        self.connection = oriel.connection()
        self.headers = {**session, "Accept": XML}
        self.name_prefix = f"org.example.c{number}.l{life}"
        self.random = random.Random(f"{seed} {number} {life}")
        self.kept = {}  # path: the text that its document must have
        self.gone = set()
        self.doubtful = set()  # paths that a request under way was about
        self.services = []  # paths of those that are enabled
        self.fault = None

    def call(self, method, path, body=None, kind=None):
        headers = {**self.headers, **({"Content-Type": kind} if kind else {})}
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status not in (200, 201, 204):
            raise AssertionError(f"{method} {path}: {answer.status} {text}")
        return answer.headers.get("Location"), text

    def make(self, collection, body, kind, mark):
        location, _ = self.call("POST", collection, body, kind)
        path = location[location.index("/api/"):]
        self.kept[path] = mark
        return path

    def change(self, path, name, key, enabled):
        self.doubtful = {path}
        self.call("PUT", path, service_document(name, key, enabled), SERVICE_TYPE)
        self.doubtful = set()
        self.kept[path] = key

    def one(self, number):
        name = f"{self.name_prefix}.{number}"
        service = self.make(ADMIN, service_document(name, "k0", "true"), SERVICE_TYPE, "k0")
        parts = [self.make(service + "/apifilters", filter_document(f"/api/{name}/{part}"),
                           FILTER_TYPE, f"/api/{name}/{part}") for part in range(2)]
        parts.append(self.make(service + "/links", link_document(f"/api/{name}"), LINK_TYPE,
                               f"/api/{name}"))
        act = self.random.randrange(3)
        if act == 1:
            self.change(service, name, f"k{number + 1}", "true")
        elif act == 2:
            self.change(service, name, "off", "false")
            self.doubtful = {service, *parts}
            self.call("DELETE", service)
            for path in self.doubtful:
                del self.kept[path]
            self.gone |= self.doubtful
            self.doubtful = set()

    def run(self):
        try:
            for number in range(100_000):
                self.one(number)
        except (OSError, http.client.HTTPException):
            pass  # killed
        except AssertionError as fault:
            self.fault = str(fault)
        finally:
            self.connection.close()


class RegistryCrash(unittest.TestCase):
    def setUp(self):
        print(f"CRASH_SEED={SEED}", flush=True)
        self.random = random.Random(SEED)
        self.oriel = Appliance()
        self.addCleanup(self.oriel.__exit__)

    def check(self, kept, gone, doubtful):
        session = self.oriel.log_in()
        connection = self.oriel.connection()
        self.addCleanup(connection.close)
        for path in sorted(kept.keys() | gone):
            connection.request("GET", path, headers={**session, "Accept": XML})
            answer = connection.getresponse()
            text = answer.read().decode()
            if path in doubtful:
                self.assertIn(answer.status, (200, 404), path)
            elif path in gone:
                self.assertEqual(answer.status, 404, f"{path} is back")
            else:
                self.assertEqual(answer.status, 200, f"{path} is lost")
                self.assertTrue(re.search(f">{re.escape(kept[path])}<", text), f"{path}: {text}")

    def test_what_was_answered_is_there_after_every_kill(self):
        kept, gone = {}, set()
        for life in range(ROUNDS):
            self.oriel.start()
            session = self.oriel.log_in()
            clients = [Client(self.oriel, session, n, life, SEED) for n in range(CLIENTS)]
            for client in clients:
                client.start()
            time.sleep(self.random.uniform(0.05, 1.5))  # the moment of the kill, not a wait
            self.oriel.process.send_signal(signal.SIGKILL)
            self.oriel.process.wait(HANG)
            for client in clients:
                client.join(HANG)
                self.assertIsNone(client.fault)
                kept.update(client.kept)
                gone |= client.gone
            doubtful = set().union(*(client.doubtful for client in clients))
            self.oriel.start()
            self.check(kept, gone, doubtful)
            self.oriel.stop()
            for path in doubtful:  # whatever became of it is not what this is about
                kept.pop(path, None)
        print(f"{len(kept)} kept, {len(gone)} gone", flush=True)
        self.assertGreater(len(kept), 0)


if __name__ == "__main__":
    main()
