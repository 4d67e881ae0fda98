#!/usr/bin/env python3
"""Runs other people's AMQP test suites, unmodified, against oriel or RabbitMQ.

    tests/suites/run.py --binary build/release/tools/oriel/oriel
    tests/suites/run.py --broker rabbitmq pika bunny
    tests/suites/run.py --compare

Every suite finds the broker on localhost:5672 of a network namespace of its own, freshly started,
as user guest on the virtual host "/". README.md says where the suites come from.
"""

import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import time

import results
from brokers import Oriel, RabbitMQ
from sources import Missing, Sources
from suites import SUITES, Run

INSIDE = "SUITES_IN_NAMESPACE"  # set in the namespace


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", nargs="*", metavar="SUITE",
                        help=f"of {', '.join(SUITES)}; default: all")
    parser.add_argument("--broker", choices=("oriel", "rabbitmq"), default="oriel")
    parser.add_argument("--binary", default="build/release/tools/oriel/oriel",
                        help="the oriel to test")
    parser.add_argument("--shards", type=int, default=2, help="of oriel")
    parser.add_argument("--scratch", default="build/suites",
                        help="folder for sources and results")
    parser.add_argument("--checkouts",
                        help="folder with checkouts, each named like its suite; they are preferred "
                             "to what registries have")
    parser.add_argument("--python-path", action="append", default=[], metavar="FOLDER",
                        help="where Python finds what Debian does not have; may be repeated")
    parser.add_argument("--limit", type=int, default=900,
                        help="seconds after which a suite is ended")
    parser.add_argument("--compare", action="store_true",
                        help="run nothing: print what passed with RabbitMQ and not with oriel")
    given = parser.parse_args()
    for name in given.suites:
        if name not in SUITES:
            parser.error(f"no suite {name}; there are {', '.join(SUITES)}")
    for name in ("scratch", "binary"):
        setattr(given, name, str(pathlib.Path(getattr(given, name)).resolve()))
    return given


def enter_namespace():
    """Starts this program again in network and process namespaces of its own: nothing in them
    reaches another machine, and nothing outlives them."""
    command = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if os.geteuid() != 0:
        command.append("--map-root-user")
    command += ["--", sys.executable, *sys.argv]
    os.execvpe(command[0], command, {**os.environ, INSIDE: "1"})


def report_path(scratch, broker):
    return pathlib.Path(scratch) / f"{broker}.json"


def load(scratch, broker):
    path = report_path(scratch, broker)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def run_suite(name, broker, given):
    """One suite on a broker of its own; its part of the report."""
    folder = pathlib.Path(given.scratch) / "runs" / broker.name / name
    run = Run(Sources(given.scratch, given.checkouts), folder, given.python_path, given.limit)
    broker.start()
    if name == "bunny":
        broker.add_users()
    begin = time.monotonic()
    try:
        found = SUITES[name](run)
    finally:
        fell = None if broker.alive() else "the broker had ended before the suite did"
        ending = broker.stop()
    for problem in filter(None, (fell, ending)):
        found.add("the broker itself", results.FAILED, problem)
    seconds = round(time.monotonic() - begin, 1)
    return {"broker": broker.version(), "seconds": seconds, "tests": found}


def print_suite(name, part):
    counts = {kind: sum(1 for outcome, _ in part["tests"].values() if outcome == kind)
              for kind in (results.PASSED, results.FAILED, results.SKIPPED)}
    print(f"{name}: {len(part['tests'])} run, {counts['passed']} passed, "
          f"{counts['failed']} failed, {counts['skipped']} skipped ({part['seconds']} s)",
          flush=True)
    for test, (outcome, _) in part["tests"].items():
        if outcome == results.FAILED:
            print(f"  failed: {test}", flush=True)


def run_all(given):
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    scratch = pathlib.Path(given.scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    if given.broker == "rabbitmq" and RabbitMQ.missing():
        raise SystemExit(RabbitMQ.missing())
    broker = RabbitMQ(scratch) if given.broker == "rabbitmq" else Oriel(
        given.binary, given.shards, scratch)
    for name in given.suites or SUITES:
        try:
            part = run_suite(name, broker, given)
        except Missing as why:
            print(f"{name}: not run: {why}", flush=True)
            continue
        print_suite(name, part)
        report = load(scratch, broker.name)  # read again, so that runs side by side add up
        report[name] = part
        report_path(scratch, broker.name).write_text(json.dumps(report, indent=1), encoding="utf-8")


def fetch_all(given):
    """Fetching wants the network, which the namespace has not."""
    sources = Sources(given.scratch, given.checkouts)
    for name in given.suites or SUITES:
        with contextlib.suppress(Missing):
            DEBIAN.get(name) and sources.get(name, DEBIAN[name])


# The Debian source packages whose upstream archives hold a suite.
DEBIAN = {
    "pika": "python-pika", "py-amqp": "python-amqp", "kombu": "kombu", "aiormq": "python-aiormq",
    "aio-pika": "python-aio-pika", "bunny": "ruby-bunny", "amq-protocol": "ruby-amq-protocol",
    "php-amqp": "php-amqp", "php-amqplib": "php-amqplib",
    "rabbitmq-java-client": "rabbitmq-java-client",
}


def compare(scratch):
    """Prints every test that passed with RabbitMQ and did not with oriel; 1 if there is one."""
    ours, theirs = load(scratch, "oriel"), load(scratch, "rabbitmq")
    missing = 0
    for name in SUITES:
        if name not in ours or name not in theirs:
            print(f"{name}: not run with {'oriel' if name not in ours else 'rabbitmq'}")
            continue
        mine, other = ours[name]["tests"], theirs[name]["tests"]
        count = {who: sum(1 for outcome, _ in tests.values() if outcome == results.PASSED)
                 for who, tests in (("oriel", mine), ("rabbitmq", other))}
        print(f"{name}: oriel {count['oriel']}/{len(mine)}, "
              f"rabbitmq {count['rabbitmq']}/{len(other)}")
        for test, (outcome, _) in other.items():
            got, message = mine.get(test, ("not run", ""))
            if outcome == results.PASSED and got != results.PASSED:
                missing += 1
                first = next((line for line in message.splitlines() if line.strip()), "")
                print(f"  {got} with oriel: {test}\n      {first.strip()[:160]}")
    return 1 if missing else 0


def main():
    given = arguments()
    if given.compare:
        return compare(given.scratch)
    if os.environ.get(INSIDE):
        return run_all(given)
    fetch_all(given)
    enter_namespace()


if __name__ == "__main__":
    sys.exit(main())
