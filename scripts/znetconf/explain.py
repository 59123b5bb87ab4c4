# SPDX-License-Identifier: Apache-2.0
"""Says why a symbol is unknown, or why a value assigned to it did not take effect."""

import difflib
import re
from fnmatch import fnmatchcase
from pathlib import Path

from kconfiglib import (
    AND, BOOL, HEX, INT, OR, TRISTATE, Choice, Symbol, expr_items, expr_str, expr_value, split_expr,
)

from .tree import declared_in

# Symbols of features that a later version brings stand here, without a prompt.
LATER = "Kconfig.later"
NOT_AVAILABLE = "not available in this version of znet"


def is_later(sym):
    """True for a symbol of a feature that a later version brings."""
    return declared_in(sym, LATER)


def _removed(kconf):
    """Reads `removed.txt`: names Zephyr once had, each with what to write instead."""
    path = Path(kconf.srctree) / "removed.txt"
    table = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                name, _, hint = line.partition(" ")
                table[name] = hint.strip()
    return table


def _options(kconf):
    """Reads `later.txt`: patterns of options whose names do not hold that of their feature."""
    path = Path(kconf.srctree) / "later.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [line.split() for line in lines if line and not line.startswith("#")]


def later_feature(kconf, name):
    """The feature of a later version that a symbol belongs to by its name, or None."""
    for pattern, feature in _options(kconf):
        if fnmatchcase(name, pattern) and is_later(kconf.syms[feature]):
            return feature
    features = [sym.name for sym in kconf.unique_defined_syms if is_later(sym)]
    words = f"_{name}_"
    found = [feature for feature in features if f"_{feature.removeprefix('NET_')}_" in words]
    # LWM2M_DNS_SUPPORT belongs to LWM2M rather than to a feature named further inside.
    return max(found, key=lambda feature: (name.startswith(feature), len(feature)), default=None)


def unknown(kconf, name):
    """Why no symbol has this name, and which name may have been meant."""
    hint = _removed(kconf).get(name)
    if hint:
        return f"unknown symbol: {hint}"
    feature = later_feature(kconf, name)
    if feature:
        return f"{NOT_AVAILABLE}: it belongs to CONFIG_{feature}"
    names = [sym.name for sym in kconf.unique_defined_syms]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    return "unknown symbol" + (f"; did you mean CONFIG_{near[0]}?" if near else "")


def is_literal(sym):
    """True for y, n, "text" and numbers, which kconfiglib keeps as symbols too."""
    return sym.is_constant or (not sym.nodes and re.fullmatch(r"-?\d+|0[xX][0-9a-fA-F]+", sym.name) is not None)


def waits_for_later(sym):
    """True when a feature of a later version keeps the symbol from being set."""
    condition = _visible_if(sym)
    terms = [term for term in split_expr(condition, AND) if not expr_value(term)]
    return any(isinstance(item, Symbol) and is_later(item) for term in terms for item in expr_items(term))


def _value(item, places):
    """`NAME=value`, with the place that set it, for one symbol of a false expression."""
    if isinstance(item, Choice):
        return f"a choice (=n) named '{item.nodes[0].prompt[0]}'" if item.nodes[0].prompt else "a choice (=n)"
    if is_later(item):
        return f"{item.name}=n, which is {NOT_AVAILABLE}"
    if not item.nodes:
        return f"{item.name}, which no Kconfig file declares"
    place = places.get(item.name)
    return f"{item.name}={item.str_value or 'unset'}" + (f", assigned at {place}" if place else "")


def _false_parts(condition, places):
    """The false terms of an AND, each with the values that make it false."""
    parts = []
    for term in split_expr(condition, AND):
        if expr_value(term):
            continue
        if isinstance(term, Choice):
            parts += _false_parts(_visible_if(term), places) or [expr_str(term)]
            continue
        symbols = sorted(
            (item for item in expr_items(term) if isinstance(item, Symbol) and not is_literal(item)),
            key=lambda sym: sym.name,
        )
        values = ", ".join(_value(sym, places) for sym in symbols)
        parts.append(f"{expr_str(term)} (here {values})" if values else expr_str(term))
    return list(dict.fromkeys(parts))


def _visible_if(item):
    """The condition under which a symbol or choice can be set: one of its prompts is visible."""
    condition = None
    for node in item.nodes:
        if node.prompt:
            condition = node.prompt[1] if condition is None else (OR, condition, node.prompt[1])
    return condition if condition is not None else item.kconfig.n


def _selected_by(sym, places):
    active = [term for term in split_expr(sym.rev_dep, OR) if expr_value(term)]
    names = [split_expr(term, AND)[0] for term in active]
    return ", ".join(_value(item, places) for item in names if isinstance(item, Symbol))


def _active_range(sym):
    """(low, high) that hold for an int or hex symbol now, or None."""
    base = 16 if sym.orig_type == HEX else 10
    for low, high, condition in sym.ranges:
        if expr_value(condition):
            return int(low.str_value, base), int(high.str_value, base)
    return None


def refused(sym, value, prompted, places):
    """Why `sym` does not have `value` although a fragment assigned it."""
    if not prompted:
        return f"cannot be assigned: it has no prompt, its value ({sym.str_value or 'unset'}) follows from other symbols"
    condition = _visible_if(sym)
    if not expr_value(condition):
        parts = _false_parts(condition, places) or [expr_str(condition)]
        return f"assigned {value} but is {sym.str_value or 'unset'}: it depends on {' and on '.join(parts)}"
    if sym.orig_type in (INT, HEX):
        limits = _active_range(sym)
        if limits:
            shown = [hex(limit) if sym.orig_type == HEX else str(limit) for limit in limits]
            return f"value {value} is out of range: {shown[0]} to {shown[1]}"
    if sym.orig_type in (BOOL, TRISTATE) and sym.choice is not None and value == "n":
        return "assigned n but is y: it is the default of its choice; set another member to y"
    if sym.orig_type in (BOOL, TRISTATE) and value == "n":
        return f"assigned n but is y: it is selected by {_selected_by(sym, places)}"
    return f"assigned {value} but is {sym.str_value or 'unset'}"
