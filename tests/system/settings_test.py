"""Settings that an administrator writes through the API, and the start after that."""

import unittest
import xml.etree.ElementTree as ElementTree

import pika

from harness import Appliance, main

AMQP = "/api/admin/extension/settings/amqp"
TYPE = "application/vnd.vmware.admin.amqpSettings+xml"
VMEXT = "http://www.vmware.com/vcloud/extension/v1.5"


def exists(oriel, exchange):
    connection = pika.BlockingConnection(pika.URLParameters(oriel.amqp_url()))
    try:
        connection.channel().exchange_declare(exchange, passive=True)
        return True
    except pika.exceptions.ChannelClosedByBroker:
        return False
    finally:
        if connection.is_open:
            connection.close()


class Settings(unittest.TestCase):
    def test_a_prefix_that_is_written_counts_from_the_next_start_on(self):
        with Appliance() as oriel:
            session = oriel.log_in()
            body = (f'<vmext:AmqpSettings xmlns:vmext="{VMEXT}"><vmext:AmqpPrefix>other'
                    "</vmext:AmqpPrefix></vmext:AmqpSettings>").encode()
            status, _, answer = oriel.call("PUT", AMQP, {**session, "Content-Type": TYPE}, body)
            self.assertEqual(status, 200, answer)
            self.assertTrue(exists(oriel, "vcd.replyExchange"))
            self.assertFalse(exists(oriel, "other.replyExchange"))
            oriel.stop()
            oriel.start()
            self.assertTrue(exists(oriel, "other.replyExchange"))
            status, _, answer = oriel.call("GET", AMQP, oriel.log_in())
            self.assertEqual(status, 200, answer)
            shown = ElementTree.fromstring(answer).find(f"{{{VMEXT}}}AmqpPrefix")
            self.assertEqual(shown.text, "other")


if __name__ == "__main__":
    main()
