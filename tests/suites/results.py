"""What a suite said of its tests, from whichever form it says it in.

Every reader gives a dictionary: the name of a test, and (outcome, message). An outcome is
`passed`, `failed` or `skipped`; a test of the same name again (a matrix without names) gets a
number, so that none is lost.
"""

import json
import re
import xml.etree.ElementTree as tree

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


class Results(dict):
    def add(self, name, outcome, message=""):
        unique, count = name, 1
        while unique in self:
            count += 1
            unique = f"{name} #{count}"
        self[unique] = (outcome, message.strip()[:2000])

    def count(self, outcome):
        return sum(1 for seen, _ in self.values() if seen == outcome)


def from_junit(path, within=""):
    """JUnit's XML, as pytest, phpunit and vitest write it; `within` is cut off the class names."""
    results = Results()
    for case in tree.parse(path).iter("testcase"):
        place = (case.get("classname") or case.get("class") or "").removeprefix(within)
        name = f"{place}::{case.get('name')}" if place else case.get("name")
        bad = [case.find(kind) for kind in ("failure", "error")]
        bad = [element for element in bad if element is not None]
        if bad:
            text = "\n".join(f"{e.get('message') or ''}\n{e.text or ''}" for e in bad)
            results.add(name, FAILED, text)
        elif case.find("skipped") is not None:
            results.add(name, SKIPPED, case.find("skipped").get("message") or "")
        else:
            results.add(name, PASSED)
    return results


def from_tap(text):
    """Nested TAP, as `node --test` writes it: only leaves count, named by their path."""
    results = Results()
    path = []  # (indentation, name) of the open subtests
    leaf = {}  # indentation: whether a subtest closed inside
    line_form = re.compile(r"^( *)(not ok|ok) \d+ - (.*?)(?: # (SKIP|TODO).*)?$")
    for line in text.splitlines():
        opening = re.match(r"^( *)# Subtest: (.*)$", line)
        if opening:
            depth = len(opening[1])
            path = [(d, n) for d, n in path if d < depth] + [(depth, opening[2])]
            leaf[depth] = True
            for outer in [d for d, _ in path if d < depth]:
                leaf[outer] = False
            continue
        closing = line_form.match(line)
        if not closing or not path:
            continue
        depth = len(closing[1])
        if leaf.get(depth, True):
            name = " > ".join([n for d, n in path if d < depth] + [closing[3]])
            outcome = PASSED if closing[2] == "ok" else FAILED
            results.add(name, SKIPPED if closing[4] else outcome)
        path = [(d, n) for d, n in path if d < depth]
    return results


def from_go(text):
    """The lines of `go test -json`; subtests count, and so do the tests that hold them."""
    results, said = Results(), {}
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        name, action = event.get("Test"), event.get("Action")
        if not name:
            continue
        if action == "output":
            said[name] = said.get(name, "") + event["Output"]
        elif action in ("pass", "fail", "skip"):
            outcome = {"pass": PASSED, "fail": FAILED, "skip": SKIPPED}[action]
            results.add(name, outcome, said.get(name, "") if outcome == FAILED else "")
        elif action == "run":
            said[name] = ""
    # A test that began and never ended took the program down with it.
    for name, output in said.items():
        if name not in results:
            results.add(name, FAILED, "did not end\n" + output)
    return results


def from_rspec(path):
    """`rspec --format json`."""
    with open(path, encoding="utf-8") as file:
        examples = json.load(file)["examples"]
    results = Results()
    for example in examples:
        outcome = {"passed": PASSED, "failed": FAILED, "pending": SKIPPED}[example["status"]]
        problem = example.get("exception") or {}
        name = f"{example['file_path'].removeprefix('./')}: {example['full_description']}"
        results.add(name, outcome, f"{problem.get('class', '')} {problem.get('message', '')}")
    return results


def from_phpt(text):
    """The lines of PHP's own run-tests.php, without their colours."""
    results = Results()
    form = re.compile(r"(PASS|FAIL|SKIP|XFAIL|BORK|LEAK)\s.*\[[^\]]*?([\w.-]+\.phpt)\]")
    for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines():
        match = form.search(line.split("]", 1)[-1] if line.startswith("TEST") else line)
        if match:
            outcome = {"PASS": PASSED, "XFAIL": PASSED, "SKIP": SKIPPED}.get(match[1], FAILED)
            results.add(match[2], outcome, line if outcome == FAILED else "")
    return results


def from_lines(text):
    """`PASS name`, `FAIL name` and `SKIP name` lines, what follows a FAIL being its message."""
    results, failing, message = Results(), None, []
    for line in text.splitlines() + ["PASS "]:
        match = re.match(r"^(PASS|FAIL|SKIP) ?(.*)$", line)
        if not match:
            message.append(line)
            continue
        if failing:
            results.add(failing, FAILED, "\n".join(message))
        failing, message = None, []
        if match[1] == "FAIL":
            failing = match[2]
        elif match[2]:
            results.add(match[2], PASSED if match[1] == "PASS" else SKIPPED)
    return results
