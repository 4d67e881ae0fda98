"""What outlives the process, and what does not; and that a confirm means on disk."""

import os
import re
import shutil
import signal
import subprocess
import unittest

import pika

from harness import HANG, Appliance, main

PERSISTENT = pika.BasicProperties(delivery_mode=2, headers={"kept": "as it is"})


class Durability(unittest.TestCase):
    def setUp(self):
        self.oriel = Appliance()
        self.addCleanup(self.oriel.__exit__)
        self.oriel.start()
        self.connect()

    def connect(self):
        self.connection = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
        self.channel = self.connection.channel()
        self.channel.confirm_delivery()

    def kill(self):
        self.oriel.process.send_signal(signal.SIGKILL)
        self.oriel.process.wait(HANG)
        try:
            self.connection.close()
        except pika.exceptions.AMQPError:
            pass  # the broker has gone first

    def restart(self, shards=None):
        if shards is not None:
            self.oriel.command[self.oriel.command.index("--shards") + 1] = str(shards)
        self.oriel.start()
        self.connect()

    def tearDown(self):
        if self.connection.is_open:
            self.connection.close()

    def is_there(self, queue):
        channel = self.connection.channel()
        try:
            channel.queue_declare(queue, passive=True)
            channel.close()
            return True
        except pika.exceptions.ChannelClosedByBroker as closed:
            self.assertEqual(closed.reply_code, 404)
            return False

    def drain(self, queue):
        bodies = []
        while (got := self.channel.basic_get(queue, auto_ack=True))[0]:
            self.assertEqual(got[1].headers, {"kept": "as it is"})
            bodies.append(got[2])
        return bodies

    def publish(self, count, exchange="", key="kept", prefix=b"m"):
        bodies = [prefix + b"%d" % number for number in range(count)]
        for body in bodies:
            self.channel.basic_publish(exchange, key, body, PERSISTENT, mandatory=True)
        return bodies

    def segments(self):
        logs = os.path.join(self.oriel.data, "log")
        return [os.path.join(logs, shard, name) for shard in sorted(os.listdir(logs))
                for name in sorted(os.listdir(os.path.join(logs, shard)))]

    def test_the_durable_part_is_there_after_a_kill_and_nothing_else(self):
        self.channel.exchange_declare("orders", "topic", durable=True)
        self.channel.exchange_declare("passing", "fanout")
        self.channel.queue_declare("kept", durable=True, arguments={"x-max-priority": 3})
        self.channel.queue_declare("transient")
        self.channel.queue_declare("own", durable=True, exclusive=True)
        self.channel.queue_bind("kept", "orders", "a.#", {"any": ["thing", 1]})
        self.channel.queue_bind("kept", "passing")
        bodies = self.publish(100, "orders", "a.b")
        self.channel.basic_publish("", "kept", b"not persistent")
        self.channel.basic_publish("", "transient", b"m", PERSISTENT)
        self.kill()

        self.restart()
        self.channel.queue_declare("kept", durable=True, arguments={"x-max-priority": 3})
        self.channel.exchange_declare("orders", "topic", durable=True, passive=True)
        self.assertFalse(self.is_there("transient"))
        self.assertFalse(self.is_there("own"))
        self.assertEqual(self.drain("kept"), bodies)
        self.assertEqual(self.publish(1, "orders", "a.c"), self.drain("kept"))

    def test_acknowledged_messages_and_deleted_queues_stay_away(self):
        for queue in ("kept", "deleted"):
            self.channel.queue_declare(queue, durable=True)
        self.channel.queue_bind("deleted", "amq.direct", "d")
        bodies = self.publish(10)
        self.publish(10, "amq.direct", "d")
        for _ in range(4):
            self.channel.basic_ack(self.channel.basic_get("kept")[0].delivery_tag)
        self.channel.queue_delete("deleted")
        self.connection.close()
        self.oriel.stop()  # in order: what nobody waits for is written too

        self.restart()
        self.assertFalse(self.is_there("deleted"))
        self.channel.queue_declare("deleted", durable=True)
        self.assertEqual(self.drain("deleted"), [])
        self.assertEqual(self.drain("kept"), bodies[4:])

    def test_what_a_consumer_had_comes_back_marked(self):
        self.channel.queue_declare("kept", durable=True)
        self.publish(5)
        self.channel.basic_qos(prefetch_count=2)
        taken = []
        self.channel.basic_consume("kept", lambda _c, method, _p, body: taken.append(body))
        while len(taken) < 2:
            self.connection.process_data_events(0.01)
        # A later confirm of the same log shows that the word of it is on disk.
        self.publish(1, prefix=b"n")
        self.kill()
        self.restart()
        marks = [self.channel.basic_get("kept", auto_ack=True)[0].redelivered for _ in range(6)]
        self.assertEqual(marks[:2], [True, True])
        self.assertFalse(marks[5])

    def test_queues_move_when_their_shards_are_gone(self):
        expected = {}
        for shards in (4, 1, 3, 2):
            self.kill()
            self.restart(shards)
            for number in range(8):  # on connections of their own, so on all shards
                connection = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
                channel = connection.channel()
                channel.confirm_delivery()
                name = f"q.{shards}.{number}"
                channel.queue_declare(name, durable=True)
                expected.setdefault(name, [])
                for queue, bodies in expected.items():
                    body = b"%d.%d" % (shards, number)
                    channel.basic_publish("", queue, body, PERSISTENT, mandatory=True)
                    bodies.append(body)
                connection.close()
        self.kill()
        self.restart(1)
        for queue, bodies in expected.items():
            self.assertEqual(self.drain(queue), bodies, queue)

    def test_a_damaged_end_costs_what_is_damaged_and_is_reported(self):
        self.channel.queue_declare("kept", durable=True)
        bodies = self.publish(50)
        self.kill()
        segment = max(self.segments(), key=os.path.getsize)
        with open(segment, "r+b") as file:
            content = file.read()
            file.seek(content.rindex(b"m40"))
            file.write(b"X")
        self.restart()
        self.assertEqual(self.drain("kept"), bodies[:40] + bodies[41:])
        damage = [line for line in self.oriel.log().splitlines() if '"log.damage"' in line]
        self.assertEqual(len(damage), 1)
        for fact in ("segment", "offset", "octets", "reason"):
            self.assertIn(f'"{fact}"', damage[0])

    def test_a_torn_end_costs_what_is_torn(self):
        self.channel.queue_declare("kept", durable=True)
        bodies = self.publish(50)
        self.kill()
        segment = max(self.segments(), key=os.path.getsize)
        with open(segment, "r+b") as file:
            file.truncate(file.read().rindex(b"m30") + 1)
        self.restart()
        self.assertEqual(self.drain("kept"), bodies[:30])
        self.assertEqual(self.publish(3), self.drain("kept"))


@unittest.skipIf(shutil.which("strace") is None, "needs strace")
class OnDisk(unittest.TestCase):
    """Watches the system calls: no confirm goes out before the fdatasync that covers it is back."""

    CALLS = "fdatasync,fsync,pwritev,pwritev2,pwrite64,write,writev,sendmsg,sendto"

    def setUp(self):
        self.oriel = Appliance()
        self.addCleanup(self.oriel.__exit__)
        trace = os.path.join(self.oriel.folder, "trace")
        self.trace = trace
        self.oriel.start()
        self.strace = subprocess.Popen(
            ["strace", "-f", "-xx", "-s", "4096", "-e", f"trace={self.CALLS}", "-o", trace,
             "-p", str(self.oriel.process.pid)], stderr=subprocess.PIPE, text=True)
        line = self.strace.stderr.readline()
        if "attached" not in line:
            self.strace.wait(HANG)
            self.strace.stderr.close()
            self.skipTest(f"strace may not look: {line}")

    def finish(self):
        self.strace.send_signal(signal.SIGINT)
        self.strace.communicate(timeout=HANG)
        with open(self.trace, encoding="ascii", errors="replace") as file:
            return file.read().splitlines()

    @staticmethod
    def octets(line):
        return bytes.fromhex("".join(re.findall(r"\\x([0-9a-f]{2})", line)))

    def test_no_confirm_before_its_sync(self):
        connection = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
        channel = connection.channel()
        channel.queue_declare("kept", durable=True)
        channel.confirm_delivery()
        count = 20
        for number in range(1, count + 1):
            channel.basic_publish("", "kept", b"<%d>" % number, PERSISTENT)
        connection.close()
        written = synced = confirmed = 0
        at_sync = {}  # thread: what was written when its sync began
        for line in self.finish():
            thread, call = line.split(maxsplit=1)
            if call.startswith(("pwritev", "pwrite64")):
                marks = re.findall(rb"<(\d+)>", self.octets(call))
                written = max([written, *map(int, marks)])
            elif "fdatasync" in call:
                if "resumed" not in call:
                    at_sync[thread] = written
                if "unfinished" not in call:
                    self.assertRegex(call, r"= 0$")
                    synced = max(synced, at_sync[thread])
            elif call.startswith("sendmsg"):
                # basic.ack (60, 80) on channel 1: tag, multiple, frame-end
                acks = re.findall(rb"\x01\x00\x01\x00\x00\x00\x0d\x00\x3c\x00\x50(.{8}).\xce",
                                  self.octets(call), re.DOTALL)
                for tag in acks:
                    confirmed = max(confirmed, int.from_bytes(tag, "big"))
                    self.assertLessEqual(confirmed, synced, "a confirm before its sync")
        self.assertEqual((written, confirmed), (count, count))


if __name__ == "__main__":
    main()
