"""A service on VcdExtMessageWorker with its own example worker: URL, EXCHANGE, declare or not.

Its README has the same lines; `worker_example.SampleWorker` answers every request.
"""

import sys

from kombu import Connection
from vcdextmessageworker import MessageWorker

url, name, declare = sys.argv[1:]
with Connection(url, heartbeat=4) as connection:
    worker = MessageWorker(connection, exchange=name, queue=name, routing_key=name,
                           sub_worker="worker_example.SampleWorker", thread_support=True,
                           no_declare=declare != "declare")
    print("ready", flush=True)
    worker.run()
