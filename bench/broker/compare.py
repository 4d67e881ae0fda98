#!/usr/bin/env python3
"""Runs oriel next to RabbitMQ and nats-server under the same load, alternating, and prints ratios.

    bench/broker/compare.py                       everything, five rounds, below ten minutes
    bench/broker/compare.py --only 'rpc' -n 9     cases whose name holds a word, nine rounds
    bench/broker/compare.py --oriel-only          without the peers

Nothing is fetched: what is not installed is left out, and said so. Needs the release build of the
targets oriel and broker_load. README.md in the folder above says what is measured how."""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import subjects

ROOT = Path(__file__).resolve().parents[2]

# name, load and its arguments, the figures shown, whether NATS has the like, rounds at most
CASES = [
    ("16 B auto-ack", "throughput --size 16", ["rate", "cpu_us"], True, 0),
    ("1 KiB auto-ack", "throughput --size 1024", ["rate", "cpu_us"], True, 0),
    ("64 KiB auto-ack", "throughput --size 65536", ["rate", "cpu_us"], True, 0),
    ("16 B prefetch 100", "throughput --size 16 --prefetch 100", ["rate", "cpu_us"], False, 0),
    ("1 KiB prefetch 100", "throughput --size 1024 --prefetch 100", ["rate", "cpu_us"], False, 0),
    ("64 KiB prefetch 100", "throughput --size 65536 --prefetch 100", ["rate", "cpu_us"], False, 0),
    ("1 KiB persistent, confirm window 1", "confirm --size 1024 --outstanding 1",
     ["rate", "p50_us"], False, 0),
    ("1 KiB persistent, confirm window 100", "confirm --size 1024 --outstanding 100",
     ["rate", "p50_us", "cpu_us"], False, 0),
    ("rpc 256 B, 1 outstanding", "rpc --size 256 --outstanding 1",
     ["p50_us", "rate", "cpu_us"], True, 0),
    ("rpc 256 B, 64 outstanding", "rpc --size 256 --outstanding 64",
     ["rate", "p50_us", "cpu_us"], True, 0),
    ("1,000 queues, 16 B", "queues --size 16 --queues 1000",
     ["rate", "declared_per_s", "kib_per_queue"], False, 2),
    ("10,000 queues, 16 B", "queues --size 16 --queues 10000",
     ["rate", "declared_per_s", "kib_per_queue"], False, 1),
    ("deep queue, 16 B", "deep --size 16 --messages 1000000",
     ["fill_rate", "drain_rate", "messages", "bytes_each"], False, 1),
]
FDATASYNC = "pwrite 1 KiB + fdatasync"
UNITS = {"rate": "/s", "cpu_us": "CPU µs each", "p50_us": "p50 µs", "fill_rate": "filled/s",
         "drain_rate": "drained/s", "declared_per_s": "declared/s", "kib_per_queue": "KiB a queue",
         "messages": "messages", "bytes_each": "memory bytes each"}

# Issue targets, as oriel / RabbitMQ: case, figure, bound, and whether more is better.
TARGETS = [
    ("16 B auto-ack", "rate", 15, True),
    ("1 KiB auto-ack", "rate", 10, True),
    ("16 B prefetch 100", "rate", 20, True),
    ("1 KiB prefetch 100", "rate", 20, True),
    ("1 KiB persistent, confirm window 100", "rate", 6, True),
    ("rpc 256 B, 1 outstanding", "p50_us", 0.6, False),
    ("16 B auto-ack", "cpu_us", 0.15, False),
]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("-s", "--seconds", type=float, default=1.5, help="measured in each run")
    parser.add_argument("--only", action="append", default=[], metavar="WORDS",
                        help="cases whose name holds this; may be given again")
    parser.add_argument("--oriel-only", action="store_true")
    parser.add_argument("--no-nats", action="store_true")
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    parser.add_argument("--oriel", metavar="BINARY", help="another oriel than that of the build")
    parser.add_argument("--beside", metavar="BINARY",
                        help="a second oriel, measured like a peer: before and after a change")
    parser.add_argument("--shards", type=int, default=0)
    parser.add_argument("--folder", default=str(ROOT / "build"),
                        help="where the brokers keep their data: on the disk that shall count")
    parser.add_argument("--json", metavar="FILE", help="writes every figure there, too")
    return parser.parse_args()


def run_load(options, words, subject=None):
    command = [str(Path(options.build) / "bench" / "broker" / "broker_load"), *words.split(),
               "--seconds", str(options.seconds)]
    if subject is not None:
        command += ["--port", str(subject.port), "--server", str(subject.pid)]
        if subject.nats:
            command.append("--nats")
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"exit code {done.returncode}")
    return json.loads(done.stdout)


def choose_subjects(options, folder):
    binary = options.oriel or str(Path(options.build) / "tools" / "oriel" / "oriel")
    chosen = [subjects.Oriel(folder, str(Path(binary).resolve()), options.shards)]
    if options.beside:
        beside = str(Path(options.beside).resolve())
        chosen.append(subjects.Oriel(folder, beside, options.shards, name="beside"))
    if options.oriel_only:
        return chosen
    peers = [subjects.RabbitMq] if options.no_nats else [subjects.RabbitMq, subjects.Nats]
    for peer in peers:
        if peer.missing():
            print(f"left out: {peer.missing()}")
        else:
            chosen.append(peer(folder))
    return chosen


def measure(options, running, cases):
    """results[case][subject] = list of figures, a round each"""
    results = {}
    begun = time.monotonic()
    for number in range(options.rounds):
        if any("persistent" in case[0] for case in cases):
            probe = run_load(options, f"fdatasync --size 1024 --folder {options.folder}")
            results.setdefault(FDATASYNC, {}).setdefault("disk", []).append(probe)
        for name, words, _, has_nats, rounds_max in cases:
            if rounds_max and number >= rounds_max:
                continue
            turn = number % len(running)
            for subject in running[turn:] + running[:turn]:
                if subject.nats and not has_nats:
                    continue
                try:
                    figures = run_load(options, words, subject)
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    print(f"{name}: {subject.name}: {error}")
                    continue
                if figures.get("lost"):
                    print(f"{name}: {subject.name}: {figures['lost']:.0f} messages did not arrive")
                results.setdefault(name, {}).setdefault(subject.name, []).append(figures)
        print(f"round {number + 1} of {options.rounds}, {time.monotonic() - begun:.0f} s",
              file=sys.stderr)
    return results


def values(results, case, subject, figure):
    return [run[figure] for run in results.get(case, {}).get(subject, []) if figure in run]


def in_words(numbers):
    def show(number):
        return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
    if not numbers:
        return "–"
    middle = show(statistics.median(numbers))
    return f"{middle} ({show(min(numbers))}–{show(max(numbers))})" if len(numbers) > 1 else middle


def ratio(results, case, figure, peer):
    ours = values(results, case, "oriel", figure)
    theirs = values(results, case, peer, figure)
    if not ours or not theirs or not statistics.median(theirs):
        return None
    return statistics.median(ours) / statistics.median(theirs)


def print_table(results, running, cases):
    names = [subject.name for subject in running]
    peers = names[1:]
    head = ["load", "figure", *names, *(f"oriel / {peer}" for peer in peers)]
    print("\n| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    for name, _, figures, _, _ in cases:
        for figure in figures:
            ratios = [ratio(results, name, figure, peer) for peer in peers]
            row = [name, UNITS[figure],
                   *(in_words(values(results, name, subject, figure)) for subject in names),
                   *("–" if found is None else f"{found:.2f}" for found in ratios)]
            print("| " + " | ".join(row) + " |")
    disk = values(results, FDATASYNC, "disk", "p50_us")
    if disk:
        window1 = values(results, "1 KiB persistent, confirm window 1", "oriel", "p50_us")
        print(f"\n{FDATASYNC}: p50 {in_words(disk)} µs", end="")
        if window1:
            times = statistics.median(window1) / statistics.median(disk)
            print(f"; a confirm at window 1 takes {times:.2f} times as long (at most 1.5)", end="")
        print()


def print_targets(results):
    print("\n| target, oriel / rabbitmq | wanted | measured | |\n| --- | --- | --- | --- |")
    for case, figure, bound, more in TARGETS:
        found = ratio(results, case, figure, "rabbitmq")
        if found is None:
            continue
        fine = found >= bound if more else found <= bound
        print(f"| {case}, {UNITS[figure]} | {'≥' if more else '≤'} {bound} | {found:.2f} | "
              f"{'holds' if fine else 'falls short'} |")


def main():
    options = arguments()
    cases = [case for case in CASES
             if not options.only or any(word in case[0] for word in options.only)]
    folder = Path(tempfile.mkdtemp(prefix="broker-bench-", dir=options.folder))
    options.folder = str(folder)
    running = choose_subjects(options, folder)
    try:
        for subject in running:
            subject.start()
        shards = f"{options.shards} shards" if options.shards else "a shard for each core"
        print(f"{options.rounds} rounds of {options.seconds} s a run; medians (min–max); "
              f"oriel with {shards}")
        results = measure(options, running, cases)
    finally:
        for subject in running:
            subject.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print_table(results, running, cases)
    print_targets(results)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
