"""A queue that is larger than memory, and what the log's offline reader says of it."""

import json
import subprocess
import unittest

import pika

from harness import HANG, ORIEL, Appliance, main

BUDGET = 8 << 20  # octets of a shard's messages in memory
BODY = 4096
COUNT = 10 * BUDGET // BODY
# What the process may grow by: the budget, what waits for the disk, slots and blocks of the
# messages that are paged out, and the pages that the allocator keeps.
GROWTH = BUDGET + (32 << 20)


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


def body(number):
    return str(number).encode().ljust(BODY, b".")


class Paging(unittest.TestCase):
    def setUp(self):
        self.oriel = Appliance(environment={"ORIEL_AMQP__PAGE_OUT_OCTETS": str(BUDGET)})
        self.addCleanup(self.oriel.__exit__)
        self.oriel.start()

    def connect(self):
        connection = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
        self.addCleanup(lambda: connection.is_open and connection.close())
        return connection.channel()

    def fill(self, channel, mode):
        channel.queue_declare("large", durable=True)
        for number in range(COUNT):
            channel.basic_publish("", "large", body(number), pika.BasicProperties(delivery_mode=mode))
        # The answer comes behind everything that was published.
        self.assertEqual(channel.queue_declare("large", passive=True).method.message_count, COUNT)

    def drain(self, channel, first=0):
        channel.basic_qos(prefetch_count=100)
        number = first
        for method, _, got in channel.consume("large", inactivity_timeout=HANG):
            self.assertIsNotNone(method, f"waited for message {number}")
            self.assertEqual(got, body(number))
            number += 1
            if number % 50 == 0 or number == COUNT:
                channel.basic_ack(method.delivery_tag, multiple=True)
            if number == COUNT:
                break
        channel.cancel()

    def test_messages_that_die_with_the_process_are_paged_out_and_drained_in_order(self):
        channel = self.connect()
        before = resident(self.oriel.process.pid)
        self.fill(channel, mode=1)
        grown = resident(self.oriel.process.pid) - before
        self.assertLess(grown, GROWTH, "memory while the queue is full")
        self.drain(channel)
        grown = resident(self.oriel.process.pid) - before
        self.assertLess(grown, GROWTH, "memory after it was drained")

    def test_messages_on_disk_come_back_after_a_restart_and_the_log_can_be_read_offline(self):
        channel = self.connect()
        before = resident(self.oriel.process.pid)
        self.fill(channel, mode=2)
        self.assertLess(resident(self.oriel.process.pid) - before, GROWTH)
        channel.connection.close()

        check = [ORIEL, "store", "check", "--data", self.oriel.data]
        self.assertEqual(subprocess.run(check, stderr=subprocess.DEVNULL, timeout=HANG).returncode, 4,
                         "a running oriel has the data alone")
        self.oriel.stop()
        checked = subprocess.run(check, stdout=subprocess.PIPE, text=True, timeout=HANG)
        self.assertEqual(checked.returncode, 0, checked.stdout)
        self.assertIn(f"{COUNT} live messages", checked.stdout)
        dump = [ORIEL, "store", "dump", "--no-bodies", "--data", self.oriel.data]
        lines = subprocess.run(dump, stdout=subprocess.PIPE, check=True, timeout=HANG).stdout
        records = [json.loads(line) for line in lines.splitlines()]
        messages = [record for record in records if record["kind"] == "message"]
        self.assertGreaterEqual(len(messages), COUNT)
        self.assertEqual({record["body_octets"] for record in messages}, {BODY})

        self.oriel.start()
        self.drain(self.connect())


if __name__ == "__main__":
    main()
