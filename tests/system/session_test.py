"""Versions, logins and sessions (spec section 1), as clients of every API version walk them."""

import base64
import http.client
import json
import os
import pathlib
import socket
import stat
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from harness import (ADMIN_PASSWORD, DEV_PASSWORD, HANG, XML, Appliance, Extension, main,
                     wait_until)

VERSIONS = "{http://www.vmware.com/vcloud/versions}"
VCLOUD = "{http://www.vmware.com/vcloud/v1.5}"
API, TENANTS = "/api/sessions", "/cloudapi/1.0.0/sessions"
PROVIDER, CURRENT = TENANTS + "/provider", TENANTS + "/current"
OPAQUE, SIGNED = "x-vcloud-authorization", "X-VMWARE-VCLOUD-ACCESS-TOKEN"
REQUEST_ID = "X-VMWARE-VCLOUD-REQUEST-ID"
ROOT = ("administrator@System", ADMIN_PASSWORD)
TENANT = ("acme-user@acme", DEV_PASSWORD)
TENANT_ADMIN = ("acme-admin@acme", DEV_PASSWORD)
UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def accept_of(path, version):
    kind = "application/json" if path.startswith("/cloudapi") else "application/*+xml"
    return f"{kind};version={version}"


def decoded(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class SessionCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()
        cls.addClassCleanup(cls.oriel.__exit__)

    def log_in(self, path, credentials, version="36.0", oriel=None):
        return (oriel or self.oriel).call("POST", path, {
            "Accept": accept_of(path, version), "Authorization": basic(*credentials)})

    def tokens(self, path=API, credentials=TENANT, oriel=None):
        status, headers, body = self.log_in(path, credentials, oriel=oriel)
        self.assertEqual(status, 200, body)
        return headers[OPAQUE], headers[SIGNED]

    def status(self, path, token, method="GET", field="Authorization", oriel=None):
        value = f"Bearer {token}" if field == "Authorization" else token
        return (oriel or self.oriel).call(
            method, path, {"Accept": accept_of(path, "36.0"), field: value})[0]

    def versions(self):
        root = ElementTree.fromstring(self.oriel.call("GET", "/api/versions")[2])
        return [info.findtext(VERSIONS + "Version") for info in root]


class Versions(SessionCase):
    # spec 1.1 [V]
    def test_are_listed_without_credentials_and_with_any_accept(self):
        for accept in (None, "application/*+xml", "application/json", "text/html", "*/*;version=99"):
            status, headers, body = self.oriel.call(
                "GET", "/api/versions", {"Accept": accept} if accept else {})
            self.assertEqual(status, 200, accept)
            if "xml" in headers["Content-Type"]:
                root = ElementTree.fromstring(body)
                self.assertEqual(root.tag, VERSIONS + "SupportedVersions")
                for info in root:
                    self.assertEqual(info.tag, VERSIONS + "VersionInfo")
                    self.assertEqual(info.get("deprecated"), "false")
                    self.assertTrue(info.findtext(VERSIONS + "LoginUrl").startswith("http"))
            else:
                self.assertIn("versionInfo", json.loads(body))

    # spec 1.1 [V]
    def test_the_highest_that_pyvcloud_knows_is_36(self):
        known = {f"{number}.0" for number in range(29, 37)}
        found = sorted(known & set(self.versions()), key=float)
        self.assertEqual(found[-1], "36.0")

    def test_each_login_url_logs_in(self):
        root = ElementTree.fromstring(self.oriel.call("GET", "/api/versions")[2])
        for info in root:
            version = info.findtext(VERSIONS + "Version")
            for element, credentials in (("LoginUrl", TENANT), ("ProviderLoginUrl", ROOT)):
                url = info.findtext(VERSIONS + element)
                if url is None:
                    continue
                path = url[url.index("/", len("http://")):]
                status, headers, body = self.log_in(path, credentials, version)
                self.assertEqual(status, 200, (version, path, body))
                self.assertTrue(headers["Content-Type"].endswith(";version=" + version))

    # spec 1.2 [V]
    def test_a_version_that_is_not_served_is_not_acceptable(self):
        for path, credentials in ((API, TENANT), (TENANTS, TENANT)):
            status, headers, body = self.log_in(path, credentials, "99.0")
            self.assertEqual(status, 406)
            if path == API:
                self.assertEqual(ElementTree.fromstring(body).get("minorErrorCode"), "NOT_ACCEPTABLE")
            else:
                self.assertEqual(json.loads(body)["minorErrorCode"], "NOT_ACCEPTABLE")

    # spec 1.2 [V]
    def test_an_extension_is_asked_before_the_accept_is_judged(self):
        def picky(request, _security):
            return {"statusCode": 406, "headers": {"X-Accept": request["headers"]["Accept"]},
                    "body": ""}

        session = self.oriel.log_in()
        with Extension(self.oriel.amqp_url(), "picky", picky):
            self.oriel.register(session, "picky", "/api/picky")
            for accept in ("application/*+xml;version=99.0", "image/png"):
                status, headers, _ = self.oriel.call("GET", "/api/picky", {**session, "Accept": accept})
                self.assertEqual((status, headers["X-Accept"]), (406, accept))


class Logins(SessionCase):
    # spec 1.3 [V]
    def test_succeed_in_every_version_both_ways_with_both_tokens(self):
        for version in self.versions():
            for path, credentials in ((API, ROOT), (API, TENANT), (PROVIDER, ROOT), (TENANTS, TENANT)):
                status, headers, body = self.log_in(path, credentials, version)
                self.assertEqual(status, 200, (version, path, body))
                self.assertTrue(headers[OPAQUE], (version, path))
                self.assertEqual(headers[SIGNED].count("."), 2)
                self.assertEqual(headers["X-VMWARE-VCLOUD-TOKEN-TYPE"], "Bearer")
                self.assertRegex(headers[REQUEST_ID], UUID)
                if path == API:
                    self.assertEqual(ElementTree.fromstring(body).tag, VCLOUD + "Session")
                else:
                    self.assertTrue(json.loads(body)["id"].startswith("urn:vcloud:session:"))

    # spec 1.3 [V]
    def test_compare_the_name_system_without_regard_to_case(self):
        for name in ("administrator@system", "administrator@SYSTEM"):
            self.assertEqual(self.log_in(PROVIDER, (name, ADMIN_PASSWORD))[0], 200)
            status, _, body = self.log_in(API, (name, ADMIN_PASSWORD))
            self.assertEqual(status, 200)
            self.assertEqual(ElementTree.fromstring(body).get("org"), "System")

    # spec 1.3 [V]
    def test_with_wrong_credentials_are_401_in_the_callers_format(self):
        for wrong in (("acme-user@acme", "no"), ("nobody@acme", "no"), ("acme-user@no-such", "no")):
            status, headers, body = self.log_in(TENANTS, wrong)
            self.assertEqual(status, 401)
            error = json.loads(body)
            self.assertEqual(error["minorErrorCode"], "UNAUTHORIZED")
            self.assertTrue(error["message"])
            status, headers, body = self.log_in(API, wrong)
            self.assertEqual(status, 401)
            error = ElementTree.fromstring(body)
            self.assertEqual((error.tag, error.get("majorErrorCode")), (VCLOUD + "Error", "401"))
            self.assertIsNone(headers[OPAQUE])

    # spec 1.3 [V]
    def test_each_token_opens_everything_in_each_field(self):
        for path, credentials in ((API, TENANT), (TENANTS, TENANT), (PROVIDER, ROOT)):
            for token in self.tokens(path, credentials):
                for field in ("Authorization", OPAQUE):
                    for target in ("/api/session", "/api/org/", CURRENT):
                        self.assertEqual(self.status(target, token, field=field), 200,
                                         (path, field, target))

    # spec 1.3 [V]
    def test_an_extension_opens_the_session_with_the_callers_own_field(self):
        def who(request, _security):
            field = {name: value for name, value in request["headers"].items()
                     if name.lower() in ("authorization", OPAQUE)}
            status, _, body = self.oriel.call("GET", "/api/session", {"Accept": XML, **field})
            return {"statusCode": status, "headers": {"Content-Type": "text/xml"},
                    "body": base64.b64encode(body).decode()}

        with Extension(self.oriel.amqp_url(), "who", who):
            self.oriel.register(self.oriel.log_in(), "who", "/api/who")
            opaque, signed = self.tokens()
            for field in ({"Authorization": f"Bearer {signed}"}, {OPAQUE: opaque}):
                status, _, body = self.oriel.call("GET", "/api/who", field)
                self.assertEqual(status, 200)
                self.assertEqual(ElementTree.fromstring(body).get("user"), "acme-user")

    # spec 1.3 [V]
    def test_answers_of_every_kind_have_a_request_id(self):
        session = self.oriel.log_in()
        self.oriel.register(session, "nowhere", "/api/nowhere")  # its exchange does not exist
        answers = {
            200: ("GET", "/api/versions", {}),
            204: ("DELETE", "/api/session", self.oriel.log_in()),
            401: ("GET", "/api/session", {}),
            403: ("GET", "/api/admin/extension", self.oriel.log_in(*TENANT)),
            404: ("GET", "/api/no/such/thing", session),
            405: ("PATCH", "/api/sessions", {}),
            406: ("GET", "/api/org/", {**session, "Accept": "text/html"}),
            500: ("GET", "/api/nowhere", session),
        }
        seen = set()
        for expected, (method, path, headers) in answers.items():
            status, answered, body = self.oriel.call(method, path, headers)
            self.assertEqual(status, expected, body)
            self.assertRegex(answered[REQUEST_ID], UUID, expected)
            seen.add(answered[REQUEST_ID])
        self.assertEqual(len(seen), len(answers))

    # spec 1.3 [V]
    def test_what_is_no_http_gets_a_request_id_too(self):
        with socket.create_connection(self.oriel.address("http"), HANG) as connection:
            connection.sendall(b"GET /api/versions HTTP/1.1\r\nHost : x\r\n\r\n")
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            self.assertEqual(answer.status, 400)
            self.assertRegex(answer.headers[REQUEST_ID], UUID)

    def test_organisations_log_in_at_their_own_url(self):
        self.assertEqual(self.log_in(TENANTS, ROOT)[0], 401)
        self.assertEqual(self.log_in(PROVIDER, TENANT)[0], 401)

    def test_are_told_in_the_log_with_the_request_id_and_without_the_password(self):
        for user, password, event in (("acme-user", DEV_PASSWORD, "login.succeeded"),
                                      ("nobody-here", "wrong!wrong", "login.failed")):
            _, headers, _ = self.log_in(API, (user + "@acme", password))

            def line(event=event, request=headers[REQUEST_ID]):
                return [each for each in self.oriel.log().splitlines()
                        if event in each and request in each]

            wait_until(line, event)
            for part in (user, "127.0.0.1"):
                self.assertIn(part, line()[0])
        self.assertNotIn("wrong!wrong", self.oriel.log())

    def test_what_they_show_is_kept_by_no_cache(self):
        token, _ = self.tokens()
        for path in ("/api/org/", CURRENT):
            _, headers, _ = self.oriel.call("GET", path, {
                "Accept": accept_of(path, "36.0"), OPAQUE: token})
            self.assertEqual(headers["Cache-Control"], "no-store", path)
            self.assertIn(OPAQUE, headers["Vary"])

    def test_tokens_are_in_no_log(self):
        found = [*self.tokens(), *self.tokens(TENANTS)]
        log = self.oriel.log() + self.oriel.out()
        for token in found:
            self.assertNotIn(token, log)


class Lockout(SessionCase):
    def from_elsewhere(self):
        host, port = self.oriel.address("http")
        connection = http.client.HTTPConnection(host, port, timeout=HANG,
                                                source_address=("127.0.0.2", 0))
        connection.request("POST", API, headers={"Accept": XML, "Authorization": basic(*TENANT)})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def test_who_fails_often_must_wait_and_is_told_so(self):
        for path in (API, TENANTS):
            for _ in range(3):
                self.assertEqual(self.log_in(path, (TENANT[0], "wrong"))[0], 401)
        status, headers, body = self.log_in(TENANTS, TENANT)  # the right one, too soon
        self.assertEqual(status, 401)
        self.assertRegex(json.loads(body)["message"], r"^Too many failed logins; try again in \d+ second")
        self.assertRegex(headers["Retry-After"], r"^\d+$")
        self.assertIsNone(headers[SIGNED])
        self.assertEqual(self.from_elsewhere(), 200)  # the owner is not locked out
        wait_until(lambda: self.log_in(TENANTS, TENANT)[0] == 200, "the end of the lockout")


    def test_of_made_up_names_leaves_in_who_has_logged_in_from_the_same_address(self):
        with Appliance() as oriel:
            self.tokens(oriel=oriel)
            for number in range(100):
                headers = self.log_in(API, (f"nobody-{number}@acme", "wrong"), oriel=oriel)[1]
                if headers["Retry-After"]:
                    break
            self.assertIsNotNone(headers["Retry-After"])
            self.assertEqual(self.log_in(API, TENANT, oriel=oriel)[0], 200)


class Crowds(SessionCase):
    PER_USER, PER_ORGANISATION = 500, 2500

    def user_of_acme(self, oriel, name):
        session = oriel.log_in()

        def found(kind, wanted):
            _, _, body = oriel.call("GET", f"/api/query?type={kind}&filter=name=={wanted}", session)
            return next(record.get("href") for record in ElementTree.fromstring(body)
                        if record.tag.endswith("Record"))

        role = found("role", "vApp%20User")
        organisation = found("organization", "acme").rsplit("/", 1)[1]
        status, _, body = oriel.call(
            "POST", f"/api/admin/org/{organisation}/users",
            {**session, "Content-Type": "application/vnd.vmware.admin.user+xml"},
            f'<User xmlns="http://www.vmware.com/vcloud/v1.5" name="{name}"><IsEnabled>true</IsEnabled>'
            f'<Role href="{role}"/><Password>{DEV_PASSWORD}</Password></User>')
        self.assertEqual(status, 201, body)

    def test_of_one_tenants_sessions_keep_nobody_else_out(self):
        with Appliance() as oriel:
            users = [f"user-{number}" for number in range(self.PER_ORGANISATION // self.PER_USER)]
            for name in (*users, "late"):
                self.user_of_acme(oriel, name)
            connection = oriel.connection()
            self.addCleanup(connection.close)
            for name in users:
                for _ in range(self.PER_USER):
                    connection.request("POST", API, headers={
                        "Accept": XML, "Authorization": basic(f"{name}@acme", DEV_PASSWORD)})
                    answer = connection.getresponse()
                    answer.read()
                    self.assertEqual(answer.status, 200)
            late = ("late@acme", DEV_PASSWORD)
            status, headers, body = self.log_in(API, late, oriel=oriel)
            self.assertEqual(status, 503)
            self.assertIn("the organisation acme", ElementTree.fromstring(body).get("message"))
            self.assertIn("log out", ElementTree.fromstring(body).get("message"))
            self.assertRegex(headers["Retry-After"], r"^\d+$")
            self.assertEqual(self.log_in(API, ROOT, oriel=oriel)[0], 200)
            self.assertEqual(self.status(
                "/api/session", answer.headers[OPAQUE], "DELETE", oriel=oriel), 204)
            self.assertEqual(self.log_in(API, late, oriel=oriel)[0], 200)

    def test_of_failing_logins_from_one_address_keep_nobody_from_elsewhere_out(self):
        with Appliance() as oriel:
            address = oriel.address("http")
            crowd = [socket.create_connection(address, HANG) for _ in range(150)]
            for number, connection in enumerate(crowd):
                self.addCleanup(connection.close)
                connection.sendall(f"POST {API} HTTP/1.1\r\nHost: x\r\nAccept: {XML}\r\n"
                                   f"Authorization: {basic(f'nobody-{number}@acme', 'wrong')}\r\n"
                                   "Content-Length: 0\r\n\r\n".encode())
            elsewhere = http.client.HTTPConnection(*address, timeout=HANG,
                                                   source_address=("127.0.0.2", 0))
            self.addCleanup(elsewhere.close)
            elsewhere.request("POST", API, headers={"Accept": XML, "Authorization": basic(*ROOT)})
            self.assertEqual(elsewhere.getresponse().status, 200)
            for connection in crowd:
                answer = http.client.HTTPResponse(connection)
                answer.begin()
                self.assertIn(answer.status, (401, 503))
                if answer.status == 503:
                    self.assertRegex(answer.headers["Retry-After"], r"^\d+$")


class Sessions(SessionCase):
    # spec 1.3 [V]
    def test_end_with_both_tokens_whichever_way(self):
        for method_path in ("/api/session", CURRENT, "by id"):
            for ending in (0, 1):
                tokens = self.tokens()
                path = method_path
                if path == "by id":
                    _, _, body = self.oriel.call("GET", CURRENT, {"Authorization": f"Bearer {tokens[0]}"})
                    path = f"{TENANTS}/{json.loads(body)['id']}"
                other = self.tokens()
                self.assertEqual(self.status(path, tokens[ending], "DELETE"), 204)
                for token in tokens:
                    self.assertEqual(self.status("/api/session", token), 401)
                    self.assertEqual(self.status(CURRENT, token), 401)
                self.assertEqual(self.status("/api/session", other[0]), 200)

    # spec 1.3 [V]
    def test_show_the_token_again(self):
        opaque, signed = self.tokens(TENANTS)
        for path in ("/api/session", CURRENT):
            _, headers, _ = self.oriel.call("GET", path, {"Authorization": f"Bearer {signed}"})
            self.assertEqual((headers[OPAQUE], headers[SIGNED]), (opaque, signed), path)

    def test_of_cloudapi_say_who_is_in(self):
        _, headers, body = self.log_in(PROVIDER, ROOT)
        session = json.loads(body)
        self.assertEqual(session["user"]["name"], "administrator")
        self.assertEqual(session["org"]["name"], "System")
        self.assertEqual(session["operatingOrg"], session["org"])
        self.assertEqual(session["roles"], ["System Administrator"])
        role, = session["roleRefs"]
        self.assertEqual(role["name"], "System Administrator")
        self.assertRegex(role["id"], r"^urn:vcloud:role:[0-9a-f-]{36}$")
        self.assertEqual(session["sessionIdleTimeoutMinutes"], 30)
        own = f"{TENANTS}/{session['id']}"
        status, _, again = self.oriel.call("GET", own, {"Authorization": f"Bearer {headers[SIGNED]}"})
        self.assertEqual((status, json.loads(again)), (200, session))
        self.assertEqual(self.status(own, self.tokens()[1]), 404)  # nobody sees another's

    # spec 1.4 [V]
    def test_tell_a_tenant_by_the_links_that_are_missing(self):
        extension = "application/vnd.vmware.admin.vmwExtension+xml"
        administration = "application/vnd.vmware.admin.vcloud+xml"
        for credentials, expected in ((ROOT, {extension, administration}),
                                      (TENANT_ADMIN, {administration}), (TENANT, set())):
            _, headers, body = self.log_in(API, credentials)
            links = ElementTree.fromstring(body).findall(VCLOUD + "Link")
            pairs = [(link.get("rel"), link.get("type")) for link in links]
            self.assertEqual(len(pairs), len(set(pairs)), pairs)
            self.assertEqual({kind for _, kind in pairs} & {extension, administration}, expected)
            for link in links:
                path = link.get("href")[len("http://"):]
                status, _, answer = self.oriel.call("GET", path[path.index("/"):], {
                    "Accept": XML, "Authorization": f"Bearer {headers[SIGNED]}"})
                self.assertEqual(status, 200, (link.get("href"), answer))

    # spec 1.4 [V]
    def test_show_a_tenant_his_own_organisation_and_no_other(self):
        def organisations(credentials):
            session = self.oriel.log_in(*credentials)
            root = ElementTree.fromstring(self.oriel.call("GET", "/api/org/", session)[2])
            return session, {org.get("name"): org.get("href")[-36:] for org in root.findall(VCLOUD + "Org")}

        _, of_root = organisations(ROOT)
        session, of_tenant = organisations(TENANT)
        self.assertLessEqual({"System", "acme"}, set(of_root))
        self.assertEqual(of_tenant, {"acme": of_root["acme"]})
        status, _, body = self.oriel.call("GET", f"/api/org/{of_root['acme']}", session)
        self.assertEqual(status, 200)
        tasks = [link for link in ElementTree.fromstring(body).findall(VCLOUD + "Link")
                 if link.get("type") == "application/vnd.vmware.vcloud.tasksList+xml"]
        self.assertEqual([link.get("rel") for link in tasks], ["down"])
        system = self.oriel.call("GET", f"/api/org/{of_root['System']}", session)
        nobody = self.oriel.call("GET", "/api/org/0f0e0d0c-0b0a-4908-8706-050403020100", session)
        self.assertEqual((system[0], system[2]), (404, nobody[2]))


class Endings(SessionCase):
    def test_a_session_ends_when_it_rests_too_long_and_says_how_long_it_may(self):
        with Appliance(environment={"ORIEL_SESSIONS__IDLE_TIMEOUT": "1"}) as oriel:
            tokens = self.tokens(oriel=oriel)
            wait_until(lambda: self.status("/api/session", tokens[0], oriel=oriel) == 401, "the end")
            self.assertEqual(self.status("/api/session", tokens[1], oriel=oriel), 401)

    def test_a_session_ends_at_its_age_however_busy(self):
        environment = {"ORIEL_SESSIONS__LIFETIME": "2", "ORIEL_SESSIONS__IDLE_TIMEOUT": "420"}
        with Appliance(environment=environment) as oriel:
            _, headers, body = self.log_in(TENANTS, TENANT, oriel=oriel)
            self.assertEqual(json.loads(body)["sessionIdleTimeoutMinutes"], 7)
            claims = decoded(headers[SIGNED].split(".")[1])
            self.assertEqual(claims["exp"] - claims["iat"], 2)
            wait_until(lambda: self.status(CURRENT, headers[SIGNED], oriel=oriel) == 401, "the end")

    def test_a_restart_ends_sessions_and_keeps_the_key(self):
        folder = tempfile.TemporaryDirectory(prefix="oriel-test-")
        self.addCleanup(folder.cleanup)
        keys = []
        for _ in range(2):
            with Appliance(data=folder.name) as oriel:
                if keys:
                    self.assertEqual(self.status("/api/session", signed, oriel=oriel), 401)
                _, signed = self.tokens(oriel=oriel)
                keys.append(pathlib.Path(oriel.data, "tokens.key").read_bytes())
        self.assertEqual(keys[0], keys[1])


class AccessTokens(SessionCase):
    def setUp(self):
        self.key = os.path.join(self.oriel.data, "tokens.key")
        self.token = self.tokens(TENANTS)[1]

    # spec 1.3 [V]
    def test_say_who_where_and_until_when_to_those_who_do_not_verify(self):
        header, payload, _ = self.token.split(".")
        self.assertEqual(decoded(header)["alg"], "RS256")
        claims = decoded(payload)
        _, _, body = self.oriel.call("GET", CURRENT, {"Authorization": f"Bearer {self.token}"})
        organisation = json.loads(body)["org"]["id"].rsplit(":", 1)[1]
        cell = pathlib.Path(self.oriel.data, "cell").read_text(encoding="ascii").strip()
        self.assertEqual(claims["sub"], "acme-user")
        self.assertEqual(claims["iss"], f"{organisation}@{cell}")
        self.assertEqual(claims["exp"] - claims["iat"], 24 * 3600)
        self.assertRegex(claims["jti"], r"^[0-9a-f]{32}$")

    def openssl(self, *arguments, **more):
        return subprocess.run(["openssl", *arguments], timeout=HANG, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)

    def test_are_verified_by_openssl_with_the_key_that_only_its_owner_reads(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.key).st_mode), 0o600)
        text, _, signature = self.token.rpartition(".")
        with tempfile.TemporaryDirectory() as folder:
            public, signed = os.path.join(folder, "public"), os.path.join(folder, "signature")
            self.assertEqual(self.openssl("pkey", "-in", self.key, "-pubout", "-out", public).returncode, 0)
            pathlib.Path(signed).write_bytes(base64.urlsafe_b64decode(signature + "=="))

            def verify(octets):
                return self.openssl("dgst", "-sha256", "-verify", public, "-signature", signed,
                                    input=octets).returncode

            self.assertEqual(verify(text.encode()), 0)
            self.assertNotEqual(verify(text.encode() + b"x"), 0)

    def test_open_nothing_when_one_letter_is_another(self):
        for at in (0, len(self.token) // 2, len(self.token) - 1):
            letter = "A" if self.token[at] != "A" else "B"
            forged = self.token[:at] + letter + self.token[at + 1:]
            self.assertEqual(self.status("/api/session", forged), 401)

    def test_open_nothing_when_somebody_else_signed_them_with_the_very_key(self):
        header, payload, _ = self.token.split(".")
        claims = {**decoded(payload), "sub": "administrator", "jti": "0" * 32}
        text = header + "." + base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        made = self.openssl("dgst", "-sha256", "-sign", self.key, input=text.encode())
        self.assertEqual(made.returncode, 0)
        forged = text + "." + base64.urlsafe_b64encode(made.stdout).decode().rstrip("=")
        self.assertEqual(self.status("/api/session", forged), 401)


if __name__ == "__main__":
    main()
