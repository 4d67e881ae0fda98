"""tools/run --once, as a newcomer would do it, but with the binary that is already built."""

import os
import pathlib
import subprocess
import tempfile
import unittest

from harness import HANG, ORIEL, main

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Run(unittest.TestCase):
    def run_once(self, state):
        return subprocess.run(
            [ROOT / "tools" / "run", "--once"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=HANG, env={**os.environ, "RUN_STATE": state, "RUN_BINARY": ORIEL})

    def test_the_demo_answers_with_its_timeline_the_first_and_the_second_time(self):
        with tempfile.TemporaryDirectory() as state:
            first = self.run_once(state)
            self.assertEqual(first.returncode, 0, first.stdout)
            self.assertIn("administrator@System / ", first.stdout)
            second = self.run_once(state)
            self.assertEqual(second.returncode, 0, second.stdout)
            self.assertNotIn("administrator@System / ", second.stdout)
            for said in (first.stdout, second.stdout):
                self.assertIn('{"greeting": "hello world"', said)
                for stage in ("matched", "published", "delivered", "reply_in"):
                    self.assertIn(stage, said)

    def test_a_broken_binary_fails_it(self):
        with tempfile.TemporaryDirectory() as state:
            done = subprocess.run([ROOT / "tools" / "run", "--once"], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, timeout=HANG,
                                  env={**os.environ, "RUN_STATE": state, "RUN_BINARY": "/bin/false"})
            self.assertEqual(done.returncode, 1, done.stdout)


if __name__ == "__main__":
    main()
