"""What the documents say is what the binary says."""

import pathlib
import re
import subprocess
import unittest

from harness import HANG, ORIEL, main

ROOT = pathlib.Path(__file__).resolve().parents[2]


def out(*arguments):
    return subprocess.run([ORIEL, *arguments], check=True, timeout=HANG, text=True,
                          stdout=subprocess.PIPE).stdout


def flags_of(text):
    return set(re.findall(r"(?<![\w-])--([a-z][a-z-]+)", text)) - {"help"}


def keys_and_values():
    table = ""
    for line in out("config", "show").splitlines():
        if line.startswith("["):
            table = line.strip("[]") + "."
        elif " = " in line:
            name, value = line.split(" = ", 1)
            yield table + name, value.strip('"')


class Documents(unittest.TestCase):
    manual = (ROOT / "packaging" / "oriel.1").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    def test_the_manual_page_has_exactly_the_flags_of_help(self):
        helped = flags_of(out("serve", "--help")) | flags_of(out("config", "show", "--help"))
        documented = {flag.replace(" ", "") for flag in re.findall(r"^\.It Fl -([a-z-]+)", self.manual, re.M)}
        self.assertEqual(helped, documented)

    def test_the_manual_page_has_exactly_the_flags_of_filter(self):
        for command in ("test", "explain", "match"):
            entry = re.search(rf"^\.It Cm filter {command}\b(.*)$", self.manual, re.M)
            self.assertIsNotNone(entry, command)
            documented = set(re.findall(r"Fl Fl ([a-z-]+)", entry.group(1)))
            helped = out("filter", command, "--help").split("oriel COMMAND")[0]  # without the footer
            self.assertEqual(flags_of(helped), documented, command)
            self.assertIn(f"oriel filter {command}", self.readme)

    def test_the_manual_page_and_the_readme_name_every_setting(self):
        for key, value in keys_and_values():
            self.assertRegex(self.manual, rf"Cm {re.escape(key)}\b", key)
            row = re.search(rf"^\| `{re.escape(key)}` \| `([^`]*)`", self.readme, re.M)
            self.assertIsNotNone(row, f"README has no row for {key}")
            self.assertEqual(row.group(1), value if value else " ", key)

    def test_the_readme_names_every_command(self):
        commands = re.findall(r"^  ([a-z]+) ", out("--help").split("Subcommands:")[1], re.M)
        self.assertGreaterEqual(len(commands), 4)
        for command in commands:
            self.assertIn(f"oriel {command}", self.readme)


if __name__ == "__main__":
    main()
