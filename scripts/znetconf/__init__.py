# SPDX-License-Identifier: Apache-2.0
"""Evaluates znet's Kconfig tree the way Zephyr evaluates its own.

tree        finds the tree and the boards, and loads it with kconfiglib
sources     which configuration fragments take part, and in which order
assign      reads `CONFIG_X=value` lines and applies them; every mistake has a file and a line
explain     says why an assigned value did not take effect
output      writes .config, autoconf.h and the list of files that were read
lint        checks the tree itself
references  the configurations that are kept in kconfig/configs
"""
