"""VcdExtMessageWorker: a running service on kombu, with the example worker it comes with."""

import json
import pathlib
import sys

from kombu import Connection

from world import DEV_PASSWORD, TENANT, Program, World, main

SERVICE = pathlib.Path(__file__).with_name("message_worker_service.py")


class MessageWorker(World):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.oriel.log_in()
        cls.caller = cls.oriel.log_in(f"{TENANT}@acme", DEV_PASSWORD)
        cls.url = cls.oriel.amqp_url().replace("amqp://", "pyamqp://")

    def service(self, name, declare):
        return Program(sys.executable, SERVICE, self.url, name, declare,
                       log=self.work / f"{name}.log")

    def expect_answers(self, name, worker):
        self.oriel.register(self.admin, name, f"/api/{name}(/.*)?")
        for method, body in (("GET", None), ("POST", b"\x00\xffbinary"), ("PUT", b"x" * 100_000),
                             ("DELETE", None)):
            status, headers, answer = self.oriel.call(
                method, f"/api/{name}/1?q=a%20b", self.caller, body)
            self.assertEqual(status, 200, answer)
            self.assertEqual(headers["Content-Type"], "application/*+json;version=31.0")
            self.assertEqual(json.loads(answer), {"something": "value of something"})
            self.assertEqual(int(headers["Content-Length"]), len(answer))
        self.assertNotIn("Traceback", worker.text())
        self.assertNotIn("Invalid JSON", worker.text())

    def test_it_declares_all_it_needs_the_reply_exchange_too(self):
        with self.service("declares", "declare") as worker:
            worker.said("ready")
            self.consuming("declares")
            self.expect_answers("declares", worker)

    def test_it_declares_nothing_when_told_so(self):
        with Connection(self.url) as connection:
            channel = connection.channel()
            channel.exchange_declare("declared", "direct", durable=True, auto_delete=False)
            channel.queue_declare("declared", durable=True, auto_delete=False)
            channel.queue_bind("declared", "declared", "declared")
        with self.service("declared", "no") as worker:
            worker.said("ready")
            self.consuming("declared")
            self.expect_answers("declared", worker)

    def test_it_reconnects_when_the_appliance_comes_back(self):
        with self.service("returns", "declare") as worker:
            worker.said("ready")
            self.consuming("returns")
            listeners = [f"--{name}={'%s:%d' % self.oriel.address(name)}" for name in
                         ("http", "https", "amqp", "amqps", "operator")]
            self.oriel.stop()
            self.oriel.command += listeners  # the later ones win: the addresses stay
            self.oriel.start()
            self.consuming("returns")
            type(self).admin = self.oriel.log_in()
            type(self).caller = self.oriel.log_in(f"{TENANT}@acme", DEV_PASSWORD)
            self.oriel.register(self.admin, "returns", "/api/returns(/.*)?")
            status, _, answer = self.oriel.call("GET", "/api/returns", self.caller)
            self.assertEqual(status, 200, answer)


if __name__ == "__main__":
    main()
