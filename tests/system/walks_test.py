"""The eight steps of clients/README.md with every client library, against the real binary."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from harness import HANG, Appliance, main

CLIENTS = pathlib.Path(__file__).resolve().parent / "clients"
LINES = ["connect", "topology", "confirm 3", "return 312", "redelivery one", "dead-letter rejected",
         "cancel", "close 404"]
JAVA_PATH = ":".join(f"/usr/share/java/{jar}.jar"
                     for jar in ("amqp-client", "slf4j-api", "slf4j-nop"))
BUILD = 600  # seconds: compiling a client's program on a busy machine takes a tenth of it


def installed(package):
    status = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", package], check=False,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return status.stdout.startswith(b"ii")


class Walks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="oriel-walks-")
        cls.oriel = Appliance()
        cls.oriel.start()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)
        cls.oriel.__exit__()

    def need(self, *packages):
        missing = [package for package in packages if not installed(package)]
        if missing:
            self.skipTest("not installed: " + " ".join(missing))

    def build(self, *command, **environment):
        subprocess.run([str(part) for part in command], check=True, timeout=BUILD,
                       env={**os.environ, **environment})

    def walk(self, *command, **environment):
        host, port = self.oriel.address("amqp")
        done = subprocess.run(
            [*map(str, command), host, str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, timeout=HANG, check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment})
        self.assertEqual(done.stdout.splitlines(), LINES, done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_pika(self):
        self.need("python3-pika")
        self.walk(sys.executable, CLIENTS / "pika_client.py")

    def test_py_amqp(self):
        self.need("python3-amqp")
        self.walk(sys.executable, CLIENTS / "py_amqp_client.py")

    def test_kombu(self):
        self.need("python3-kombu")
        self.walk(sys.executable, CLIENTS / "kombu_client.py")

    def test_aio_pika(self):
        self.need("python3-aio-pika")
        self.walk(sys.executable, CLIENTS / "aio_pika_client.py")

    def test_librabbitmq(self):
        self.need("librabbitmq-dev")
        program = os.path.join(self.folder, "librabbitmq_client")
        self.build("cc", "-o", program, CLIENTS / "librabbitmq_client.c", "-lrabbitmq")
        self.walk(program)

    def test_php_amqplib(self):
        self.need("php-amqplib", "php-cli")
        self.walk("php", CLIENTS / "php_amqplib_client.php")

    def test_amqp091_go(self):
        self.need("golang-go", "golang-github-rabbitmq-amqp091-go-dev")
        program = os.path.join(self.folder, "amqp091_client")
        # The module mode would ask the network; Debian's libraries are a GOPATH.
        self.build("go", "build", "-o", program, CLIENTS / "amqp091_client.go",
                   GO111MODULE="off", GOPATH="/usr/share/gocode", GOFLAGS="")
        self.walk(program)

    def test_bunny(self):
        self.need("ruby-bunny")
        self.walk("ruby", CLIENTS / "bunny_client.rb")

    def test_java_client(self):
        self.need("librabbitmq-client-java")
        if not shutil.which("javac"):
            self.skipTest("not installed: default-jdk-headless")
        self.walk("java", "-cp", JAVA_PATH, CLIENTS / "JavaClient.java")

    def test_amqplib(self):
        node = shutil.which("node") or shutil.which("nodejs")
        self.build("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts",
                   "--prefix", self.folder, "amqplib@0.10.4")
        self.walk(node, CLIENTS / "amqplib_client.js",
                  NODE_PATH=os.path.join(self.folder, "node_modules"))


if __name__ == "__main__":
    main()
