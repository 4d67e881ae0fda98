"""container-service-extension's server without what needs vSphere: HOST AMQP_HOST AMQP_PORT MODE.

Does what its Service.run() does between the start and the loop, but for templates, catalogs and
policies: it checks the registration, starts the consumer, and is running.
"""

import sys

from cse_config import config

from container_service_extension.common.utils.core_utils import ConsoleMessagePrinter
from container_service_extension.common.utils.pyvcloud_utils import get_sys_admin_client
from container_service_extension.installer import configure_cse
from container_service_extension.mqi.consumer.consumer import MessageConsumer
from container_service_extension.server import service as cse

host, amqp_host, amqp_port, mode = sys.argv[1:]
service = cse.Service(config_file="config.yaml",
                      config=config(host, amqp_host, amqp_port, mode == "legacy"),
                      should_check_config=False)
client = get_sys_admin_client(api_version=None)
cse.verify_version_compatibility(client, should_cse_run_in_legacy_mode=mode == "legacy",
                                 is_mqtt_extension=False)
errors = []
configure_cse._check_amqp_extension_installation(  # the part of check_cse_installation for AMQP
    client, service.config._config, ConsoleMessagePrinter(), errors)
client.logout()
if errors:
    sys.exit(f"not installed: {errors}")
service.consumer = MessageConsumer(service.config, service.config.get_value_at("service.processors"))
service._state = cse.ServerState.RUNNING
print("waiting for requests", flush=True)
service.consumer.run()
