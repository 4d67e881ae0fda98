#!/usr/bin/env python3
"""Finds services by path with oriel, java.util.regex, RE2::Set and PCRE2-JIT on the same work.

    bench/match/compare.py                          1 to 10,000 services, some minutes
    bench/match/compare.py --services 1,100 --json

Nothing is fetched: what is not installed is left out, and said so. Needs the release build of the
targets oriel and match_peers. All figures are nanoseconds of thread CPU for one look-up: `hits`,
`misses` and `mix` over 256 paths again and again, `fresh` over 50,000 that never repeat. The peers scan
pattern by pattern, but for RE2::Set; each measurement of theirs ends after a second."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("hits", "misses", "mix", "fresh")


def lines_of(command):
    """The JSON lines that a program prints."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(build, folder, services):
    """oriel's rows; it also writes the work for the others."""
    command = [build / "tools/oriel/oriel", "bench", "match", "--services", services,
               "--export", folder, "--json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [dict(row, engine="oriel") for row in json.loads(done.stdout)]


def peers(build, folder):
    rows = []
    program = build / "bench/match/match_peers"
    if program.exists():
        rows += lines_of([program, folder])
    else:
        print("left out: RE2::Set and PCRE2-JIT, match_peers is not built", file=sys.stderr)
    if shutil.which("java"):
        rows += lines_of(["java", "-Xss512k", ROOT / "bench/java/MatchScan.java", folder])
    else:
        print("left out: java.util.regex, there is no java", file=sys.stderr)
    return rows


def print_table(rows):
    heads = ("patterns", "services", "engine", *KINDS, "compile ms", "wrong")
    print("{:<14} {:>8} {:<22} {:>10} {:>10} {:>10} {:>10} {:>11} {:>6}".format(*heads))
    for row in sorted(rows, key=lambda row: (row["patterns"], row["services"], row["engine"])):
        values = [f"{row[kind + '_ns']:.0f}" for kind in KINDS]
        print(f"{row['patterns']:<14} {row['services']:>8} {row['engine']:<22} "
              + " ".join(f"{value:>10}" for value in values)
              + f" {row['compile_ms']:>11.1f} {row['wrong']:>6}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", default="1,10,100,1000,10000")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = ours(arguments.build, folder, arguments.services)
        rows += peers(arguments.build, folder)
    if arguments.json:
        print(json.dumps(rows))
    else:
        print_table(rows)
    return 1 if any(row["wrong"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
