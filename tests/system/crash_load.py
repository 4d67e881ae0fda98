"""The load of the crash test: processes that publish, consume and declare until the broker is gone,
and then say what they were promised. Each is a function run in a process of its own; it puts one
record into its pipe."""

import os
import time

import pika

WINDOW = 100  # publishes without a confirm
ROUND_TRIP = 10  # deliveries between two round trips of a consumer


def parameters(url):
    made = pika.URLParameters(url)
    made.heartbeat = 0
    made.socket_timeout = 10
    return made


class Publisher:
    """Publishes `name:number` to a queue with confirms, WINDOW at a time."""

    def __init__(self, url, name, exchange, key, first):
        self.name, self.exchange, self.key = name, exchange, key
        self.next = first
        self.first_tag = first - 1  # delivery tag t is the number first_tag + t
        self.waiting = {}  # by tag: number, and when it was published
        self.newest = 0.0  # when the youngest confirmed one was published
        self.confirmed, self.refused = [], []
        self.persistent = pika.BasicProperties(delivery_mode=2)
        self.filler = os.urandom(600).hex().encode()
        self.connection = pika.SelectConnection(
            parameters(url), on_open_callback=self.on_open,
            on_open_error_callback=lambda *_: self.connection.ioloop.stop(),
            on_close_callback=lambda *_: self.connection.ioloop.stop())

    def on_open(self, connection):
        connection.channel(on_open_callback=self.on_channel)

    def on_channel(self, channel):
        self.channel = channel
        channel.confirm_delivery(self.on_confirm, callback=lambda _: self.fill())

    def fill(self):
        while len(self.waiting) < WINDOW and self.channel.is_open:
            number = self.next
            self.next += 1
            size = (number * 7919) % len(self.filler)
            body = b"%s:%d:" % (self.name.encode(), number) + self.filler[:size]
            self.waiting[number - self.first_tag] = number, time.monotonic()
            self.channel.basic_publish(self.exchange, self.key, body, self.persistent)

    def on_confirm(self, frame):
        tag, multiple = frame.method.delivery_tag, frame.method.multiple
        tags = [tag] if not multiple else [t for t in self.waiting if t <= tag]
        told = self.confirmed if isinstance(frame.method, pika.spec.Basic.Ack) else self.refused
        for one in tags:
            number, sent_at = self.waiting.pop(one, (None, 0.0))
            if number is not None:
                told.append(number)
                self.newest = max(self.newest, sent_at)
        self.fill()


def publish(pipe, url, name, exchange, key, first):
    publisher = Publisher(url, name, exchange, key, first)
    try:
        publisher.connection.ioloop.start()
    except (pika.exceptions.AMQPError, OSError):
        pass
    pipe.send({"kind": "publisher", "name": name, "confirmed": publisher.confirmed,
               "refused": publisher.refused, "next": publisher.next, "newest": publisher.newest})


def consume(pipe, url, queue, until_empty=False):
    """Takes and acknowledges in order. What was acknowledged has with it when a round trip showed
    that the broker had heard of it (None: it never did)."""
    delivered, acked, on_their_way = [], {}, []
    try:
        connection = pika.BlockingConnection(parameters(url))
        channel = connection.channel()
        channel.basic_qos(prefetch_count=50)
        for method, _, body in channel.consume(queue, inactivity_timeout=3 if until_empty else None):
            if method is None:
                break
            name, number, _ = body.split(b":", 2)
            message = (name.decode(), int(number))
            delivered.append((*message, method.redelivered))
            channel.basic_ack(method.delivery_tag)
            acked[message] = None
            on_their_way.append(message)
            if len(on_their_way) >= ROUND_TRIP:
                channel.basic_qos(prefetch_count=50)
                now = time.monotonic()
                acked.update((one, now) for one in on_their_way)
                on_their_way.clear()
        connection.close()
    except (pika.exceptions.AMQPError, OSError):
        pass
    pipe.send({"kind": "consumer", "queue": queue, "delivered": delivered, "acked": acked})


def declare(pipe, url, name):
    """Declares, binds and deletes durable queues. `there` and `gone` are what was answered; what
    was asked for and not answered may be either."""
    there, gone = set(), set()
    try:
        connection = pika.BlockingConnection(parameters(url))
        channel = connection.channel()
        for number in range(1_000_000):
            queue = f"{name}.{number}"
            channel.queue_declare(queue, durable=True)
            channel.queue_bind(queue, "amq.topic", queue)
            there.add(queue)
            if number % 3 == 2:
                queue = f"{name}.{number - 1}"
                there.discard(queue)
                channel.queue_delete(queue)
                gone.add(queue)
    except (pika.exceptions.AMQPError, OSError):
        pass
    pipe.send({"kind": "declarer", "there": there, "gone": gone})
