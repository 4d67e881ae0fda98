#!/usr/bin/env python3
"""Registers the demo extension over the REST API, calls it over HTTP, and prints what happened.

usage: walk.py LISTEN_JSON     (ORIEL_ADMIN_PASSWORD in the environment)

Exit status 0 when the extension's own answer came back, 1 otherwise.
"""

import base64
import json
import os
import sys
import urllib.error
import urllib.request

SERVICE = """<vmext:Service xmlns="http://www.vmware.com/vcloud/v1.5"
    xmlns:vmext="http://www.vmware.com/vcloud/extension/v1.5" name="hello">
  <vmext:Namespace>org.example.hello</vmext:Namespace>
  <vmext:Enabled>true</vmext:Enabled>
  <vmext:RoutingKey>hello</vmext:RoutingKey>
  <vmext:Exchange>hello</vmext:Exchange>
  <vmext:ApiFilters>
    <vmext:ApiFilter><vmext:UrlPattern>/api/hello(/.*)?</vmext:UrlPattern></vmext:ApiFilter>
  </vmext:ApiFilters>
</vmext:Service>"""
XML = "application/*+xml;version=36.0"
BAR_COLUMNS = 48


def call(method, url, headers, body=None):
    request = urllib.request.Request(url, method=method, headers=headers, data=body and body.encode())
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


def log_in(gateway):
    basic = base64.b64encode(f"administrator@System:{os.environ['ORIEL_ADMIN_PASSWORD']}".encode()).decode()
    status, headers, body = call(
        "POST", f"{gateway}/api/sessions", {"Accept": XML, "Authorization": f"Basic {basic}"}
    )
    if status != 200:
        sys.exit(f"demo: login refused with {status}\n{body}")
    return {"Accept": XML, "Authorization": f"Bearer {headers['X-VMWARE-VCLOUD-ACCESS-TOKEN']}"}


def register(gateway, session):
    headers = {**session, "Content-Type": "application/vnd.vmware.admin.service+xml"}
    status, _, body = call("POST", f"{gateway}/api/admin/extension/service", headers, SERVICE)
    if status == 201:
        print('demo: registered service "hello"  filter /api/hello(/.*)?')
    elif status == 400 and "DUPLICATE_NAME" in body:
        print('demo: service "hello" is registered from an earlier run')
    else:
        sys.exit(f"demo: registration refused with {status}\n{body}")


def stages(server_timing):
    """The stages in a Server-Timing header: name and milliseconds since the one before, in order."""
    for entry in (server_timing or "").split(","):
        name, *parameters = [part.strip() for part in entry.split(";")]
        for parameter in parameters:
            if parameter.startswith("dur=") and name != "total":
                yield name, float(parameter[4:])


def print_timeline(server_timing):
    timeline = list(stages(server_timing))
    total = sum(milliseconds for _, milliseconds in timeline) or 1.0
    begin = 0.0
    for name, milliseconds in timeline:
        left = round(begin / total * BAR_COLUMNS)
        width = max(1, round(milliseconds / total * BAR_COLUMNS))
        print(f"  {name:<14}{milliseconds:8.3f} ms  {' ' * left}{'#' * width}")
        begin += milliseconds
    return bool(timeline)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        gateway = json.load(file)["http"]
    session = log_in(gateway)
    register(gateway, session)
    for _ in range(2):  # the first call warms the way; the second is shown
        status, headers, body = call(
            "GET", f"{gateway}/api/hello/world", {**session, "X-Oriel-Timeline": "1"}
        )
    timing = headers.get("Server-Timing")
    milliseconds = sum(part for _, part in stages(timing))
    print(f"demo: GET /api/hello/world -> {status} in {milliseconds:.2f} ms")
    shown = print_timeline(timing)
    print(f"  {body}")
    if status != 200 or json.loads(body)["greeting"] != "hello world" or not shown:
        sys.exit("demo: that was not the expected answer")


if __name__ == "__main__":
    main()
