"""A disk that runs full while the broker has messages on it: publishers wait, nothing that was
confirmed is lost, and all goes on when there is room again.

The logs lie on a small file system of their own (tmpfs in a user and mount namespace, which needs no
privileges where the kernel allows them; otherwise the test is skipped). A process that does nothing
keeps the namespace, so the disk outlives the broker."""

import os
import subprocess
import threading
import unittest

import pika

from harness import HANG, Appliance, main, wait_until

MIB = 1024 * 1024
DISK = 160 * MIB  # the broker stops publishers when less than 64 MiB of it are free
PERSISTENT = pika.BasicProperties(delivery_mode=2)
BODY = bytes(range(256)) * 4


class SmallDisk:
    """A file system of DISK octets at `folder`, seen by who is started with `inside`."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder)
        mount = f"mount -t tmpfs -o size={DISK},mode=700 tmpfs \"$0\" && echo there && exec sleep 1000000"
        self.keeper = subprocess.Popen(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, folder],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        self.works = self.keeper.stdout.readline() == b"there\n"
        self.ballast = f"/proc/{self.keeper.pid}/root{folder}/ballast"

    def inside(self, command):
        return ["nsenter", "--target", str(self.keeper.pid), "--user", "--mount",
                "--preserve-credentials", *command]

    def leave_free(self, octets):
        """Lets ballast take all but `octets`, of what is free or was ballast's."""
        self.free_all()
        facts = os.statvfs(os.path.dirname(self.ballast))
        with open(self.ballast, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, facts.f_bavail * facts.f_frsize - octets)

    def free_all(self):
        if os.path.exists(self.ballast):
            os.remove(self.ballast)

    def close(self):
        self.keeper.kill()
        self.keeper.wait(HANG)
        self.keeper.stdout.close()


class DiskFull(unittest.TestCase):
    def setUp(self):
        self.oriel = Appliance()
        self.addCleanup(self.oriel.__exit__)
        self.disk = SmallDisk(os.path.join(self.oriel.data, "log"))
        self.addCleanup(self.disk.close)
        if not self.disk.works:
            self.oriel.process = subprocess.Popen(["true"])
            self.skipTest("this kernel gives no namespaces to everybody")
        self.oriel.command = self.disk.inside(self.oriel.command)
        self.oriel.start()
        self.confirmed, self.sent = [], 0
        self.publisher = None

    def tearDown(self):
        self.disk.free_all()
        if self.publisher is not None:
            self.publisher.join(HANG)

    def connect(self):
        return pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))

    def publish(self, count):
        """Publishes so many more, each when the one before is confirmed, on a thread of its own."""
        def run():
            try:
                connection = self.connect()
                channel = connection.channel()
                channel.queue_declare("kept", durable=True)
                channel.confirm_delivery()
                for number in range(self.sent, self.sent + count):
                    channel.basic_publish("", "kept", b"%d:" % number + BODY, PERSISTENT)
                    self.confirmed.append(number)
                connection.close()
            except pika.exceptions.AMQPError:
                pass  # the broker was killed
        self.publisher = threading.Thread(target=run)
        self.publisher.start()

    def published(self, count):
        self.publisher.join(HANG)
        self.assertFalse(self.publisher.is_alive(), "a publisher is still waiting")
        self.sent += count
        self.assertEqual(self.confirmed, list(range(self.sent)))

    def events(self, name):
        return self.oriel.log().count(f'"{name}"')

    def drain(self):
        connection = self.connect()
        channel = connection.channel()
        numbers = []
        while (got := channel.basic_get("kept", auto_ack=True))[0]:
            number, body = got[2].split(b":", 1)
            self.assertEqual(body, BODY)
            numbers.append(int(number))
        connection.close()
        return numbers

    def still_answers(self):
        """Who publishes nothing is served as ever."""
        connection = self.connect()
        channel = connection.channel()
        name = channel.queue_declare("", exclusive=True).method.queue
        self.assertIsNone(channel.basic_get(name)[0])
        connection.close()

    def test_publishers_wait_before_the_disk_is_full_and_go_on_with_room(self):
        self.publish(100)
        self.published(100)
        self.disk.leave_free(32 * MIB)
        self.publish(1_000_000_000)
        wait_until(lambda: self.events("log.full"), "the log to see that little is left")
        self.still_answers()
        seen = self.wait_until_nobody_publishes()
        self.assertEqual(seen, self.confirmed)
        self.assertIsNone(self.oriel.process.poll())
        self.kill()
        self.disk.free_all()
        self.oriel.start()
        found = self.drain()
        self.assertEqual(found[:len(seen)], seen)  # one more may be there that was not confirmed
        self.assertLessEqual(len(found), len(seen) + 1)

    def wait_until_nobody_publishes(self):
        """What is confirmed once a connection that publishes is held."""
        told = []
        connection = self.connect()
        connection.add_on_connection_blocked_callback(lambda *_: told.append("blocked"))
        connection.add_on_connection_unblocked_callback(lambda *_: told.append("unblocked"))
        channel = connection.channel()
        channel.basic_publish("", "nowhere", b"held")
        wait_until(lambda: connection.process_data_events(0.01) or told, "connection.blocked")
        self.assertEqual(told, ["blocked"])
        self.held = connection  # its close would wait behind what it has published
        return list(self.confirmed)

    def kill(self):
        self.oriel.process.kill()
        self.oriel.process.wait(HANG)
        self.publisher.join(HANG)

    def test_a_message_without_any_room_is_confirmed_when_there_is_some(self):
        self.disk.leave_free(0)
        self.publish(10)
        wait_until(lambda: self.events("log.full"), "the log to find no room")
        self.still_answers()
        self.assertEqual(self.confirmed, [])
        self.assertIsNone(self.oriel.process.poll())
        self.disk.free_all()
        self.published(10)
        self.publish(10)
        self.published(10)
        self.assertTrue(self.events("log.ready"))
        self.oriel.process.kill()
        self.oriel.process.wait(HANG)
        self.oriel.start()
        self.assertEqual(self.drain(), list(range(20)))


if __name__ == "__main__":
    main()
