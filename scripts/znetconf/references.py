# SPDX-License-Identifier: Apache-2.0
"""The reference configurations: kconfig/configs/NAME.conf evaluated into NAME.config.

They are committed because a plain `cargo build` must work where there is no Python, and because the
continuous integration builds each of them.
"""

import tempfile
from pathlib import Path

from . import assign, tree
from .tree import ConfigError

BOARD = "native_sim"
_HEADER = "# Made from {name}.conf by scripts/kconfig.py --reference; do not edit.\n"


def names(srctree=tree.SRCTREE):
    """The reference configurations there are."""
    return sorted(path.stem for path in (srctree / "configs").glob("*.conf"))


def evaluate(name, srctree=tree.SRCTREE):
    """The text of NAME.config."""
    fragment = srctree / "configs" / f"{name}.conf"
    if not fragment.is_file():
        raise ConfigError(f"error: there is no reference configuration '{name}'; there are: {', '.join(names(srctree))}")
    _, defaults = tree.find_board(BOARD, srctree)
    kconf = tree.load(BOARD, srctree=srctree)
    shown = f"kconfig/configs/{name}.conf"
    _, ignored = assign.apply(kconf, assign.read_file(defaults) + assign.read_file(fragment, shown))
    if ignored:
        raise ConfigError(*ignored)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config"
        kconf.write_config(str(path), header=_HEADER.format(name=name), save_old=False)
        return path.read_text(encoding="utf-8")


def run(wanted, check, srctree=tree.SRCTREE):
    """Writes the wanted references (all when none is named), or compares them with what is committed."""
    stale = []
    for name in wanted or names(srctree):
        path = srctree / "configs" / f"{name}.config"
        text = evaluate(name, srctree)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if check:
            stale.append(f"{path}: error: differs from what {name}.conf gives; run scripts/kconfig.py --reference")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")
    if stale:
        raise ConfigError(*stale)
