"""Extension services as their authors write them, with Debian's kombu and pika: workers that declare
everything or nothing, consume on one channel and answer on another, or answer from threads."""

import base64
import json
import threading
import unittest

import kombu
import kombu.mixins
import pika

from harness import HANG, Appliance, Extension, main, wait_until


class KombuWorker(kombu.mixins.ConsumerMixin):
    """A worker on kombu's mixin, on a thread of its own: it parses the body that kombu gives it, and
    publishes its reply as a dictionary, which kombu makes JSON of."""

    def __init__(self, url, name, no_declare):
        self.name, self.no_declare = name, no_declare
        self.connection = kombu.Connection(url.replace("amqp://", "pyamqp://"), heartbeat=4)
        exchange = kombu.Exchange(name, "direct", durable=True, no_declare=no_declare)
        self.queue = kombu.Queue(name, exchange, routing_key=name, no_declare=no_declare)
        self.failed = []
        self.consuming = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def get_consumers(self, Consumer, _channel):
        return [Consumer(queues=[self.queue], callbacks=[self.on_request])]

    def on_consume_ready(self, *_arguments, **_named):
        self.consuming.set()

    def on_request(self, body, message):
        message.ack()
        try:
            # kombu has decoded the body by its content type: a text is what may be parsed here.
            request, caller = json.loads(body)[:2]
            self.reply(message, {"user": caller["user"].split("urn:vcloud:user:")[1],
                                 "uri": request["requestUri"],
                                 "size": len(base64.b64decode(request["body"]))})
        except Exception as error:  # a worker that dies would only be a request without an answer
            self.failed.append(error)

    def reply(self, message, said):
        text = json.dumps(said)
        to = kombu.Queue(
            message.properties["reply_to"],
            kombu.Exchange(message.headers["replyToExchange"], "direct", durable=True,
                           no_declare=self.no_declare),
            routing_key=message.properties["reply_to"], no_declare=self.no_declare)
        self.connection.Producer().publish(
            {"id": None, "statusCode": 200, "body": base64.b64encode(text.encode()).decode(),
             "headers": {"Content-Type": "application/json", "Content-Length": len(text)}},
            correlation_id=message.properties["correlation_id"], exchange=to.exchange,
            routing_key=to.routing_key, retry=True, expiration=10000)

    def __enter__(self):
        self.thread.start()
        if not self.consuming.wait(HANG):
            raise AssertionError("the worker did not start")
        return self

    def __exit__(self, *_):
        self.should_stop = True
        self.thread.join(HANG)
        self.connection.release()


class PikaConsumer:
    """A consumer on pika's callbacks: it finds its exchange there, and answers from a thread."""

    def __init__(self, url, name):
        self.url, self.name = url, name
        self.consuming = threading.Event()
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        self.connection = pika.SelectConnection(
            pika.URLParameters(self.url),
            on_open_callback=lambda connection: connection.channel(on_open_callback=self.opened))
        self.connection.ioloop.start()

    def opened(self, channel):
        self.channel = channel
        # Of a passive declaration only the name counts: the type is another on purpose.
        channel.exchange_declare(self.name, exchange_type="topic", passive=True, durable=True,
                                 callback=lambda _: channel.queue_declare(
                                     self.name, callback=self.declared))

    def declared(self, _frame):
        # The routing key is left out: pika binds with the name of the queue.
        self.channel.queue_bind(self.name, self.name, callback=lambda _: self.channel.basic_consume(
            self.name, self.on_request, callback=lambda _: self.consuming.set()))

    def on_request(self, channel, method, properties, body):
        channel.basic_ack(method.delivery_tag)
        threading.Thread(target=self.answer, args=(properties, body)).start()

    def answer(self, properties, body):
        request = json.loads(body)[0]
        text = json.dumps({"answered": request["requestUri"], "äöü": "€"}, ensure_ascii=False)
        reply = {"id": request["id"], "request": False, "statusCode": 202,
                 "headers": {"Content-Type": "application/json", "Content-Length": len(text)},
                 "body": base64.b64encode(text.encode()).decode()}

        def publish():
            self.channel.basic_publish(
                properties.headers["replyToExchange"], properties.reply_to, json.dumps(reply),
                pika.BasicProperties(correlation_id=properties.correlation_id))

        self.connection.ioloop.add_callback_threadsafe(publish)

    def __enter__(self):
        self.thread.start()
        if not self.consuming.wait(HANG):
            raise AssertionError("the consumer did not start")
        return self

    def __exit__(self, *_):
        self.connection.ioloop.add_callback_threadsafe(self.end)
        self.thread.join(HANG)

    def end(self):
        self.connection.add_on_close_callback(lambda *_: self.connection.ioloop.stop())
        self.connection.close()


class Services(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()
        cls.session = cls.oriel.log_in()
        cls.connection = pika.BlockingConnection(pika.URLParameters(cls.oriel.amqp_url()))

    @classmethod
    def tearDownClass(cls):
        cls.connection.close()
        cls.oriel.__exit__()

    def ask(self, path, body=b""):
        status, headers, answer = self.oriel.call("POST", path, self.session, body)
        return status, headers, json.loads(answer)

    def ask_many(self, name, count):
        """That many requests at once; what came back, by their numbers."""
        answers = {}

        def one(number):
            answers[number] = self.ask(f"/api/{name}/{number}", b"x" * number)

        threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(HANG)
        return answers

    # spec 4.3 [V], 4.8 [V]
    def test_a_kombu_worker_that_declares_everything_answers(self):
        self.oriel.register(self.session, "kombu", "/api/kombu/.*")
        with KombuWorker(self.oriel.amqp_url(), "kombu", no_declare=False) as worker:
            for number, (status, headers, said) in self.ask_many("kombu", 20).items():
                self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
                self.assertEqual((said["uri"], said["size"]), (f"/api/kombu/{number}", number))
                self.assertRegex(said["user"], "^[0-9a-f-]{36}$")
            self.assertEqual(worker.failed, [])

    # spec 4.8 [V]
    def test_a_kombu_worker_that_declares_nothing_answers(self):
        channel = self.connection.channel()
        channel.exchange_declare("prepared", exchange_type="direct", durable=True)
        channel.queue_declare("prepared")
        channel.queue_bind("prepared", "prepared", "prepared")
        self.oriel.register(self.session, "prepared", "/api/prepared/.*")
        with KombuWorker(self.oriel.amqp_url(), "prepared", no_declare=True) as worker:
            self.assertEqual(self.ask("/api/prepared/1", b"abc")[2]["size"], 3)
            self.assertEqual(worker.failed, [])

    # spec 4.6 [V]
    def test_the_reply_exchange_may_be_declared_again_by_whoever_uses_it(self):
        channel = self.connection.channel()
        channel.exchange_declare("vcd.replyExchange", exchange_type="direct", durable=True)
        with self.assertRaises(pika.exceptions.ChannelClosedByBroker) as refused:
            channel.exchange_declare("vcd.replyExchange", exchange_type="topic", durable=True)
        self.assertEqual(refused.exception.reply_code, 406)

    # spec 4.5 [V], 4.8 [V]
    def test_a_pika_consumer_that_answers_from_threads_answers(self):
        self.connection.channel().exchange_declare("select", exchange_type="direct", durable=True)
        self.oriel.register(self.session, "select", "/api/select/.*")
        with PikaConsumer(self.oriel.amqp_url(), "select"):
            for number, (status, headers, said) in self.ask_many("select", 50).items():
                self.assertEqual(status, 202)
                self.assertEqual(said, {"answered": f"/api/select/{number}", "äöü": "€"})
                # The service counted characters; the caller is told octets.
                self.assertGreater(int(headers["Content-Length"]), len(json.dumps(
                    said, ensure_ascii=False)))

    # spec 4.5 [V]
    def test_replies_in_every_form_that_services_send(self):
        forms = [
            {"id": None, "statusCode": 201, "body": "aGVsbG8="},  # a worker that repeats no id
            {"request": False, "statusCode": "201", "body": "aGVsbG8"},  # a proxy's status is text
            {"request": False, "statusCode": 201, "body": "aGVs\r\nbG8="},
            {"statusCode": 201, "headers": {"Content-Length": 99, "Date": "now"}, "body": "aGVsbG8="},
        ]
        empty = [{"statusCode": 201, "body": ""}, {"statusCode": 201, "body": None},
                 {"statusCode": 201}, {"statusCode": 201, "headers": {}}]
        replies = iter([*forms, *empty])
        self.oriel.register(self.session, "forms", "/api/forms")
        with Extension(self.oriel.amqp_url(), "forms", lambda *_: next(replies)):
            for form in [*forms, *empty]:
                status, headers, body = self.oriel.call("GET", "/api/forms", self.session)
                expected = b"hello" if form.get("body") else b""
                self.assertEqual((status, body), (201, expected), form)
                self.assertEqual(int(headers["Content-Length"]), len(expected), form)

    # spec 4.8 [V]
    def test_what_a_dead_consumer_held_is_answered_by_the_next(self):
        self.oriel.register(self.session, "again", "/api/again/.*")
        channel = self.connection.channel()
        channel.exchange_declare("again", exchange_type="direct", durable=True)
        channel.queue_declare("again")
        channel.queue_bind("again", "again", "again")
        answers = []
        caller = threading.Thread(target=lambda: answers.append(self.ask("/api/again/1")))
        caller.start()
        first = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
        held = first.channel()
        wait_until(lambda: held.basic_get("again")[0], "the request")
        first.close()
        with KombuWorker(self.oriel.amqp_url(), "again", no_declare=True):
            caller.join(HANG)
        self.assertEqual([status for status, _, _ in answers], [200])


if __name__ == "__main__":
    main()
