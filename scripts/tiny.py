#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds libznet.a in the cargo profile `tiny` with what a profile can't say; docs/configuration.md, Profiles.

  tiny.py --nm NM --archive FILE CARGO rustc --profile tiny ...

Rust's targets for Thumb keep a frame pointer in every function: an instruction or two, and one register of those
that short instructions can name. The compiler leaves it out of the functions that a list names. What their names
are it knows best, so the library is built, its functions are listed beside the archive, and it is built again if
the list lacked one: twice the first time, seldom after that.

Exit status: cargo's.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

# A call takes more bytes than the compiler believes; and what both branches do can be done before or after them.
FLAGS = ["-inline-threshold=28", "-enable-gvn-hoist", "-enable-gvn-sink"]


def functions(nm, archive):
    """The functions that are defined in the archive; None where that can't be asked."""
    try:
        listing = subprocess.run([nm, str(archive)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except OSError as why:
        print(f"tiny.py: {nm}: {why}; the functions keep their frame pointers", file=sys.stderr)
        return None
    words = (line.split() for line in listing.stdout.splitlines())
    return {word[2] for word in words if len(word) == 3 and word[1] in "tT"}


def build(command, env):
    """Runs cargo; returns its status. The compiler remarks on each name that a module does not have: not shown."""
    if sys.stderr.isatty():
        env = {"CARGO_TERM_COLOR": "always", **env}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE) as cargo:
        for line in cargo.stderr:
            if not line.startswith(b"Function in CSV file"):
                sys.stderr.buffer.write(line)
                sys.stderr.buffer.flush()
    return cargo.returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nm", required=True)
    parser.add_argument("--archive", required=True, type=Path)
    parser.add_argument("cargo", nargs=argparse.REMAINDER)
    options = parser.parse_args()

    names = options.archive.with_suffix(".csv").absolute()
    if not names.exists():
        names.parent.mkdir(parents=True, exist_ok=True)
        names.write_text("")
    flags = [f"-Cllvm-args={flag}" for flag in [*FLAGS, f"-forceattrs-csv-path={names}"]]
    command = [*options.cargo, "--", *flags]
    # build.rs looks at the list's age: cargo does not know of it.
    env = {**os.environ, "ZNET_FUNCTIONS": str(names)}

    for _ in range(2):
        status = build(command, env)
        if status:
            return status
        listed = {line.split(",")[0] for line in names.read_text().splitlines()}
        found = functions(options.nm, options.archive)
        if found is None or found <= listed:
            break
        names.write_text("".join(f"{name},frame-pointer=none\n" for name in sorted(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
