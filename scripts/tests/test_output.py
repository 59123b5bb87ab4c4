# SPDX-License-Identifier: Apache-2.0
"""What is written, and that nothing is written without need."""

import contextlib
import io
import os
import unittest
from unittest import mock

import harness  # noqa: F401  (puts scripts/ on the path)
import kconfig
from harness import PRJ, AppCase
from znetconf import lint, references, tree


class Output(AppCase):
    def autoconf(self):
        path = self.out / "include/generated/zephyr/autoconf.h"
        return dict(
            line.split(" ", 2)[1:] for line in path.read_text().splitlines() if line.startswith("#define")
        )

    def test_autoconf_has_what_is_set_and_nothing_else(self):
        self.write("prj.conf", PRJ + 'CONFIG_NET_HOSTNAME_ENABLE=y\nCONFIG_NET_HOSTNAME="a\\"b"\n')
        self.evaluate()
        macros = self.autoconf()
        self.assertEqual(macros["CONFIG_NET_IPV4"], "1")
        self.assertEqual(macros["CONFIG_NET_INITIAL_TTL"], "64")
        self.assertEqual(macros["CONFIG_SYSTEM_WORKQUEUE_PRIORITY"], "-1")
        self.assertEqual(macros["CONFIG_NET_HOSTNAME"], '"a\\"b"')
        self.assertNotIn("CONFIG_NET_STATISTICS", macros)
        self.assertNotIn("CONFIG_NET_ARP_GRATUITOUS_INTERVAL", macros)

    def test_sources_name_every_file_that_counts(self):
        self.write("Kconfig", 'source "Kconfig.zephyr"\n')
        self.write("boards/native_sim.conf", "")
        self.evaluate("--extra-conf", self.write("extra.conf", ""))
        listed = (self.out / "Kconfig/sources.txt").read_text().splitlines()
        for name in ("Kconfig", "prj.conf", "boards/native_sim.conf", "extra.conf"):
            self.assertIn(str(self.app / name), listed)
        self.assertIn(str(tree.SRCTREE / "Kconfig.net"), listed)
        self.assertIn(str(tree.SRCTREE / "boards/native_sim_defconfig"), listed)
        self.assertEqual([path for path in listed if not os.path.isfile(path)], [])

    def test_a_second_run_leaves_the_files_alone(self):
        self.evaluate()
        files = [path for path in self.out.rglob("*") if path.is_file()]
        self.assertGreaterEqual(len(files), 3)
        for path in files:
            os.utime(path, (1, 1))
        self.evaluate()
        self.assertEqual([path for path in files if path.stat().st_mtime != 1], [])

    def test_a_comment_does_not_touch_the_results(self):
        self.evaluate()
        for path in (self.out / ".config", self.out / "include/generated/zephyr/autoconf.h"):
            os.utime(path, (1, 1))
        self.write("prj.conf", PRJ + "# a comment\n")
        self.evaluate()
        self.assertEqual((self.out / ".config").stat().st_mtime, 1)


class Menuconfig(AppCase):
    def edit(self, name, value):
        """Runs the menuconfig command with an interface that changes one symbol and saves."""

        def interface(kconf):
            kconf.syms[name].set_value(value)
            kconf.write_config(os.environ["KCONFIG_CONFIG"])

        argv = ["menuconfig", "--app", str(self.app), "--board", "native_sim", "--out", str(self.out)]
        with mock.patch("menuconfig.menuconfig", interface), contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(kconfig.main(argv), 0)

    def test_saved_edits_hold_in_the_next_build(self):
        self.edit("NET_INITIAL_TTL", "77")
        self.assertEqual(self.config()["NET_INITIAL_TTL"], "77")
        self.assertEqual(self.evaluate()["NET_INITIAL_TTL"], "77")
        text = (self.out / "include/generated/zephyr/autoconf.h").read_text()
        self.assertIn("#define CONFIG_NET_INITIAL_TTL 77\n", text)

    def test_edits_build_upon_each_other(self):
        self.edit("NET_INITIAL_TTL", "77")
        self.edit("NET_MAX_CONTEXTS", "9")
        config = self.evaluate()
        self.assertEqual((config["NET_INITIAL_TTL"], config["NET_MAX_CONTEXTS"]), ("77", "9"))

    def test_a_changed_fragment_starts_anew(self):
        self.edit("NET_INITIAL_TTL", "77")
        self.write("prj.conf", PRJ + "CONFIG_NET_MAX_CONTEXTS=9\n")
        config = self.evaluate()
        self.assertEqual((config["NET_INITIAL_TTL"], config["NET_MAX_CONTEXTS"]), ("64", "9"))

    def test_a_string_out_of_reach_stands_in_the_way_of_no_second_run(self):
        self.write("prj.conf", PRJ + "CONFIG_ETH_NATIVE_TAP=n\n")
        first = self.evaluate()
        self.assertEqual(self.evaluate(), first)

    def test_another_command_line_starts_anew(self):
        self.edit("NET_INITIAL_TTL", "77")
        self.assertEqual(self.evaluate("-D", "CONFIG_NET_MAX_CONTEXTS=9")["NET_INITIAL_TTL"], "64")

    def test_an_edit_by_hand_is_checked(self):
        self.evaluate()
        path = self.out / ".config"
        lines = path.read_text().splitlines()
        number = lines.index("CONFIG_NET_INITIAL_TTL=64") + 1
        path.write_text(path.read_text().replace("CONFIG_NET_INITIAL_TTL=64", "CONFIG_NET_INITIAL_TTL=0"))
        self.assertEqual(
            self.refuse(), [f"{path}:{number}: error: CONFIG_NET_INITIAL_TTL: value 0 is out of range: 1 to 255"]
        )


class Tree(unittest.TestCase):
    def test_the_tree_is_clean(self):
        lint.check()

    def test_the_references_are_up_to_date(self):
        references.run([], check=True)

    def test_the_references_there_are(self):
        self.assertEqual(references.names(), ["default", "full", "ipv4_only", "ipv6_bare", "ipv6_only", "minimal", "packet", "router", "sim", "tiny"])

    def test_an_unknown_reference(self):
        with self.assertRaisesRegex(tree.ConfigError, "no reference configuration 'none'"):
            references.run(["none"], check=True)


if __name__ == "__main__":
    unittest.main()
