"""The ticketing example: its XML files sent by curl as its white paper does, and its service in
today's pika (the one it comes with is of Python 2)."""

import base64
import subprocess
import xml.etree.ElementTree

from world import (
    ADMIN_PASSWORD, DEV_PASSWORD, HANG, TENANT, Extension, World, main, source)

ACCEPT = "application/*+xml;version={}"
SERVICE = "application/vnd.vmware.admin.service+xml"
LINK = "application/vnd.vmware.admin.serviceLink+xml"
VCLOUD = "{http://www.vmware.com/vcloud/v1.5}"


def ticket(tag, **fields):
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in fields.items())
    return f"<{tag}>{inside}</{tag}>".encode()


class TicketService:
    """What the example's callback does, with its fields and headers."""

    def __init__(self):
        self.tickets = {}

    def __call__(self, request, security):
        org = request["requestUri"].split("/api/org/")[1].split("/")[0]
        last = request["requestUri"].split("/")[-1]
        number = int(last) if last.isdigit() else None
        status, body = getattr(self, request["method"].lower())(org, number, security, request)
        return {"statusCode": status, "body": base64.b64encode(body).decode(),
                "headers": {"Content-Type": request["headers"]["Accept"],
                            "Content-Length": len(body)}}

    def get(self, org, number, _security, _request):
        if number is None:
            return 200, ticket("tickets", **{f"t{key}": value for key, value in self.of(org).items()})
        return 200, ticket("ticket", ticket_id=number, ticket_msg=self.of(org)[number])

    def post(self, org, _number, security, request):
        number = 2001 + len(self.of(org))
        self.of(org)[number] = self.message(request)
        return 201, ticket("ticket", ticket_id=number, user_id=security["user"].split("user:")[1],
                           href=f"{request['requestUri']}/{number}", status="open")

    def put(self, org, number, _security, request):
        self.of(org)[number] = self.message(request)
        return 200, ticket("ticket", ticket_id=number, ticket_msg=self.of(org)[number])

    def delete(self, org, number, _security, _request):
        del self.of(org)[number]
        return 200, b"No tickets found."

    def of(self, org):
        return self.tickets.setdefault(org, {})

    @staticmethod
    def message(request):
        return xml.etree.ElementTree.fromstring(base64.b64decode(request["body"])).findtext(
            "ticket_msg")


class Ticketing:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = source("vcd-api-examples") / "ticketing"
        cls.admin = cls.log_in("administrator@System", ADMIN_PASSWORD)
        cls.tenant = cls.log_in(f"{TENANT}@acme", DEV_PASSWORD)

    @classmethod
    def curl(cls, method, url, *options, file=None, content_type=None, token=None):
        """Status, headers (lower-case names) and body of one curl."""
        command = ["curl", "--silent", "--show-error", "--include", "--http1.1", "--request", method,
                   "--header", f"Accept: {ACCEPT.format(cls.version)}"]
        if token:
            command += ["--header", f"x-vcloud-authorization: {token}"]
        if file:
            command += ["--header", f"Content-Type: {content_type}", "--data-binary",
                        f"@{cls.files / file}"]
        url = url if url.startswith("http") else f"https://{cls.host()}{url}"
        done = subprocess.run([*command, *options, url], stdout=subprocess.PIPE, timeout=HANG,
                              check=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        lines = head.decode().splitlines()
        headers = {name.lower(): value for name, _, value in
                   (line.partition(": ") for line in lines[1:])}
        return int(lines[0].split()[1]), headers, body

    @classmethod
    def log_in(cls, user, password):
        status, headers, body = cls.curl("POST", "/api/sessions", "--user", f"{user}:{password}")
        if status != 200:
            raise AssertionError(f"login of {user}: {status} {body!r}")
        return headers["x-vcloud-authorization"]

    def register(self):
        status, headers, body = self.curl(
            "POST", "/api/admin/extension/service", file="ext-reg.xml", content_type=SERVICE,
            token=self.admin)
        self.assertEqual(status, 201, body)
        self.addCleanup(self.forget, headers["location"])
        return headers["location"]

    def forget(self, service):
        """So that a test which failed leaves no service to the next."""
        self.curl("PUT", service, file="ext-dis.xml", content_type=SERVICE, token=self.admin)
        self.curl("DELETE", service, token=self.admin)

    def unregister(self, service):
        status, _, body = self.curl("PUT", service, file="ext-dis.xml", content_type=SERVICE,
                                    token=self.admin)
        self.assertEqual(status, 200, body)
        self.assertEqual(self.curl("DELETE", service, token=self.admin)[0], 204)

    def own_org(self):
        """The tenant's organisation: its URL, and it."""
        _, _, body = self.curl("GET", "/api/session", token=self.tenant)
        links = xml.etree.ElementTree.fromstring(body).iter(f"{VCLOUD}Link")
        href = next(link.get("href") for link in links
                    if link.get("type") == "application/vnd.vmware.vcloud.org+xml")
        status, _, body = self.curl("GET", href, token=self.tenant)
        self.assertEqual(status, 200, body)
        return href, xml.etree.ElementTree.fromstring(body)

    def ticket_links(self):
        _, org = self.own_org()
        return [link for link in org.iter(f"{VCLOUD}Link") if link.get("rel") == "listTickets"]

    def test_the_service_is_disabled_by_the_same_document_and_then_deleted(self):
        service = self.register()
        refused, _, _ = self.curl("DELETE", service, token=self.admin)
        self.assertEqual(refused, 400)
        self.unregister(service)
        self.assertIn(self.curl("GET", service, token=self.admin)[0], (403, 404))

    def test_the_link_is_added_to_organisations_while_the_service_is_enabled(self):
        service = self.register()
        status, headers, body = self.curl("POST", f"{service}/links", file="ext-addLink.xml",
                                          content_type=LINK, token=self.admin)
        self.assertEqual(status, 201, body)
        self.assertIn("/api/admin/extension/service/link/", headers["location"])
        href, _ = self.own_org()
        link, = self.ticket_links()
        self.assertEqual(link.get("href"), f"{href}/ticketing")
        self.assertEqual(link.get("type"), "application/vnd.example.vcd.tickets+xml")
        self.unregister(service)
        self.assertEqual(self.ticket_links(), [])

    def test_a_ticket_is_opened_read_updated_and_closed(self):
        service = self.register()
        href, _ = self.own_org()
        xml_type = "application/xml"
        with Extension(self.oriel.amqp_url(), "gcp-ticketing", TicketService(), exchange="vcdext"):
            status, headers, body = self.curl("POST", f"{href}/ticketing", file="ticket-create.xml",
                                              content_type=xml_type, token=self.tenant)
            self.assertEqual(status, 201, body)
            self.assertEqual(headers["content-type"], ACCEPT.format(self.version))
            self.assertIn(b"<status>open</status>", body)
            status, _, body = self.curl("GET", f"{href}/ticketing", token=self.tenant)
            self.assertEqual((status, body),
                             (200, b"<tickets><t2001>I am opening a ticket!</t2001></tickets>"))
            status, _, body = self.curl("PUT", f"{href}/ticketing/2001", file="ticket-update.xml",
                                        content_type=xml_type, token=self.tenant)
            self.assertEqual(status, 200)
            self.assertIn(b"update the ticket!", body)
            status, _, body = self.curl("DELETE", f"{href}/ticketing/2001", token=self.tenant)
            self.assertEqual((status, body), (200, b"No tickets found."))
        self.unregister(service)


class Version31(Ticketing, World):
    version = "31.0"


class Version36(Ticketing, World):
    version = "36.0"


if __name__ == "__main__":
    main()
