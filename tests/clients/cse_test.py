"""container-service-extension 3.1: its registration over AMQP, and its consumer at work."""

import json
import pathlib
import sys
import threading

from cse_config import EXCHANGE, ROUTING_KEY, config

from container_service_extension.common.constants import server_constants
from container_service_extension.common.utils.core_utils import ConsoleMessagePrinter
from container_service_extension.installer import configure_cse
from pyvcloud.vcd.api_extension import APIExtension
from pyvcloud.vcd.client import BasicLoginCredentials, Client
from pyvcloud.vcd.org import Org

from world import ADMIN_PASSWORD, DEV_PASSWORD, HANG, TENANT, Program, World, main

HERE = pathlib.Path(__file__).resolve().parent
NAME, NAMESPACE = server_constants.CSE_SERVICE_NAME, server_constants.CSE_SERVICE_NAMESPACE


def left_unsent(status, error):
    """CSE publishes from a pool of threads on a pika connection, which is for one thread: its loop may
    turn the connection's writer off just after a thread has put a reply into the buffer. The reply
    stays there, and so does whatever is written after it, acknowledgements too, for only a write into
    an empty buffer turns the writer on. We rightly say which of them did not come."""
    causes = ("acknowledged but no reply", "delivered but not acknowledged")
    return status == 504 and any(cause in error.get("message", "") for cause in causes)


class Cse:
    """The tests of one mode; the classes below name it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config = config(cls.host(), *cls.oriel.address("amqp"), cls.mode == "legacy")
        configure_cse.LEGACY_MODE = cls.mode == "legacy"
        cls.client = Client(cls.config["vcd"]["host"],
                            api_version=cls.config["service"]["default_api_version"])
        cls.client.set_credentials(
            BasicLoginCredentials("administrator", "System", ADMIN_PASSWORD))
        cls.said = ConsoleMessagePrinter()

    def setUp(self):
        self.extension = APIExtension(self.client)

    def tearDown(self):
        if configure_cse._get_existing_extension_type(self.client) == "AMQP":
            configure_cse._deregister_cse_amqp_extension(self.client, self.said)

    def install(self):
        """`cse install` over AMQP, without schema, policies and catalog."""
        self.assertEqual(configure_cse._get_existing_extension_type(self.client),
                         server_constants.ExtensionType.NONE)
        amqp = self.config["amqp"]
        configure_cse._create_amqp_exchange(
            amqp["exchange"], amqp["host"], amqp["port"], amqp["vhost"], amqp["username"],
            amqp["password"], msg_update_callback=self.said)
        configure_cse._register_cse_as_amqp_extension(
            client=self.client, routing_key=amqp["routing_key"], exchange=amqp["exchange"],
            rde_version_in_use=self.config["service"]["rde_version_in_use"],
            msg_update_callback=self.said)

    def register_right(self):
        configure_cse._register_right(
            self.client, right_name=server_constants.CSE_NATIVE_DEPLOY_RIGHT_NAME,
            description=server_constants.CSE_NATIVE_DEPLOY_RIGHT_DESCRIPTION,
            category=server_constants.CSE_NATIVE_DEPLOY_RIGHT_CATEGORY,
            bundle_key=server_constants.CSE_NATIVE_DEPLOY_RIGHT_BUNDLE_KEY,
            msg_update_callback=self.said)

    def server(self):
        program = Program(sys.executable, HERE / "cse_server.py", self.host(),
                          *map(str, self.oriel.address("amqp")), self.mode,
                          log=self.work / "cse.log")
        program.said("waiting for requests")
        self.consuming(ROUTING_KEY)
        return program

    def call(self, method, path, session, body=None, version=None):
        """Status, headers and the JSON of CSE's answer."""
        version = version or self.config["service"]["default_api_version"]
        headers = {**session, "Accept": f"application/json;version={version}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        status, headers, answer = self.oriel.call(method, path, headers, body, "https")
        return status, headers, json.loads(answer)

    def test_registration_is_found_described_and_removed(self):
        self.install()
        self.assertEqual(configure_cse._get_existing_extension_type(self.client),
                         server_constants.ExtensionType.AMQP)
        text = configure_cse.get_extension_description(self.client, is_mqtt_extension=False)
        described = configure_cse.parse_cse_extension_description(text)
        self.assertEqual(str(described[server_constants.CSE_VERSION_KEY]), "3.1.4")
        self.assertEqual(described[server_constants.LEGACY_MODE_KEY], self.mode == "legacy")
        errors = []
        configure_cse._check_amqp_extension_installation(
            self.client, self.config, self.said, errors)
        self.assertEqual(errors, [])
        configure_cse._deregister_cse_amqp_extension(self.client, self.said)
        self.assertEqual(configure_cse._get_existing_extension_type(self.client),
                         server_constants.ExtensionType.NONE)

    def test_an_upgrade_replaces_key_exchange_description_and_filters(self):
        self.install()
        before = self.extension.get_extension_info(NAME, NAMESPACE)
        configure_cse._update_cse_amqp_extension(
            self.client, "key 2", "exchange 2", self.config["service"]["rde_version_in_use"],
            self.said)
        after = self.extension.get_extension_info(NAME, NAMESPACE)
        self.assertEqual((after["routingKey"], after["exchange"]), ("key 2", "exchange 2"))
        self.assertEqual(after["id"], before["id"])
        self.assertEqual({after[f"filter_{n}"] for n in (1, 2, 3, 4)},
                         set(configure_cse.API_FILTER_PATTERNS))
        self.assertNotIn("filter_5", after)
        errors = []
        configure_cse._check_amqp_extension_installation(
            self.client, self.config, self.said, errors)
        self.assertEqual(len(errors), 1, "other settings than in its configuration are told")

    def test_its_rights_are_registered_once(self):
        self.install()
        self.register_right()
        name = "{" + NAME + "}:" + server_constants.CSE_NATIVE_DEPLOY_RIGHT_NAME
        org = Org(self.client, resource=self.client.get_org())
        self.assertEqual(org.get_right_record(name)["name"], name)
        self.register_right()
        self.assertEqual(len(org.list_rights_available_in_vcd(("name", name))), 1)

    def test_its_server_answers_requests(self):
        self.install()
        admin = self.oriel.log_in()
        tenant = self.oriel.log_in(f"{TENANT}@acme", DEV_PASSWORD)
        with self.server() as server:
            status, headers, info = self.call("GET", "/api/cse/system", admin)
            self.assertEqual(status, 200, (info, server.text()[-3000:]))
            self.assertEqual(headers["Content-Type"], "application/json")
            self.assertEqual((info["product"], info["version"], info["status"]),
                             ("CSE", "3.1.4", "Running"))
            # The caller's own token opened its session: it sees less than an administrator.
            status, _, info = self.call("GET", "/api/cse/system", tenant)
            self.assertEqual((status, info["version"]), (200, "3.1.4"))
            self.assertNotIn("status", info)
            self.assertEqual(self.call("POST", "/api/cse/system", admin)[0], 405)
            self.assertEqual(self.call("GET", "/api/cse/nothing/at/all/x", admin)[0], 404)
            self.assertEqual(self.call("GET", "/api/cse/clusters", admin, version="31.0")[0], 406)
            self.assertEqual(self.call("PUT", "/api/cse/system", admin, {"x": 1})[0], 400)

    def test_its_server_is_disabled_and_enabled_over_the_api(self):
        self.install()
        admin = self.oriel.log_in()
        with self.server():
            def act(action):
                status, _, answer = self.call("PUT", "/api/cse/system", admin,
                                              {"server_action": action})
                return status, answer.get("message")

            self.assertEqual(act("disable"), (200, "CSE has been disabled."))
            status, _, answer = self.call("GET", "/api/pks/clusters?org_name=a%20b", admin)
            self.assertEqual(status, 400)
            self.assertIn("CSE service is disabled", json.dumps(answer))
            self.assertEqual(act("enable"), (200, "CSE has been enabled and is running."))
            self.assertEqual(act("nonsense")[0], 400)

    def test_its_plug_in_for_vcd_cli_talks_to_its_server(self):
        self.install()
        with self.server() as server:
            self.vcd("login", self.host(), "System", "administrator", "--password", ADMIN_PASSWORD,
                     "--version", self.config["service"]["default_api_version"])
            with open(self.work / ".vcd-cli" / "profiles.yaml", "a", encoding="utf-8") as profiles:
                profiles.write("extensions:\n- container_service_extension.client.cse\n")
            info = self.vcd("cse", "system", "info", json_output=True)
            self.assertEqual((info["product"], info["status"]), ("CSE", "Running"), server.text())
            self.assertIn("CSE has been disabled.", self.vcd("cse", "system", "disable", stdin="y\n"))
            self.assertIn("CSE has been enabled", self.vcd("cse", "system", "enable"))

    def test_many_callers_are_answered_or_told_that_it_is_busy(self):
        self.install()
        admin = self.oriel.log_in()
        with self.server() as server:
            answers = []
            callers = [threading.Thread(
                target=lambda: answers.append(self.call("GET", "/api/cse/system", admin)))
                for _ in range(20)]
            for caller in callers:
                caller.start()
            for caller in callers:
                caller.join(HANG)
            self.assertEqual(len(answers), 20)
            others = [(status, error.get("message")) for status, _, error in answers
                      if status not in (200, 429) and not left_unsent(status, error)]
            self.assertEqual(others, [], server.text()[-3000:])
            self.assertIn(200, [answer[0] for answer in answers])

    def test_its_exchange_of_another_type_is_told(self):
        import pika

        connection = pika.BlockingConnection(pika.URLParameters(self.oriel.amqp_url()))
        channel = connection.channel()
        channel.exchange_delete(EXCHANGE)
        channel.exchange_declare(EXCHANGE, exchange_type="topic", durable=True)
        amqp = self.config["amqp"]
        with self.assertRaises(Exception) as raised:
            configure_cse._create_amqp_exchange(
                EXCHANGE, amqp["host"], amqp["port"], amqp["vhost"], amqp["username"],
                amqp["password"])
        self.assertIn("406", str(raised.exception.args))
        channel.exchange_delete(EXCHANGE)
        connection.close()

    @classmethod
    def tearDownClass(cls):
        cls.client.logout()
        super().tearDownClass()


class LegacyMode(Cse, World):
    mode = "legacy"


class ModernMode(Cse, World):
    mode = "modern"


if __name__ == "__main__":
    main()
