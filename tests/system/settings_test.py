"""Settings that an administrator writes through the API, and the start after that."""

import unittest
import xml.etree.ElementTree as ElementTree

import pika

from harness import ADMIN_PASSWORD, Appliance, main

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

    # spec 4.9 [V]
    def test_of_notifications_outlive_a_restart(self):
        path = "/api/admin/extension/settings/notifications"
        kind = "application/vnd.vmware.admin.notificationsSettings+xml"
        body = (f'<vmext:NotificationsSettings xmlns:vmext="{VMEXT}"><vmext:EnableNotifications>true'
                "</vmext:EnableNotifications></vmext:NotificationsSettings>").encode()
        with Appliance() as oriel:
            status, _, answer = oriel.call("PUT", path, {**oriel.log_in(), "Content-Type": kind}, body)
            self.assertEqual(status, 200, answer)
            oriel.stop()
            oriel.start()
            _, _, answer = oriel.call("GET", path, oriel.log_in())
            self.assertIn(b"EnableNotifications>true<", answer)

    # spec 4.9 [V]
    def test_of_amqp_name_the_port_that_is_bound_and_are_tried_as_a_client_would(self):
        with Appliance() as oriel:
            session = oriel.log_in()
            root = ElementTree.fromstring(oriel.call("GET", AMQP, session)[2])
            port = root.find(f"{{{VMEXT}}}AmqpPort").text
            self.assertEqual(port, str(oriel.address("amqp")[1]))
            cases = (("guest", "guest", "/", port, True), ("administrator", ADMIN_PASSWORD, "/", port, True),
                     ("guest", "wrong", "/", port, False), ("guest", "guest", "none", port, False),
                     ("nobody", "guest", "/", port, False), ("guest", "guest", "/", "1", False))
            for user, password, vhost, number, valid in cases:
                with self.subTest(user=user, password=password, vhost=vhost, port=number):
                    self.assertEqual(self.tried(oriel, session, user, password, vhost, number), valid)

    def tried(self, oriel, session, user, password, vhost, port):
        members = {"AmqpHost": "127.0.0.1", "AmqpPort": port, "AmqpUsername": user,
                   "AmqpPassword": password, "AmqpVHost": vhost}
        body = "".join(f"<vmext:{name}>{value}</vmext:{name}>" for name, value in members.items())
        status, _, answer = oriel.call(
            "POST", AMQP + "/action/test", {**session, "Content-Type": TYPE},
            f'<vmext:AmqpSettings xmlns:vmext="{VMEXT}">{body}</vmext:AmqpSettings>'.encode())
        self.assertEqual(status, 200, answer)
        root = ElementTree.fromstring(answer)
        valid = root.find(f"{{{VMEXT}}}Valid").text == "true"
        self.assertEqual(root.find(f"{{{VMEXT}}}error") is None, valid)
        return valid


if __name__ == "__main__":
    main()
