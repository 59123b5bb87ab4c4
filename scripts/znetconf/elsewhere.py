# SPDX-License-Identifier: Apache-2.0
"""Symbols of Zephyr that are nothing here: drivers, processors, boot loaders, file systems.

Applications assign them all the same. Those that `elsewhere.txt` knows, and log levels of parts that
are not there, are declared for the one build whose fragments name them: the assignment is a warning,
and the application's sources find the value. What is about networking is not among them.
"""

import re
from fnmatch import fnmatchcase
from pathlib import Path

from .output import write_if_changed
from .tree import declared_in

_LOG_LEVEL = re.compile(r"\w+_LOG_LEVEL(_(OFF|ERR|WRN|INF|DBG|DEFAULT))?")
_NAME = "Kconfig.elsewhere"


def _patterns(srctree):
    lines = (srctree / "elsewhere.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" ", 1) for line in lines if line and not line.startswith("#")]


def _about(name, patterns):
    """What a symbol is about, or None when it is not one of these."""
    if _LOG_LEVEL.fullmatch(name):
        return "the log of something that is not built"
    return next((about for pattern, about in patterns if fnmatchcase(name, pattern)), None)


def _type(value):
    if value.startswith('"'):
        return "string"
    if re.fullmatch(r"-?\d+", value):
        return "int"
    if re.fullmatch(r"0[xX][0-9a-fA-F]+", value):
        return "hex"
    return "bool" if value in ("y", "n") else None


def find(kconf, assignments, belongs):
    """The unknown symbols that may be named without effect: {name: (type, what it is about)}.

    `belongs(name)` tells whether the name is an option of a feature that a later version brings.
    """
    patterns = _patterns(Path(kconf.srctree))
    found = {}
    for assignment in assignments:
        name, kind = assignment.name, _type(assignment.value)
        known = kconf.syms.get(name)
        ours = known is not None and known.nodes and not declared_in(known, _NAME)
        if kind is None or ours or belongs(name):
            continue
        about = _about(name, patterns)
        if about:
            found[name] = (kind, about)
    return found


def declare(found, out):
    """Writes the declarations to where the tree looks for them; returns True when they changed."""
    text = "".join(f'config {name}\n\t{kind} "{name}"\n' for name, (kind, _) in sorted(found.items()))
    path = out / "Kconfig" / _NAME
    if not text and not path.is_file():
        return False
    return write_if_changed(path, text)


def warnings(found, assignments):
    """One warning for each such symbol, at its last assignment."""
    places = {a.name: a.where for a in assignments}
    return [
        f"{places[name]}: warning: CONFIG_{name} changes nothing here: it is about {about}"
        for name, (_, about) in found.items()
    ]
