"""`oriel filter` with the real binary: the stream, explanations, and a running appliance's filters."""

import json
import os
import subprocess
import tempfile
import unittest

from harness import HANG, ORIEL, Appliance, main

GUIDE = "(/api/backup/.*) | (/api/vApp/vapp-.*/backups)"
NOT_FOUND, BAD_INPUT, UNREACHABLE, USAGE = 7, 3, 11, 2


def run(*arguments, text=None):
    return subprocess.run([ORIEL, "filter", *arguments], timeout=HANG, text=True, input=text,
                          stdin=subprocess.DEVNULL if text is None else None,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={k: v for k, v in os.environ.items() if not k.startswith("ORIEL_")})


def ask(questions, *flags):
    """The answers to (pattern, input) pairs, and the exit status."""
    lines = "".join(json.dumps({"pattern": pattern, "input": text}) + "\n" for pattern, text in questions)
    done = run("match", *flags, text=lines)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def answer(compiles, matches, error=None, **groups):
    return {"compiles": compiles, "matches": matches, "error": error, "groups": groups}


class Stream(unittest.TestCase):
    def test_answers_one_for_one_and_in_order(self):
        questions = [(f"/api/{n % 100}/(a|b)+", f"/api/{n % 97}/ab") for n in range(20_000)]
        answers, status = ask(questions)
        self.assertEqual(status, 0)
        self.assertEqual([one["matches"] for one in answers],
                         [n % 100 == n % 97 for n in range(20_000)])

    def test_gives_named_groups_and_null_for_those_that_took_no_part(self):
        answers, status = ask([("/(?<id>[0-9]+)(/(?<rest>.*))?", "/42"), ("a", "a"), ("(?<x>a)", "b")])
        self.assertEqual(status, 0)
        self.assertEqual(answers, [answer(True, True, id="42", rest=None), answer(True, True),
                                   answer(True, False, x=None)])

    def test_has_surrogates_as_java_strings_have_them(self):
        # Python's json escapes a lone surrogate as it is, and what lies beyond U+FFFF as a pair.
        answers, status = ask([(".", "\ud800"), (".", "\U0001F600"), ("(?<x>.)(?<y>.)", "\ude00\ud83d"),
                               ("\\ud83d\\ude00", "\U0001F600"), ("[\\ud83d]", "\U0001F600")])
        self.assertEqual(status, 0)
        self.assertEqual(answers[2]["groups"], {"x": "\ude00", "y": "\ud83d"})
        self.assertEqual([one["matches"] for one in answers], [True, True, True, True, False])

    def test_gives_reason_and_position_of_what_does_not_compile(self):
        answers, status = ask([("/api/{id}", "/api/1"), ("(", "x")])
        self.assertEqual(status, 0)
        for one in answers:
            self.assertFalse(one["compiles"] or one["matches"])
            self.assertTrue(one["error"])
            self.assertIsInstance(one["position"], int)
            self.assertEqual(one["groups"], {})

    def test_says_limit_for_what_exceeds_the_steps(self):
        question = [("(a*)(a*)(a*)(a*)\\1\\2\\3\\4!", "a" * 300)]
        self.assertEqual(ask(question), ([answer(True, False, "limit")], 0))
        self.assertEqual(ask([("(a|b)\\1", "aa")], "--steps", "1"), ([answer(True, False, "limit")], 0))
        self.assertEqual(ask([("(a|b)\\1", "aa")], "--steps", "100"), ([answer(True, True)], 0))

    def test_decides_regular_catastrophes_without_a_limit(self):
        answers, _ = ask([("(a+)+b", "a" * 8192), ("(.*a){10}", "a" * 8192), ("(x+x+)+y", "x" * 8192)])
        self.assertEqual([one["matches"] for one in answers], [False, True, False])
        self.assertEqual([one["error"] for one in answers], [None, None, None])

    def test_goes_on_behind_a_malformed_line_and_ends_with_3(self):
        done = run("match", text='nonsense\n{"pattern":"a","input":"a"}\n\n{"pattern":"a"}\n'
                                 '{"input":"a","pattern":"a"}')
        self.assertEqual(done.returncode, BAD_INPUT)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([one["matches"] for one in answers], [False, True, False, False, True])
        self.assertEqual([one.get("line") for one in answers], [1, None, 3, 4, None])
        self.assertIn("line 1", answers[0]["error"])

    def test_serves_as_a_co_process(self):
        with subprocess.Popen([ORIEL, "filter", "match"], text=True, bufsize=1, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as process:
            for text in ("a", "b", "aaa"):
                process.stdin.write(json.dumps({"pattern": "a+", "input": text}) + "\n")
                process.stdin.flush()
                self.assertEqual(json.loads(process.stdout.readline())["matches"], text != "b")
            process.stdin.close()
            self.assertEqual(process.wait(HANG), 0)

    def test_wants_a_number_of_steps(self):
        for steps in ("0", "-1", "many"):
            self.assertEqual(run("match", "--steps", steps, text="").returncode, USAGE)


class Explain(unittest.TestCase):
    def test_says_that_the_guides_blanks_are_literal(self):
        done = run("explain", GUIDE)
        self.assertEqual(done.returncode, 0)
        self.assertIn("matches nothing: no path can match it", done.stdout)
        self.assertIn("the blank at position 16 stands for itself", done.stdout)
        self.assertIn("without those around | it is " + GUIDE.replace(" ", ""), done.stdout)

    def test_gives_samples_that_match(self):
        pattern = "/api/org/(?<id>[^/]+)/v[0-9]{2}(/.*)?"
        explained = json.loads(run("explain", pattern, "-o", "json").stdout)
        self.assertTrue(explained["linear"])
        samples = [path for one in explained["alternatives"] for path in one["samples"]]
        self.assertGreaterEqual(len(samples), 2)
        answers, _ = ask([(pattern, sample) for sample in samples])
        self.assertTrue(all(one["matches"] for one in answers), samples)
        self.assertEqual(explained["groups"], ["id"])
        self.assertEqual(explained["index"], ['begins with "/api/org/", holds "/v"'])

    def test_measures_what_is_not_regular(self):
        explained = json.loads(run("explain", "/(a+)+\\1!", "-o", "json").stdout)
        self.assertFalse(explained["linear"])
        self.assertEqual(explained["backtracks"]["text"], "\\1")
        self.assertEqual(explained["cost"]["kind"], "measured")
        self.assertTrue(explained["cost"]["long"]["over_budget"])
        self.assertTrue(explained["warnings"])

    def test_points_at_what_does_not_compile(self):
        done = run("explain", "/api/{id}")
        self.assertEqual(done.returncode, 1)
        self.assertIn("\n  /api/{id}\n", done.stdout)
        self.assertRegex(done.stdout, r"\n +\^\n")
        self.assertIn("(?<id>[^/]+)", done.stdout)
        explained = json.loads(run("explain", "/api/{id}", "--output", "json").stdout)
        self.assertFalse(explained["compiles"])


class Test(unittest.TestCase):
    def check(self, *flags):
        done = run("test", "http://example.org/api/backup/42?x=1", *flags)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2 services match, one after the other: backup -> audit\n", done.stdout)
        self.assertIn("a filter sees the path without its query", done.stdout)
        self.assertIn("no path can match it: the blank", done.stdout)
        done = run("test", "/api/BACKUP/42", "--service", "backup", *flags)
        self.assertEqual(done.returncode, NOT_FOUND)
        self.assertIn("\n       /api/BACKUP/42\n            ^ does not fit", done.stdout)
        self.assertIn("hint: letters count as they are: in another case it matches: /api/backup/42",
                      done.stdout)
        found = json.loads(run("test", "/api/audit", "-o", "json", *flags).stdout)
        self.assertEqual(found["chain"], ["audit"])
        self.assertEqual({one["service"] for one in found["misses"]}, {"backup", "guide"})

    def test_asks_a_running_appliance_and_reads_the_registry_of_one_that_is_not(self):
        with Appliance() as appliance:
            session = appliance.log_in()
            for name, priority, pattern in (("audit", 10, "/api/.*"), ("backup", 80, "/api/backup/.*"),
                                            ("guide", 5, GUIDE)):
                appliance.register(session, name, pattern, extra=f"<vmext:Priority>{priority}</vmext:Priority>")
            self.check("--data", appliance.data)
            self.check("--operator", appliance.listen["operator"])
            appliance.stop()
            self.check("--data", appliance.data)

    def test_says_when_there_is_nobody_to_ask(self):
        with tempfile.TemporaryDirectory() as folder:
            done = run("test", "/api/x", "--data", folder)
            self.assertEqual(done.returncode, UNREACHABLE)
            self.assertIn(folder, done.stderr)
            self.assertEqual(os.listdir(folder), [])

    def test_wants_a_path(self):
        self.assertEqual(run("test", "api/x", "--operator", "http://127.0.0.1:1").returncode, USAGE)


if __name__ == "__main__":
    main()
