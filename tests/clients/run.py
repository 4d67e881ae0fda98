#!/usr/bin/env python3
"""Runs the vCloud clients and extension services of others, unmodified, against oriel.

    tests/clients/run.py --binary build/release/tools/oriel/oriel
    tests/clients/run.py pyvcloud vcd_cli

Each is a program of `PROGRAMS`: NAME_test.py drives it as its users would. README.md says where the
programs come from.
"""

import argparse
import os
import pathlib
import subprocess
import sys

from sources import Missing, Sources, need_packages

HERE = pathlib.Path(__file__).resolve().parent
INSIDE = "CLIENTS_IN_NAMESPACE"  # set in the namespace

PYVCLOUD = ("python3-requests", "python3-lxml", "python3-humanfriendly", "python3-pygments",
            "python3-yaml", "python3-packaging", "python3-dateutil")
VCD_CLI = (*PYVCLOUD, "python3-click", "python3-colorama", "python3-keyring", "python3-pycryptodome",
           "python3-tabulate", "python3-pkg-resources")

# What to run: the repositories it is made of, and the Debian packages that it imports.
PROGRAMS = {
    "pyvcloud": (("pyvcloud",), PYVCLOUD),
    "pyvcloud_own": (("pyvcloud",), PYVCLOUD),
    "vcd_cli": (("vcd-cli", "pyvcloud"), VCD_CLI),
    "cse": (("container-service-extension", "pyvcloud", "vcd-cli", "vsphere-guest-run"),
            (*VCD_CLI, "python3-pika", "python3-semantic-version", "python3-pyvmomi",
             "python3-paho-mqtt", "python3-dataclasses-json", "python3-lru-dict",
             "python3-validators", "python3-cachetools", "python3-cryptography")),
    "message_worker": (("VcdExtMessageWorker",), ("python3-kombu",)),
    "vcdextproxy": (("vcdextproxy", "pyvcloud"),
                    (*PYVCLOUD, "python3-kombu", "python3-pika", "python3-cachetools",
                     "python3-coloredlogs")),
    "ticketing": (("vcd-api-examples",), ("curl", "python3-pika")),
    "php_sdk": (("vmware-vcloud-sdk-php-patched", "HTTP_Request2", "Net_URL2"),
                ("php-cli", "php-xml", "php-pear")),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*", metavar="PROGRAM",
                        help=f"of {', '.join(PROGRAMS)}; default: all")
    parser.add_argument("--binary", default="build/release/tools/oriel/oriel",
                        help="the oriel to test")
    parser.add_argument("--shards", type=int, default=2, help="of oriel")
    parser.add_argument("--scratch", default="build/clients", help="folder for sources")
    parser.add_argument("--checkouts", help="folder with clones, each named like its repository; "
                                            "they are preferred to GitHub")
    parser.add_argument("--test", action="append", default=[], metavar="NAME",
                        help="only tests whose names contain this; may be repeated")
    given = parser.parse_args()
    for name in given.programs:
        if name not in PROGRAMS:
            parser.error(f"no program {name}; there are {', '.join(PROGRAMS)}")
    given.programs = given.programs or list(PROGRAMS)
    for name in ("scratch", "binary"):
        setattr(given, name, str(pathlib.Path(getattr(given, name)).resolve()))
    return given


def fetch(given):
    """Fetching wants the network, which the namespace has not."""
    sources = Sources(given.scratch, given.checkouts)
    for name in given.programs:
        try:
            repositories, packages = PROGRAMS[name]
            need_packages(*packages)
            for repository in repositories:
                sources.get(repository)
        except Missing as why:
            print(f"{name}: {why}", flush=True)


def enter_namespace():
    """Starts this program again in network and process namespaces of its own: nothing in them
    reaches another machine, and nothing outlives them."""
    command = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if os.geteuid() != 0:
        command.append("--map-root-user")
    command += ["--", sys.executable, *sys.argv]
    os.execvpe(command[0], command, {**os.environ, INSIDE: "1"})


def environment(given, repositories, sources):
    """What one program sees: its sources first, then Debian's packages."""
    path = [HERE / "standins", pathlib.Path(given.scratch) / "metadata",
            *(sources.folder(repository) for repository in repositories)]
    return {
        **os.environ,
        "BINARY_UNDER_TEST": given.binary,
        "TEST_SHARDS": str(given.shards),
        "CLIENT_SOURCES": str(sources.scratch / "sources"),
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "ignore",
    }


def run(name, given, sources):
    """True if all tests of the program passed."""
    repositories, packages = PROGRAMS[name]
    print(f"--- {name}", flush=True)
    try:
        need_packages(*packages)
        for repository in repositories:
            sources.get(repository)
    except Missing as why:
        print(f"not run: {why}", flush=True)
        return False
    command = ["/usr/bin/python3", HERE / f"{name}_test.py"]
    for test in given.test:
        command += ["-k", test]
    done = subprocess.run(command, env=environment(given, repositories, sources), check=False)
    return done.returncode == 0


def main():
    given = arguments()
    if INSIDE not in os.environ:
        fetch(given)
        enter_namespace()
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    sources = Sources(given.scratch, given.checkouts)
    failed = [name for name in given.programs if not run(name, given, sources)]
    print("--- failed: " + ", ".join(failed) if failed else "--- all passed", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
