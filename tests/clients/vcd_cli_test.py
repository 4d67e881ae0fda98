"""vcd-cli: `vcd login`, `vcd system extension …` and `vcd system amqp …`, as typed by an operator."""

import json
import uuid

from world import ADMIN_PASSWORD, DEV_PASSWORD, TENANT, Extension, World, main


class VcdCli:
    """The tests of one API version; the classes below name it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

    def setUp(self):
        self.log_in()
        self.name = f"photos-{uuid.uuid4()}"
        self.space = f"org.example.{uuid.uuid4()}"

    def log_in(self, org="System", user="administrator", password=ADMIN_PASSWORD, **options):
        return self.vcd("login", self.host(), org, user, "--password", password, "--version",
                        self.version, **options)

    def create(self, space=None, patterns="/api/photos, /api/photos/.*"):
        return self.vcd("system", "extension", "create", self.name, space or self.space, "photos",
                        "vcdext", patterns)

    def test_login_says_who_and_where_and_logout_ends_it(self):
        self.assertEqual(self.log_in(), "administrator logged in, org: 'System', vdc: ''")
        self.assertEqual(self.vcd("logout"), "administrator logged out.")
        self.assertIn("login again", self.vcd("system", "extension", "list", status=2))

    def test_a_wrong_password_does_not_log_in(self):
        self.assertIn("login again", self.log_in(password="wrong", status=2))

    def test_an_extension_is_created_listed_and_shown(self):
        self.assertEqual(self.create(), "Extension registered.")
        table = self.vcd("system", "extension", "list")
        self.assertIn(self.name, table)
        self.assertIn("isAuthorizationEnabled", table.splitlines()[0])
        listed = self.vcd("system", "extension", "list", json_output=True)
        one = next(service for service in listed if service["namespace"] == self.space)
        self.assertEqual((one["exchange"], one["routingKey"], one["enabled"], one["priority"]),
                         ("vcdext", "photos", "true", "0"))
        info = self.vcd("system", "extension", "info", self.name, self.space, json_output=True)
        self.assertEqual({info["filter_1"], info["filter_2"]}, {"/api/photos", "/api/photos/.*"})
        self.assertRegex(self.vcd("system", "extension", "info", self.name), r"filter_2 +/api/photos")

    def test_a_name_in_two_namespaces_wants_the_namespace(self):
        self.create(self.space + ".1")
        self.create(self.space + ".2")
        self.assertIn("Consider providing value for the namespace",
                      self.vcd("system", "extension", "info", self.name, status=2))
        self.assertIn(self.space + ".2",
                      self.vcd("system", "extension", "info", self.name, self.space + ".2"))

    def test_a_namespace_that_is_taken_is_told(self):
        self.create()
        said = self.vcd("system", "extension", "create", self.name, self.space, "k", "e", "/api/x",
                        status=2)
        self.assertIn("400/DUPLICATE_NAME", said)

    def test_an_extension_is_deleted_once(self):
        self.create()
        self.vcd("system", "extension", "delete", self.name, self.space, "--yes")
        self.assertIn("not found", self.vcd("system", "extension", "info", self.name, status=2))
        self.assertIn("not found", self.vcd("system", "extension", "delete", self.name, self.space,
                                            "--yes", status=2))

    def test_an_extension_that_was_created_here_answers(self):
        name = f"cli-{uuid.uuid4()}"
        self.vcd("system", "extension", "create", name, name, name, name, f"/api/{name}/.*")
        with Extension(self.oriel.amqp_url(), name):
            session = self.oriel.log_in(f"{TENANT}@acme", DEV_PASSWORD)
            status, headers, _ = self.oriel.call("GET", f"/api/{name}/1", session)
        self.assertEqual((status, headers["X-Echo"]), (200, f"/api/{name}/1"))

    def test_a_tenant_manages_no_extensions(self):
        self.log_in("acme", TENANT, DEV_PASSWORD)
        self.assertIn("permission to view extensions",
                      self.vcd("system", "extension", "list", status=2))
        self.assertIn("does not have access",
                      self.vcd("system", "extension", "create", "n", "n", "k", "e", "/api/n",
                               status=2))
        self.assertIn("system administrator", self.vcd("system", "amqp", "info", status=2))

    def test_amqp_settings_are_shown_tested_and_set_from_the_file_that_was_saved(self):
        settings = self.vcd("system", "amqp", "info", json_output=True)
        self.assertEqual(settings["AmqpPort"], str(self.oriel.address("amqp")[1]))
        self.assertIn("AmqpPrefix", self.vcd("system", "amqp", "info"))
        settings["AmqpUsername"] = "guest"
        (self.work / "amqp.json").write_text(json.dumps(settings), encoding="utf-8")
        self.assertEqual(self.vcd("system", "amqp", "test", "amqp.json", "--password", "guest"),
                         "The configuration is valid.")
        (self.work / "bad.json").write_text(json.dumps({**settings, "AmqpPort": "1"}),
                                            encoding="utf-8")
        self.assertIn("The configuration is invalid: ",
                      self.vcd("system", "amqp", "test", "bad.json", "--password", "x", status=2))
        self.assertEqual(self.vcd("system", "amqp", "set", "amqp.json", "--password", "guest"),
                         "Updated AMQP configuration.")
        self.assertEqual(self.vcd("system", "amqp", "info", json_output=True)["AmqpHost"],
                         settings["AmqpHost"])

    def test_the_commands_around_extensions(self):
        self.assertIn("acme", self.vcd("org", "list"))
        self.assertIn("name", self.vcd("system", "info"))
        self.vcd("task", "list", "RUNNING")
        self.assertIn("Organization: View", self.vcd("right", "list", "--all"))
        self.assertIn("System Administrator", self.vcd("role", "list"))


class Version31(VcdCli, World):
    version = "31.0"


class Version36(VcdCli, World):
    version = "36.0"


if __name__ == "__main__":
    main()
