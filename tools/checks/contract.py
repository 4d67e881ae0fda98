#!/usr/bin/env python3
"""Every promise of the API's contract names tests, and every test that is named is there.

usage: contract.py SOURCE_DIR
The promises are the rows of the first table in http/vcloud/CONTRACT.md, above "Our choices": number, promise,
tests. A test is `Suite.Case` of a C++ test or `file.py::test_name` of a system test.
"""

import pathlib
import re
import sys

ROW = re.compile(r"^\| (\d+(?:\.\d+)+) \| (.+?) \| (.*?) ?\|$")
CPP_TEST = re.compile(r"\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\)")
PYTHON_TEST = re.compile(r"^\s*def (test\w*)\(", re.MULTILINE)


def tests_in(source):
    found = set()
    for file in (source / "tests").rglob("*_test.cpp"):
        found.update(f"{suite}.{case}" for suite, case in CPP_TEST.findall(file.read_text()))
    for file in (source / "tests" / "system").glob("*.py"):
        found.update(f"{file.name}::{name}" for name in PYTHON_TEST.findall(file.read_text()))
    return found


def complaints(rows, known):
    numbers = [row[0] for row in rows]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield f"{number} is there twice"
    for number, promise, tests in rows:
        named = re.findall(r"`([^`]+)`", tests)
        if not named:
            yield f"{number} names no test: {promise}"
        for test in named:
            if test not in known:
                yield f"{number} names {test}, which is not there"


def main():
    source = pathlib.Path(sys.argv[1])
    text = (source / "http" / "vcloud" / "CONTRACT.md").read_text()
    promises = text.partition("\n## Our choices\n")[0]
    rows = [match.groups() for match in map(ROW.match, promises.splitlines()) if match]
    found = list(complaints(rows, tests_in(source)))
    print("\n".join(found) or f"{len(rows)} promises are held by tests")
    return 1 if found or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
