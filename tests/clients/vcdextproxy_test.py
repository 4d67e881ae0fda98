"""vcdextproxy: the running proxy, in front of a REST server, called through the appliance."""

import base64
import http.server
import json
import sys
import threading

import pika

from world import ADMIN_PASSWORD, DEV_PASSWORD, TENANT, Program, World, main

CONFIGURATION = """
global:
  vcloud:
    hostname: {host}
    username: administrator
    password: {password}
    system_org: System
    api_version: "31.0"
    ssl_verify: yes
    cache_timeout: 300
  log: {{config_file: logging.json}}
  amqp:
    {{host: {amqp_host}, port: {amqp_port}, ssl: no, vhost: "%2F", username: guest, password: guest}}
  max_threads: 10
  pyvcloud: {{log_file: pyvcloud.log, log_requests: yes, log_headers: yes, log_bodies: yes}}
extensions:
  example1:
    backend:
      endpoint: http://127.0.0.1:{backend}
      uri_replace: {{pattern: /api/example1/, by: /}}
      forward_rights: yes
      auth: {{username: rest, password: secret}}
      timeout: 30
    amqp:
      routing_key: example1
      exchange: {{name: proxy, type: direct, durable: yes}}
      queue: {{name: example1, message_ttl: 40000}}
    vcloud:
      api_extension:
        namespace: org.example.example1
        exchange: proxy
        routing_key: example1
        api_filters: ["/api/example1/.*"]
        force_redeploy: yes
      reference_right: no
  example2:
    backend: {{endpoint: "http://127.0.0.1:{backend}"}}
    amqp:
      routing_key: example2
      exchange: {{name: proxy, type: direct, durable: yes}}
      queue: {{name: example2}}
    vcloud:
      api_extension:
        namespace: org.example.example2
        exchange: proxy
        routing_key: example2
        api_filters: ["/api/example2/.*"]
        auto_update: yes
      reference_right: {right}
"""
LOGGING = {
    "version": 1, "disable_existing_loggers": False,
    "handlers": {"console": {"level": "INFO", "class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "TRIVIA"},
}

class Backend(http.server.BaseHTTPRequestHandler):
    """The REST server behind the proxy: it says what it was asked."""

    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        said = json.dumps({"method": self.command, "path": self.path, "body": body.decode(),
                           "headers": dict(self.headers)}).encode()
        self.send_response(201 if self.command == "POST" else 200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


class Proxy:
    """A proxy of two extensions, the second of which may ask for a right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Backend)
        threading.Thread(target=cls.backend.serve_forever, daemon=True).start()
        cls.prepare()
        cls.exit.callback(cls.backend.server_close)
        cls.exit.callback(cls.backend.shutdown)
        cls.proxy = cls.exit.enter_context(Program(
            sys.executable, "-m", "vcdextproxy", log=cls.work / "proxy.log",
            VCDEXTPROXY_CONFIGURATION_PATH=str(cls.work)))
        cls.proxy.said("All extensions are now registred")

    @classmethod
    def prepare(cls):
        """What its operator prepares: configuration, exchange, queues, and the services
        themselves, for it registers none anew (it does not import the exception it waits for)."""
        amqp_host, amqp_port = cls.oriel.address("amqp")
        (cls.work / "config.yml").write_text(CONFIGURATION.format(
            host=cls.host(), password=ADMIN_PASSWORD, amqp_host=amqp_host, amqp_port=amqp_port,
            backend=cls.backend.server_port, right=cls.right), encoding="utf-8")
        (cls.work / "logging.json").write_text(json.dumps(LOGGING), encoding="utf-8")
        connection = pika.BlockingConnection(pika.URLParameters(cls.oriel.amqp_url()))
        channel = connection.channel()
        channel.exchange_declare("proxy", exchange_type="direct", durable=True)
        admin = cls.oriel.log_in()
        cls.locations = {}
        for name in ("example1", "example2"):
            channel.queue_declare(name)
            channel.queue_bind(name, "proxy", name)
            cls.locations[name] = cls.oriel.register(admin, name, f"/api/{name}/.*", "elsewhere")
        connection.close()

    def call(self, method, path, body=None, accept="application/*+json;version=31.0",
             header="x-vcloud-authorization", user=TENANT):
        """As its fake client does: a session of 31.0, whose token goes in that header."""
        basic = base64.b64encode(f"{user}@acme:{DEV_PASSWORD}".encode()).decode()
        status, headers, _ = self.oriel.call(
            "POST", "/api/sessions", {"Accept": accept, "Authorization": f"Basic {basic}"},
            listener="https")
        self.assertEqual(status, 200)
        token = headers["x-vcloud-authorization"]
        return self.oriel.call(method, path, {"Accept": accept, header: token}, body, "https")

    @staticmethod
    def path(location):
        return "/" + location.split("/", 3)[3]


class VcdExtProxy(Proxy, World):
    right = "no"

    def test_it_redeployed_the_one_and_updated_the_other(self):
        admin = self.oriel.log_in()
        self.assertIn("Extension is unregistered on vCloud", self.proxy.text())
        self.assertIn("Extension is updated on vCloud", self.proxy.text())
        gone = self.oriel.call("GET", self.path(self.locations["example1"]), admin)
        self.assertIn(gone[0], (403, 404))
        status, _, body = self.oriel.call("GET", self.path(self.locations["example2"]), admin)
        self.assertEqual(status, 200)
        self.assertIn(b">proxy</", body)

    def test_a_callers_request_reaches_the_server_behind(self):
        self.consuming("example1")
        for header in ("x-vcloud-authorization", "X-VCLOUD-AUTHORIZATION"):
            status, headers, body = self.call("GET", "/api/example1/test/toto?a=b%20c", header=header)
            self.assertEqual(status, 200, (body, self.proxy.text()[-3000:]))
            self.assertEqual(headers["Content-Type"], "application/*+json;version=31.0")
            self.assertEqual(int(headers["Content-Length"]), len(body))
            asked = json.loads(body)
            self.assertEqual((asked["method"], asked["path"]), ("GET", "/test/toto?a=b%20c"))
            self.assertRegex(asked["headers"]["org_id"], r"^[0-9a-f-]{36}$")
            self.assertRegex(asked["headers"]["user_id"], r"^[0-9a-f-]{36}$")
            rights = json.loads(asked["headers"]["user_rights"])
            self.assertTrue(all(one.startswith("urn:vcloud:right:") for one in rights))

    def test_bodies_and_statuses_go_through(self):
        self.consuming("example1")
        for method, status in (("POST", 201), ("PUT", 200), ("DELETE", 200)):
            got, _, body = self.call(method, "/api/example1/x", b'{"hello": "world"}')
            self.assertEqual(got, status, (body, self.proxy.text()[-3000:]))
            self.assertEqual(json.loads(body)["body"], '{"hello": "world"}')

    def test_its_client_lists_the_organisations(self):
        status, _, body = self.call("GET", "/api/org")
        self.assertEqual(status, 200)
        self.assertEqual([one["name"] for one in json.loads(body)["org"]], ["acme"])


class ProxyThatAsksForARight(Proxy, World):
    right = "'Organization: View'"

    def test_a_right_that_the_proxy_does_not_find_is_forbidden(self):
        """It looks for the right's id in a list of names, and so says 403, as a string. Roles are
        for administrators of organisations to see."""
        self.consuming("example2")
        status, _, body = self.call("GET", "/api/example2/x", user="acme-admin")
        self.assertEqual(status, 403, (body, self.proxy.text()[-3000:]))
        self.assertEqual(list(json.loads(body)), ["forbidden"])


if __name__ == "__main__":
    main()
