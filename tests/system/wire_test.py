"""What a session does that scripts of octets cannot show: certificates as logins, direct replies
between shards, transactions, and the answers to malformed octets over a real socket."""

import base64
import http.client
import json
import os
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import unittest

from harness import HANG, Appliance, main

REPLY_TO = "amq.rabbitmq.reply-to"


def make(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_certificates(folder):
    """A CA (ca.pem), and a client's certificate for gauge and one for a stranger."""
    make(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "2")
    for name in ("gauge", "stranger"):
        make(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/O=Example/CN={name}")
        make(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
             "-CAcreateserial", "-out", f"{name}.pem", "-days", "2")


class Certificates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import pika

        cls.pika = pika
        cls.folder = tempfile.mkdtemp(prefix="oriel-certificates-")
        make_certificates(cls.folder)
        cls.oriel = Appliance(environment={
            "ORIEL_AMQPS__CLIENT_AUTHORITIES_FILE": os.path.join(cls.folder, "ca.pem")})
        cls.oriel.start()
        cls.put("users/gauge", {"password": "not-used-here", "tags": ""})
        cls.put("permissions/%2F/gauge", {"configure": ".*", "write": ".*", "read": ".*"})

    @classmethod
    def tearDownClass(cls):
        cls.oriel.__exit__()
        shutil.rmtree(cls.folder)

    @classmethod
    def put(cls, path, body):
        host, port = cls.oriel.address("operator")
        connection = http.client.HTTPConnection(host, port, timeout=HANG)
        login = base64.b64encode(b"guest:guest").decode()
        connection.request("PUT", f"/api/{path}", json.dumps(body),
                           {"Authorization": f"Basic {login}", "Content-Type": "application/json"})
        status = connection.getresponse().status
        connection.close()
        assert status in (201, 204), (path, status)

    def connect(self, certificate, credentials):
        context = ssl.create_default_context(cafile=self.oriel.ca_file)
        if certificate:
            context.load_cert_chain(os.path.join(self.folder, f"{certificate}.pem"),
                                    os.path.join(self.folder, f"{certificate}.key"))
        host, port = self.oriel.address("amqps")
        return self.pika.BlockingConnection(self.pika.ConnectionParameters(
            host, port, credentials=credentials, ssl_options=self.pika.SSLOptions(context, host)))

    def test_a_certificate_logs_its_user_in(self):
        connection = self.connect("gauge", self.pika.credentials.ExternalCredentials())
        channel = connection.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        properties = self.pika.BasicProperties(user_id="gauge")
        channel.confirm_delivery()
        channel.basic_publish("", queue, b"reading", properties, mandatory=True)
        connection.close()

    def test_a_certificate_of_nobody_is_refused(self):
        with self.assertRaises(self.pika.exceptions.ProbableAuthenticationError):
            self.connect("stranger", self.pika.credentials.ExternalCredentials())

    def test_external_is_not_offered_without_a_certificate(self):
        with self.assertRaises(self.pika.exceptions.AMQPConnectionError):
            self.connect(None, self.pika.credentials.ExternalCredentials())

    def test_who_has_a_certificate_may_use_a_password(self):
        self.connect("gauge", self.pika.PlainCredentials("guest", "guest")).close()


class Sessions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import pika

        cls.pika = pika
        cls.oriel = Appliance()
        cls.oriel.start()

    @classmethod
    def tearDownClass(cls):
        cls.oriel.__exit__()

    def connect(self):
        return self.pika.BlockingConnection(self.pika.URLParameters(self.oriel.amqp_url()))

    def test_direct_replies_find_their_channel_from_any_connection(self):
        asker = self.connect()
        asking = asker.channel()
        requests = asking.queue_declare("", exclusive=False, auto_delete=True).method.queue
        answers = []
        asking.basic_consume(
            REPLY_TO, lambda _ch, _method, _properties, body: answers.append(body), auto_ack=True)
        # Connections are spread over the shards by the kernel: with eight, some are elsewhere.
        connections = [self.connect() for _ in range(8)]
        for number, connection in enumerate(connections):
            asking.basic_publish("", requests, b"%d" % number,
                                 self.pika.BasicProperties(reply_to=REPLY_TO))
            answering = connection.channel()
            method = None
            while method is None:
                method, properties, body = answering.basic_get(requests, auto_ack=True)
            self.assertTrue(properties.reply_to.startswith(REPLY_TO + "."))
            self.assertEqual(
                answering.queue_declare(properties.reply_to, passive=True).method.consumer_count, 1)
            answering.confirm_delivery()
            answering.basic_publish("", properties.reply_to, b"answer " + body)
            while len(answers) <= number:
                asker.process_data_events(time_limit=1)
        self.assertEqual(answers, [b"answer %d" % number for number in range(8)])
        for connection in connections:
            with self.assertRaises(self.pika.exceptions.ChannelClosedByBroker) as caught:
                connection.channel().queue_declare(properties.reply_to[:-5] + "xxxxx", passive=True)
            self.assertEqual(caught.exception.reply_code, 404)
            connection.close()
        asker.close()

    def test_a_transaction_is_seen_when_it_is_committed(self):
        writer, reader = self.connect(), self.connect()
        writing, reading = writer.channel(), reader.channel()
        reading.queue_declare("tx", durable=True)
        writing.tx_select()
        for number in range(10):
            writing.basic_publish("", "tx", b"%d" % number,
                                  self.pika.BasicProperties(delivery_mode=2))
        self.assertEqual(reading.queue_declare("tx", passive=True).method.message_count, 0)
        writing.tx_rollback()
        writing.basic_publish("", "tx", b"kept", self.pika.BasicProperties(delivery_mode=2))
        writing.tx_commit()
        self.assertEqual(reading.basic_get("tx", auto_ack=True)[2], b"kept")
        self.assertIsNone(reading.basic_get("tx", auto_ack=True)[0])
        reading.queue_delete("tx")
        writer.close()
        reader.close()


def frame(kind, channel, payload):
    return struct.pack(">BHI", kind, channel, len(payload)) + payload + b"\xce"


def method(channel, class_id, method_id, arguments=b""):
    return frame(1, channel, struct.pack(">HH", class_id, method_id) + arguments)


START_OK = method(0, 10, 11, struct.pack(">I", 0) + b"\x05PLAIN" +
                  struct.pack(">I", 12) + b"\0guest\0guest" + b"\x05en_US")
TUNE_OK = method(0, 10, 31, struct.pack(">HIH", 2047, 131072, 0))
OPEN = method(0, 10, 40, b"\x01/\x00\x00")
CHANNEL = method(1, 20, 10, b"\x00")
PUBLISH = method(1, 60, 40, b"\0\0" + b"\x00" + b"\x07nowhere" + b"\0")
RUNNING = b"AMQP\0\0\x09\x01" + START_OK + TUNE_OK + OPEN + CHANNEL


class Octets(unittest.TestCase):
    """Malformed octets at every state: what is said before the connection ends."""

    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()

    @classmethod
    def tearDownClass(cls):
        cls.oriel.__exit__()

    def said_to(self, octets):
        """All that the broker says until it closes, or until connection.close."""
        said = b""
        with socket.create_connection(self.oriel.address("amqp"), timeout=HANG) as client:
            client.sendall(octets)
            while True:
                piece = client.recv(65536)
                said += piece
                if not piece or self.close_code(said) is not None:
                    return said

    @staticmethod
    def close_code(said):
        """The code of the connection.close in these frames, if there is one."""
        while len(said) >= 8 and not said.startswith(b"AMQP"):
            kind, channel, size = struct.unpack(">BHI", said[:7])
            payload, said = said[7:7 + size], said[7 + size + 1:]
            if len(payload) == size and payload[:4] == b"\0\x0a\0\x32":
                return struct.unpack(">H", payload[4:6])[0]
        return None

    def test_a_running_connection_is_told_the_code(self):
        header = struct.pack(">HHQH", 60, 0, 3, 0)
        abuses = [
            (501, frame(4, 1, b"")),
            (501, frame(1, 1, b"")[:-1] + b"\0"),
            (501, struct.pack(">BHI", 1, 1, 2**31 - 1)),
            (503, method(1, 99, 10)),
            (503, method(1, 60, 99)),
            (502, method(1, 60, 80, b"\0")),
            (502, method(1, 50, 10, b"\0\0\x01q\0" + struct.pack(">I", 3) + b"\x01k?")),
            (505, frame(2, 1, header)),
            (505, frame(3, 1, b"abc")),
            (504, CHANNEL),
            (503, method(1, 20, 41)),
            (504, method(9, 60, 110, b"\1")),
            (503, START_OK),
            (505, PUBLISH + frame(3, 1, b"abc")),
            (505, PUBLISH + frame(2, 1, struct.pack(">HHQH", 60, 1, 3, 0))),
            (505, PUBLISH + frame(2, 1, header) + method(1, 60, 110, b"\1")),
            (505, PUBLISH + frame(2, 1, header) + frame(3, 1, b"abcd")),
            (502, PUBLISH + frame(2, 1, struct.pack(">HHQH", 60, 0, 3, 0x8000))),
        ]
        for code, octets in abuses:
            with self.subTest(code=code, octets=octets.hex()):
                self.assertEqual(self.close_code(self.said_to(RUNNING + octets)), code)

    def test_a_handshake_out_of_turn_ends_without_a_word(self):
        start = self.said_to(b"AMQP\0\0\x09\x01" + OPEN)
        self.assertEqual(struct.unpack(">BH", start[:3]), (1, 0))
        self.assertEqual(start[7:11], b"\0\x0a\0\x0a")
        size = struct.unpack(">I", start[3:7])[0]
        self.assertEqual(len(start), size + 8, "connection.start and nothing else")

    def test_another_protocol_is_told_ours(self):
        self.assertEqual(self.said_to(b"GET / HTTP/1.1\r\n\r\n"), b"AMQP\0\0\x09\x01")

    def test_a_client_that_is_abused_leaves_the_others_alone(self):
        import pika

        connection = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
        channel = connection.channel()
        for _ in range(20):
            self.said_to(RUNNING + frame(4, 1, b""))
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.basic_publish("", queue, b"still here")
        self.assertEqual(channel.basic_get(queue, auto_ack=True)[2], b"still here")
        connection.close()


if __name__ == "__main__":
    main()
