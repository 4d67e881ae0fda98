"""pyvcloud's own system tests of extension services and of its client, on a sandbox.

Those of extension services are all marked as skipped there ("broken test"); here they run. What its
framework prepares on vSphere before any test is left out.
"""

import sys
import unittest

import yaml

from world import ADMIN_PASSWORD, World, main, source

PREPARATIONS = ["attach_vc", "create_pvdc", "create_external_network", "create_org", "create_users",
                "create_ovdc", "create_direct_ovdc_network", "create_advanced_gateway",
                "create_ovdc_network", "create_routed_ovdc_network", "create_catalog",
                "share_catalog", "upload_template", "upload_media", "cleanup"]

sys.path.insert(0, str(source("pyvcloud") / "system_tests"))
unittest.skip = lambda _reason: lambda test: test
from pyvcloud.system_test_framework.environment import Environment  # noqa: E402

for preparation in PREPARATIONS:
    setattr(Environment, preparation, lambda *_: None)

from api_extension_tests import TestApiExtension  # noqa: E402
from client_tests import TestClient  # noqa: E402


def configured(tests, version):
    """The same tests in that API version, with a sandbox of their own."""

    class Configured(tests):
        @classmethod
        def setUpClass(cls):
            World.setUpClass.__func__(cls)
            cls._config_file = "config.yaml"
            (cls.work / cls._config_file).write_text(yaml.safe_dump({
                "global": {"developer_mode": False},
                "connection": {"verify": True, "disable_ssl_warnings": True},
                "logging": {"default_log_filename": "tests.log",
                            "default_client_log_filename": "client.log", "log_requests": True,
                            "log_headers": True, "log_bodies": True},
                "vcd": {"host": World.host.__func__(cls), "api_version": version,
                        "sys_admin_username": "administrator", "sys_admin_pass": ADMIN_PASSWORD,
                        "sys_org_name": "System", "default_org_name": "acme"},
            }), encoding="utf-8")
            super().setUpClass()

        @classmethod
        def tearDownClass(cls):
            super().tearDownClass()
            World.tearDownClass.__func__(cls)

    Configured.__name__ = Configured.__qualname__ = tests.__name__ + version.replace(".", "_")
    return Configured


def load_tests(loader, _tests, _pattern):
    suite = unittest.TestSuite()
    for tests in (TestApiExtension, TestClient):
        for version in ("31.0", "36.0"):
            suite.addTests(loader.loadTestsFromTestCase(configured(tests, version)))
    return suite


if __name__ == "__main__":
    main()
