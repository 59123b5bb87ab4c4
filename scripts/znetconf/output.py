# SPDX-License-Identifier: Apache-2.0
"""Writes the results. A file that would not change is left alone, so that nothing is rebuilt for it."""

import hashlib
import json
from pathlib import Path

# Not an SPDX line: the files belong to the build they were made for.
_DOTCONFIG_HEADER = "# Made by scripts/kconfig.py; edit the fragments, or use menuconfig.\n"
_AUTOCONF_HEADER = "/* Made by scripts/kconfig.py from .config. */\n#pragma once\n\n"
_AUTOCONF = "include/generated/zephyr/autoconf.h"


def write_if_changed(path, text):
    """Writes `text`; returns False and keeps the time stamp when the file holds it already."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def write_results(kconf, out, read_files):
    """Writes `.config`, `autoconf.h` and `Kconfig/sources.txt` (what was read, a path a line) below `out`."""
    out.mkdir(parents=True, exist_ok=True)
    kconf.write_config(str(out / ".config"), header=_DOTCONFIG_HEADER, save_old=False)
    autoconf = out / _AUTOCONF
    autoconf.parent.mkdir(parents=True, exist_ok=True)
    kconf.write_autoconf(str(autoconf), header=_AUTOCONF_HEADER)
    write_if_changed(out / "Kconfig" / "sources.txt", "".join(f"{path}\n" for path in read_files))


def _stamp(out):
    return out / "Kconfig" / "inputs.json"


def fingerprint(board, files, options):
    """A digest of all that a .config follows from: the board, the files read and the command line."""
    digest = hashlib.sha256()
    digest.update(json.dumps([board, sorted(options)]).encode())
    for path in files:
        digest.update(str(path).encode())
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()


def _said(out):
    return out / "Kconfig" / "said.txt"


def is_current(out, print_of_inputs):
    """True when `.config` came from these same inputs, so that edits by menuconfig in it still hold."""
    stamp = _stamp(out)
    if not (out / ".config").is_file() or not stamp.is_file() or not _said(out).is_file():
        return False
    return stamp.read_text(encoding="utf-8") == print_of_inputs


def said(out):
    """The warnings about the fragments that `.config` was made from: they hold at each run."""
    return _said(out).read_text(encoding="utf-8").splitlines()


def mark_current(out, print_of_inputs, warnings):
    """Remembers the inputs `.config` was made from, and what was to be said of them."""
    write_if_changed(_stamp(out), print_of_inputs)
    write_if_changed(_said(out), "".join(f"{warning}\n" for warning in warnings))
