#!/usr/bin/env python3
"""Compares every #include of a room with the rooms it says it USES, and with the arrows of the house.

usage: includes.py SOURCE_DIR ROOMS_TXT
ROOMS_TXT has a line `folder|room|uses|asio` for each room, written by the build (cmake/Graph.cmake).
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')

# Arrows that no room may have, whatever it says (ARCHITECTURE.md).
NEVER = [
    ("core/", ("amqp/", "registry/", "http/")),
    ("amqp/", ("registry/", "http/")),
    ("registry/", ("amqp/", "http/")),
    ("http/", ("amqp/wire", "amqp/session", "amqp/broker", "amqp/store", "amqp/net")),
]
# What a room that decides may not wait with.
WAITING = ("asio", "thread", "mutex", "condition_variable", "future", "sys/socket.h", "sys/epoll.h")
MAY_WAIT = ("core/shard", "core/log", "amqp/net", "http/net", "tools/")


def read_rooms(path):
    rooms = {}
    for line in pathlib.Path(path).read_text().splitlines():
        if not line.strip():
            continue
        folder, name, uses, asio = line.split("|")
        rooms[folder] = {"name": name, "uses": set(uses.split()), "asio": asio == "TRUE"}
    return rooms


def owner(rooms, include):
    folder = str(pathlib.PurePosixPath(include).parent)
    while folder != ".":
        if folder in rooms:
            return folder
        folder = str(pathlib.PurePosixPath(folder).parent)
    return None


def complaints(source, rooms):
    by_name = {room["name"]: folder for folder, room in rooms.items()}
    for folder, room in sorted(rooms.items()):
        for used in room["uses"]:
            target = by_name.get(used)
            for start, forbidden in NEVER:
                if target and folder.startswith(start) and target.startswith(forbidden):
                    yield f"{folder} must never use {target}"
        for file in sorted((source / folder).glob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            for number, line in enumerate(file.read_text().splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                where = f"{folder}/{file.name}:{number}"
                quoted, include = match.group(1) == '"', match.group(2)
                if quoted:
                    target = owner(rooms, include)
                    if target is None:
                        yield f"{where}: {include} belongs to no room"
                    elif target != folder and rooms[target]["name"] not in room["uses"]:
                        yield f"{where}: {folder} includes {include} but does not say USES {rooms[target]['name']}"
                elif include.split("/")[0].split(".")[0] == "asio" and not room["asio"]:
                    yield f"{where}: {folder} decides, so it may not include <{include}>"
                elif include in WAITING and not folder.startswith(MAY_WAIT):
                    yield f"{where}: {folder} decides, so it may not include <{include}>"


def main():
    source, rooms_txt = pathlib.Path(sys.argv[1]), sys.argv[2]
    rooms = read_rooms(rooms_txt)
    found = list(complaints(source, rooms))
    print("\n".join(found) or f"{len(rooms)} rooms keep to their arrows")
    return 1 if found or not rooms else 0


if __name__ == "__main__":
    sys.exit(main())
