"""Kills the broker under load, with torn ends of its logs and other numbers of shards in between,
and holds it to what it has confirmed:

    lost         a confirmed message that no consumer could acknowledge, when the queues are emptied
                 after every fifth life and at the end
    out of order a message before an older one of the same publisher, or twice in one life
    back         a message whose acknowledgement was heard more than a second before the kill, if
                 the disk was not stuck: a later message for its queue was confirmed
    topology     a durable queue that was answered for and is gone, or deleted and there

CRASH_ROUNDS says how often (3 by default), CRASH_SEED repeats the same moments.
"""

import multiprocessing
import os
import random
import sys
import time
import unittest

import pika

import crash_load
from harness import HANG, Appliance, main

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "3"))
SEED = int(os.environ.get("CRASH_SEED", str(random.SystemRandom().randrange(1 << 32))))
DRAIN_EVERY = 5  # lives
DRAIN = 600  # seconds: pika empties a queue slowly
PROMPT = 1.0  # seconds: what was acknowledged so long before the end does not come back

# publisher: exchange, routing key and queue
ROUTES = {
    "a": ("", "alone", "alone"),
    "b": ("orders", "eu.b", "shared"),
    "c": ("orders", "us.c", "shared"),
}


class Model:
    """What clients were told, over all lives of the broker."""

    def __init__(self):
        self.next = {name: 1 for name in ROUTES}
        self.confirmed = {name: set() for name in ROUTES}
        self.acked = {}  # message: when it was heard, in the last life in which it was sent
        self.acked_by_life = []  # when it ended, the youngest confirmed publish, what was heard when
        self.newest, self.heard = {}, {}  # of the life that is going on
        self.there, self.gone = set(), set()
        self.faults = []

    def told(self, records):
        """What the clients of the life that is going on were told."""
        for record in records:
            if record["kind"] == "publisher":
                self.newest[record["name"]] = record["newest"]
                self.next[record["name"]] = record["next"]
                self.confirmed[record["name"]].update(record["confirmed"])
                if record["refused"]:
                    self.faults.append(f"{record['name']}: refused {record['refused'][:3]}")
            elif record["kind"] == "consumer":
                self.judge_deliveries(record)
                self.heard.update(record["acked"])
                self.acked.update(record["acked"])
            else:
                self.there |= record["there"]
                self.gone |= record["gone"]

    def life_ended(self, killed_at):
        self.acked_by_life.append((killed_at, self.newest, self.heard))
        self.newest, self.heard = {}, {}

    def judge_deliveries(self, record):
        last = {}
        for name, number, _ in record["delivered"]:
            if number <= last.get(name, 0):
                self.faults.append(
                    f"out of order in {record['queue']}: {name}:{number} after {last[name]}")
            last[name] = max(last.get(name, 0), number)
            for killed_at, newest, life in self.acked_by_life:
                heard = life.get((name, number))
                if heard is not None and heard < min(killed_at - PROMPT, newest[name]):
                    self.faults.append(f"back: {name}:{number}, acknowledged "
                                       f"{killed_at - heard:.2f} s before the end, the last confirm "
                                       f"is of {killed_at - newest[name]:.2f} s before")

    def judge_lost(self):
        for name, numbers in self.confirmed.items():
            lost = sorted(number for number in numbers if (name, number) not in self.acked)
            if lost:
                self.faults.append(f"lost: {len(lost)} confirmed of {name}, first {lost[:5]}")


class Crashes(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(SEED)
        self.oriel = Appliance()
        self.addCleanup(self.oriel.__exit__)
        self.model = Model()

    def start(self):
        shards = self.oriel.command.index("--shards") + 1
        self.oriel.command[shards] = str(self.random.choice((1, 2, 2, 3, 4)))
        self.oriel.start()

    def declare(self):
        connection = pika.BlockingConnection(crash_load.parameters(self.oriel.amqp_url()))
        channel = connection.channel()
        channel.exchange_declare("orders", "topic", durable=True)
        for queue in ("alone", "shared"):
            channel.queue_declare(queue, durable=True)
        channel.queue_bind("shared", "orders", "*.*")
        connection.close()

    def spawn(self, work, *arguments):
        mine, theirs = multiprocessing.Pipe(False)
        process = multiprocessing.Process(
            target=work, args=(theirs, self.oriel.amqp_url(), *arguments), daemon=True)
        process.start()
        theirs.close()
        return process, mine

    def reap(self, workers, patience=HANG):
        records = []
        for process, pipe in workers:
            if not pipe.poll(patience):
                self.fail("a client does not see that the broker is gone or its queue empty")
            records.append(pipe.recv())
            process.join(HANG)
        return records

    def one_life(self, number):
        workers = [self.spawn(crash_load.publish, name, exchange, key, self.model.next[name])
                   for name, (exchange, key, _) in ROUTES.items()]
        workers += [self.spawn(crash_load.consume, queue) for queue in ("alone", "shared")]
        workers.append(self.spawn(crash_load.declare, f"life.{number}"))
        time.sleep(self.random.uniform(0.2, 3.0))
        self.oriel.process.kill()
        killed_at = time.monotonic()
        self.oriel.process.wait(HANG)
        self.model.told(self.reap(workers))
        self.model.life_ended(killed_at)

    def tear_tails(self):
        """What a crash of the machine may leave behind the last record that was synced."""
        logs = os.path.join(self.oriel.data, "log")
        for shard in os.listdir(logs):
            segments = sorted(os.listdir(os.path.join(logs, shard)))
            if not segments or self.random.random() < 0.3:
                continue
            with open(os.path.join(logs, shard, segments[-1]), "r+b") as file:
                content = file.read()
                # A record may end with zeros of its own, but not with so many.
                end = min(len(content), len(content.rstrip(b"\0")) // 8 * 8 + 72)
                if self.random.random() < 0.5:
                    file.truncate(end)
                if self.random.random() < 0.7:
                    start = self.random.randrange(max(1, end // 2))
                    torn = bytearray(content[start:start + self.random.randrange(1, 4000)])
                    torn[self.random.randrange(len(torn))] ^= 1 << self.random.randrange(8)
                    file.seek(end)
                    file.write(torn)

    def judge_topology(self):
        connection = pika.BlockingConnection(crash_load.parameters(self.oriel.amqp_url()))
        for queue, there in [(q, True) for q in self.model.there] + [
                (q, False) for q in self.model.gone]:
            channel = connection.channel()
            try:
                channel.queue_declare(queue, passive=True)
                found = True
            except pika.exceptions.ChannelClosedByBroker:
                found = False
            if found != there:
                self.model.faults.append(
                    f"topology: {queue} is {'there' if found else 'gone'}")
            if channel.is_open:
                channel.queue_delete(queue)
                channel.close()
        self.model.there.clear()
        self.model.gone.clear()
        connection.close()

    def drain(self):
        """Empties the queues: what was confirmed in any life so far must have come out by now."""
        workers = [self.spawn(crash_load.consume, queue, True) for queue in ("alone", "shared")]
        self.model.told(self.reap(workers, DRAIN))
        self.model.judge_lost()
        self.assertEqual(self.model.faults[:20], [])
        print("queues emptied, nothing lost", flush=True)

    def test_what_was_confirmed_outlives_a_kill(self):
        print(f"CRASH_SEED={SEED} CRASH_ROUNDS={ROUNDS}", flush=True)
        self.start()
        self.declare()
        for number in range(ROUNDS):
            self.one_life(number)
            self.tear_tails()
            self.start()
            self.judge_topology()
            confirmed = sum(len(numbers) for numbers in self.model.confirmed.values())
            print(f"life {number + 1}: {confirmed} confirmed, {len(self.model.acked)} acknowledged,"
                  f" {len(self.model.faults)} faults", flush=True)
            self.assertEqual(self.model.faults[:20], [])
            if number % DRAIN_EVERY == DRAIN_EVERY - 1 or number == ROUNDS - 1:
                self.drain()
        self.assertGreater(sum(len(n) for n in self.model.confirmed.values()), 0)


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(__file__))
    main()
