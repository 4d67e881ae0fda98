"""pyvcloud: the whole of APIExtension, tasks and AMQP settings, as an operator's script uses them."""

import uuid

from pyvcloud.vcd.amqp import AmqpService
from pyvcloud.vcd.api_extension import APIExtension
from pyvcloud.vcd.client import (
    NSMAP, BasicLoginCredentials, Client, EntityType, QueryResultFormat, RelationType, ResourceType,
    TaskStatus)
from pyvcloud.vcd.exceptions import (
    AccessForbiddenException, BadRequestException, ClientException, MissingRecordException,
    MultipleRecordsException, NotAcceptableException, NotFoundException,
    OperationNotSupportedException, UnauthorizedException, VcdTaskException)
from pyvcloud.vcd.org import Org
from pyvcloud.vcd.role import Role
from pyvcloud.vcd.system import System
from pyvcloud.vcd.task import Task
from pyvcloud.vcd.utils import to_dict
from pyvcloud.vcd.vapp import VApp
from pyvcloud.vcd.vdc import VDC

from world import ADMIN_PASSWORD, DEV_PASSWORD, TENANT, Extension, World, main

PATTERNS = ["/api/photos", "/api/photos/.*", "/api/org/[^/]+/photos"]


def description(resource):
    """As container-service-extension reads it."""
    return resource.find(f"{{{NSMAP['vcloud']}}}Description").text


class Pyvcloud:
    """The tests of one API version; the classes below name it."""

    @classmethod
    def client(cls, user="administrator", org="System", password=ADMIN_PASSWORD, version=None):
        client = Client(f"https://{cls.host()}", api_version=version or cls.version,
                        log_file=str(cls.work / "pyvcloud.log"), log_requests=True,
                        log_headers=True, log_bodies=True)
        client.set_credentials(BasicLoginCredentials(user, org, password))
        return client

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.client()
        cls.tenant = cls.client(TENANT, "acme", DEV_PASSWORD)

    def setUp(self):
        self.extension = APIExtension(self.admin)
        self.name = f"photos {uuid.uuid4()}"
        self.namespace = f"org.example.{uuid.uuid4()}"

    def add(self, namespace=None, exchange="photos", key="photos", patterns=PATTERNS, text="Photos"):
        return self.extension.add_extension(self.name, namespace or self.namespace, key, exchange,
                                            patterns, description=text)

    # Sessions.

    def test_an_administrator_is_told_from_a_tenant(self):
        self.assertTrue(self.admin.is_sysadmin())
        self.assertFalse(self.tenant.is_sysadmin())
        self.assertEqual(self.admin.get_org().get("name"), "System")
        self.assertEqual(self.tenant.get_org().get("name"), "acme")
        self.assertEqual(self.admin.get_api_version(), self.version)

    def test_the_version_is_negotiated_when_none_is_named(self):
        client = Client(f"https://{self.host()}")
        client.set_credentials(BasicLoginCredentials("administrator", "System", ADMIN_PASSWORD))
        self.assertEqual(client.get_api_version(), "36.0")
        self.assertIn(self.version, client.get_supported_versions_list())
        client.logout()

    def test_a_version_that_is_not_served_is_not_acceptable(self):
        with self.assertRaises((NotAcceptableException, ClientException)):
            self.client(version="5.1")

    def test_a_wrong_password_is_unauthorized(self):
        with self.assertRaises(UnauthorizedException):
            self.client(password="wrong")

    def test_a_token_opens_another_client_and_logout_closes_it(self):
        first = self.client()
        jwt = first.get_access_token()
        token = jwt or first.get_xvcloud_authorization_token()
        second = Client(f"https://{self.host()}", api_version=self.version)
        session = second.rehydrate_from_token(token, is_jwt_token=bool(jwt))
        self.assertEqual(session.get("user"), "administrator")
        first.logout()
        third = Client(f"https://{self.host()}", api_version=self.version)
        with self.assertRaises(UnauthorizedException):
            third.rehydrate_from_token(token, is_jwt_token=bool(jwt))

    def test_well_known_endpoints_of_the_session(self):
        self.assertTrue(self.admin.get_admin().tag.endswith("VCloud"))
        self.assertTrue(self.admin.get_extension().tag.endswith("VMWExtension"))
        self.assertTrue(self.tenant.get_extensibility().tag.endswith("ApiExtensibility"))
        names = [org.get("name") for org in self.admin.get_org_list()]
        self.assertIn("acme", names)
        self.assertEqual(self.admin.get_org_by_name("ACME").get("name"), "acme")

    # Extension services.

    def test_a_service_is_registered_and_shown(self):
        added = self.add()
        self.assertEqual(added.get("name"), self.name)
        self.assertRegex(added.get("id"), r"^urn:vcloud:externalService:[0-9a-f-]{36}$")
        self.assertEqual(added.get("type"), EntityType.ADMIN_SERVICE.value)
        shown = self.extension.get_extension(self.name, self.namespace)
        self.assertEqual(
            {key: shown[key] for key in ("name", "namespace", "enabled", "exchange", "routingKey",
                                         "isAuthorizationEnabled", "priority")},
            {"name": self.name, "namespace": self.namespace, "enabled": "true",
             "exchange": "photos", "routingKey": "photos", "isAuthorizationEnabled": "false",
             "priority": "0"})
        self.assertEqual(shown["id"], added.get("id").rpartition(":")[2])

    def test_the_details_of_a_service_list_its_filters(self):
        self.add()
        info = self.extension.get_extension_info(self.name, self.namespace)
        filters = {info[f"filter_{n}"] for n in (1, 2, 3)}
        self.assertEqual(filters, set(PATTERNS))
        self.assertNotIn("filter_4", info)

    def test_the_service_is_found_by_its_id(self):
        added = self.add(text="a description")
        for identity in (added.get("id"), added.get("id").rpartition(":")[2]):
            shown = self.extension.get_extension_xml(identity)
            self.assertEqual(shown.get("name"), self.name)
            self.assertEqual(description(shown), "a description")

    def test_all_services_are_listed_over_several_pages(self):
        mine = {f"{self.namespace}.{n}" for n in range(60)}
        for namespace in mine:
            self.add(namespace)
        listed = [one["namespace"] for one in self.extension.list_extensions()]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertLessEqual(mine, set(listed))

    def test_one_name_in_two_namespaces_is_ambiguous_without_the_namespace(self):
        self.add(self.namespace + ".1")
        self.add(self.namespace + ".2")
        with self.assertRaises(MultipleRecordsException):
            self.extension.get_extension_info(self.name)
        one = self.extension.get_extension(self.name, self.namespace + ".1")
        self.assertEqual(one["namespace"], self.namespace + ".1")

    def test_a_service_that_there_is_not_is_missing(self):
        with self.assertRaises(MissingRecordException):
            self.extension.get_extension_info("nobody")
        self.add()
        with self.assertRaises(MissingRecordException):
            self.extension.get_extension_info(self.name, "org.example.other")

    def test_names_with_the_signs_of_the_filter_language_are_found(self):
        for name in ("a,b;c", "(paren)", "per%cent", "star * star", "quote'\"", "plus+and&",
                     "Ünïcöde"):
            self.name = name
            namespace = f"org.example.{uuid.uuid4()}"
            self.add(namespace)
            self.assertEqual(self.extension.get_extension(name, namespace)["name"], name)

    def test_a_namespace_is_taken_once(self):
        self.add()
        with self.assertRaises(BadRequestException):
            self.add()

    def test_a_pattern_that_is_none_is_refused(self):
        with self.assertRaises(BadRequestException):
            self.add(patterns=["/api/(unclosed"])
        with self.assertRaises(MissingRecordException):
            self.extension.get_extension(self.name, self.namespace)

    def test_disabling_and_enabling_keeps_all_the_rest(self):
        href = self.add().get("href")
        before = self.extension.get_extension_info(self.name, self.namespace)
        self.assertEqual(
            self.extension.enable_extension(self.name, False, self.namespace), href)
        off = self.extension.get_extension_info(self.name, self.namespace)
        self.assertEqual(off, {**before, "enabled": "false"})
        self.assertEqual(self.extension.enable_extension(self.name, True, self.namespace), href)
        self.assertEqual(self.extension.get_extension_info(self.name, self.namespace), before)
        self.assertEqual(description(self.admin.get_resource(href)), "Photos")

    def test_an_update_changes_what_it_names(self):
        href = self.add().get("href")
        self.assertEqual(self.extension.update_extension(
            self.name, self.namespace, "key 2", "exchange 2", "other words"), href)
        info = self.extension.get_extension_info(self.name, self.namespace)
        self.assertEqual((info["routingKey"], info["exchange"]), ("key 2", "exchange 2"))
        self.assertEqual({info[f"filter_{n}"] for n in (1, 2, 3)}, set(PATTERNS))
        self.assertEqual(description(self.admin.get_resource(href)), "other words")

    def test_filters_are_removed_and_added_one_by_one(self):
        self.add()
        self.extension.remove_all_api_filters_from_service(self.name, self.namespace)
        identity = self.extension.get_extension(self.name, self.namespace)["id"]
        self.assertEqual(list(self.extension.get_api_filters(identity)), [])
        self.extension.add_api_filters_to_service(self.name, ["/api/x", " /api/y/.* "],
                                                  self.namespace)
        found = {one.get("urlPattern") for one in self.extension.get_api_filters(identity)}
        self.assertEqual(found, {"/api/x", "/api/y/.*"})

    def test_filters_are_found_by_urn_uuid_and_href_in_every_format(self):
        added = self.add()
        for service in (added.get("id"), added.get("id").rpartition(":")[2], added.get("href")):
            for kind in (QueryResultFormat.ID_RECORDS, QueryResultFormat.RECORDS,
                         QueryResultFormat.REFERENCES):
                found = list(self.extension.get_api_filters(service, format=kind))
                self.assertEqual(len(found), 3, (service, kind))

    def test_a_right_gets_the_namespace_in_front(self):
        self.add()
        right = self.extension.add_service_right(
            "View photos", self.name, self.namespace, "To look", "Photos", "VIEW_PHOTOS")
        self.assertEqual(right.get("name"), "{" + self.namespace + "}:View photos")
        self.assertEqual(str(right.Category), "Photos")
        org = Org(self.admin, resource=self.admin.get_org())
        record = org.get_right_record(right.get("name"))
        self.assertEqual(record.get("name"), right.get("name"))
        self.assertIn(right.get("name"),
                      [one["name"] for one in org.list_rights_available_in_system()])

    def test_a_service_is_deleted_with_its_filters(self):
        added = self.add()
        self.extension.delete_extension(self.name, self.namespace)
        with self.assertRaises(MissingRecordException):
            self.extension.get_extension(self.name, self.namespace)
        with self.assertRaises((NotFoundException, AccessForbiddenException)):
            self.admin.get_resource(added.get("href"))
        self.assertEqual(list(self.extension.get_api_filters(added.get("id"))), [])

    def test_a_tenant_sees_no_extensions(self):
        extension = APIExtension(self.tenant)
        with self.assertRaises(OperationNotSupportedException):
            extension.list_extensions()
        with self.assertRaises(OperationNotSupportedException):
            extension.get_extension("photos")
        with self.assertRaises(ClientException):
            extension.add_extension("mine", "org.example.mine", "k", "e", ["/api/mine"])
        with self.assertRaises(ClientException):
            AmqpService(self.tenant)
        href = self.add().get("href")
        with self.assertRaises(AccessForbiddenException):
            self.tenant.get_resource(href)

    def test_a_request_goes_through_the_registered_service(self):
        exchange = f"pyv-{uuid.uuid4()}"
        self.add(exchange=exchange, key=exchange, patterns=[f"/api/{exchange}/.*"])
        seen = []

        def answer(request, security):
            seen.append((request, security))
            return {"statusCode": 200, "headers": {"Content-Type": "text/xml"}, "body": "PGEvPg=="}

        with Extension(self.oriel.amqp_url(), exchange, answer):
            root = self.tenant.get_resource(f"{self.tenant.get_api_uri()}/{exchange}/1?x=%20y")
        self.assertEqual(root.tag, "a")
        request, security = seen[0]
        self.assertEqual(request["queryString"], "x=%20y")
        self.assertEqual(request["headers"]["Accept"], f"application/*+xml;version={self.version}")
        self.assertRegex(security["org"], r"^urn:vcloud:org:")

    # Queries.

    def test_queries_page_sort_and_pick_attributes(self):
        for n in range(7):
            self.add(f"{self.namespace}.{n}")
        query = self.admin.get_typed_query(
            ResourceType.ADMIN_SERVICE.value, query_result_format=QueryResultFormat.RECORDS,
            page=2, page_size=3, qfilter=f"namespace=={self.namespace}.*", sort_desc="namespace")
        page = query.execute()
        self.assertEqual(page["resultTotal"], 7)
        self.assertEqual([one.get("namespace") for one in page["values"]],
                         [f"{self.namespace}.{n}" for n in (3, 2, 1)])
        names = self.admin.get_typed_query(
            ResourceType.ADMIN_SERVICE.value, fields="name",
            qfilter=f"namespace=={self.namespace}.3").find_unique()
        self.assertEqual(names.get("name"), self.name)
        self.assertIsNone(names.get("exchange"))

    # Tasks.

    def task(self, status, href=None, **more):
        org = self.admin.get_org_by_name("acme")
        user = self.tenant_user()
        return Task(self.admin).update(
            status, self.namespace, "Importing a photo", "photoImport", "in detail",
            more.pop("progress", 5), org.get("href"), "acme", EntityType.ORG.value,
            user.get("href"), TENANT, org_href=org.get("href"), task_href=href, **more)

    def tenant_user(self):
        return self.admin.get_user_in_org(TENANT, self.admin.get_org_by_name("acme").get("href"))

    def test_a_task_runs_from_queued_to_success(self):
        task = self.task(TaskStatus.QUEUED.value, progress=None)
        self.assertRegex(task.get("id"), r"^urn:vcloud:task:")
        self.assertEqual(task.get("status"), "queued")
        self.assertEqual(task.get("operation"), "Importing a photo")
        task = self.task(TaskStatus.RUNNING.value, task.get("href"), progress=50)
        self.assertEqual((task.get("status"), int(task.Progress)), ("running", 50))
        task = self.task(TaskStatus.SUCCESS.value, task.get("href"), progress=100)
        done = self.admin.get_task_monitor().wait_for_success(task, poll_frequency=0)
        self.assertEqual(done.get("status"), "success")
        self.assertTrue(done.get("endTime"))
        self.assertEqual(self.admin.get_task_monitor().get_status(task), "success")

    def test_a_failed_task_says_why(self):
        task = self.task(TaskStatus.RUNNING.value)
        self.task(TaskStatus.ERROR.value, task.get("href"), error_message="the disk is full",
                  stack_trace="at line 1")
        with self.assertRaises(VcdTaskException) as raised:
            self.admin.get_task_monitor().wait_for_success(task, poll_frequency=0)
        self.assertIn("the disk is full", str(raised.exception))

    def test_tasks_are_listed_by_their_status(self):
        running = self.task(TaskStatus.RUNNING.value)
        done = self.task(TaskStatus.SUCCESS.value, self.task(TaskStatus.QUEUED.value).get("href"))
        listed = {one.get("id"): one for one in Task(self.admin).list_tasks()}
        self.assertIn(running.get("id"), listed)
        self.assertNotIn(done.get("id"), listed)
        ended = Task(self.admin).list_tasks([TaskStatus.SUCCESS.value], newer_first=False)
        self.assertIn(done.get("id"), [one.get("id") for one in ended])
        mine = [one.get("id") for one in Task(self.tenant).list_tasks()]
        self.assertIn(running.get("id"), mine)

    def test_a_task_is_cancelled_by_its_link(self):
        task = self.task(TaskStatus.RUNNING.value)
        shown = self.admin.get_resource(task.get("href"))
        self.admin.post_linked_resource(shown, RelationType.TASK_CANCEL, None, None)
        asked = self.admin.get_resource(task.get("href"))
        self.assertEqual(asked.get("cancelRequested"), "true")
        task = self.task(TaskStatus.CANCELED.value, task.get("href"))
        self.assertEqual(task.get("status"), "canceled")

    def test_a_tenant_may_not_post_tasks(self):
        org = self.tenant.get_org()
        user = self.tenant_user()
        with self.assertRaises(AccessForbiddenException):
            Task(self.tenant).update(
                "running", self.namespace, "o", "o", "d", 1, org.get("href"), "acme",
                EntityType.ORG.value, user.get("href"), TENANT, org_href=org.get("href"))

    # AMQP settings.

    def settings(self):
        return {key: str(value) for key, value in
                to_dict(AmqpService(self.admin).get_settings()).items() if key.startswith("Amqp")}

    def test_amqp_settings_describe_the_broker_and_are_written_back(self):
        service = AmqpService(self.admin)
        settings = self.settings()
        self.assertEqual(set(settings), {"AmqpHost", "AmqpPort", "AmqpUsername", "AmqpExchange",
                                         "AmqpVHost", "AmqpUseSSL", "AmqpSslAcceptAll",
                                         "AmqpPrefix"})
        self.assertEqual(settings["AmqpPort"], str(self.oriel.address("amqp")[1]))
        self.assertEqual(settings["AmqpPrefix"], "vcd")
        written = service.set_config(settings, "guest")
        self.assertEqual(str(written.AmqpPrefix), "vcd")
        self.assertEqual(self.settings(), settings)

    def test_amqp_settings_are_tested(self):
        service = AmqpService(self.admin)
        settings = self.settings()
        settings["AmqpUsername"] = "guest"
        good = service.test_config(settings, "guest")
        self.assertEqual(good["Valid"].text, "true")
        for change in ({"AmqpPort": "1"}, {"AmqpVHost": "none"}, {"AmqpUsername": "nobody"},
                       {"AmqpHost": "elsewhere.example.org"}):
            bad = service.test_config({**settings, **change}, "guest")
            self.assertEqual(bad["Valid"].text, "false", change)
            self.assertTrue(bad["error"].get("message"))

    # Organisations, roles and rights, which extensions ask about their callers.

    def test_the_rights_of_the_callers_role(self):
        org = Org(self.admin, resource=self.admin.get_org())
        session = self.admin.get_vcloud_session()
        role = Role(self.admin, resource=org.get_role_resource(session.get("roles")))
        rights = role.list_rights()
        self.assertTrue(rights)
        self.assertTrue(all(one["name"] for one in rights))

    def test_the_rights_of_an_organisation_are_those_of_the_installation(self):
        org = Org(self.admin, resource=self.admin.get_org())
        names = {one["name"] for one in org.list_rights_of_org()}
        self.assertEqual(names, {one["name"] for one in org.list_rights_available_in_vcd()})
        self.assertTrue(names)

    def post(self, url, kind, body):
        session = self.oriel.log_in()
        _, headers, text = self.oriel.call("POST", url, {**session, "Content-Type": kind}, body)
        self.assertIn("Location", headers, text)
        return "/" + headers["Location"].split("/", 3)[3]

    def test_vapps_and_machines_are_found_by_what_they_are_in(self):
        name = f"vdc-{uuid.uuid4()}"
        acme = self.tenant.get_org()
        vdcs = "/api/admin/org/" + acme.get("href").rpartition("/")[2] + "/vdcs"
        space = 'xmlns="http://www.vmware.com/vcloud/v1.5"'
        vdc = self.post(vdcs, EntityType.VDC_ADMIN.value, f'<AdminVdc {space} name="{name}"/>')
        vdc = vdc.replace("/api/admin/", "/api/")
        vapp = self.post(vdc + "/vApps", EntityType.VAPP.value, f'<VApp {space} name="shop"/>')
        self.post(vapp + "/vms", EntityType.VM.value, f'<Vm {space} name="web"/>')
        found = VDC(self.tenant, href=f"https://{self.host()}{vdc}")
        self.assertEqual(found.list_resources(EntityType.VAPP),
                         [{"name": "shop", "type": EntityType.VAPP.value}])
        self.assertTrue(found.get_resource_href("shop").endswith(vapp))
        machines = VApp(self.tenant, href=f"https://{self.host()}{vapp}").get_all_vms()
        self.assertEqual([one.get("name") for one in machines], ["web"])

    def test_an_organisation_is_created_and_deleted(self):
        system = System(self.admin, admin_resource=self.admin.get_admin())
        name = f"org-{uuid.uuid4()}"
        created = system.create_org(name, "Full name", is_enabled=True)
        self.assertEqual(created.get("name"), name)
        org = Org(self.admin, href=self.admin.get_org_by_name(name).get("href"))
        role = org.get_role_resource("Organization Administrator")
        org.create_user("ann", "A-password-1", role.get("href"), is_enabled=True)
        ann = self.client("ann", name, "A-password-1")
        self.assertEqual(ann.get_org().get("name"), name)
        org.delete_user("ann")
        org.update_org(is_enabled=False)
        system.delete_org(name, force=True, recursive=True)
        self.assertNotIn(name, [one.get("name") for one in self.admin.get_org_list()])

    @classmethod
    def tearDownClass(cls):
        cls.admin.logout()
        cls.tenant.logout()
        super().tearDownClass()


class Version31(Pyvcloud, World):
    version = "31.0"


class Version36(Pyvcloud, World):
    version = "36.0"


if __name__ == "__main__":
    main()
