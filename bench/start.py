#!/usr/bin/env python3
"""How long oriel takes from exec to accepting, and what it holds when idle.

    bench/start.py build/release/tools/oriel/oriel [--starts 20] [--shards 2]

Starts it again and again, first on an empty data folder and then on one that is there, and prints the
least, the median and the most of: milliseconds until every listener is open and listen.json says so,
milliseconds of processor time until then (all threads; what other programs do to the clock does not
show in it), and resident memory once idle.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

LISTENERS = ("http", "https", "amqp", "amqps", "operator")


def status(pid, name):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    raise KeyError(name)


def processor_milliseconds(pid):
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        total += int(pathlib.Path(f"/proc/{pid}/task/{task}/schedstat").read_text().split()[0])
    return total / 1e6


def start(arguments, data):
    listen = data / "listen.json"
    listen.unlink(missing_ok=True)
    command = [arguments.oriel, "serve", "--dev", "--shards", str(arguments.shards), "--data",
               str(data)]
    for name in LISTENERS:
        command += [f"--{name}", "127.0.0.1:0"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not listen.exists():
            if process.poll() is not None:
                raise SystemExit(f"oriel ended with {process.returncode}")
            time.sleep(0.0002)
        taken = (time.perf_counter() - begun) * 1000
        worked = processor_milliseconds(process.pid)
        time.sleep(arguments.idle)
        return taken, worked, status(process.pid, "VmRSS"), status(process.pid, "RssAnon")
    finally:
        process.terminate()
        process.wait()


def show(title, figures):
    print(f"  {title:<34}", *(f"{value:9.1f}" for value in
                              (min(figures), sorted(figures)[len(figures) // 2], max(figures))))


def main():
    parser = argparse.ArgumentParser(description="Measure starts and idle memory.")
    parser.add_argument("oriel")
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--shards", type=int, default=2)
    parser.add_argument("--idle", type=float, default=0.5, help="seconds before memory is looked at")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="oriel-start-"))
    data = folder / "data"
    try:
        for title, first in (("first start, empty data folder", True), ("later start", False)):
            runs = []
            for _ in range(arguments.starts):
                if first:
                    shutil.rmtree(data, ignore_errors=True)
                    data.mkdir()
                runs.append(start(arguments, data))
            print(f"{title}: {arguments.starts} starts, {arguments.shards} shards"
                  "              least    median      most")
            for name, column in (("ms to accepting", 0), ("ms of processor time", 1),
                                 ("KiB resident when idle", 2), ("KiB of them not in files", 3)):
                show(name, [run[column] for run in runs])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
