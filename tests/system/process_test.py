"""The process itself: starting, configuration, first passwords, TLS, stopping."""

import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time
import unittest

from harness import (ADMIN_PASSWORD, HANG, ORIEL, XML, Appliance, Extension, echo, main, wait_until)


def run(*arguments, environment=None):
    return subprocess.run([ORIEL, *arguments], env={**os.environ, **(environment or {})},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=HANG)


class CommandLine(unittest.TestCase):
    def test_version_names_the_libraries(self):
        done = run("version")
        self.assertEqual(done.returncode, 0)
        self.assertTrue(done.stdout.startswith("oriel "), done.stdout)
        self.assertIn("OpenSSL", done.stdout)

    def test_usage_errors_exit_with_2(self):
        self.assertEqual(run().returncode, 2)
        self.assertEqual(run("serve", "--nonsense").returncode, 2)

    def test_config_show_says_where_each_value_comes_from(self):
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            file.write('[http]\nlisten = "127.0.0.1:1234"\n')
            file.flush()
            done = run("config", "show", "--origin", "--config", file.name, "--shards", "3",
                       environment={"ORIEL_LOG__LEVEL": "debug"})
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = {line.split(" = ")[0]: line for line in done.stdout.splitlines() if " = " in line}
        self.assertRegex(lines["listen"] if "1234" in lines["listen"] else done.stdout,
                         rf'listen = "127.0.0.1:1234" +# {file.name}:2')
        self.assertRegex(lines["shards"], r"shards = 3 +# --shards")
        self.assertRegex(lines["level"], r'level = "debug" +# environment ORIEL_LOG__LEVEL')
        self.assertRegex(lines["timeout"], r"timeout = 10 +# built-in")

    def test_what_config_show_prints_is_a_config_file(self):
        shown = run("config", "show").stdout
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            file.write(shown)
            file.flush()
            again = run("config", "show", "--config", file.name)
        self.assertEqual(again.stdout, shown)

    def test_unknown_keys_are_errors_with_a_suggestion(self):
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            file.write('[http]\nlissten = "127.0.0.1:1"\n')
            file.flush()
            done = run("serve", "--check", "--config", file.name)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.stderr.strip(),
                         f"oriel: {file.name}:2: unknown key http.lissten; did you mean http.listen?")


class Start(unittest.TestCase):
    def test_listen_json_names_what_was_bound_and_standard_output_says_it(self):
        with Appliance() as oriel:
            for name in ("http", "https", "amqp", "amqps", "operator"):
                self.assertIn(oriel.listen[name], oriel.out())
                socket.create_connection(oriel.address(name)).close()

    def test_the_data_folder_is_private(self):
        with Appliance() as oriel:
            for folder, _, files in os.walk(oriel.data):
                self.assertEqual(stat.S_IMODE(os.stat(folder).st_mode) & 0o077, 0, folder)
                for name in files:
                    mode = stat.S_IMODE(os.lstat(os.path.join(folder, name)).st_mode)
                    self.assertEqual(mode & 0o077, 0, name)

    def test_a_second_start_on_the_same_data_is_refused(self):
        with Appliance() as oriel:
            second = subprocess.run(oriel.command, env=oriel.environment, stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, timeout=HANG)
            self.assertNotEqual(second.returncode, 0)

    def test_a_taken_port_is_said_and_exits_with_4(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            appliance = Appliance("--http", f"127.0.0.1:{taken.getsockname()[1]}")
            done = subprocess.run(appliance.command, env=appliance.environment, timeout=HANG,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertIn(str(taken.getsockname()[1]), done.stderr)

    def test_the_sandbox_refuses_addresses_that_are_not_loopback(self):
        appliance = Appliance("--http", "0.0.0.0:0")
        done = subprocess.run(appliance.command, env=appliance.environment, timeout=HANG,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 3, done.stderr)

    def test_without_given_passwords_they_are_made_and_shown_once(self):
        with Appliance() as oriel:
            oriel.stop()
            oriel.environment.pop("ORIEL_ADMIN_PASSWORD")
            fresh = Appliance(environment={"ORIEL_ADMIN_PASSWORD": "", "ORIEL_DEV_PASSWORD": ""})
            with fresh:
                shown = [line for line in fresh.out().splitlines() if "administrator@System" in line]
                self.assertEqual(len(shown), 1, fresh.out())
                password = shown[0].split("/")[1].split()[0]
                fresh.log_in("administrator@System", password)
                self.assertNotIn(password, fresh.log())
                fresh.stop()
                before = len(fresh.out())
                fresh.start()
                self.assertNotIn(password, fresh.out()[before:])
                fresh.log_in("administrator@System", password)
            oriel.start()

    def test_listeners_accept_before_the_first_accounts_are_stored(self):
        with Appliance() as oriel:
            wait_until(lambda: '"registry.founded"' in oriel.log(), "the first accounts")
            log = oriel.log()
            self.assertLess(log.index('"serve.started"'), log.index('"registry.founded"'))
            oriel.log_in()
            oriel.stop()
            oriel.start()
            oriel.log_in()
            self.assertEqual(oriel.log().count('"registry.founded"'), 1)

    def test_a_login_that_comes_before_the_first_accounts_waits_for_them(self):
        with Appliance() as oriel:
            oriel.log_in()  # hashing takes longer than the way here; should it not, this holds too

    def test_a_start_that_is_killed_at_once_is_made_up_for_by_the_next(self):
        generated = {"ORIEL_ADMIN_PASSWORD": "", "ORIEL_DEV_PASSWORD": ""}
        with Appliance(environment=generated) as oriel:
            for _ in range(3):
                oriel.process.kill()
                oriel.process.wait(HANG)
                oriel.start()
            # Whatever was stored by then, the password that was shown last is the one that works.
            shown = [line for line in oriel.out().splitlines() if "administrator@System" in line]
            oriel.log_in("administrator@System", shown[-1].split("/")[1].split()[0])

    def test_no_account_has_a_default_password(self):
        import pika

        with Appliance(dev=False) as oriel:
            for user, password in (("guest", "guest"), ("administrator", "administrator"),
                                   ("administrator", ""), ("admin", "admin")):
                with self.assertRaises(pika.exceptions.AMQPError):
                    pika.BlockingConnection(pika.URLParameters(oriel.amqp_url(user, password or "x")))
                with self.assertRaises(AssertionError):
                    oriel.log_in(f"{user}@System", password)
            with self.assertRaises(AssertionError):
                oriel.log_in("acme-admin@acme", "acme-admin")
            # The administrator's own password opens the broker too.
            pika.BlockingConnection(
                pika.URLParameters(oriel.amqp_url("administrator", ADMIN_PASSWORD))).close()

    def test_registered_services_are_there_after_a_restart(self):
        with Appliance() as oriel:
            session = oriel.log_in()
            url = oriel.register(session, "kept", "/api/kept")
            oriel.stop()
            oriel.start()
            session = oriel.log_in()
            path = "/api/" + url.split("/api/", 1)[1]
            status, _, body = oriel.call("GET", path, session)
            self.assertEqual(status, 200)
            self.assertIn(b'name="kept"', body)

    def test_tls_refuses_old_versions(self):
        with Appliance() as oriel:
            for name in ("https", "amqps"):
                host, port = oriel.address(name)
                for version, accepted in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
                    done = subprocess.run(
                        ["openssl", "s_client", version, "-connect", f"{host}:{port}", "-CAfile",
                         oriel.ca_file, "-verify_return_error", "-brief"],
                        input=b"", capture_output=True, timeout=HANG)
                    self.assertEqual(done.returncode == 0, accepted, (name, version, done.stderr))


class Operator(unittest.TestCase):
    def test_health_metrics_and_debug_pages(self):
        with Appliance() as oriel, Extension(oriel.amqp_url(), "echo"):
            session = oriel.log_in()
            oriel.register(session, "echo", "/api/echo/.*")
            oriel.call("GET", "/api/echo/1", session)

            def get(path):
                return oriel.call("GET", path, listener="operator")

            self.assertEqual(get("/livez")[0], 200)
            self.assertEqual(get("/readyz")[0], 200)
            metrics = get("/metrics")[2].decode()
            self.assertRegex(metrics, r'oriel_http_requests_total\{[^}]*service="echo"[^}]*\} 1')
            pages = {name: json.loads(get(f"/debug/{name}")[2])
                     for name in ("routes", "queues", "pending", "connections", "shards")}
            self.assertIn("/api/echo/.*", json.dumps(pages["routes"]))
            self.assertIn('"echo"', json.dumps(pages["queues"]))
            self.assertIn("guest", json.dumps(pages["connections"]))
            self.assertEqual(get("/nowhere")[0], 404)

    def test_the_gateway_does_not_serve_the_operator_pages(self):
        with Appliance() as oriel:
            for path in ("/metrics", "/debug/queues", "/livez"):
                self.assertIn(oriel.call("GET", path)[0], (401, 404))


class Stop(unittest.TestCase):
    def test_requests_in_flight_finish_when_told_to_stop(self):
        release = threading.Event()

        def slow(request, security):
            release.wait(HANG)
            return echo(request, security)

        with Appliance() as oriel, Extension(oriel.amqp_url(), "echo", slow) as extension:
            session = oriel.log_in()
            oriel.register(session, "echo", "/api/echo")
            answers = []
            caller = threading.Thread(
                target=lambda: answers.append(oriel.call("POST", "/api/echo", session, b"late")))
            caller.start()
            wait_until(lambda: extension.seen, "the request at the extension")
            address = oriel.address("http")
            oriel.process.send_signal(signal.SIGTERM)

            def refused():
                try:
                    socket.create_connection(address, 1).close()
                    return False
                except OSError:
                    return True

            wait_until(refused, "the listener to close")
            release.set()
            caller.join(HANG)
            self.assertEqual(answers[0][0], 200)
            self.assertEqual(answers[0][2], b"late")
            self.assertEqual(oriel.process.wait(HANG), 0)
        self.assertEqual(extension.closed_with, 320)  # connection-forced

    def test_requests_that_nobody_answers_get_503(self):
        with Appliance(environment={"ORIEL_EXTENSIBILITY__TIMEOUT": "60"}) as oriel, Extension(
                oriel.amqp_url(), "mute", reply=False) as extension:
            session = oriel.log_in()
            oriel.register(session, "mute", "/api/mute")
            answers = []
            caller = threading.Thread(
                target=lambda: answers.append(oriel.call(
                    "GET", "/api/mute", {**session, "Accept": "application/*+json;version=36.0"})))
            caller.start()
            wait_until(lambda: extension.seen, "the request at the extension")
            oriel.process.send_signal(signal.SIGTERM)
            self.assertEqual(oriel.process.wait(HANG), 0)
            caller.join(HANG)
            status, headers, body = answers[0]
            self.assertEqual((status, json.loads(body)["majorErrorCode"]), (503, 503))
            self.assertIsNotNone(headers["X-VMWARE-VCLOUD-REQUEST-ID"])
            self.assertIn('"status":503', oriel.log())


class Hostile(unittest.TestCase):
    """What must be refused, seen from a raw socket; the session's own tests have the long table."""

    CASES = [
        (b"GET /api/versions HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /api/versions HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
        (b"GET /api/%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n", b"400"),
        (b"GET /api/a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", b"400"),
        (b"GET /api/a%00b HTTP/1.1\r\nHost: a\r\n\r\n", b"400"),
        (b"GET /api/x HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", b"400"),
        (b"POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
         b"400"),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 101 + b"\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"400"),
    ]

    def test_each_is_answered_with_its_status_and_the_connection_closed(self):
        with Appliance() as oriel:
            for sent, status in self.CASES:
                with socket.create_connection(oriel.address("http"), HANG) as raw:
                    raw.sendall(sent)
                    answer = b""
                    while piece := raw.recv(65536):
                        answer += piece
                self.assertTrue(answer.startswith(b"HTTP/1.1 " + status), (sent[:60], answer[:60]))

    def test_garbage_on_the_broker_port_gets_the_protocol_header(self):
        with Appliance() as oriel:
            with socket.create_connection(oriel.address("amqp"), HANG) as raw:
                raw.sendall(b"GET / HTTP/1.1\r\n\r\n")
                self.assertEqual(raw.recv(64), b"AMQP\x00\x00\x09\x01")
                self.assertEqual(raw.recv(64), b"")


if __name__ == "__main__":
    main()
