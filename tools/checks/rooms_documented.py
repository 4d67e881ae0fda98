#!/usr/bin/env python3
"""Every room stands in ARCHITECTURE.md, every folder that stands there exists, and every room has a
README.md of its own.

usage: rooms_documented.py SOURCE_DIR ROOMS_TXT
"""

import pathlib
import re
import sys


def main():
    source = pathlib.Path(sys.argv[1])
    rooms = {line.split("|")[0] for line in pathlib.Path(sys.argv[2]).read_text().splitlines() if line}
    table = (source / "ARCHITECTURE.md").read_text()
    named = set(re.findall(r"`((?:core|amqp|registry|http|tools)/[a-z_/]+)`", table))
    found = [f"{room} is not in ARCHITECTURE.md" for room in sorted(rooms - named)]
    found += [f"ARCHITECTURE.md names {name}, which is not there"
              for name in sorted(named) if not (source / name).exists() and "." not in name]
    found += [f"{room} has no README.md" for room in sorted(rooms)
              if not (source / room / "README.md").exists()]
    print("\n".join(found) or f"{len(rooms)} rooms are documented")
    return 1 if found or not rooms else 0


if __name__ == "__main__":
    sys.exit(main())
