# SPDX-License-Identifier: Apache-2.0
"""Finds symbols that can be set and change nothing.

A symbol that a fragment may switch on must do what its help says. The check is by name: some source
reads the symbol, or another symbol that is read depends on it. Symbols that are accepted for the sake
of fragments written for Zephyr, although there is nothing to do, stand in kconfig/unread.txt with the
reason.
"""

import re
from pathlib import Path

from kconfiglib import Symbol, expr_items

from . import tree
from .explain import LATER

# Where symbols are read: the library, its headers and C parts, the CMake package, the commands.
READERS = ("src", "include", "drivers", "cmake", "xtask/src")
_SUFFIXES = {".rs", ".c", ".h", ".cmake", ".txt", ".in", ".ld", ".S"}
_NAME = re.compile(r"\b(?:CONFIG_|config::)([A-Z0-9][A-Z0-9_]*)(\$\{)?")
_TEMPLATES = "Kconfig.template."


def names_read(kconf, root=tree.ROOT):
    """The declared symbols that a source file names; CMake may make up the end of a name."""
    names, beginnings = set(), set()
    for folder in READERS:
        for path in (root / folder).rglob("*"):
            if path.suffix in _SUFFIXES and path.is_file():
                for name, made_up in _NAME.findall(path.read_text(encoding="utf-8", errors="replace")):
                    (beginnings if made_up else names).add(name)
    return {
        sym.name
        for sym in kconf.unique_defined_syms
        if sym.name in names or sym.name.startswith(tuple(beginnings))
    }


def _depends_on(sym):
    """The symbols whose value can change that of `sym`; those that select it are among them."""
    items = set(sym.referenced) | expr_items(sym.rev_dep) | expr_items(sym.weak_rev_dep)
    if sym.choice is not None:
        items |= set(sym.choice.referenced) | set(sym.choice.syms)
    selected = {item for item, _ in sym.selects + sym.implies}
    return {item for item in items if isinstance(item, Symbol)} - selected


def exceptions(srctree=tree.SRCTREE):
    """The names in unread.txt."""
    lines = (srctree / "unread.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(" ", 1)[0] for line in lines if line and not line.startswith("#")}


def find(kconf, names):
    """The symbols with a prompt that neither a source nor a symbol of use looks at."""
    live = {sym for sym in kconf.unique_defined_syms if sym.name in names}
    fresh = set(live)
    while fresh:
        fresh = {item for sym in fresh for item in _depends_on(sym)} - live
        live |= fresh
    return sorted(
        sym.name
        for sym in kconf.unique_defined_syms
        if sym not in live
        and any(node.prompt for node in sym.nodes)
        and not any(_TEMPLATES in node.filename for node in sym.nodes)
    )


def problems(kconf):
    """Findings as printable lines."""
    known = exceptions(Path(kconf.srctree))
    for name in find(kconf, names_read(kconf)):
        if name not in known:
            yield f"error: CONFIG_{name} can be set but nothing reads it; implement it, or move it to {LATER}"
    for name in sorted(known):
        if name not in kconf.syms:
            yield f"error: unread.txt: CONFIG_{name} is declared nowhere"
