#!/usr/bin/env python3
"""What a round trip costs when its service asks for authorization, next to one that does not.

    bench/authorization.py build/release/tools/oriel/oriel [--rounds 5] [--seconds 2] [--resources 1000]

Starts oriel on an empty data folder and registers two services that go to the same queue: one without, one
with AuthorizationEnabled, a class, an action whose pattern needs the backtracker, rules of which the last
one applies, and resources. Then `oriel bench roundtrip` asks one and the other in turn, and who goes first
changes from round to round. Prints medians (least to most) of the closed loops, and the medians of the
differences within a round.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent / "tests" / "system"
RESOURCE = "album"


def register(root, oriel_tests, name, enabled):
    more = oriel_tests.rest.filters(f"/api/bench/{name}(/.*)?")
    if enabled:
        more += "<vmext:AuthorizationEnabled>true</vmext:AuthorizationEnabled>"
    status, headers, body = root.call(
        "POST", oriel_tests.rest.SERVICES, {"Content-Type": oriel_tests.photos.ADMIN + "service+xml"},
        oriel_tests.rest.service(name, f"org.example.{name}", more=more))
    assert status == 201, body
    return headers["Location"]


def protect(root, oriel_tests, service, resources):
    """Rules of which the last one lets everybody in, and resources of which one is asked for."""
    access = oriel_tests.photos.access
    escape = oriel_tests.harness.escape
    owner = root.organisation("System")
    kind = root.make(service + "/resourceclasses", "resourceClass", "vmext:ResourceClass",
                     "<vmext:MimeType>application/org.example.album+xml</vmext:MimeType>")
    action = root.make(
        kind + "/resourceclassactions", "resourceClassAction", "vmext:ResourceClassAction",
        "<vmext:HttpMethod>GET</vmext:HttpMethod><vmext:UrlPattern>"
        + escape("/api/bench/asked/(?<id>[a-z0-9]+)/[0-9]+") + "</vmext:UrlPattern>")
    root.make(action + "/aclrules", "aclRule", "vmext:AclRule",
              access("OrganizationAccess", "Entity", root.organisation("acme"))
              + access("PrincipalAccess", "Shared"))
    root.make(action + "/aclrules", "aclRule", "vmext:AclRule",
              access("OrganizationAccess", "Shared") + access("PrincipalAccess", "Shared"))
    for number in range(resources):
        name = RESOURCE if number == 0 else f"{RESOURCE}{number}"
        root.make(kind + "/serviceresources", "serviceResource", "vmext:ServiceResource",
                  f'<vmext:Org href="{owner}"/>'
                  f"<vmext:ExternalObjectId>{name}</vmext:ExternalObjectId>", name)


def measure(arguments, oriel, password, path):
    command = [arguments.oriel, "bench", "roundtrip", "--json", "--gateway", oriel.listen["http"],
               "--broker", oriel.amqp_url(), "--user", "administrator@System",
               "--path", path, "--exchange", "exchange", "--routing-key", "key",
               "--connections", ",".join(map(str, arguments.connections)),
               "--seconds", str(arguments.seconds), "--server-pid", str(oriel.process.pid)]
    run = subprocess.run(command, env={**os.environ, "ORIEL_ADMIN_PASSWORD": password}, check=False,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode != 0:
        raise SystemExit(run.stderr)
    figures = {}
    for row in json.loads(run.stdout)["rows"]:
        closed = row["roundtrip_closed"]
        assert closed["errors"] == 0, closed
        figures[row["connections"]] = {"requests/s": closed["per_second"],
                                       "p50 us": closed["latency_us"]["p50"],
                                       "CPU us": closed["server_cpu_us_per_request"]}
    return figures


def show(values):
    return f"{statistics.median(values):10.1f} ({min(values):.1f}-{max(values):.1f})"


def report(arguments, runs):
    for connections in arguments.connections:
        for unit in ("requests/s", "p50 us", "CPU us"):
            off = [run["off"][connections][unit] for run in runs]
            on = [run["on"][connections][unit] for run in runs]
            more = statistics.median(b - a for a, b in zip(off, on))
            print(f"{connections:4} connections  {unit:<10}  off {show(off):<30} on {show(on):<30}"
                  f" difference {more:+.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("oriel")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--resources", type=int, default=1000)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 32])
    arguments = parser.parse_args()

    # The tests' harness reads the binary from there when it is imported.
    os.environ["BINARY_UNDER_TEST"] = arguments.oriel
    sys.path.insert(0, str(TESTS))
    import authorization_test  # pylint: disable=import-outside-toplevel
    import harness  # pylint: disable=import-outside-toplevel
    import rest_test  # pylint: disable=import-outside-toplevel
    oriel_tests = argparse.Namespace(photos=authorization_test, harness=harness, rest=rest_test)

    with harness.Appliance() as oriel:
        root = authorization_test.Photos(oriel, "36.0", rest_test.ROOT)
        register(root, oriel_tests, "open", False)
        protect(root, oriel_tests, register(root, oriel_tests, "asked", True), arguments.resources)
        paths = {"off": f"/api/bench/open/{RESOURCE}", "on": f"/api/bench/asked/{RESOURCE}"}
        runs = []
        for number in range(arguments.rounds):
            order = ["off", "on"] if number % 2 == 0 else ["on", "off"]
            runs.append({which: measure(arguments, oriel, harness.ADMIN_PASSWORD, paths[which])
                         for which in order})
        report(arguments, runs)


if __name__ == "__main__":
    main()
