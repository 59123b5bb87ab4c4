# SPDX-License-Identifier: Apache-2.0
"""Finds the Kconfig tree and the boards it knows, and loads it."""

import os
import sys
from pathlib import Path

import kconfiglib

ROOT = Path(__file__).resolve().parents[2]
SRCTREE = ROOT / "kconfig"


class ConfigError(Exception):
    """One or more mistakes in the configuration; each a line fit to be printed."""

    def __init__(self, *messages):
        super().__init__("\n".join(messages))
        self.messages = list(messages)


def board_names(board):
    """The file stems a board answers to, from general to particular.

    `native_sim/native/64` is looked for as `native_sim` and `native_sim_native_64`; a board whose
    defaults exist only under the whole name (`mps2/an385`) has no general form.
    """
    base = board.split("/")[0].split("@")[0]
    whole = board.split("@")[0].replace("/", "_")
    return [base] if base == whole else [base, whole]


def find_board(board, srctree=SRCTREE):
    """Returns (canonical name, defaults file) of a board, or raises ConfigError with those known."""
    for name in reversed(board_names(board)):
        defaults = srctree / "boards" / f"{name}_defconfig"
        if defaults.is_file():
            return name, defaults
    known = sorted(p.name.removesuffix("_defconfig") for p in (srctree / "boards").glob("*_defconfig"))
    raise ConfigError(f"error: board '{board}' is unknown; the boards are: {', '.join(known)}")


def load(board, app=None, out=None, srctree=SRCTREE):
    """Loads the tree for `board`; an application's own `Kconfig` takes the place of ours.

    Raises ConfigError when a Kconfig file cannot be read or parsed.
    """
    name, _ = find_board(board, srctree)
    top = srctree / "Kconfig"
    if app is not None and (app / "Kconfig").is_file():
        top = app / "Kconfig"
    os.environ.update(
        srctree=str(srctree),
        CONFIG_="CONFIG_",
        ZEPHYR_BASE=str(srctree.parent),
        BOARD=name,
        BOARD_QUALIFIED=board,
        APPLICATION_SOURCE_DIR=str(app or ""),
        KCONFIG_BINARY_DIR=str(out / "Kconfig" if out else ""),
    )
    os.environ.pop("KCONFIG_CONFIG", None)
    try:
        kconf = kconfiglib.Kconfig(str(top), warn_to_stderr=False)
    except (kconfiglib.KconfigError, OSError) as err:
        raise ConfigError(f"error: {err}") from None
    for warning in kconf.warnings:
        print(warning, file=sys.stderr)
    kconf.warnings.clear()
    kconf.warn = False
    return kconf


def files_of(kconf):
    """Every Kconfig file that was read, as absolute paths."""
    base = Path(kconf.srctree)
    return sorted({str((base / name).resolve()) for name in kconf.kconfig_filenames})


def declared_in(sym, filename):
    """True when a definition of the symbol stands in a Kconfig file of that name."""
    return any(Path(node.filename).name == filename for node in sym.nodes)
