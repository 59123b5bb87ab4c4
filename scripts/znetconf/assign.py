# SPDX-License-Identifier: Apache-2.0
"""Reads `CONFIG_X=value` lines, applies them, and checks that each took effect.

Every mistake is reported as `file:line: error: CONFIG_X: reason`, all of them at once. The rules are
Zephyr's: the last assignment of a symbol wins, the last member of a choice set to y is chosen, a value
that the dependencies overrule is a warning, and a symbol that nobody declares is a mistake. What is
not there yet is a mistake too where it was asked for.
"""

import re
from dataclasses import dataclass

from kconfiglib import BOOL, HEX, INT, STRING, TRISTATE, TYPE_TO_STR, unescape

from . import explain
from .tree import ConfigError

_SET = re.compile(r"CONFIG_(\w+)=(.*)")
_UNSET = re.compile(r"# CONFIG_(\w+) is not set")
_QUOTED = re.compile(r'"((?:[^\\"]|\\.)*)"')
_NUMBER = {INT: re.compile(r"-?\d+"), HEX: re.compile(r"-?(?:0[xX])?[0-9a-fA-F]+")}
_SHAPE = {
    BOOL: "y or n",
    TRISTATE: "y, m or n",
    INT: "a decimal number",
    HEX: "a hexadecimal number",
    STRING: "a string in double quotes",
}


@dataclass(frozen=True)
class Assignment:
    """One `CONFIG_<name>=<value>`, with the place it was read from."""

    name: str
    value: str
    where: str


def read_line(line, where):
    """Returns the Assignment on a line, None when the line has none; raises ConfigError if malformed."""
    line = line.strip()
    if match := _UNSET.fullmatch(line):
        return Assignment(match[1], "n", where)
    if not line or line.startswith("#"):
        return None
    if match := _SET.fullmatch(line):
        return Assignment(match[1], match[2].strip(), where)
    raise ConfigError(f"{where}: error: malformed line '{line}': expected CONFIG_NAME=value, without blanks around '='")


def read_lines(lines, name):
    """Reads the lines of one fragment; raises ConfigError with all malformed ones."""
    found, errors = [], []
    for number, line in enumerate(lines, 1):
        try:
            assignment = read_line(line, f"{name}:{number}")
        except ConfigError as err:
            errors += err.messages
            continue
        if assignment:
            found.append(assignment)
    if errors:
        raise ConfigError(*errors)
    return found


def read_file(path, shown=None):
    """Reads one fragment; `shown` is how its name appears in messages."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise ConfigError(f"{shown or path}: error: cannot be read: {err}") from None
    return read_lines(text.splitlines(), shown or path)


def read_options(options, kconf):
    """Reads `-D CONFIG_X=value` options; a shell eats quotes, so strings may come without them."""
    found = []
    for option in options:
        assignment = read_line(option, "command line")
        if assignment is None:
            continue
        sym = kconf.syms.get(assignment.name)
        value = assignment.value
        if sym is not None and sym.orig_type == STRING and not _QUOTED.fullmatch(value):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            assignment = Assignment(assignment.name, f'"{escaped}"', assignment.where)
        found.append(assignment)
    return found


def _convert(sym, value):
    """The value as kconfiglib takes it, or None when it is not of the symbol's type."""
    kind = sym.orig_type
    if kind in (BOOL, TRISTATE):
        return value if value in ("y", "n") or (value == "m" and kind == TRISTATE) else None
    if kind == STRING:
        match = _QUOTED.fullmatch(value)
        return unescape(match[1]) if match else None
    return value if _NUMBER[kind].fullmatch(value) else None


def _is_known(kconf, name):
    sym = kconf.syms.get(name)
    return sym is not None and bool(sym.nodes)


def _set(kconf, assignment):
    """Applies one assignment; returns an error message or None."""
    name, where = assignment.name, assignment.where
    if not _is_known(kconf, name):
        return f"{where}: error: CONFIG_{name}: {explain.unknown(kconf, name)}"
    sym = kconf.syms[name]
    if explain.is_later(sym):
        return None if assignment.value == "n" else f"{where}: error: CONFIG_{name}: {explain.NOT_AVAILABLE}"
    value = _convert(sym, assignment.value)
    if value is None:
        return (
            f"{where}: error: CONFIG_{name}: '{assignment.value}' is malformed: "
            f"the symbol is of type {TYPE_TO_STR[sym.orig_type]} and wants {_SHAPE[sym.orig_type]}"
        )
    sym.set_value(value)
    return None


def _superseded(sym, value, last, order):
    """True when another member of the symbol's choice was chosen by a later assignment."""
    if sym.choice is None or value != "y":
        return False
    return any(
        other is not sym and other.name in last and last[other.name].value == "y"
        and order[other.name] > order[sym.name]
        for other in sym.choice.syms
    )


def _same(sym, value):
    """True when the symbol has the assigned value."""
    if sym.orig_type == INT:
        return sym.str_value != "" and int(sym.str_value) == int(value)
    if sym.orig_type == HEX:
        return sym.str_value != "" and int(sym.str_value, 16) == int(value, 16)
    if sym.orig_type == STRING:
        return sym.str_value == _convert(sym, value) and sym.visibility
    return sym.str_value == value


def _is_option_of_later(kconf, name):
    """True for an option of a feature of a later version.

    Zephyr ignores it in the same way where the feature is off; and a fragment that asks for the
    feature itself is refused for that.
    """
    if _is_known(kconf, name):
        sym = kconf.syms[name]
        return explain.is_later(sym) and sym.orig_type not in (BOOL, TRISTATE)
    return explain.later_feature(kconf, name) is not None


def _is_overruled(sym, value):
    """True when Kconfig alone decides otherwise, which Zephyr takes for a warning."""
    if not sym.visibility:
        return not explain.waits_for_later(sym)
    return sym.orig_type in (BOOL, TRISTATE)


def apply(kconf, assignments, saved=False):
    """Applies assignments in order; raises ConfigError with every mistake found.

    Returns the assignments that count, by name, and warnings for those that did not take effect.
    `saved` is for a whole .config written earlier: it also names symbols without a prompt, whose
    values follow from the others and are not compared, and strings that nobody can set now.
    """
    last, order = {}, {}
    for position, assignment in enumerate(assignments):
        last[assignment.name], order[assignment.name] = assignment, position
    errors, ignored = [], []
    for assignment in [a for a in last.values() if _is_option_of_later(kconf, a.name)]:
        known = _is_known(kconf, assignment.name)
        reason = explain.NOT_AVAILABLE if known else explain.unknown(kconf, assignment.name)
        ignored.append(f"{assignment.where}: warning: CONFIG_{assignment.name}: {reason}")
        del last[assignment.name]
    for assignment in sorted(last.values(), key=lambda a: order[a.name]):
        error = _set(kconf, assignment)
        if error:
            errors.append(error)
    if errors:  # what follows would only report their consequences
        raise ConfigError(*errors)
    places = {name: assignment.where for name, assignment in last.items()}
    for name, assignment in last.items():
        sym, value, where = kconf.syms[name], assignment.value, assignment.where
        prompted = any(node.prompt for node in sym.nodes)
        if (saved and not prompted) or _superseded(sym, value, last, order):
            continue
        if saved and sym.orig_type == STRING and not sym.visibility:
            continue
        if prompted and _same(sym, value):
            continue
        if value == "n" and sym.str_value == "n":
            continue
        reason = explain.refused(sym, value, prompted, places)
        if prompted and _is_overruled(sym, value):
            ignored.append(f"{where}: warning: CONFIG_{name}: {reason}")
        else:
            errors.append(f"{where}: error: CONFIG_{name}: {reason}")
    if errors:
        raise ConfigError(*errors)
    return last, ignored


def _first_sentence(sym):
    """How the help begins: for a deprecated symbol it says what to write instead."""
    text = next((node.help for node in sym.nodes if node.help), "")
    return text.split(". ")[0].strip().rstrip(".").replace("\n", " ")


def _flagged(kconf, sym, flag, switch):
    """True when the symbol selects `flag` and `switch` asks to be told."""
    target, wanted = kconf.syms.get(flag), kconf.syms.get(switch)
    if target is None or wanted is None or wanted.tri_value == 0:
        return False
    return sym.str_value == "y" and any(item is target for item, _ in sym.selects)


def warnings(kconf, last):
    """Warnings for assigned symbols that are deprecated, or whose meaning may still change."""
    found = []
    for name, assignment in last.items():
        sym = kconf.syms[name]
        prompts = [node.prompt[0] for node in sym.nodes if node.prompt]
        old_number = sym.orig_type not in (BOOL, TRISTATE) and any(p.endswith("(deprecated)") for p in prompts)
        if old_number or _flagged(kconf, sym, "DEPRECATED", "WARN_DEPRECATED"):
            found.append(f"{assignment.where}: warning: CONFIG_{name} is deprecated: {_first_sentence(sym)}")
        if _flagged(kconf, sym, "EXPERIMENTAL", "WARN_EXPERIMENTAL"):
            found.append(f"{assignment.where}: warning: CONFIG_{name} is experimental")
    return found
