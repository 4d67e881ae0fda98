"""One appliance, an extension in plain pika, and HTTP clients: the main job, end to end."""

import base64
import json
import os
import random
import subprocess
import threading
import unittest

from harness import (ADMIN_PASSWORD, HANG, SERVICE_TYPE, XML, Appliance, Extension,
                     ExtensionProcess, main, wait_until)

# The shape of the guide's backup extension: several alternatives, no blanks around the bars.
BACKUP_FILTER = (
    "(/api/org/.*/backups)|(/api/vApp/vapp-.*/backups)"
    "|(/api/vApp/vapp-.*/action/backup)|(/api/backup/.*)"
)


def curl(*arguments):
    """Runs curl; its standard output."""
    return subprocess.run(
        ["curl", "-sS", "--max-time", "60", *arguments], check=True, stdout=subprocess.PIPE
    ).stdout


class Backup(unittest.TestCase):
    """Everything with curl over HTTPS, as the guide's reader would do it."""

    def test_a_service_registered_with_curl_answers_curl(self):
        with Appliance() as oriel, Extension(oriel.amqp_url(), "backup") as extension:
            gateway = oriel.listen["https"]
            trust = ["--cacert", oriel.ca_file]
            head = curl(*trust, "-D-", "-o/dev/null", "-X", "POST", "-H", f"Accept: {XML}",
                        "-u", f"administrator@System:{ADMIN_PASSWORD}", f"{gateway}/api/sessions")
            token = [line.split(b": ")[1].strip().decode() for line in head.splitlines()
                     if line.lower().startswith(b"x-vcloud-authorization")][0]
            session = ["-H", f"x-vcloud-authorization: {token}", "-H", f"Accept: {XML}"]

            document = os.path.join(oriel.folder, "backup.xml")
            with open(document, "w", encoding="utf-8") as file:
                file.write(f"""<vmext:Service xmlns="http://www.vmware.com/vcloud/v1.5"
  xmlns:vmext="http://www.vmware.com/vcloud/extension/v1.5" name="SDK-BackupExtension">
  <vmext:Namespace>SDKBackupExtension</vmext:Namespace>
  <vmext:Enabled>true</vmext:Enabled>
  <vmext:AuthorizationEnabled>false</vmext:AuthorizationEnabled>
  <vmext:RoutingKey>backup</vmext:RoutingKey>
  <vmext:Exchange>backup</vmext:Exchange>
  <vmext:ApiFilters>
    <vmext:ApiFilter><vmext:UrlPattern>{BACKUP_FILTER}</vmext:UrlPattern></vmext:ApiFilter>
  </vmext:ApiFilters>
</vmext:Service>""")
            created = curl(*trust, *session, "-w", "%{http_code}", "-H", f"Content-Type: {SERVICE_TYPE}",
                           "--data-binary", f"@{document}", f"{gateway}/api/admin/extension/service")
            self.assertTrue(created.endswith(b"201"), created)
            self.assertIn(b"urn:vcloud:externalService:", created)

            for path in ("/api/org/42/backups", "/api/vApp/vapp-7/action/backup", "/api/backup/x?y=1"):
                answer = curl(*trust, *session, "--data-binary", f"body of {path}", f"{gateway}{path}")
                self.assertEqual(answer.decode(), f"body of {path}")
            request, security, properties = extension.seen[-1]
            self.assertEqual(request["requestUri"], "/api/backup/x")
            self.assertEqual(request["queryString"], "y=1")
            self.assertEqual(request["scheme"], "https")
            self.assertEqual(request["headers"]["X-Vcloud-Authorization".lower()], token)
            self.assertTrue(security["user"].startswith("urn:vcloud:user:"))
            self.assertTrue(security["org"].startswith("urn:vcloud:org:"))
            self.assertEqual(properties.headers["messageType"], "ProcessHttpRequest")
            self.assertNotEqual(properties.content_type, "application/json")

            near_miss = curl(*trust, *session, "-w", "%{http_code}", f"{gateway}/api/org/42/backups/1")
            self.assertTrue(near_miss.endswith(b"404"), near_miss)


class Envelope(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()
        cls.session = cls.oriel.log_in()
        cls.oriel.register(cls.session, "echo", "/api/echo(/.*)?")

    @classmethod
    def tearDownClass(cls):
        cls.oriel.__exit__()

    def test_bodies_of_every_size_arrive_intact_both_ways(self):
        generator = random.Random(1)
        with Extension(self.oriel.amqp_url(), "echo"):
            for size in (0, 1, 2, 3, 255, 4096, 65_535, 131_072, 1_000_000, 10_000_000):
                body = generator.randbytes(size)
                status, headers, answer = self.oriel.call(
                    "POST", f"/api/echo/{size}",
                    {**self.session, "Content-Type": "application/octet-stream"}, body)
                self.assertEqual(status, 200)
                self.assertEqual(headers["X-Echo"], f"/api/echo/{size}")
                self.assertTrue(answer == body, f"body of {size} octets differs")

    def test_chunked_requests_arrive_whole(self):
        with Extension(self.oriel.amqp_url(), "echo"):
            pieces = [b"one ", b"two ", b"x" * 100_000]
            connection = self.oriel.connection()
            connection.request("POST", "/api/echo/chunked", body=iter(pieces),
                               headers=self.session, encode_chunked=True)
            self.assertEqual(connection.getresponse().read(), b"".join(pieces))
            connection.close()

    def test_curl_with_expect_continue_and_head(self):
        with Extension(self.oriel.amqp_url(), "echo"):
            gateway = self.oriel.listen["http"]
            session = [part for key, value in self.session.items() for part in ("-H", f"{key}: {value}")]
            large = os.path.join(self.oriel.folder, "large")
            with open(large, "wb") as file:
                file.write(random.Random(2).randbytes(2_000_000))
            answer = curl(*session, "-H", "Expect: 100-continue", "--data-binary", f"@{large}",
                          f"{gateway}/api/echo/expect")
            with open(large, "rb") as file:
                self.assertTrue(answer == file.read())
            head = curl(*session, "-I", f"{gateway}/api/echo/head")
            self.assertTrue(head.startswith(b"HTTP/1.1 200"), head)

    def test_a_reply_of_the_service_passes_through_untouched(self):
        def teapot(request, _):
            return {"statusCode": "418", "headers": {"X-Number": 27, "Content-Length": 3,
                                                     "Set-Cookie": "a=b", "Content-Type": "*/*"},
                    "body": base64.b64encode(b"short and stout").decode()}

        with Extension(self.oriel.amqp_url(), "echo", teapot):
            status, headers, body = self.oriel.call("GET", "/api/echo", self.session)
        self.assertEqual((status, body), (418, b"short and stout"))
        self.assertEqual(headers["X-Number"], "27")
        self.assertEqual(headers["Content-Type"], "*/*")
        self.assertIsNone(headers["Set-Cookie"])

    def test_nobody_is_asked_without_a_session(self):
        with Extension(self.oriel.amqp_url(), "echo") as extension:
            status, _, _ = self.oriel.call("GET", "/api/echo", {"Accept": XML})
            self.assertEqual(status, 401)
            self.assertEqual(extension.seen, [])


class Causes(unittest.TestCase):
    """Every 504 says why, in the answer and in the log."""

    def gateway_timeout(self, extension_arguments, cause, name="slow"):
        with Appliance("--log-format", "json",
                       environment={"ORIEL_EXTENSIBILITY__TIMEOUT": "1",
                                    "ORIEL_EXTENSIBILITY__UNROUTABLE": "wait"}) as oriel:
            session = oriel.log_in()
            oriel.register(session, name, f"/api/{name}")
            if extension_arguments is None:
                answer = oriel.call("GET", f"/api/{name}", session)
            else:
                with Extension(oriel.amqp_url(), name, **extension_arguments):
                    answer = oriel.call("GET", f"/api/{name}", session)
            status, _, body = answer
            text = body.decode()
            self.assertEqual(status, 504, text)
            self.assertIn(f"External service '{name}' failed to respond in the specified timeout "
                          "(1 SECONDS)", text.replace("&apos;", "'"))
            self.assertIn(cause, text)
            wait_until(lambda: any('"status":504' in line and cause in line
                                   for line in oriel.log().splitlines()), "the log line")

    def test_acknowledged_but_no_reply(self):
        self.gateway_timeout({"reply": False}, "acknowledged")

    def test_delivered_but_not_acknowledged(self):
        self.gateway_timeout({"reply": False, "ack": False}, "not acknowledged")

    def test_nobody_consumes(self):
        import pika

        with Appliance(environment={"ORIEL_EXTENSIBILITY__TIMEOUT": "1"}) as oriel:
            session = oriel.log_in()
            oriel.register(session, "idle", "/api/idle")
            connection = pika.BlockingConnection(pika.URLParameters(oriel.amqp_url()))
            channel = connection.channel()
            channel.exchange_declare("idle", exchange_type="direct")
            channel.queue_declare("idle")
            channel.queue_bind("idle", "idle", "idle")
            status, _, body = oriel.call("GET", "/api/idle", session)
            self.assertEqual(status, 504)
            self.assertIn("consume", body.decode())
            connection.close()

    def test_an_unroutable_request_is_refused_at_once(self):
        import pika

        with Appliance() as oriel:
            session = oriel.log_in()
            oriel.register(session, "absent", "/api/absent")
            status, _, body = oriel.call("GET", "/api/absent", session)
            self.assertEqual(status, 500, body)  # no exchange of that name
            connection = pika.BlockingConnection(pika.URLParameters(oriel.amqp_url()))
            connection.channel().exchange_declare("absent", exchange_type="direct")
            status, headers, body = oriel.call("GET", "/api/absent", session)
            self.assertEqual(status, 503, body)
            self.assertIsNotNone(headers["Retry-After"])
            connection.close()

    def test_json_callers_get_the_error_as_json(self):
        with Appliance() as oriel:
            session = oriel.log_in()
            oriel.register(session, "absent", "/api/absent")
            status, _, body = oriel.call(
                "GET", "/api/absent", {**session, "Accept": "application/*+json;version=36.0"})
            self.assertEqual(status, 500)
            error = json.loads(body)
            self.assertEqual(error["majorErrorCode"], 500)


class Restart(unittest.TestCase):
    def test_killing_the_extension_gives_504_with_its_cause_and_then_recovers(self):
        with Appliance(environment={"ORIEL_EXTENSIBILITY__TIMEOUT": "1"}) as oriel:
            session = oriel.log_in()
            oriel.register(session, "echo", "/api/echo/.*")

            def call(body):
                status, _, answer = oriel.call("POST", "/api/echo/x", session, body)
                return status, answer

            with Extension(oriel.amqp_url(), "echo"):
                self.assertEqual(call(b"before"), (200, b"before"))
            # The queue stays, the consumer is gone.
            status, answer = call(b"lost")
            self.assertEqual(status, 504)
            self.assertIn(b"consume", answer)
            with Extension(oriel.amqp_url(), "echo") as extension:
                # What timed out a moment ago is not worked off: nobody waits for it any more.
                self.assertEqual(wait_until(lambda: (got := call(b"after"))[0] == 200 and got, "recovery"),
                                 (200, b"after"))
                self.assertNotIn(b"lost", [base64.b64decode(request["body"]) for request, _, _ in
                                           extension.seen])


    def test_an_extension_killed_under_load_loses_nobody(self):
        """Every caller gets its own answer or a 504 that says why; afterwards all is well again."""
        with Appliance(environment={"ORIEL_EXTENSIBILITY__TIMEOUT": "1"}) as oriel:
            session = oriel.log_in()
            oriel.register(session, "echo", "/api/echo/.*")
            stop = threading.Event()
            answers = []
            losses = []

            def client(number):
                try:
                    connection = oriel.connection()
                    count = 0
                    while not stop.is_set():
                        body = f"request {count} of {number}".encode()
                        connection.request("POST", f"/api/echo/{number}/{count}", body, session)
                        answer = connection.getresponse()
                        answers.append((answer.status, answer.read(), body))
                        count += 1
                    connection.close()
                except OSError as lost:
                    losses.append(lost)

            extension = ExtensionProcess(oriel.amqp_url(), "echo")
            threads = [threading.Thread(target=client, args=(n,)) for n in range(16)]
            for thread in threads:
                thread.start()

            def seen(status, more_than):
                return sum(1 for got, _, _ in list(answers) if got == status) > more_than

            wait_until(lambda: seen(200, 500), "answers")
            extension.kill()
            wait_until(lambda: seen(504, 16), "requests that nobody answers")
            extension = ExtensionProcess(oriel.amqp_url(), "echo")
            before = len(answers)
            wait_until(lambda: sum(1 for got, _, _ in answers[before:] if got == 200) > 500, "recovery")
            stop.set()
            for thread in threads:
                thread.join(HANG)
            extension.kill()
            self.assertEqual(losses, [])
            self.assertFalse(any(thread.is_alive() for thread in threads))

        causes = (b"not acknowledged", b"consume", b"busy")
        for status, got, sent in answers:
            if status == 200:
                self.assertEqual(got, sent)
            else:
                self.assertEqual(status, 504, got)
                self.assertTrue(any(cause in got for cause in causes), got)


class Load(unittest.TestCase):
    REQUESTS, CONNECTIONS = 10_000, 64

    def test_ten_thousand_requests_all_get_their_own_answer(self):
        with Appliance() as oriel:
            session = oriel.log_in()
            oriel.register(session, "echo", "/api/echo/.*")
            wrong = []
            answered = []

            def client(number):
                connection = oriel.connection()
                for i in range(number, self.REQUESTS, self.CONNECTIONS):
                    body = f"request {i} of {number}".encode() * (1 + i % 7)
                    connection.request("POST", f"/api/echo/{i}", body, session)
                    answer = connection.getresponse()
                    got = answer.read()
                    if answer.status != 200 or got != body or answer.headers["X-Echo"] != f"/api/echo/{i}":
                        wrong.append((i, answer.status, got[:80]))
                    answered.append(i)
                connection.close()

            # Two extensions, so that queue and consumers live on different shards too.
            with Extension(oriel.amqp_url(), "echo") as one, Extension(oriel.amqp_url(), "echo") as two:
                threads = [threading.Thread(target=client, args=(n,)) for n in range(self.CONNECTIONS)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join(600)
                handled = [request["requestUri"] for request, _, _ in one.seen + two.seen]
            self.assertEqual(wrong, [])
            self.assertEqual(sorted(answered), list(range(self.REQUESTS)))
            self.assertEqual(len(handled), self.REQUESTS)
            self.assertEqual(len(set(handled)), self.REQUESTS)


if __name__ == "__main__":
    main()
