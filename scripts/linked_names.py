#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a program finds defined, in the form of `nm`: for the count of how much of the C API is linked.

    linked_names.py [nm's options] libznet.a

The library's own symbols; those of the C glue that is compiled into each application, whose objects lie below
LINKED_NAMES_GLUE; and the POSIX names, which the headers give to functions of the library under another name, by
label or by macro (docs/adr/0002): such a name is there when its function is. LINKED_NAMES_CFLAGS are the flags of
an application.
"""
import os
import pathlib
import re
import subprocess
import sys

INCLUDE = pathlib.Path(__file__).resolve().parent.parent / "include"
LABELLED = re.compile(r"\b(\w+)\s*\([^;{}]*?\)[^;{}]*?__asm__\s*\(\s*\"(\w+)\"\s*\)")
RENAMED = re.compile(r"^#define (\w+)(?:\([^)]*\))? +(\w+)(?:\([^)]*\))? *$", re.M)
INLINED = re.compile(r"static[^;{}()]*?\b(\w+)\s*\([^;{}]*\)\s*\{")


def symbols(path):
    """The global symbols that an object or library defines."""
    lines = subprocess.run(["nm", "-g", "--defined-only", path], capture_output=True, text=True).stdout.splitlines()
    return {line.split()[-1] for line in lines if len(line.split()) == 3}


def renamed(flags, found):
    """The names in POSIX headers that stand for a function of another name which is there."""
    for header in sorted((INCLUDE / "zephyr/posix").rglob("*.h")):
        name = str(header.relative_to(INCLUDE))
        command = ["gcc", "-E", "-P", "-x", "c", *flags, "-include", name, "/dev/null"]
        text = subprocess.run(command, capture_output=True, text=True).stdout
        macros = subprocess.run([*command, "-dM"], capture_output=True, text=True).stdout
        there = found | set(INLINED.findall(text))
        pairs = LABELLED.findall(text) + RENAMED.findall(macros)
        yield from (name for name, function in pairs if function in there)


def main():
    found = symbols(sys.argv[-1])
    glue = os.environ.get("LINKED_NAMES_GLUE")
    for path in pathlib.Path(glue).rglob("*.o") if glue else []:
        found |= symbols(path)
    flags = os.environ.get("LINKED_NAMES_CFLAGS", "").split()
    found |= set(renamed(flags, found))
    for name in sorted(found):
        print(f"0 T {name}")


if __name__ == "__main__":
    main()
