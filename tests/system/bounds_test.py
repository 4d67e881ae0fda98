"""Bounds of the broker as clients meet them: at each limit, and one above it."""

import resource
import socket
import threading
import unittest

from harness import HANG, Appliance, main, wait_until

MIB = 1024 * 1024


def connect(oriel, **parameters):
    import pika

    made = pika.URLParameters(oriel.amqp_url())
    for name, value in parameters.items():
        setattr(made, name, value)
    return pika.BlockingConnection(made)


def peak_memory(oriel):
    """The most memory that the process ever had, in octets."""
    with open(f"/proc/{oriel.process.pid}/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


class Messages(unittest.TestCase):
    def test_a_message_may_have_the_limit_and_not_one_octet_more(self):
        import pika

        with Appliance(environment={"ORIEL_AMQP__MESSAGE_MAX_OCTETS": str(MIB)}) as oriel:
            connection = connect(oriel)
            channel = connection.channel()
            queue = channel.queue_declare("", exclusive=True).method.queue
            channel.confirm_delivery()
            channel.basic_publish("", queue, b"x" * MIB)
            self.assertEqual(len(channel.basic_get(queue, auto_ack=True)[2]), MIB)
            with self.assertRaises(pika.exceptions.ChannelClosedByBroker) as refused:
                channel.basic_publish("", queue, b"x" * (MIB + 1))
            self.assertEqual(refused.exception.reply_code, 406)
            self.assertIn("message size 1048577 is larger than configured max size 1048576",
                          refused.exception.reply_text)
            connection.close()

    def test_a_message_of_128_mebibytes_goes_through_where_it_may(self):
        size = 128 * MIB
        with Appliance(environment={"ORIEL_AMQP__MESSAGE_MAX_OCTETS": str(size)}) as oriel:
            connection = connect(oriel)
            channel = connection.channel()
            queue = channel.queue_declare("", exclusive=True).method.queue
            before = peak_memory(oriel)
            channel.basic_publish("", queue, b"0123456789abcdef" * (size // 16))
            body = channel.basic_get(queue, auto_ack=True)[2]
            self.assertEqual(len(body), size)
            self.assertEqual(body, b"0123456789abcdef" * (size // 16))
            # Put together in a buffer that doubles, and sent from where it lies.
            self.assertLess(peak_memory(oriel) - before, 3.5 * size)
            connection.close()


class Topology(unittest.TestCase):
    def test_one_queue_too_many_is_refused(self):
        import pika

        with Appliance(environment={"ORIEL_AMQP__QUEUES_MAX": "5"}) as oriel:
            connection = connect(oriel)
            channel = connection.channel()
            for number in range(5):
                channel.queue_declare(f"q{number}")
            with self.assertRaises(pika.exceptions.ChannelClosedByBroker) as refused:
                channel.queue_declare("q5")
            self.assertEqual(refused.exception.reply_code, 406)
            self.assertIn("cannot declare queue 'q5': queue limit in vhost '/' (5) is reached",
                          refused.exception.reply_text)
            connection.channel().queue_delete("q0")
            connection.channel().queue_declare("q5")
            connection.close()

    def test_a_client_is_told_how_many_channels_it_may_open(self):
        with Appliance(environment={"ORIEL_AMQP__CHANNELS_MAX": "3"}) as oriel:
            connection = connect(oriel)
            self.assertEqual(connection._impl.params.channel_max, 3)
            for _ in range(3):
                connection.channel()
            connection.close()


class Connections(unittest.TestCase):
    def test_one_connection_too_many_is_closed_and_the_others_go_on(self):
        import pika

        with Appliance(environment={"ORIEL_AMQP__CONNECTIONS_MAX": "3"}) as oriel:
            there = [connect(oriel) for _ in range(3)]
            with self.assertRaises(pika.exceptions.AMQPConnectionError):
                connect(oriel)
            for connection in there:
                connection.channel().close()
            there.pop().close()
            wait_until(lambda: "oriel_broker_connections 2" in metrics(oriel), "a place to be free")
            there.append(connect(oriel))
            for connection in there:
                connection.close()

    def test_a_process_without_descriptors_waits_until_some_are_free(self):
        with Appliance() as oriel:
            oriel.stop()
            # Fewer descriptors than connections that will come; the process may not raise this.
            oriel.command = ["sh", "-c", 'ulimit -n 96; exec "$0" "$@"'] + oriel.command
            oriel.start()
            idle = [socket.create_connection(oriel.address("amqp"), HANG) for _ in range(200)]
            self.assertIsNone(oriel.process.poll())
            for one in idle:
                one.close()
            connect(oriel).close()

    def test_the_limit_of_descriptors_is_raised_as_far_as_it_may_be(self):
        with Appliance() as oriel:
            soft, hard = resource.prlimit(oriel.process.pid, resource.RLIMIT_NOFILE)
            self.assertEqual(soft, hard)


def metrics(oriel):
    return oriel.call("GET", "/metrics", listener="operator")[2].decode()


class Memory(unittest.TestCase):
    def test_publishers_wait_at_the_watermark_and_consumers_go_on(self):
        import pika

        limit = 8 * MIB
        with Appliance(environment={"ORIEL_AMQP__MEMORY_MAX_OCTETS": str(limit)}) as oriel:
            drain = connect(oriel)
            drained = drain.channel()
            drained.queue_declare("q")
            heard = []
            sent = []

            def publish():
                connection = connect(oriel)
                connection.add_on_connection_blocked_callback(
                    lambda _, frame: heard.append(frame.method.reason))
                connection.add_on_connection_unblocked_callback(lambda *_: heard.append("open"))
                channel = connection.channel()
                for number in range(64):
                    channel.basic_publish("", "q", number.to_bytes(4, "big") + b"x" * MIB)
                    sent.append(number)
                    connection.process_data_events(0)
                while "open" not in heard:
                    connection.process_data_events(0.1)
                channel.queue_declare("q", passive=True)  # everything before it has arrived
                connection.close()

            publisher = threading.Thread(target=publish, daemon=True)
            publisher.start()
            wait_until(lambda: "oriel_broker_publishers_blocked 1" in metrics(oriel), "the alarm")
            got = []

            def take():
                body = drained.basic_get("q", auto_ack=True)[2]
                if body is not None:
                    self.assertEqual(len(body), MIB + 4)
                    got.append(int.from_bytes(body[:4], "big"))
                return len(got) == 64

            wait_until(take, "every message")
            publisher.join(HANG)
            self.assertFalse(publisher.is_alive())
            self.assertEqual(got, list(range(64)), "nothing is lost, and the order is kept")
            self.assertEqual(heard[0], "low on memory")
            self.assertIn("open", heard)
            self.assertIn("oriel_broker_publishers_blocked 0", metrics(oriel))
            drain.close()


if __name__ == "__main__":
    main()
