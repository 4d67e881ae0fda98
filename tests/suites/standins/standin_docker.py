"""A pytest plugin that answers Docker's API: the one container it has is the broker on this host.

aio-pika's tests start their broker by Docker; here it runs already.
"""

import http.server
import json
import threading

PORTS = {f"{port}/tcp": [{"HostIp": "127.0.0.1", "HostPort": str(port)}] for port in (5671, 5672)}


class Api(http.server.BaseHTTPRequestHandler):
    def answer(self, value=None):
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer({"Id": "broker", "NetworkSettings": {"Ports": PORTS}})

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.answer({"Id": "broker"})

    def do_DELETE(self):
        self.answer()

    def log_message(self, *_):
        pass


def pytest_load_initial_conftests():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 2375), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
