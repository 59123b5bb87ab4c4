#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Evaluates Kconfig for one build: `.config` and `autoconf.h` from fragments.

  kconfig.py --app DIR --board BOARD --out DIR [--conf FILE]... [--extra-conf FILE]... [-D CONFIG_X=y]...
  kconfig.py menuconfig --app DIR --board BOARD --out DIR ...
  kconfig.py --reference [NAME]... [--check]
  kconfig.py --check-tree
  kconfig.py --sweep FIRST COUNT --out DIR

Exit status: 0 done, 1 a mistake in the configuration (on stderr, with file and line), 2 wrong usage.
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def find_kconfiglib():
    """Imports kconfiglib, from the project's own environment if this Python lacks it."""
    try:
        import kconfiglib  # noqa: F401
        return
    except ImportError:
        pass
    own = ROOT / "target" / "venv" / "bin" / "python3"
    if own.is_file() and os.environ.get("ZNET_VENV") != "1":
        os.environ["ZNET_VENV"] = "1"
        os.execv(own, [str(own), *sys.argv])
    sys.exit(
        "error: the Python package kconfiglib is missing. Install it with\n"
        f"  python3 -m pip install -r {ROOT / 'scripts' / 'requirements.txt'}\n"
        "or run any 'cargo xtask' build command, which sets up its own environment in target/venv."
    )


def arguments(argv):
    """Parses the command line."""
    parser = argparse.ArgumentParser(
        prog="kconfig.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mode", nargs="?", choices=["menuconfig"], help="edit the configuration of a build")
    parser.add_argument("--app", type=Path, help="application directory (prj.conf, Kconfig, boards/)")
    parser.add_argument("--board", help="board, such as native_sim or mps2/an385")
    parser.add_argument("--out", type=Path, help="build directory's folder for the results")
    parser.add_argument("--conf", action="append", default=[], metavar="FILE", help="instead of prj.conf")
    parser.add_argument("--extra-conf", action="append", default=[], metavar="FILE", help="applied after it")
    parser.add_argument("--file-suffix", metavar="S", help="prefer prj_S.conf and boards/<board>_S.conf")
    parser.add_argument("-D", dest="options", action="append", default=[], metavar="CONFIG_X=VALUE")
    parser.add_argument("--reference", nargs="*", metavar="NAME", help="write kconfig/configs/NAME.config, or all")
    parser.add_argument("--check", action="store_true", help="with --reference: compare, write nothing")
    parser.add_argument("--check-tree", action="store_true", help="lint the Kconfig tree")
    parser.add_argument(
        "--sweep", nargs=2, type=int, metavar=("FIRST", "COUNT"), help="write configurations drawn at random"
    )
    args = parser.parse_args(argv)
    if args.sweep:
        if not args.out or min(args.sweep) < 0:
            parser.error("--sweep wants two numbers from 0, and --out")
    elif args.reference is None and not args.check_tree and not (args.app and args.board and args.out):
        parser.error("--app, --board and --out are needed")
    return args


def evaluate(args):
    """Evaluates one build and writes its results; returns the loaded tree."""
    from znetconf import assign, elsewhere, explain, output, sources, tree

    app, out = args.app.resolve(), args.out.resolve()
    if not app.is_dir():
        raise tree.ConfigError(f"error: the application directory {app} does not exist")
    _, defaults = tree.find_board(args.board)
    fragments = sources.fragments(
        app, args.board, defaults, args.conf, args.extra_conf, args.file_suffix
    )
    kconf = tree.load(args.board, app, out)
    named = [a for path in fragments for a in assign.read_file(path)]
    named += assign.read_options(args.options, kconf)
    foreign = elsewhere.find(kconf, named, lambda name: explain.later_feature(kconf, name) is not None)
    if elsewhere.declare(foreign, out):
        kconf = tree.load(args.board, app, out)
    read_files = tree.files_of(kconf) + [str(path.resolve()) for path in fragments]
    inputs = output.fingerprint(args.board, read_files, args.options)
    if output.is_current(out, inputs):
        # It names every symbol there is, so it says nothing of the fragments, which are as they were.
        assign.apply(kconf, assign.read_file(out / ".config"), saved=True)
        said = output.said(out)
    else:
        last, ignored = assign.apply(kconf, named)
        said = ignored + elsewhere.warnings(foreign, named) + assign.warnings(kconf, last)
    for warning in said:
        print(warning, file=sys.stderr)
    output.write_results(kconf, out, read_files)
    output.mark_current(out, inputs, said)
    return kconf


def menuconfig(args):
    """Opens kconfiglib's terminal interface on the configuration of one build."""
    from menuconfig import menuconfig as interface

    from znetconf import output

    kconf = evaluate(args)
    out = args.out.resolve()
    os.environ["KCONFIG_CONFIG"] = str(out / ".config")
    os.environ.setdefault("MENUCONFIG_STYLE", "default")
    interface(kconf)
    read_files = (out / "Kconfig" / "sources.txt").read_text(encoding="utf-8").splitlines()
    kconf.load_config(str(out / ".config"))
    output.write_results(kconf, out, read_files)


def main(argv=None):
    """Runs one command; returns the exit status."""
    args = arguments(argv)
    find_kconfiglib()
    from znetconf import lint, references, sweep
    from znetconf.tree import ConfigError

    try:
        if args.check_tree:
            lint.check()
        elif args.reference is not None:
            references.run(args.reference, args.check)
        elif args.sweep:
            sweep.run(*args.sweep, args.out)
        elif args.mode == "menuconfig":
            menuconfig(args)
        else:
            evaluate(args)
    except ConfigError as err:
        for message in err.messages:
            print(message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
