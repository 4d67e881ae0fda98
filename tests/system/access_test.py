"""Users, permissions and virtual hosts: administered by curl and `oriel broker`, felt by pika."""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

from harness import ADMIN_PASSWORD, HANG, ORIEL, Appliance, main, wait_until


class AccessCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import pika

        cls.pika = pika
        cls.oriel = Appliance()
        cls.oriel.start()

    @classmethod
    def tearDownClass(cls):
        cls.oriel.__exit__()

    def curl(self, method, path, body=None, login="guest:guest"):
        """Status and what the body says as JSON."""
        host, port = self.oriel.address("operator")
        command = ["curl", "-sS", "-X", method, "-w", "\n%{http_code}", "--max-time", str(HANG),
                   f"http://{host}:{port}/api/{path}"]
        if login:
            command += ["-u", login]
        if body is not None:
            command += ["-H", "Content-Type: application/json", "-d", json.dumps(body)]
        out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        text, status = out.rsplit("\n", 1)
        return int(status), json.loads(text) if text else None

    def must(self, *arguments):
        status, answer = self.curl(*arguments)
        self.assertIn(status, (200, 201, 204), (arguments, answer))
        return answer

    def user(self, name, configure, write, read, vhost="/", tags=""):
        self.must("PUT", f"users/{name}", {"password": f"{name}-password", "tags": tags})
        self.must("PUT", f"permissions/{urllib.parse.quote(vhost, safe='')}/{name}",
                  {"configure": configure, "write": write, "read": read})

    def connect(self, user, vhost="/", password=None):
        host, port = self.oriel.address("amqp")
        credentials = self.pika.PlainCredentials(user, password or f"{user}-password")
        return self.pika.BlockingConnection(self.pika.ConnectionParameters(
            host, port, vhost, credentials, blocked_connection_timeout=HANG))

    def refused(self, code, text, work):
        with self.assertRaises(self.pika.exceptions.AMQPError) as caught:
            work()
        error = caught.exception
        if isinstance(error, self.pika.exceptions.AMQPConnectionError) and error.args:
            error = getattr(error.args[0], "exception", error)
        self.assertIn(str(code), str(error))
        self.assertIn(text, str(error))


class Suites(AccessCase):
    def test_what_bunny_wants_can_be_set_up(self):
        self.assertEqual(self.curl("PUT", "vhosts/bunny_testbed")[0], 201)
        self.assertEqual(self.curl("PUT", "vhosts/bunny_testbed")[0], 204)
        for name, password in (("bunny_gem", "bunny_password"), ("bunny_reader", "reader_password")):
            self.assertEqual(
                self.curl("PUT", f"users/{name}", {"password": password, "tags": ""})[0], 201)
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        for user in ("guest", "bunny_gem"):
            self.assertEqual(self.curl("PUT", f"permissions/bunny_testbed/{user}", everything)[0], 201)
        self.must("PUT", "permissions/bunny_testbed/bunny_reader",
                  {"configure": "^---$", "write": "^---$", "read": ".*"})

        with self.connect("bunny_gem", "bunny_testbed", "bunny_password") as connection:
            channel = connection.channel()
            channel.queue_declare("q")
            channel.confirm_delivery()
            channel.basic_publish("", "q", b"hello")
        with self.connect("bunny_reader", "bunny_testbed", "reader_password") as connection:
            channel = connection.channel()
            method, _, body = channel.basic_get("q", auto_ack=True)
            self.assertEqual(body, b"hello")
            channel.queue_declare("q", passive=True)
            self.refused(403, "configure access to queue 'new' in vhost 'bunny_testbed' refused for "
                         "user 'bunny_reader'", lambda: channel.queue_declare("new"))
            channel = connection.channel()
            channel.confirm_delivery()
            self.refused(403, "write access to exchange 'amq.default' in vhost 'bunny_testbed' "
                         "refused for user 'bunny_reader'",
                         lambda: channel.basic_publish("", "q", b"x"))
        self.refused(530, "access to vhost '/' refused for user 'bunny_gem'",
                     lambda: self.connect("bunny_gem", "/", "bunny_password"))
        self.refused(530, "vhost nowhere not found",
                     lambda: self.connect("bunny_gem", "nowhere", "bunny_password"))


class Running(AccessCase):
    def test_a_change_is_felt_by_the_next_operation(self):
        self.user("changing", ".*", ".*", ".*")
        with self.connect("changing") as connection:
            channel = connection.channel()
            channel.queue_declare("changing")
            self.must("PUT", "permissions/%2F/changing",
                      {"configure": "^$", "write": ".*", "read": "^$"})
            self.refused(403, "read access to queue 'changing'",
                         lambda: channel.basic_get("changing"))
            self.must("PUT", "permissions/%2F/changing",
                      {"configure": ".*", "write": ".*", "read": ".*"})
            connection.channel().queue_delete("changing")

    def test_a_deleted_user_is_told_and_gone(self):
        self.user("leaving", ".*", ".*", ".*")
        connection = self.connect("leaving")
        self.assertEqual(self.curl("DELETE", "users/leaving")[0], 204)
        self.refused(320, "CONNECTION_FORCED - user 'leaving' is deleted",
                     lambda: connection.process_data_events(HANG))
        with self.assertRaises(self.pika.exceptions.AMQPConnectionError):
            self.connect("leaving")
        self.assertEqual(self.curl("DELETE", "users/leaving")[0], 404)

    def test_a_deleted_vhost_takes_everything_along(self):
        self.must("PUT", "vhosts/going")
        self.user("goer", ".*", ".*", ".*", vhost="going")
        connection = self.connect("goer", "going")
        connection.channel().queue_declare("q", durable=True)
        self.assertEqual(self.curl("DELETE", "vhosts/going")[0], 204)
        self.refused(320, "vhost 'going' is deleted", lambda: connection.process_data_events(HANG))
        self.refused(530, "vhost going not found", lambda: self.connect("goer", "going"))
        self.assertEqual(self.curl("GET", "queues/going")[0], 404)
        self.must("PUT", "vhosts/going")
        self.assertEqual(self.must("GET", "queues/going"), [])
        self.assertEqual(self.must("GET", "users/goer/permissions"), [])

    def test_vhosts_do_not_see_each_other(self):
        for name in ("one", "two"):
            self.must("PUT", f"vhosts/{name}")
            self.user(f"user-{name}", ".*", ".*", ".*", vhost=name)
        with self.connect("user-one", "one") as one, self.connect("user-two", "two") as two:
            first, second = one.channel(), two.channel()
            for channel in (first, second):
                channel.queue_declare("same")
            first.confirm_delivery()
            first.basic_publish("", "same", b"for one")
            self.assertEqual(second.basic_get("same"), (None, None, None))
            self.assertEqual(first.basic_get("same", auto_ack=True)[2], b"for one")
        queues = {(row["vhost"], row["name"]) for row in self.must("GET", "queues")}
        self.assertTrue({("one", "same"), ("two", "same")} <= queues)

    def test_topics_go_by_the_users_rule(self):
        self.user("topical", ".*", ".*", ".*")
        self.must("PUT", "topic-permissions/%2F/topical",
                  {"exchange": "amq.topic", "write": "^{username}\\.", "read": "^public\\."})
        with self.connect("topical") as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            channel.basic_publish("amq.topic", "topical.x", b"fine")
            self.refused(403, "write access to topic 'other.x' in exchange 'amq.topic' in vhost '/' "
                         "refused for user 'topical'",
                         lambda: channel.basic_publish("amq.topic", "other.x", b"no"))
            channel = connection.channel()
            queue = channel.queue_declare("", exclusive=True).method.queue
            channel.queue_bind(queue, "amq.topic", "public.#")
            self.refused(403, "read access to topic '#'",
                         lambda: channel.queue_bind(queue, "amq.topic", "#"))

    def test_nobody_consumes_replies_and_services_still_answer(self):
        self.user("service", "^$", "^$", ".*")
        cell = pathlib.Path(self.oriel.data, "cell").read_text(encoding="utf-8").strip()
        with self.connect("service") as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            for _ in range(2):
                channel.basic_publish("vcd.replyExchange", f"vcd.replyQueue.{cell}", b"{}")
                self.refused(403, "write access to exchange 'vcd.replyExchange'",
                             lambda: channel.exchange_bind("vcd.replyExchange", "amq.topic", "x"))
                channel = connection.channel()
                channel.confirm_delivery()
            self.refused(405, "cannot obtain exclusive access to locked queue",
                         lambda: channel.basic_get(f"vcd.replyQueue.{cell}"))


class Administrators(AccessCase):
    """System administrators, users of the registry, on connections of the broker."""

    def setUp(self):
        self.root = self.oriel.log_in()
        self.accept = {**self.root, "Accept": "application/*+xml;version=36.0"}
        self.system = self.found("organization", "System").replace("/api/org/", "/api/admin/org/")
        self.role = self.found("role", "System Administrator")
        self.names = {}

    def rest(self, method, url, body=None):
        headers = {**self.accept, "Content-Type": "application/vnd.vmware.admin.user+xml"}
        path = urllib.parse.urlsplit(url)._replace(scheme="", netloc="").geturl()
        status, headers, text = self.oriel.call(method, path, headers, body)
        self.assertIn(status, (200, 201, 204), (method, path, text))
        return headers, text.decode()

    def found(self, kind, name):
        named = urllib.parse.quote(name)
        _, text = self.rest("GET", f"/api/query?type={kind}&filter=name=={named}")
        return re.search(r'<\w+Record [^>]*\bhref="([^"]+)"', text)[1]

    def administrator(self, name):
        """Makes one; his URL."""
        headers, _ = self.rest("POST", self.system + "/users",
                               self.document(name, password=f"{name}-password"))
        url = headers["Location"]
        self.names[url] = name
        return url

    def document(self, name, enabled="true", role=None, password=""):
        return (f'<User xmlns="http://www.vmware.com/vcloud/v1.5" name="{name}">'
                f'<IsEnabled>{enabled}</IsEnabled><Role href="{role or self.role}"/>'
                f"{password and f'<Password>{password}</Password>'}</User>")

    def change(self, url, **what):
        self.rest("PUT", url, self.document(self.names[url], **what))

    def told(self, connection, text):
        def wait():  # pika returns at once when it has something to say of a cancelled consumer
            for _ in range(3):
                connection.process_data_events(HANG)

        self.refused(320, "CONNECTION_FORCED - " + text, wait)

    def test_whoever_is_no_administrator_any_more_loses_his_connections(self):
        weaker = self.found("role", "vApp User")
        cases = {
            "deleted": (lambda url: self.rest("DELETE", url), "is deleted"),
            "disabled": (lambda url: self.change(url, enabled="false"), "is disabled"),
            "demoted": (lambda url: self.change(url, role=weaker),
                        "is no system administrator any more"),
            "renewed": (lambda url: self.change(url, password="another-password"),
                        "has another password"),
        }
        with self.connect("guest", password="guest") as other:
            channel = other.channel()
            channel.queue_declare("others")
            for name, (act, text) in cases.items():
                with self.subTest(name):
                    url = self.administrator(name)
                    connections = [(login, self.connect(login, password=f"{name}-password"))
                                   for login in (name, f"{name}@System", f"{name}@SYSTEM", name)]
                    for _, connection in connections:
                        got = []
                        consumer = connection.channel()
                        consumer.basic_consume("others", lambda *_, got=got: got.append(1), True)
                        channel.basic_publish("", "others", b"x")
                        while not got:
                            connection.process_data_events(HANG)
                        consumer.basic_cancel(consumer.consumer_tags[0])
                    act(url)
                    for login, connection in connections:
                        self.told(connection, f"user '{login}' {text}")
                    with self.assertRaises(self.pika.exceptions.AMQPConnectionError):
                        self.connect(name)

    def test_what_does_not_concern_him_leaves_him_alone(self):
        url = self.administrator("staying")
        with self.connect("staying") as connection:
            channel = connection.channel()
            self.change(url)
            self.rest("DELETE", self.administrator("another"))
            self.user("passer-by", ".*", ".*", ".*")
            self.must("DELETE", "users/passer-by")
            channel.queue_declare("of-staying", exclusive=True)

    def test_the_connection_of_a_deleted_user_is_not_the_administrators_of_the_same_name(self):
        self.administrator("ops")
        self.user("ops", "^$", "^$", "^$")
        connection = self.connect("ops")
        self.must("DELETE", "users/ops")
        self.told(connection, "user 'ops' is deleted")
        with self.connect("ops") as connection:
            connection.channel().queue_declare("of-the-administrator", exclusive=True)
            self.user("ops", "^$", "^$", "^$")
            self.told(connection, "user 'ops' is a user of the broker now")


class Looking(AccessCase):
    def test_connections_are_listed_and_closed(self):
        self.user("seen", ".*", ".*", ".*")
        connection = self.connect("seen")
        row = wait_until(lambda: [row for row in self.must("GET", "connections")
                                  if row["user"] == "seen"], "the connection")[0]
        self.assertEqual((row["vhost"], row["state"], row["ssl"]), ("/", "running", False))
        name = urllib.parse.quote(row["name"], safe="")
        self.assertEqual(self.must("GET", f"connections/{name}")["user"], "seen")
        self.assertEqual(self.curl("DELETE", f"connections/{name}")[0], 204)
        self.refused(320, "CONNECTION_FORCED - Closed via management plugin",
                     lambda: connection.process_data_events(HANG))

    def test_queues_exchanges_and_bindings_are_shown(self):
        with self.connect("guest", password="guest") as connection:
            channel = connection.channel()
            channel.queue_declare("shown", arguments={"x-max-length": 7})
            channel.queue_bind("shown", "amq.topic", "a.*")
            channel.confirm_delivery()
            channel.basic_publish("", "shown", b"x")
        queue = self.must("GET", "queues/%2F/shown")
        self.assertEqual((queue["arguments"], queue["messages"]), ({"x-max-length": 7}, 1))
        self.assertEqual(self.must("GET", "exchanges/%2F/amq.topic")["type"], "topic")
        bindings = {(row["source"], row["routing_key"])
                    for row in self.must("GET", "queues/%2F/shown/bindings")}
        self.assertEqual(bindings, {("", "shown"), ("amq.topic", "a.*")})
        overview = self.must("GET", "overview")
        self.assertEqual(overview["product_name"], "oriel")
        self.assertGreaterEqual(overview["queue_totals"]["messages"], 1)
        node = self.must("GET", "nodes")[0]
        self.assertTrue(node["running"] and not node["mem_alarm"])
        self.assertEqual(self.must("GET", "health/checks/alarms"), {"status": "ok"})

    def test_only_administrators_get_in(self):
        self.user("plain", ".*", ".*", ".*")
        self.user("boss", ".*", ".*", ".*", tags="administrator")
        self.assertEqual(self.curl("GET", "users", None, None)[0], 401)
        self.assertEqual(self.curl("GET", "users", None, "plain:plain-password")[0], 401)
        self.assertEqual(self.curl("GET", "users", None, "boss:wrong")[0], 401)
        self.assertEqual(self.curl("GET", "whoami", None, "boss:boss-password"),
                         (200, {"name": "boss", "tags": ["administrator"]}))
        for name in ("administrator", "administrator@System"):
            self.assertEqual(
                self.curl("GET", "whoami", None, f"{name}:{ADMIN_PASSWORD}")[1]["name"], name)
        status, refusal = self.curl("GET", "vhosts/none")
        self.assertEqual((status, refusal), (404, {"error": "Object Not Found",
                                                   "reason": "Not Found"}))
        host, port = self.oriel.address("http")
        gateway = subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}",
                                  f"http://{host}:{port}/api/vhosts/%2F"],
                                 check=True, stdout=subprocess.PIPE, text=True).stdout
        self.assertEqual(gateway, "400", "the gateway takes no encoded slash")


class Kept(unittest.TestCase):
    def test_users_and_vhosts_outlive_the_process(self):
        import pika

        folder = tempfile.mkdtemp(prefix="oriel-test-")
        try:
            with Appliance(data=folder) as oriel:
                for arguments in (["add-user", "kept", "--password-stdin", "--tags", "monitoring"],
                                  ["add-vhost", "kept/vhost"],
                                  ["set-permissions", "kept", "", "", ".*", "--vhost", "kept/vhost"]):
                    self.broker(oriel, *arguments)
                    # On disk before it was answered: no orderly end is needed.
                oriel.process.kill()
                oriel.process.wait(HANG)
                oriel.start()
                users = self.broker(oriel, "list-users")
                self.assertRegex(users, r"kept +monitoring +yescrypt")
                self.assertRegex(users, r"guest +administrator")
                self.assertIn("kept/vhost  kept", self.broker(oriel, "list-permissions"))
                host, port = oriel.address("amqp")
                parameters = pika.ConnectionParameters(
                    host, port, "kept/vhost", pika.PlainCredentials("kept", "a secret"))
                pika.BlockingConnection(parameters).close()
                self.broker(oriel, "delete-user", "kept")
                self.broker(oriel, "delete-vhost", "kept/vhost")
                self.assertNotIn("kept", self.broker(oriel, "list-vhosts"))
                failed = self.run_broker(oriel, "delete-user", "kept")
                self.assertEqual((failed.returncode, failed.stderr), (1, "oriel: Not Found\n"))
            gone = self.run_broker(oriel, "list-users")
            self.assertEqual(gone.returncode, 11)
            self.assertIn("no appliance runs in", gone.stderr)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def run_broker(self, oriel, command, *arguments):
        return subprocess.run([ORIEL, "broker", command, "--data", oriel.data, *arguments],
                              input="a secret\n", text=True, timeout=HANG,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def broker(self, oriel, *arguments):
        run = self.run_broker(oriel, *arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_guest_is_for_sandboxes(self):
        folder = tempfile.mkdtemp(prefix="oriel-test-")
        try:
            with Appliance(data=folder):
                pass
            import pika

            with Appliance(data=folder, dev=False) as oriel:
                with self.assertRaises(pika.exceptions.AMQPConnectionError):
                    pika.BlockingConnection(pika.URLParameters(oriel.amqp_url()))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
