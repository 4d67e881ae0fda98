"""Runs the real binary for a test: an appliance on free loopback ports with its own data folder.

Standard library only, but for what a test imports itself (pika, kombu, amqp). Every wait has a
generous bound that only a hang reaches; none decides whether a test passes.
"""

import base64
import http.client
import json
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

ORIEL = os.environ.get("BINARY_UNDER_TEST", "")
SHARDS = int(os.environ.get("TEST_SHARDS", "2"))
ADMIN_PASSWORD = "an-Admin-password-1"
DEV_PASSWORD = "a-Dev-password-1"
HANG = 75  # seconds: nothing that works takes a tenth of it, and the gateway gives up after 60
XML = "application/*+xml;version=36.0"
SERVICE_TYPE = "application/vnd.vmware.admin.service+xml"


def wait_until(condition, what):
    """Until condition() gives something true, which is returned."""
    end = time.monotonic() + HANG
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError(f"waited {HANG} s for {what}")


class Appliance:
    """`oriel serve` with every listener on a free port of loopback."""

    def __init__(self, *flags, shards=SHARDS, dev=True, data=None, environment=None):
        self.folder = data or tempfile.mkdtemp(prefix="oriel-test-")
        self.keep = data is not None
        self.data = os.path.join(self.folder, "data")
        self.log_path = os.path.join(self.folder, "log")
        listeners = []
        for name in ("http", "https", "amqp", "amqps", "operator"):
            listeners += [f"--{name}", "127.0.0.1:0"]
        self.command = [ORIEL, "serve", "--data", self.data, "--shards", str(shards), *listeners]
        if dev:
            self.command.append("--dev")
        self.command += flags
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("ORIEL_")},
            "ORIEL_ADMIN_PASSWORD": ADMIN_PASSWORD,
            **({"ORIEL_DEV_PASSWORD": DEV_PASSWORD} if dev else {}),
            **(environment or {}),
        }

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        listen = os.path.join(self.data, "listen.json")
        if os.path.exists(listen):
            os.remove(listen)
        self.out_path = os.path.join(self.folder, "out")
        with open(self.log_path, "ab") as log, open(self.out_path, "ab") as out:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=out, stderr=log, stdin=subprocess.DEVNULL
            )

        def up():
            if self.process.poll() is not None:
                raise AssertionError(f"oriel ended with {self.process.returncode}:\n{self.log()}")
            return os.path.exists(listen)

        wait_until(up, "the listeners")
        with open(listen, encoding="utf-8") as file:
            self.listen = json.load(file)

    def stop(self):
        """SIGTERM; the exit status must be 0 (sanitizer reports make it something else)."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(HANG)
        if status != 0:
            raise AssertionError(f"oriel ended with {status}:\n{self.log()}")

    def log(self):
        return pathlib.Path(self.log_path).read_text(encoding="utf-8", errors="replace")

    def out(self):
        return pathlib.Path(self.out_path).read_text(encoding="utf-8", errors="replace")

    def address(self, listener):
        parts = urllib.parse.urlsplit(self.listen[listener])
        return parts.hostname, parts.port

    @property
    def ca_file(self):
        return os.path.join(self.data, "tls", "ca.pem")

    def amqp_url(self, user="guest", password="guest"):
        host, port = self.address("amqp")
        return f"amqp://{user}:{password}@{host}:{port}/%2F"

    def connection(self, listener="http"):
        host, port = self.address(listener)
        if listener == "https":
            context = ssl.create_default_context(cafile=self.ca_file)
            return http.client.HTTPSConnection(host, port, timeout=HANG, context=context)
        return http.client.HTTPConnection(host, port, timeout=HANG)

    def call(self, method, path, headers=None, body=None, listener="http"):
        """One request on a connection of its own: status, headers, body."""
        connection = self.connection(listener)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def log_in(self, user="administrator@System", password=ADMIN_PASSWORD):
        basic = base64.b64encode(f"{user}:{password}".encode()).decode()
        status, headers, body = self.call(
            "POST", "/api/sessions", {"Accept": XML, "Authorization": f"Basic {basic}"}
        )
        if status != 200:
            raise AssertionError(f"login of {user}: {status} {body!r}")
        return {"Accept": XML, "Authorization": f"Bearer {headers['X-VMWARE-VCLOUD-ACCESS-TOKEN']}"}

    def register(self, session, name, pattern, exchange=None, routing_key=None, extra=""):
        """Registers an enabled service over the REST API; its URL."""
        document = service_document(name, pattern, exchange or name, routing_key or name, extra)
        status, headers, body = self.call(
            "POST",
            "/api/admin/extension/service",
            {**session, "Content-Type": SERVICE_TYPE},
            document,
        )
        if status != 201:
            raise AssertionError(f"registration of {name}: {status} {body!r}")
        return headers["Location"]


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def service_document(name, pattern, exchange, routing_key, extra=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<vmext:Service xmlns="http://www.vmware.com/vcloud/v1.5"
    xmlns:vmext="http://www.vmware.com/vcloud/extension/v1.5" name="{escape(name)}">
  <vmext:Namespace>org.example.{escape(name)}</vmext:Namespace>
  <vmext:Enabled>true</vmext:Enabled>
  <vmext:RoutingKey>{escape(routing_key)}</vmext:RoutingKey>
  {extra}
  <vmext:Exchange>{escape(exchange)}</vmext:Exchange>
  <vmext:ApiFilters>
    <vmext:ApiFilter><vmext:UrlPattern>{escape(pattern)}</vmext:UrlPattern></vmext:ApiFilter>
  </vmext:ApiFilters>
</vmext:Service>"""


def echo(request, _security):
    """Answers with the request's own body and the path in a header."""
    return {
        "statusCode": 200,
        "headers": {
            "Content-Type": "application/octet-stream",
            "X-Echo": request["requestUri"],
        },
        "body": request["body"],
    }


class Extension:
    """An extension service written with plain pika, on a thread of its own."""

    def __init__(self, url, name, handle=echo, ack=True, reply=True, prefetch=0, exchange=None):
        import pika

        self.pika = pika
        self.url, self.name, self.handle = url, name, handle
        self.exchange = exchange or name
        self.ack, self.reply, self.prefetch = ack, reply, prefetch
        self.seen = []
        self.closed_with = None  # the reply code of a close by the broker
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        if not self.ready.wait(HANG):
            raise AssertionError("the extension did not start")
        return self

    def __exit__(self, *_):
        try:
            self.connection.add_callback_threadsafe(self.channel.stop_consuming)
        except self.pika.exceptions.AMQPError:
            pass  # the broker has gone first
        self.thread.join(HANG)

    def run(self):
        self.connection = self.pika.BlockingConnection(self.pika.URLParameters(self.url))
        self.channel = self.connection.channel()
        self.channel.exchange_declare(self.exchange, exchange_type="direct", durable=True)
        self.channel.queue_declare(self.name)
        self.channel.queue_bind(self.name, self.exchange, routing_key=self.name)
        if self.prefetch:
            self.channel.basic_qos(prefetch_count=self.prefetch)
        self.channel.basic_consume(self.name, self.on_request)
        self.ready.set()
        try:
            self.channel.start_consuming()
            self.connection.close()
        except self.pika.exceptions.ConnectionClosedByBroker as closed:
            self.closed_with = closed.reply_code

    def on_request(self, channel, method, properties, body):
        request, security = json.loads(body)[:2]
        self.seen.append((request, security, properties))
        if self.reply:
            answer = {"id": request["id"], "request": False, **self.handle(request, security)}
            channel.basic_publish(
                properties.headers["replyToExchange"],
                properties.reply_to,
                json.dumps(answer),
                self.pika.BasicProperties(correlation_id=properties.correlation_id),
            )
        if self.ack:
            channel.basic_ack(method.delivery_tag)


class ExtensionProcess:
    """The echo extension as a process of its own, which can be killed."""

    def __init__(self, url, name):
        self.process = subprocess.Popen(
            [sys.executable, __file__, url, name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.process.stdout.readline() == b"ready\n"

    def kill(self):
        self.process.kill()
        self.process.wait(HANG)
        self.process.stdout.close()


def run_extension(url, name):
    extension = Extension(url, name)
    extension.thread.start()
    extension.ready.wait(HANG)
    print("ready", flush=True)
    extension.thread.join()


def main():
    if not ORIEL:
        sys.exit("BINARY_UNDER_TEST must name the binary under test")
    unittest.main(verbosity=2)


if __name__ == "__main__":
    run_extension(*sys.argv[1:])
