#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints a file as C array initialisers: `0x12, 0x34, ...`, eight bytes a line.

The options are those of Zephyr's script of the same purpose, so that
generate_inc_file_for_target() takes the same arguments.
"""
import argparse
import gzip
import sys

LINE = 8


def initialisers(data: bytes) -> str:
    """`data` as comma separated bytes, each line ending with a comma."""
    rows = (data[i : i + LINE] for i in range(0, len(data), LINE))
    return "".join(", ".join(f"0x{byte:02x}" for byte in row) + ",\n" for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("-f", "--file", required=True)
    parser.add_argument("-o", "--offset", type=lambda text: int(text, 0), default=0)
    parser.add_argument("-l", "--length", type=lambda text: int(text, 0), default=-1)
    parser.add_argument("-g", "--gzip", action="store_true", help="compress the bytes first")
    parser.add_argument(
        "-t",
        "--gzip-mtime",
        type=int,
        nargs="?",
        const=None,
        default=0,
        help="time in the gzip header, in seconds; 0 keeps builds the same, no value means now",
    )
    args = parser.parse_args()

    with open(args.file, "rb") as source:
        source.seek(args.offset)
        data = source.read(args.length if args.length >= 0 else -1)
    if args.gzip:
        data = gzip.compress(data, compresslevel=9, mtime=args.gzip_mtime)
    sys.stdout.write(initialisers(data))
    return 0


if __name__ == "__main__":
    sys.exit(main())
