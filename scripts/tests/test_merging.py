# SPDX-License-Identifier: Apache-2.0
"""Which fragment counts: the later over the earlier, in Zephyr's order."""

import unittest

from harness import PRJ, AppCase


def ttl(value):
    return f"CONFIG_NET_INITIAL_TTL={value}\n"


class Merging(AppCase):
    def test_board_defaults_apply_and_the_application_overrules_them(self):
        self.assertEqual(self.evaluate()["CONSOLE"], "y")
        self.write("prj.conf", PRJ + "CONFIG_CONSOLE=n\n")
        self.assertNotIn("CONSOLE", self.evaluate())

    def test_the_board_is_known_to_the_tree(self):
        config = self.evaluate()
        self.assertEqual(config["BOARD"], '"native_sim"')
        self.assertEqual(config["ARCH_POSIX"], "y")
        config = self.evaluate(board="mps2/an385")
        self.assertEqual(config["BOARD"], '"mps2_an385"')
        self.assertNotIn("ARCH_POSIX", config)
        self.assertEqual(config["CPU_CORTEX_M3"], "y")

    def test_board_fragment_comes_after_prj_conf(self):
        self.write("prj.conf", PRJ + ttl(10))
        self.write("boards/native_sim.conf", ttl(20))
        self.write("boards/mps2_an385.conf", ttl(30))
        self.assertEqual(self.evaluate()["NET_INITIAL_TTL"], "20")
        self.assertEqual(self.evaluate(board="mps2/an385")["NET_INITIAL_TTL"], "30")
        self.assertEqual(self.evaluate(board="mps2_an385")["NET_INITIAL_TTL"], "30")

    def test_qualified_board_reads_the_general_fragment_first(self):
        self.write("boards/native_sim.conf", ttl(20) + "CONFIG_NET_MAX_CONTEXTS=9\n")
        self.write("boards/native_sim_native_64.conf", ttl(21))
        config = self.evaluate(board="native_sim/native/64")
        self.assertEqual((config["NET_INITIAL_TTL"], config["NET_MAX_CONTEXTS"]), ("21", "9"))

    def test_extra_fragments_come_after_the_board_s(self):
        self.write("prj.conf", PRJ + ttl(10))
        self.write("boards/native_sim.conf", ttl(20))
        self.write("a.conf", ttl(30) + "CONFIG_NET_MAX_CONTEXTS=9\n")
        b = self.write("b.conf", ttl(31))
        config = self.evaluate("--extra-conf", "a.conf", "--extra-conf", b)
        self.assertEqual((config["NET_INITIAL_TTL"], config["NET_MAX_CONTEXTS"]), ("31", "9"))

    def test_the_command_line_comes_last(self):
        self.write("a.conf", ttl(30))
        config = self.evaluate("--extra-conf", "a.conf", "-D", "CONFIG_NET_INITIAL_TTL=40")
        self.assertEqual(config["NET_INITIAL_TTL"], "40")

    def test_strings_on_the_command_line_need_no_quotes(self):
        self.write("prj.conf", PRJ + "CONFIG_NET_CONFIG_SETTINGS=y\n")
        for value in ("192.0.2.9", '"192.0.2.9"'):
            config = self.evaluate("-D", f"CONFIG_NET_CONFIG_MY_IPV4_ADDR={value}")
            self.assertEqual(config["NET_CONFIG_MY_IPV4_ADDR"], '"192.0.2.9"')

    def test_mistakes_on_the_command_line_say_so(self):
        self.assertEqual(
            self.refuse("-D", "CONFIG_NO_SUCH_THING=y"),
            ["command line: error: CONFIG_NO_SUCH_THING: unknown symbol"],
        )

    def test_named_files_take_the_place_of_prj_conf_and_of_the_board_s(self):
        self.write("prj.conf", PRJ + "CONFIG_NET_MAX_CONTEXTS=9\n")
        self.write("boards/native_sim.conf", ttl(20))
        self.write("one.conf", PRJ)
        self.write("two.conf", ttl(50))
        config = self.evaluate("--conf", "one.conf", "--conf", "two.conf")
        self.assertEqual((config["NET_INITIAL_TTL"], config["NET_MAX_CONTEXTS"]), ("50", "6"))

    def test_suffix(self):
        self.write("prj_small.conf", PRJ + ttl(60))
        self.write("boards/native_sim.conf", "CONFIG_NET_MAX_CONTEXTS=9\n")
        self.assertEqual(self.evaluate()["NET_INITIAL_TTL"], "64")
        config = self.evaluate("--file-suffix", "small")
        self.assertEqual((config["NET_INITIAL_TTL"], config["NET_MAX_CONTEXTS"]), ("60", "9"))
        self.write("boards/native_sim_small.conf", "CONFIG_NET_MAX_CONTEXTS=8\n")
        self.assertEqual(self.evaluate("--file-suffix", "small")["NET_MAX_CONTEXTS"], "8")
        self.assertEqual(self.evaluate("--conf", "prj_small.conf")["NET_MAX_CONTEXTS"], "8")

    def test_the_later_line_of_a_file_wins(self):
        self.write("prj.conf", PRJ + ttl(10) + ttl(11))
        self.assertEqual(self.evaluate()["NET_INITIAL_TTL"], "11")

    def test_a_later_file_may_choose_another_member_of_a_choice(self):
        self.write("prj.conf", PRJ + "CONFIG_SPEED_OPTIMIZATIONS=y\n")
        self.write("a.conf", "CONFIG_NO_OPTIMIZATIONS=y\n")
        config = self.evaluate("--extra-conf", "a.conf")
        self.assertEqual(config["NO_OPTIMIZATIONS"], "y")
        self.assertNotIn("SPEED_OPTIMIZATIONS", config)

    def test_missing_files(self):
        self.assertIn("configuration file 'no.conf' does not exist", self.refuse("--conf", "no.conf")[0])
        self.assertIn("extra configuration file 'no.conf' does not exist", self.refuse("--extra-conf", "no.conf")[0])
        (self.app / "prj.conf").unlink()
        self.assertIn("has no prj.conf", self.refuse()[0])


class OwnKconfig(AppCase):
    def test_own_symbols_beside_ours(self):
        self.write(
            "Kconfig",
            'mainmenu "My application"\n\nconfig MY_PORT\n\tint "Port"\n\trange 1 65535\n\tdefault 4242\n\n'
            'source "Kconfig.zephyr"\n',
        )
        self.assertEqual(self.evaluate()["MY_PORT"], "4242")
        self.write("prj.conf", PRJ + "CONFIG_MY_PORT=7\n")
        config = self.evaluate()
        self.assertEqual((config["MY_PORT"], config["NET_IPV4"]), ("7", "y"))
        self.refuse_line("CONFIG_MY_PORT=0", "CONFIG_MY_PORT: value 0 is out of range: 1 to 65535")

    def test_files_beside_it_and_files_that_may_be_missing(self):
        self.write(
            "Kconfig", 'rsource "sub/Kconfig"\norsource "sub/none"\nosource "none"\nsource "Kconfig.zephyr"\n'
        )
        self.write("sub/Kconfig", 'config MINE\n\tbool "Mine"\n\tdefault y\n')
        self.assertEqual(self.evaluate()["MINE"], "y")

    def test_log_level_templates(self):
        self.write(
            "Kconfig",
            'source "Kconfig.zephyr"\n\n'
            'module = MY_APP\nmodule-str = my_app\nsource "subsys/logging/Kconfig.template.log_config"\n\n'
            "module = MY_NET\nmodule-dep = NET_LOG\nmodule-str = Log level of my_net\nmodule-help = Unused.\n"
            'source "subsys/net/Kconfig.template.log_config.net"\n',
        )
        self.write("prj.conf", PRJ + "CONFIG_NET_LOG=y\nCONFIG_MY_APP_LOG_LEVEL_DBG=y\n")
        config = self.evaluate()
        self.assertEqual((config["MY_APP_LOG_LEVEL"], config["MY_NET_LOG_LEVEL"]), ("4", "3"))

    def test_default_of_one_of_our_symbols(self):
        self.write("Kconfig", 'config NET_INITIAL_TTL\n\tdefault 33\n\nsource "Kconfig.zephyr"\n')
        self.assertEqual(self.evaluate()["NET_INITIAL_TTL"], "33")


if __name__ == "__main__":
    unittest.main()
