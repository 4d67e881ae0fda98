"""AMQP clients that nobody here wrote, unmodified, against the real binary."""

import os
import ssl
import subprocess
import threading
import unittest

from harness import HANG, Appliance, main, wait_until


class ClientCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()

    @classmethod
    def tearDownClass(cls):
        cls.oriel.__exit__()


class Pika(ClientCase):
    def setUp(self):
        import pika

        self.pika = pika
        self.connection = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
        self.channel = self.connection.channel()

    def tearDown(self):
        if self.connection.is_open:
            self.connection.close()

    def take(self, queue, auto_ack=True):
        """The next message of a queue, which has one."""
        return wait_until(lambda: (got := self.channel.basic_get(queue, auto_ack))[0] and got, queue)

    def test_properties_and_body_come_back_exactly(self):
        queue = self.channel.queue_declare("", exclusive=True).method.queue
        self.assertTrue(queue.startswith("amq.gen-"))
        sent = self.pika.BasicProperties(
            content_type="text/x", content_encoding="utf-8",
            headers={"a": 1, "b": "text", "c": {"nested": [1, True, None]}, "d": 2**40},
            delivery_mode=2, priority=3, correlation_id="c", reply_to="r", expiration="60000",
            message_id="m", timestamp=1_700_000_000, type="t", user_id="guest", app_id="a")
        for body in (b"", b"x", os.urandom(300_000)):
            self.channel.basic_publish("", queue, body, sent)
            method, got, answer = self.take(queue)
            self.assertEqual(answer, body)
            self.assertEqual(got, sent)
            self.assertFalse(method.redelivered)

    def test_each_exchange_type_routes(self):
        cases = [
            ("direct", "k", {}, ["k"], ["other", "k.k"]),
            ("fanout", "", {}, ["k", ""], []),
            ("topic", "a.*.#", {}, ["a.b", "a.b.c.d"], ["a", "b.a"]),
        ]
        for kind, key, arguments, hits, misses in cases:
            exchange = f"types-{kind}"
            self.channel.exchange_declare(exchange, exchange_type=kind, auto_delete=True)
            queue = self.channel.queue_declare("", exclusive=True).method.queue
            self.channel.queue_bind(queue, exchange, key, arguments)
            self.channel.confirm_delivery()
            for hit in hits:
                self.channel.basic_publish(exchange, hit, hit.encode(), mandatory=True)
                self.assertEqual(self.take(queue)[2], hit.encode())
            for miss in misses:
                with self.assertRaises(self.pika.exceptions.UnroutableError):
                    self.channel.basic_publish(exchange, miss, b"", mandatory=True)
            self.channel = self.connection.channel()

    def test_headers_exchange_matches_all_or_any(self):
        self.channel.exchange_declare("by-headers", exchange_type="headers", auto_delete=True)
        both = self.channel.queue_declare("", exclusive=True).method.queue
        one = self.channel.queue_declare("", exclusive=True).method.queue
        self.channel.queue_bind(both, "by-headers", "", {"x-match": "all", "a": 1, "b": "two"})
        self.channel.queue_bind(one, "by-headers", "", {"x-match": "any", "a": 1, "b": "two"})
        self.channel.basic_publish(
            "by-headers", "", b"1", self.pika.BasicProperties(headers={"a": 1, "b": "two"}))
        self.channel.basic_publish(
            "by-headers", "", b"2", self.pika.BasicProperties(headers={"a": 1, "b": "three"}))
        self.assertEqual(self.take(both)[2], b"1")
        self.assertEqual([self.take(one)[2] for _ in range(2)], [b"1", b"2"])
        self.assertIsNone(self.channel.basic_get(both)[0])

    def test_unacknowledged_messages_come_back_in_order_and_marked(self):
        queue = self.channel.queue_declare("again", auto_delete=False).method.queue
        for n in range(5):
            self.channel.basic_publish("", queue, str(n).encode())
        other = self.pika.BlockingConnection(self.pika.URLParameters(self.oriel.amqp_url()))
        channel = other.channel()
        got = [wait_until(lambda: (m := channel.basic_get(queue))[0] and m, "message") for _ in range(3)]
        channel.basic_reject(got[1][0].delivery_tag, requeue=False)
        other.close()  # 0 and 2 go back to their places
        rest = [self.take(queue) for _ in range(4)]
        self.assertEqual([m[2] for m in rest], [b"0", b"2", b"3", b"4"])
        self.assertEqual([m[0].redelivered for m in rest], [True, True, False, False])
        self.channel.queue_delete(queue)

    def test_prefetch_holds_back_until_acknowledged(self):
        queue = self.channel.queue_declare("", exclusive=True).method.queue
        for n in range(10):
            self.channel.basic_publish("", queue, str(n).encode())
        self.channel.basic_qos(prefetch_count=3)
        taken = []
        self.channel.basic_consume(queue, lambda _c, method, _p, body: taken.append((method, body)))
        wait_until(lambda: self.connection.process_data_events(0.01) or len(taken) == 3, "three")
        self.assertEqual(self.channel.queue_declare(queue, passive=True).method.message_count, 7)
        self.channel.basic_ack(taken[-1][0].delivery_tag, multiple=True)
        wait_until(lambda: self.connection.process_data_events(0.01) or len(taken) == 6, "six")
        self.assertEqual([body for _, body in taken], [str(n).encode() for n in range(6)])

    def test_errors_have_the_codes_and_texts_that_clients_expect(self):
        def error_of(act):
            channel = self.connection.channel()
            with self.assertRaises(self.pika.exceptions.ChannelClosedByBroker) as raised:
                act(channel)
            return raised.exception.reply_code, raised.exception.reply_text

        self.assertEqual(
            error_of(lambda c: c.queue_declare("nowhere", passive=True)),
            (404, "NOT_FOUND - no queue 'nowhere' in vhost '/'"))
        self.assertEqual(
            error_of(lambda c: c.exchange_declare("nowhere", passive=True)),
            (404, "NOT_FOUND - no exchange 'nowhere' in vhost '/'"))
        self.channel.queue_declare("plain", durable=False)
        self.assertEqual(
            error_of(lambda c: c.queue_declare("plain", durable=True)),
            (406, "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'plain' in vhost '/': "
                  "received 'true' but current is 'false'"))
        self.channel.exchange_declare("kind", exchange_type="topic")
        code, text = error_of(lambda c: c.exchange_declare("kind", exchange_type="direct"))
        self.assertEqual(code, 406)
        self.assertIn("received 'direct' but current is 'topic'", text)
        self.assertEqual(error_of(lambda c: c.queue_declare("amq.mine"))[0], 403)
        self.channel.queue_declare("mine", exclusive=True)
        other = self.pika.BlockingConnection(self.pika.URLParameters(self.oriel.amqp_url()))
        with self.assertRaises(self.pika.exceptions.ChannelClosedByBroker) as raised:
            other.channel().queue_declare("mine", passive=True)
        self.assertEqual(raised.exception.reply_code, 405)
        other.close()

    def test_a_deleted_queue_cancels_its_consumers(self):
        self.channel.queue_declare("doomed")
        cancelled = threading.Event()
        self.channel.add_on_cancel_callback(lambda _: cancelled.set())
        self.channel.basic_consume("doomed", lambda *_: None)
        other = self.pika.BlockingConnection(self.pika.URLParameters(self.oriel.amqp_url()))
        other.channel().queue_delete("doomed")
        other.close()
        wait_until(lambda: self.connection.process_data_events(0.01) or cancelled.is_set(), "cancel")

    def test_a_direct_reply_reaches_who_asked(self):
        replies = []
        self.channel.basic_consume(
            "amq.rabbitmq.reply-to", lambda _c, _m, _p, body: replies.append(body), auto_ack=True)
        queue = self.channel.queue_declare("", exclusive=True).method.queue
        self.channel.basic_publish(
            "", queue, b"ask", self.pika.BasicProperties(reply_to="amq.rabbitmq.reply-to"))
        address = self.take(queue)[1].reply_to
        self.assertRegex(address, r"^amq\.rabbitmq\.reply-to\.[^.]+\.[^.]+==$")  # as RabbitMQ's look
        self.channel.basic_publish("", address, b"answer")
        wait_until(lambda: self.connection.process_data_events(0.01) or replies, "the reply")
        self.assertEqual(replies, [b"answer"])

    def test_wrong_passwords_are_refused(self):
        with self.assertRaises(self.pika.exceptions.ProbableAuthenticationError):
            self.pika.BlockingConnection(
                self.pika.URLParameters(self.oriel.amqp_url("guest", "wrong")))

    def test_tls_with_the_development_authority(self):
        host, port = self.oriel.address("amqps")
        context = ssl.create_default_context(cafile=self.oriel.ca_file)
        parameters = self.pika.ConnectionParameters(
            host, port, ssl_options=self.pika.SSLOptions(context, host))
        connection = self.pika.BlockingConnection(parameters)
        connection.channel().queue_declare("", exclusive=True)
        connection.close()


class Kombu(ClientCase):
    def test_declares_publishes_and_consumes(self):
        import kombu

        exchange = kombu.Exchange("kombu", type="direct", durable=True)
        queue = kombu.Queue("kombu", exchange, routing_key="kombu")
        with kombu.Connection(self.oriel.amqp_url(), heartbeat=4) as connection:
            got = []
            with connection.Consumer(queue, callbacks=[lambda body, m: (got.append(body), m.ack())]):
                producer = connection.Producer()
                producer.publish({"n": 1}, exchange=exchange, routing_key="kombu", serializer="json",
                                 retry=True, declare=[queue])
                while not got:
                    connection.drain_events(timeout=HANG)
            self.assertEqual(got, [{"n": 1}])


class PyAmqp(ClientCase):
    def test_amqplain_confirm_and_get(self):
        import amqp

        host, port = self.oriel.address("amqp")
        with amqp.Connection(f"{host}:{port}", login_method="AMQPLAIN", confirm_publish=True) as connection:
            channel = connection.channel()
            queue = channel.queue_declare("", exclusive=True).queue
            channel.basic_publish_confirm(
                amqp.Message("text", application_headers={"big": 2**40}), routing_key=queue)
            message = channel.basic_get(queue, no_ack=True)
            self.assertEqual(message.body, "text")
            self.assertEqual(message.headers["big"], 2**40)


class RabbitmqC(ClientCase):
    """The tools of librabbitmq, from Debian's amqp-tools."""

    def tool(self, name, *arguments, **options):
        return subprocess.run([name, "--url", self.oriel.amqp_url(), *arguments], check=True,
                              stdout=subprocess.PIPE, timeout=HANG, **options).stdout

    def test_declare_publish_get_consume_delete(self):
        self.assertEqual(self.tool("amqp-declare-queue", "-q", "tools").strip(), b"tools")
        self.tool("amqp-publish", "-e", "amq.direct", "-r", "nobody", "-b", "dropped")
        self.tool("amqp-publish", "-r", "tools", "-b", "one")
        self.tool("amqp-publish", "-r", "tools", "-p", "-b", "two")
        self.assertEqual(self.tool("amqp-get", "-q", "tools"), b"one")
        self.assertEqual(self.tool("amqp-consume", "-q", "tools", "-c", "1", "cat"), b"two")
        self.tool("amqp-delete-queue", "-q", "tools")


if __name__ == "__main__":
    main()
