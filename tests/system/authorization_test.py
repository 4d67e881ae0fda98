"""Who may ask an extension service for what (spec section 5): rights, classes, actions and rules made over
REST, and the requests and checks that they decide."""

import unittest
import xml.etree.ElementTree as ElementTree

from harness import DEV_PASSWORD, Appliance, Extension, echo, escape, main
from rest_test import ROOT, SERVICES, USER, VCLOUD, VMEXT, Client, service

ADMIN = "application/vnd.vmware.admin."
SPACES = f'xmlns="{VCLOUD[1:-1]}" xmlns:vmext="{VMEXT[1:-1]}"'
PATTERN = "/api/photos(/(?<id>[0-9]+))?"


def access(part, kind, entity=None):
    inside = f'<vmext:Entity href="{entity}"/>' if entity else ""
    return f"<vmext:{part}><vmext:Access>{kind}</vmext:Access>{inside}</vmext:{part}>"


class Photos(Client):
    """A system administrator who makes the registrations."""

    def make(self, url, kind, element, inside, name="x"):
        document = f'<{element} {SPACES} name="{name}">{inside}</{element}>'
        status, headers, body = self.call("POST", url, {"Content-Type": f"{ADMIN}{kind}+xml"},
                                          document.encode())
        assert status == 201, (url, status, body)
        return headers["Location"]

    def organisation(self, name):
        [record] = self.query("organization", "records", f"&filter=name=={name}")
        return record.get("href").replace("/api/org/", "/api/admin/org/")

    def check(self, url, user, method, path):
        document = (f'<vmext:AuthorizationCheckParams {SPACES}><User href="{user}"/>'
                    f"<vmext:HttpMethod>{method}</vmext:HttpMethod><vmext:URL>{path}</vmext:URL>"
                    "</vmext:AuthorizationCheckParams>")
        status, _, body = self.call("POST", url, {
            "Content-Type": ADMIN + "authorizationCheckParams+xml"}, document.encode())
        assert status == 200, (status, body)
        return ElementTree.fromstring(body).findtext(VMEXT + "IsAuthorized")


class Authorization(unittest.TestCase):
    def setUp(self):
        self.oriel = self.enterContext(Appliance())
        self.contexts = []  # of the requests that the extension saw
        self.root = root = Photos(self.oriel, "36.0", ROOT)
        self.acme = root.organisation("acme")
        document = service("photos", "org.example.photos", more=
                           f"<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>/api/photos(/.*)?"
                           "</vmext:UrlPattern></vmext:ApiFilter></vmext:ApiFilters>"
                           "<vmext:AuthorizationEnabled>true</vmext:AuthorizationEnabled>")
        document = document.replace(b">key<", b">photos<").replace(b">exchange<", b">photos<")
        status, headers, body = root.call("POST", SERVICES, {
            "Content-Type": ADMIN + "service+xml"}, document)
        assert status == 201, body
        self.service = headers["Location"]
        self.photo_class = root.make(
            self.service + "/resourceclasses", "resourceClass", "vmext:ResourceClass",
            "<vmext:MimeType>application/org.example.photo+xml</vmext:MimeType>")
        self.action = root.make(
            self.photo_class + "/resourceclassactions", "resourceClassAction",
            "vmext:ResourceClassAction", "<vmext:HttpMethod>GET</vmext:HttpMethod>"
            f"<vmext:UrlPattern>{escape(PATTERN)}</vmext:UrlPattern>")
        self.photo = root.make(
            self.photo_class + "/serviceresources", "serviceResource", "vmext:ServiceResource",
            f'<vmext:Org href="{self.acme}"/>'
            "<vmext:ExternalObjectId>17</vmext:ExternalObjectId>")
        self.extension = self.enterContext(
            Extension(self.oriel.amqp_url(), "photos", handle=self.answer))

    def answer(self, request, security):
        self.contexts.append(security)
        return echo(request, security)

    def rule(self, *parts):
        return self.root.make(self.action + "/aclrules", "aclRule", "vmext:AclRule", "".join(parts))

    def ask(self, client, path="/api/photos/17", method="GET"):
        return client.call(method, path)[0]

    def user(self, name, role):
        """Somebody of acme in that role, logged in."""
        url = self.root.make(
            self.acme + "/users", "user", "User",
            f'<IsEnabled>true</IsEnabled><Role href="{role}"/><Password>{DEV_PASSWORD}</Password>',
            name)
        return url, Client(self.oriel, "36.0", (f"{name}@acme", DEV_PASSWORD))

    # spec 5 [V]
    def test_nobody_may_without_a_rule_and_a_rule_opens_what_it_says(self):
        user, administrator = Client(self.oriel, "36.0", USER), self.root
        self.assertEqual((self.ask(user), self.ask(administrator)), (403, 403))
        self.rule(access("OrganizationAccess", "Shared"), access("PrincipalAccess", "Shared"))
        self.assertEqual(self.ask(user), 200)
        self.assertEqual(self.ask(user, method="HEAD"), 200)
        self.assertEqual(self.ask(administrator), 403, "the photo is of acme")
        self.assertEqual(self.ask(user, "/api/photos/18"), 403, "there is no such photo")
        self.assertEqual(self.ask(user, "/api/photos"), 403, "which photo?")
        self.assertEqual(self.ask(user, method="DELETE"), 403, "no action says so")

    # spec 5 [V]
    def test_a_rule_that_is_removed_closes_again(self):
        user = Client(self.oriel, "36.0", USER)
        rule = self.rule(access("OrganizationAccess", "Published"),
                         access("PrincipalAccess", "Shared"))
        self.assertEqual((self.ask(user), self.ask(self.root)), (200, 200))
        self.assertEqual(self.root.call("DELETE", rule)[0], 204)
        self.assertEqual(self.ask(user), 403)

    # spec 3.7 [V], 3.8 [V], 5 [V]
    def test_a_right_admits_whoever_has_it_by_his_role(self):
        right = self.root.make(self.service + "/rights", "right", "Right",
                               "<Description>d</Description><Category>photos</Category>"
                               "<BundleKey>k</BundleKey>", "VIEW")
        self.rule(access("OrganizationAccess", "Shared"),
                  access("PrincipalAccess", "Entity", right))
        role = self.root.make(
            "/api/admin/roles", "role", "Role", "<Description>d</Description>"
            f'<RightReferences><RightReference href="{right}"/></RightReferences>', "viewer")
        viewer_url, viewer = self.user("viewer", role)
        other = Client(self.oriel, "36.0", USER)
        self.assertEqual((self.ask(viewer), self.ask(other)), (200, 403))
        context = self.contexts[-1]
        self.assertEqual(context["user"], "urn:vcloud:user:" + viewer_url.rsplit("/", 1)[1])
        self.assertEqual(context["org"], "urn:vcloud:org:" + self.acme.rsplit("/", 1)[1])
        self.assertEqual(context["rights"], ["urn:vcloud:right:" + right.rsplit("/", 1)[1]])
        for url in (self.service + "/authorizationcheck", SERVICES + "/authorizationcheck"):
            check = self.root.check
            self.assertEqual(check(url, viewer_url, "GET", "/api/photos/17"), "true")
            self.assertEqual(check(url, viewer_url, "PUT", "/api/photos/17"), "false")

    # spec 5 [V]: the check and the data path are of one opinion, here by what a user's record says.
    def test_a_user_can_be_named(self):
        [role] = self.root.query("role", "records", "&filter=name==vApp%20User")
        someone_url, someone = self.user("someone", role.get("href"))
        self.rule(access("OrganizationAccess", "Published"),
                  access("PrincipalAccess", "Entity", someone_url))
        self.assertEqual((self.ask(someone), self.ask(Client(self.oriel, "36.0", USER))),
                         (200, 403))
        url = self.service + "/authorizationcheck"
        self.assertEqual(self.root.check(url, someone_url, "GET", "/api/photos/17"), "true")

    # spec 5 [V]
    def test_without_authorization_enabled_everybody_may(self):
        self.assertEqual(self.ask(Client(self.oriel, "36.0", USER)), 403)
        document = service("photos", "org.example.photos", more=
                           "<vmext:AuthorizationEnabled>false</vmext:AuthorizationEnabled>")
        document = document.replace(b">key<", b">photos<").replace(b">exchange<", b">photos<")
        status, _, body = self.root.call("PUT", self.service, {}, document)
        self.assertEqual(status, 200, body)
        self.assertEqual(self.ask(Client(self.oriel, "36.0", USER), "/api/photos/any"), 200)

    def test_rules_are_there_after_a_restart(self):
        self.rule(access("OrganizationAccess", "Shared"), access("PrincipalAccess", "Shared"))
        self.extension.__exit__(None, None, None)
        self.oriel.stop()
        self.oriel.start()
        with Extension(self.oriel.amqp_url(), "photos"):
            user = Client(self.oriel, "36.0", USER)
            self.assertEqual((self.ask(user), self.ask(user, "/api/photos/18")), (200, 403))


if __name__ == "__main__":
    main()
