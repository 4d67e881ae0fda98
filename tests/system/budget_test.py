"""What filters may cost in a running oriel, and how that shows; and that they are Java's."""

import json
import unittest

from harness import SERVICE_TYPE, Appliance, Extension, main, service_document, wait_until

# Java itself takes longer than anybody waits for: the back-reference rules out every shortcut.
CATASTROPHIC = r"/api/bad/(a|aa|a*)*\1c"
SERVICES = "/api/admin/extension/service"


class Budget(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oriel = Appliance()
        cls.oriel.start()
        cls.session = cls.oriel.log_in()

    @classmethod
    def tearDownClass(cls):
        cls.oriel.__exit__()

    def post(self, name, pattern):
        document = service_document(name, pattern, name, name)
        return self.oriel.call("POST", SERVICES, {**self.session, "Content-Type": SERVICE_TYPE},
                               document.encode())

    def test_a_catastrophic_pattern_is_warned_of_and_stopped_and_harms_nobody_else(self):
        status, headers, body = self.post("bad", CATASTROPHIC)
        self.assertEqual(status, 201, body)
        self.assertIn("not linear: the back-reference", headers["Warning"])
        wait_until(lambda: "not linear: the back-reference" in self.oriel.log(), "the line in the log")
        _, _, page = self.oriel.call("GET", "/debug/routes", listener="operator")
        rows = {row["service"]: row for row in json.loads(page)["routes"]}
        self.assertIn("not linear", rows["bad"]["warnings"])

        with Extension(self.oriel.amqp_url(), "good"):
            status, _, body = self.post("good", "/api/good/.*")
            self.assertEqual(status, 201, body)
            path = "/api/bad/" + "a" * 4000 + "bc"
            status, headers, body = self.oriel.call("GET", path, self.session)
            self.assertEqual(status, 503, body)
            self.assertIn(b"'bad'", body)
            self.assertIsNotNone(headers["Retry-After"])
            self.assertEqual(self.oriel.call("GET", "/api/good/x", self.session)[0], 200)
        wait_until(lambda: '"cause":"over_budget"' in self.oriel.log(), "the line in the log")
        _, _, metrics = self.oriel.call("GET", "/metrics", listener="operator")
        counted = [line for line in metrics.decode().splitlines()
                   if 'cause="over_budget"' in line and 'service="bad"' in line]
        self.assertEqual(len(counted), 1, counted)

    def test_a_pattern_that_java_refuses_is_refused_with_its_reason_and_place(self):
        status, _, body = self.post("none", " /api/{id} ")
        self.assertEqual(status, 400)
        self.assertIn(b"near index 5", body)

    def test_what_only_java_has_is_taken(self):
        with Extension(self.oriel.amqp_url(), "classes"):
            status, _, body = self.post("classes", r"/api/classes/[a-z&&[^aeiou]]++(?x: / \d{2} )")
            self.assertEqual(status, 201, body)
            self.assertEqual(self.oriel.call("GET", "/api/classes/xyz/42", self.session)[0], 200)
            self.assertEqual(self.oriel.call("GET", "/api/classes/xya/42", self.session)[0], 404)


if __name__ == "__main__":
    main()
