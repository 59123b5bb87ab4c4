# SPDX-License-Identifier: Apache-2.0
"""Configurations drawn at random, to find combinations of options that do not compile.

Each begins as a reference configuration and has some of its options turned round. The same number gives
the same configuration as long as the Kconfig tree does not change.
"""

import random
import re

from kconfiglib import BOOL

from . import assign, references, tree
from .explain import is_later

# What turns an option round in one of so many cases; few, so that most of a feature's own options are met.
ONE_OF = 6

# Without the first nothing is left; the others name a platform rather than a feature.
LEFT_ALONE = re.compile("NETWORKING|NET_NATIVE|ZNET_PORT_.*|BOARD_.*|ARCH_.*|.*_LOG_LEVEL_.*")

# It makes a header of the application's be included.
WANTS_MORE = "_USER_OVERRIDE"


def draw(number, srctree=tree.SRCTREE):
    """(name of the reference, options turned round, the configuration) of one number."""
    names = references.names(srctree)
    name = names[number % len(names)]
    dice = random.Random(number)
    _, defaults = tree.find_board(references.BOARD, srctree)
    kconf = tree.load(references.BOARD, srctree=srctree)
    fragment = srctree / "configs" / f"{name}.conf"
    assign.apply(kconf, assign.read_file(defaults) + assign.read_file(fragment))
    turned = []
    for sym in kconf.unique_defined_syms:
        if sym.type != BOOL or is_later(sym) or LEFT_ALONE.fullmatch(sym.name):
            continue
        # In the order of the tree: what one decides, those after it follow.
        other = 0 if sym.tri_value else 2
        if other in sym.assignable and dice.randrange(ONE_OF) == 0 and not sym.name.endswith(WANTS_MORE):
            sym.set_value(other)
            turned.append(f"{sym.name}={'y' if other else 'n'}")
    return name, turned, kconf


def run(first, count, folder):
    """Writes configurations number `first` and on into `folder`, as NUMBER.config and NUMBER.h."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        name, _, kconf = draw(number)
        origin = f"# Number {number}, from {name}.\n"
        kconf.write_config(str(folder / f"{number}.config"), header=origin, save_old=False)
        kconf.write_autoconf(str(folder / f"{number}.h"), header="")
