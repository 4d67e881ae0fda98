"""The brokers that compare.py measures, each a child process of its own with a folder and ports of its
own; nothing that the system runs is touched."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"{what} did not start within {seconds} s")
        time.sleep(0.05)


class Subject:
    """A broker under test: `port` to talk to, `pid` whose CPU time counts."""

    name = ""
    nats = False
    amqp = True

    def __init__(self, folder):
        self.folder = folder / self.name
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.children = []
        self.pid = 0

    def spawn(self, command, environment=None):
        with (self.folder / "output.log").open("ab") as log:
            child = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True)
        self.children.append(child)
        return child

    def answers(self):
        if any(child.poll() is not None for child in self.children):
            log = (self.folder / "output.log").read_text(errors="replace")
            raise RuntimeError(f"{self.name} ended at once:\n{log[-2000:]}")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


class Oriel(Subject):
    name = "oriel"

    def __init__(self, folder, binary, shards=0, name="oriel"):
        self.name = name
        super().__init__(folder)
        self.binary = binary
        self.shards = shards

    def start(self):
        child = self.spawn([
            self.binary, "serve", "--data", str(self.folder / "data"), "--dev",
            "--amqp", f"127.0.0.1:{self.port}", "--amqps", "off",
            "--http", f"127.0.0.1:{free_port()}", "--https", "off",
            "--operator", f"127.0.0.1:{free_port()}", "--shards", str(self.shards)])
        wait_for(self.answers, 20, self.name)
        self.pid = child.pid


class RabbitMq(Subject):
    name = "rabbitmq"

    @staticmethod
    def missing():
        return None if RABBITMQ.exists() else "rabbitmq-server is not installed"

    def start(self):
        epmd = free_port()
        # An epmd of its own, in the foreground, so that it ends with us.
        self.spawn(["epmd", "-port", str(epmd), "-address", "127.0.0.1"])
        home = self.folder / "home"
        home.mkdir()
        (self.folder / "plugins").write_text("[].\n")
        (self.folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{self.port}\nlog.console = false\n")
        environment = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home),
            "ERL_EPMD_PORT": str(epmd), "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"bench{os.getpid()}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port), "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        }
        self.spawn([str(RABBITMQ)], environment)
        wait_for(self.answers, 90, self.name)
        time.sleep(1)  # it listens a little before it is ready
        self.pid = self.beam()

    def beam(self):
        """The Erlang machine among our descendants."""
        tree = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            name, rest = re.match(r"\d+ \((.*)\) (.*)", stat, re.DOTALL).groups()
            tree[int(entry.name)] = (int(rest.split()[1]), name)
        for pid, (parent, name) in tree.items():
            if not name.startswith("beam"):
                continue
            while parent > 1:
                if parent == self.children[-1].pid or pid == self.children[-1].pid:
                    return pid
                parent = tree.get(parent, (0, ""))[0]
        return self.children[-1].pid

    def stop(self):
        if self.pid and self.children and self.children[-1].poll() is None:
            try:
                os.kill(self.pid, signal.SIGTERM)  # the shell around it would not pass this on
                self.children[-1].wait(timeout=30)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
        super().stop()


class Nats(Subject):
    name = "nats"
    nats = True
    amqp = False

    @staticmethod
    def missing():
        return None if Nats.binary() else "nats-server is not installed"

    @staticmethod
    def binary():
        return shutil.which("nats-server", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin")

    def start(self):
        child = self.spawn([self.binary(), "-a", "127.0.0.1", "-p", str(self.port)])
        wait_for(self.answers, 20, self.name)
        self.pid = child.pid
