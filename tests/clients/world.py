"""What the tests of this folder share: an appliance, and programs that run beside it."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

# What pip's console script of vcd-cli holds.
VCD = [sys.executable, "-c", "from vcd_cli.vcd import vcd; vcd(prog_name='vcd')", "--no-colorized"]
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))

from harness import (  # noqa: E402  the system tests' harness lies in the folder beside this one
    ADMIN_PASSWORD, DEV_PASSWORD, HANG, Appliance, Extension, main, wait_until)

__all__ = ["ADMIN_PASSWORD", "DEV_PASSWORD", "HANG", "Extension", "Program", "TENANT", "World", "main",
           "source", "wait_until"]


TENANT = "acme-user"  # of the sandbox's organisation acme


def source(repository):
    """Where a repository of sources.py lies."""
    return pathlib.Path(os.environ["CLIENT_SOURCES"]) / repository


class World(unittest.TestCase):
    """One sandbox for all tests of a class, and a folder of its own to work in."""

    @classmethod
    def setUpClass(cls):
        cls.exit = contextlib.ExitStack()
        cls.work = pathlib.Path(cls.exit.enter_context(tempfile.TemporaryDirectory()))
        cls.oriel = cls.exit.enter_context(
            Appliance(environment={"ORIEL_LOG__ACCESS": "all",
                                   "ORIEL_EXTENSIBILITY__TIMEOUT": str(HANG)}))
        # requests and curl trust the development authority that signed the sandbox's certificate.
        os.environ["REQUESTS_CA_BUNDLE"] = os.environ["CURL_CA_BUNDLE"] = cls.oriel.ca_file
        # Programs that keep logs and profiles in the current folder or at home keep them here.
        os.environ["HOME"] = str(cls.work)
        os.chdir(cls.work)

    @classmethod
    def tearDownClass(cls):
        os.chdir("/")
        cls.exit.close()

    def consuming(self, queue):
        """Waits until somebody consumes: a request would be refused as unroutable before."""
        def found():
            shown = json.loads(self.oriel.call("GET", "/debug/queues", listener="operator")[2])
            return any(one["name"] == queue and one["consumers"] for one in shown["queues"])

        wait_until(found, f"a consumer of {queue}")

    def vcd(self, *arguments, status=0, json_output=False, stdin=None):
        """What `vcd ARGUMENTS` prints; with json_output, as JSON."""
        done = subprocess.run(VCD + ["--json"] * json_output + list(arguments), input=stdin,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=HANG, check=False)
        self.assertEqual(done.returncode, status, f"vcd {' '.join(arguments)}:\n{done.stdout}")
        text = done.stdout.replace("\x1b[2K\r", "").strip()
        return json.loads(text) if json_output and text else text

    @classmethod
    def host(cls, listener="https"):
        host, port = cls.oriel.address(listener)
        return f"{host}:{port}"


class Program:
    """A long-running program; `with` ends it."""

    def __init__(self, *command, log, **environment):
        self.log = pathlib.Path(log)
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **environment})

    def said(self, text):
        """Waits until the program has printed that."""
        def found():
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}:\n{self.text()}")
            return text in self.text()

        wait_until(found, f"{text!r} in {self.log}")

    def text(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(HANG)
