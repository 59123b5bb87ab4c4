#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the C header of a devicetree: <zephyr/devicetree_generated.h>, which <zephyr/devicetree.h> reads.

The tree goes through the C preprocessor; the package `devicetree` from PyPI parses it and checks it against
bindings. The names of the macros are Zephyr's (its documentation, "Devicetree macros").
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def ident(name):
    """A name of the devicetree as part of an identifier of C."""
    return re.sub(r"[^a-z0-9_]", "_", name.lower())


def token(text):
    """A string as an identifier, letters unchanged."""
    return re.sub(r"[^A-Za-z0-9_]", "_", text)


def quoted(text):
    """A string of C."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def node_id(node):
    """The macro that stands for a node."""
    return "DT_N" + "".join(f"_S_{ident(part)}" for part in node.path.split("/") if part)


class Header:
    """The lines of the header."""

    def __init__(self):
        self.lines = []

    def define(self, name, value=1):
        self.lines.append(f"#define {name} {value}" if value != "" else f"#define {name}")

    def each(self, name, items, parameter="fn"):
        """A loop over items, without and with further arguments."""
        self.define(f"{name}({parameter})", " ".join(f"{parameter}({item})" for item in items))
        self.define(
            f"{name}_VARGS({parameter}, ...)",
            " ".join(f"{parameter}({item}, __VA_ARGS__)" for item in items),
        )

    def node(self, node):
        """All that is known of a node by itself."""
        me = node_id(node)
        self.lines += ["", f"/* {node.path} */"]
        self.define(f"{me}_EXISTS")
        self.define(f"{me}_PATH", quoted(node.path))
        self.define(f"{me}_FULL_NAME", quoted(node.name))
        self.define(f"{me}_ORD", node.dep_ordinal)
        self.define(f"{me}_STATUS_{ident(node.status)}")
        if node.parent is not None:
            self.define(f"{me}_PARENT", node_id(node.parent))
            self.define(f"{me}_CHILD_IDX", node.parent.child_index(node))
        children = list(node.children.values())
        okay = [child for child in children if child.status == "okay"]
        self.define(f"{me}_CHILD_NUM", len(children))
        self.define(f"{me}_CHILD_NUM_STATUS_OKAY", len(okay))
        self.each(f"{me}_FOREACH_CHILD", [node_id(child) for child in children])
        self.define(f"{me}_FOREACH_CHILD_STATUS_OKAY(fn)", " ".join(f"fn({node_id(c)})" for c in okay))
        self.define(
            f"{me}_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)",
            " ".join(f"fn({node_id(c)}, __VA_ARGS__)" for c in okay),
        )
        for compat in node.compats:
            self.define(f"{me}_COMPAT_MATCHES_{ident(compat)}")
        if node.on_bus:
            self.define(f"{me}_BUS", node_id(node.bus_node))
            self.define(f"{me}_BUS_{ident(node.on_bus)}")
        self.registers(me, node)
        self.interrupts(me, node)
        for prop in node.props.values():
            self.property(f"{me}_P_{ident(prop.name)}", me, prop)

    def registers(self, me, node):
        self.define(f"{me}_REG_NUM", len(node.regs))
        for i, reg in enumerate(node.regs):
            self.define(f"{me}_REG_IDX_{i}_EXISTS")
            values = {"ADDRESS": reg.addr, "SIZE": reg.size}
            for what, value in values.items():
                if value is None:
                    continue
                self.define(f"{me}_REG_IDX_{i}_VAL_{what}", f"0x{value:x}")
                if reg.name:
                    self.define(f"{me}_REG_NAME_{ident(reg.name)}_EXISTS")
                    self.define(f"{me}_REG_NAME_{ident(reg.name)}_VAL_{what}", f"0x{value:x}")

    def interrupts(self, me, node):
        self.define(f"{me}_IRQ_NUM", len(node.interrupts))
        for i, irq in enumerate(node.interrupts):
            self.define(f"{me}_IRQ_IDX_{i}_EXISTS")
            self.define(f"{me}_IRQ_IDX_{i}_CONTROLLER", node_id(irq.controller))
            places = [f"{me}_IRQ_IDX_{i}"]
            if irq.name:
                places.append(f"{me}_IRQ_NAME_{ident(irq.name)}")
            for place in places:
                for cell, value in irq.data.items():
                    self.define(f"{place}_VAL_{ident(cell)}", value)
                    self.define(f"{place}_VAL_{ident(cell)}_EXISTS")

    def property(self, me, owner, prop):
        """A property in the forms that its type has."""
        kind, value = prop.type, prop.val
        self.define(f"{me}_EXISTS")
        if kind == "boolean":
            self.define(me, int(value))
        elif kind == "int":
            self.define(me, value)
        elif kind == "string":
            self.string(me, value)
        elif kind in ("array", "uint8-array"):
            self.define(me, "{" + ", ".join(str(item) for item in value) + "}")
            self.elements(me, owner, prop, [str(item) for item in value])
        elif kind == "string-array":
            self.define(me, "{" + ", ".join(quoted(item) for item in value) + "}")
            self.elements(me, owner, prop, [quoted(item) for item in value])
        elif kind in ("phandle", "path"):
            self.define(me, node_id(value))
            self.elements(me, owner, prop, [node_id(value)])
            self.define(f"{me}_IDX_0_PH", node_id(value))
        elif kind == "phandles":
            self.elements(me, owner, prop, [node_id(item) for item in value])
            for i, item in enumerate(value):
                self.define(f"{me}_IDX_{i}_PH", node_id(item))
        elif kind == "phandle-array":
            self.elements(me, owner, prop, [None] * len(value))
            for i, entry in enumerate(value):
                if entry is not None:
                    self.specifier(f"{me}_IDX_{i}", entry)
        if kind in ("int", "string"):
            self.elements(me, owner, prop, [quoted(value) if kind == "string" else str(value)])
        if prop.enum_index is not None:
            self.define(f"{me}_IDX_0_ENUM_IDX", prop.enum_index)
            self.define(f"{me}_IDX_0_ENUM_VAL_{token(str(value))}_EXISTS")
            self.define(f"{me}_ENUM_IDX", prop.enum_index)

    def string(self, me, value):
        self.define(me, quoted(value))
        self.define(f"{me}_STRING_UNQUOTED", value)
        self.define(f"{me}_STRING_TOKEN", token(value))
        self.define(f"{me}_STRING_UPPER_TOKEN", token(value).upper())

    def elements(self, me, owner, prop, items):
        self.define(f"{me}_LEN", len(items))
        for i, item in enumerate(items):
            self.define(f"{me}_IDX_{i}_EXISTS")
            if item is not None:
                self.define(f"{me}_IDX_{i}", item)
        name = ident(prop.name)
        turns = [f"{owner}, {name}, {i}" for i in range(len(items))]
        self.each(f"{me}_FOREACH_PROP_ELEM", turns)

    def specifier(self, me, entry):
        self.define(f"{me}_PH", node_id(entry.controller))
        for cell, value in entry.data.items():
            self.define(f"{me}_VAL_{ident(cell)}", value)
            self.define(f"{me}_VAL_{ident(cell)}_EXISTS")

    def tree(self, edt):
        """The names that lead to nodes."""
        self.lines += ["", "/* Names of nodes */"]
        for node in edt.nodes:
            for label in node.labels:
                self.define(f"DT_N_NODELABEL_{ident(label)}", node_id(node))
            for alias in node.aliases:
                self.define(f"DT_N_ALIAS_{ident(alias)}", node_id(node))
        for name, node in edt.chosen_nodes.items():
            self.define(f"DT_CHOSEN_{ident(name)}", node_id(node))
            self.define(f"DT_CHOSEN_{ident(name)}_EXISTS")
        okay = [node_id(node) for node in edt.nodes if node.status == "okay"]
        self.define("DT_FOREACH_OKAY_HELPER(fn)", " ".join(f"fn({node})" for node in okay))
        self.lines += ["", "/* Instances of each kind, those that are switched on first */"]
        for compat, nodes in sorted(edt.compat2nodes.items()):
            kind = ident(compat)
            okay = [node for node in nodes if node.status == "okay"]
            for i, node in enumerate(okay + [node for node in nodes if node not in okay]):
                self.define(f"DT_N_INST_{i}_{kind}", node_id(node))
            if not okay:
                continue
            self.define(f"DT_COMPAT_HAS_OKAY_{kind}")
            self.define(f"DT_N_INST_{kind}_NUM_OKAY", len(okay))
            ids = [node_id(node) for node in okay]
            turns = [str(i) for i in range(len(okay))]
            for loop, items in (("DT_FOREACH_OKAY", ids), ("DT_FOREACH_OKAY_INST", turns)):
                self.define(f"{loop}_{kind}(fn)", " ".join(f"fn({item})" for item in items))
                self.define(
                    f"{loop}_VARGS_{kind}(fn, ...)",
                    " ".join(f"fn({item}, __VA_ARGS__)" for item in items),
                )


def preprocess(compiler, sources, include_dirs):
    """The text of the tree: the board's, then overlays."""
    text = "".join(f'#include "{Path(source).resolve()}"\n' for source in sources)
    command = [compiler, "-E", "-P", "-undef", "-D__DTS__", "-nostdinc", "-x", "assembler-with-cpp"]
    for folder in include_dirs:
        command += ["-I", str(folder)]
    result = subprocess.run([*command, "-"], input=text, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"error: the devicetree does not pass the preprocessor:\n{result.stderr}")
    return result.stdout


def header(text, bindings):
    """The header of a tree's text."""
    try:
        from devicetree import edtlib
    except ImportError:
        root = Path(__file__).resolve().parent
        sys.exit(
            "error: the Python package devicetree is missing. Install it with\n"
            f"  python3 -m pip install -r {root / 'requirements.txt'}"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "devicetree.dts"
        source.write_text(text, encoding="utf-8")
        try:
            edt = edtlib.EDT(str(source), [str(b) for b in bindings])
        except Exception as why:  # the package has several kinds of errors, all for the user
            sys.exit(f"error: devicetree: {why}")
    out = Header()
    for node in edt.nodes:
        out.node(node)
    out.tree(edt)
    note = "/* SPDX-License-Identifier: Apache-2.0 */\n/* Written by scripts/devicetree_header.py */"
    return "\n".join([note, *out.lines, ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", help="the board's tree, then overlays")
    parser.add_argument("--cc", default="cc", help="C compiler")
    parser.add_argument("--bindings", action="append", default=[], help="folder of bindings")
    parser.add_argument("--include", action="append", default=[], help="folder for #include")
    parser.add_argument("--out", required=True, help="header to write")
    args = parser.parse_args()
    include = [Path(source).resolve().parent for source in args.sources] + args.include
    text = header(preprocess(args.cc, args.sources, include), args.bindings)
    out = Path(args.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    if not out.exists() or out.read_text(encoding="utf-8") != text:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
