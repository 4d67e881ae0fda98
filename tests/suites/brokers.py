"""The brokers that suites are run against, each alone on localhost:5672 of the namespace."""

import base64
import http.client
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse

START_LIMIT = 120  # seconds: the Erlang one takes about six, oriel a fraction of one
MEMORY = 8 << 30  # octets: a suite that finds a leak shall not take the machine along
STOP_LIMIT = 60  # seconds
PORT = 5672
OPERATOR_PORT = 8081
ADMIN_PASSWORD = "an-Admin-password-1"

# The state that suites expect beside guest on "/": bunny's virtual host and its two users.
VHOST = "bunny_testbed"
USERS = [
    ("bunny_gem", "bunny_password", (".*", ".*", ".*")),
    ("bunny_reader", "reader_password", ("^---$", "^---$", ".*")),
]


def wait_for_port(process, port, log):
    """Until somebody listens; a broker that ended first is reported with the end of its log."""
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    text = pathlib.Path(log).read_text(encoding="utf-8", errors="replace")
    raise SystemExit(f"the broker did not start on port {port}:\n{text[-2000:]}")


class Oriel:
    """`oriel serve --dev` with a data folder that lives as long as the broker."""

    name = "oriel"

    def __init__(self, binary, shards, folder):
        self.binary, self.shards, self.folder = binary, shards, pathlib.Path(folder)
        self.log = self.folder / "oriel.log"

    def version(self):
        return subprocess.run([self.binary, "version"], stdout=subprocess.PIPE, text=True,
                              check=True).stdout.splitlines()[0]

    def start(self):
        data = self.folder / "oriel-data"
        shutil.rmtree(data, ignore_errors=True)
        environment = {**os.environ, "ORIEL_ADMIN_PASSWORD": ADMIN_PASSWORD,
                       "ORIEL_DEV_PASSWORD": "a-Dev-password-1",
                       "ORIEL_AMQP__MESSAGE_MAX_OCTETS": str(128 << 20)}  # as RabbitMQ 3 has it
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--dev", "--data", str(data), "--shards", str(self.shards),
                 "--amqp", f"127.0.0.1:{PORT},[::1]:{PORT}", "--log-format", "json"],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)))
        wait_for_port(self.process, PORT, self.log)

    def put(self, *path, **document):
        """One call of the management API, as the administrator of the system."""
        connection = http.client.HTTPConnection("127.0.0.1", OPERATOR_PORT)
        credentials = base64.b64encode(f"administrator@System:{ADMIN_PASSWORD}".encode()).decode()
        target = "/api/" + "/".join(urllib.parse.quote(part, safe="") for part in path)
        connection.request("PUT", target, json.dumps(document), {
            "Authorization": f"Basic {credentials}", "Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status not in (201, 204):
            raise SystemExit(f"PUT {target}: {answer.status} {answer.read().decode()}")
        connection.close()

    def add_users(self):
        self.put("vhosts", VHOST)
        for user, password, (configure, write, read) in USERS:
            self.put("users", user, password=password, tags="")
            self.put("permissions", VHOST, user, configure=configure, write=write, read=read)

    def alive(self):
        return self.process.poll() is None

    def stop(self):
        """SIGTERM; a status other than 0 is said, for the suite may have made the broker fall."""
        if self.alive():
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait()
        return None if status == 0 else f"oriel ended with status {status}; see {self.log}"


class RabbitMQ:
    """Debian's rabbitmq-server as a private node: own name, data, log and cookie."""

    name = "rabbitmq"
    node = "suites@localhost"
    programs = pathlib.Path("/usr/lib/rabbitmq/bin")

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "rabbitmq"
        self.log = self.folder / "out"
        self.environment = {
            **os.environ,
            "HOME": str(self.folder),
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
        }

    @classmethod
    def missing(cls):
        return None if (cls.programs / "rabbitmq-server").exists() else (
            "rabbitmq-server is not installed (Debian package rabbitmq-server)")

    def version(self):
        return subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", "rabbitmq-server"], stdout=subprocess.PIPE,
            text=True, check=False).stdout.strip()

    def control(self, *arguments):
        subprocess.run([self.programs / "rabbitmqctl", "-n", self.node, "-q", *arguments],
                       env=self.environment, check=True, stdout=subprocess.DEVNULL,
                       timeout=START_LIMIT)

    def start(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / "rabbitmq.conf").write_text(f"listeners.tcp.default = {PORT}\n")
        (self.folder / "plugins").write_text("[].\n")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "rabbitmq-server"], env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for_port(self.process, PORT, self.log)
        self.control("await_startup")

    def add_users(self):
        self.control("add_vhost", VHOST)
        for user, password, patterns in USERS:
            self.control("add_user", user, password)
            self.control("set_permissions", "-p", VHOST, user, *patterns)

    def alive(self):
        return self.process.poll() is None

    def stop(self):
        """A test may have left the node in a state in which it does not stop when asked."""
        try:
            if self.alive():
                self.control("stop")
            self.process.wait(STOP_LIMIT)
            return None
        except subprocess.SubprocessError as problem:
            self.process.kill()
            self.process.wait()
            return f"RabbitMQ did not stop: {problem}"
