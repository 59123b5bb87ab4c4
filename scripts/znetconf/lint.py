# SPDX-License-Identifier: Apache-2.0
"""Checks the Kconfig tree itself, for every board."""

from kconfiglib import UNKNOWN, Symbol

from . import tree, unread
from .explain import LATER, is_literal
from .tree import ConfigError

# Log levels come from templates; a help text for each of the hundreds would say nothing new.
_TEMPLATES = "Kconfig.template."


def _place(node):
    return f"kconfig/{node.filename}:{node.linenr}"


def _undeclared(kconf):
    """Symbols that an expression names and no file declares."""
    for sym in kconf.syms.values():
        # kconfiglib makes the two named ones itself.
        if not sym.nodes and not is_literal(sym) and sym.name not in ("MODULES", "UNAME_RELEASE"):
            yield sym.name


def problems(kconf):
    """Every finding about one loaded tree, as printable lines."""
    found = [f"error: CONFIG_{name} is used and declared nowhere" for name in sorted(_undeclared(kconf))]
    for node in kconf.node_iter():
        if not isinstance(node.item, Symbol):
            continue
        sym = node.item
        if sym.orig_type == UNKNOWN:
            found.append(f"{_place(node)}: error: CONFIG_{sym.name} has no type")
        later = LATER in node.filename
        if later and node.prompt:
            found.append(f"{_place(node)}: error: CONFIG_{sym.name} is announced for later but has a prompt")
        if _TEMPLATES in node.filename or later:
            continue
        if node.prompt and not any(other.help for other in sym.nodes):
            found.append(f"{_place(node)}: error: CONFIG_{sym.name} has a prompt but no help")
    return found


def check(srctree=tree.SRCTREE):
    """Lints the tree for every board; raises ConfigError with the findings."""
    found = []
    for defaults in sorted((srctree / "boards").glob("*_defconfig")):
        kconf = tree.load(defaults.name.removesuffix("_defconfig"), srctree=srctree)
        found += problems(kconf)
        found += unread.problems(kconf)
    if found:
        raise ConfigError(*dict.fromkeys(found))
