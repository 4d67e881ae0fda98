"""The configuration of container-service-extension for a sandbox: `cse sample`, filled in."""

import semantic_version

from world import ADMIN_PASSWORD

ROUTING_KEY = "cse"
EXCHANGE = "cse-ext"


def config(host, amqp_host, amqp_port, legacy_mode):
    """Legacy mode is its mode for API versions before 35.0, which has the message bus alone."""
    version = "34.0" if legacy_mode else "36.0"
    return {
        "vcd": {"host": f"https://{host}", "port": 443, "username": "administrator",
                "password": ADMIN_PASSWORD, "verify": True, "log": True},
        "service": {
            "processors": 4, "enforce_authorization": False, "log_wire": True,
            "legacy_mode": legacy_mode, "no_vc_communication_mode": True,
            "default_api_version": version, "supported_api_versions": [version],
            "rde_version_in_use": semantic_version.Version("0.0.0" if legacy_mode else "2.1.0"),
            "telemetry": {"enable": False},
        },
        "feature_flags": {"legacy_api": legacy_mode, "non_legacy_api": not legacy_mode},
        "amqp": {"host": amqp_host, "port": int(amqp_port), "vhost": "/", "username": "guest",
                 "password": "guest", "exchange": EXCHANGE, "routing_key": ROUTING_KEY},
        "broker": {"org": "acme", "vdc": "", "catalog": "cse"},
    }
