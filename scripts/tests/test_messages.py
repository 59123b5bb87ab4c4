# SPDX-License-Identifier: Apache-2.0
"""Every mistake ends the build with file, line, symbol and reason."""

import unittest

from harness import PRJ, AppCase


class Messages(AppCase):
    def test_unknown_symbol(self):
        self.refuse_line("CONFIG_NO_SUCH_THING=y", "CONFIG_NO_SUCH_THING: unknown symbol")

    def test_misspelt_symbol_suggests_the_nearest(self):
        self.refuse_line(
            "CONFIG_NET_MAX_CONTEXT=3",
            "CONFIG_NET_MAX_CONTEXT: unknown symbol; did you mean CONFIG_NET_MAX_CONTEXTS?",
        )

    def test_unknown_symbol_is_refused_even_when_switched_off(self):
        self.refuse_line("CONFIG_NO_SUCH_THING=n", "CONFIG_NO_SUCH_THING: unknown symbol")
        self.refuse_line("# CONFIG_NO_SUCH_THING is not set", "CONFIG_NO_SUCH_THING: unknown symbol")

    def test_removed_symbol_says_what_to_write_instead(self):
        self.refuse_line(
            "CONFIG_NET_PKT_BUF_DATA_POOL_SIZE=1",
            "CONFIG_NET_PKT_BUF_DATA_POOL_SIZE: unknown symbol: "
            "use CONFIG_NET_PKT_BUF_RX_DATA_POOL_SIZE and CONFIG_NET_PKT_BUF_TX_DATA_POOL_SIZE",
        )

    def test_feature_of_a_later_version(self):
        self.refuse_line("CONFIG_LWM2M=y", "CONFIG_LWM2M: not available in this version of znet")

    def test_feature_of_a_later_version_may_be_switched_off(self):
        self.write("prj.conf", f"{PRJ}CONFIG_LWM2M=n\n# CONFIG_NET_L2_OPENTHREAD is not set\n")
        self.assertNotIn("LWM2M", self.evaluate())

    def test_option_of_a_later_feature_names_the_feature(self):
        self.warn_line(
            "CONFIG_LWM2M_ENGINE_MAX_OBSERVER=4",
            "CONFIG_LWM2M_ENGINE_MAX_OBSERVER: not available in this version of znet: it belongs to CONFIG_LWM2M",
        )

    def test_option_whose_name_does_not_hold_its_feature(self):
        self.warn_line(
            'CONFIG_DNS_SERVER1="192.0.2.2"',
            "CONFIG_DNS_SERVER1: not available in this version of znet: it belongs to CONFIG_DNS_RESOLVER",
        )

    def test_options_of_a_later_feature_are_refused_with_it_in_one_message(self):
        path = self.write("prj.conf", f"{PRJ}CONFIG_LWM2M=y\nCONFIG_LWM2M_ENGINE_MAX_OBSERVER=4\n")
        self.assertEqual(
            self.refuse(), [f"{path}:4: error: CONFIG_LWM2M: not available in this version of znet"]
        )

    def test_symbols_outside_networking_warn_and_are_defined(self):
        path = self.write(
            "prj.conf",
            f'{PRJ}CONFIG_GPIO=y\nCONFIG_UART_LINE=7\nCONFIG_SOC_NAME="x"\nCONFIG_ROM_START_OFFSET=0x10\n',
        )
        for _ in range(2):
            status, err = self.run_tool()
            self.assertEqual(status, 0, err)
            config = self.config()
            self.assertEqual(config["GPIO"], "y")
            self.assertEqual(config["UART_LINE"], "7")
            self.assertEqual(config["SOC_NAME"], '"x"')
            self.assertEqual(config["ROM_START_OFFSET"], "0x10")
        path = self.write("prj.conf", f"{PRJ}CONFIG_GPIO=y\n")
        status, err = self.run_tool()
        self.assertEqual(status, 0, err)
        self.assertEqual(
            err.splitlines(),
            [f"{path}:4: warning: CONFIG_GPIO changes nothing here: it is about drivers of Zephyr"],
        )
        self.assertNotIn("UART_LINE", self.config())

    def test_log_level_of_what_is_not_built(self):
        self.warn_line(
            "CONFIG_SOME_PART_LOG_LEVEL_DBG=y",
            "CONFIG_SOME_PART_LOG_LEVEL_DBG changes nothing here: it is about the log of something that is not built",
        )

    def test_malformed_lines(self):
        for line in ("NET_UDP=y", "CONFIG_NET_UDP y", "CONFIG_NET_UDP = y", "CONFIG_=y", "CONFIG-NET=y"):
            with self.subTest(line=line):
                self.refuse_line(
                    line, f"malformed line '{line}': expected CONFIG_NAME=value, without blanks around '='"
                )

    def test_wrong_types(self):
        cases = {
            "CONFIG_NET_UDP=yes": "CONFIG_NET_UDP: 'yes' is malformed: the symbol is of type bool and wants y or n",
            "CONFIG_NET_UDP=m": "CONFIG_NET_UDP: 'm' is malformed: the symbol is of type bool and wants y or n",
            "CONFIG_NET_UDP=y # on": "CONFIG_NET_UDP: 'y # on' is malformed: "
            "the symbol is of type bool and wants y or n",
            "CONFIG_NET_MAX_CONTEXTS=y": "CONFIG_NET_MAX_CONTEXTS: 'y' is malformed: "
            "the symbol is of type int and wants a decimal number",
            "CONFIG_NET_MAX_CONTEXTS=0x10": "CONFIG_NET_MAX_CONTEXTS: '0x10' is malformed: "
            "the symbol is of type int and wants a decimal number",
            "CONFIG_NET_MAX_CONTEXTS=": "CONFIG_NET_MAX_CONTEXTS: '' is malformed: "
            "the symbol is of type int and wants a decimal number",
            "CONFIG_COMPILER_OPT=-O3": "CONFIG_COMPILER_OPT: '-O3' is malformed: "
            "the symbol is of type string and wants a string in double quotes",
            'CONFIG_COMPILER_OPT="-O3': "CONFIG_COMPILER_OPT: '\"-O3' is malformed: "
            "the symbol is of type string and wants a string in double quotes",
        }
        for line, reason in cases.items():
            with self.subTest(line=line):
                self.refuse_line(line, reason)

    def test_out_of_range(self):
        self.refuse_line(
            "CONFIG_NET_INITIAL_TTL=256", "CONFIG_NET_INITIAL_TTL: value 256 is out of range: 1 to 255"
        )
        self.refuse_line(
            "CONFIG_MAIN_THREAD_PRIORITY=-129",
            "CONFIG_MAIN_THREAD_PRIORITY: value -129 is out of range: -128 to 127",
        )

    def test_bounds_of_a_range_are_in_it(self):
        for value in ("1", "255"):
            self.write("prj.conf", f"{PRJ}CONFIG_NET_INITIAL_TTL={value}\n")
            self.assertEqual(self.evaluate()["NET_INITIAL_TTL"], value)

    def test_unmet_dependency_names_the_false_term(self):
        self.warn_line(
            "CONFIG_LOG_MAX_LEVEL=3",
            "CONFIG_LOG_MAX_LEVEL: assigned 3 but is unset: it depends on LOG (here LOG=n)",
        )

    def test_unmet_dependency_says_where_the_other_symbol_was_set(self):
        path = self.write("prj.conf", f"{PRJ}CONFIG_NET_UDP=n\nCONFIG_NET_UDP_CHECKSUM=y\n")
        self.assertEqual(
            self.run_tool(),
            (
                0,
                f"{path}:5: warning: CONFIG_NET_UDP_CHECKSUM: assigned y but is n: "
                f"it depends on NET_UDP (here NET_UDP=n, assigned at {path}:4)\n",
            ),
        )

    def test_unmet_dependency_on_a_comparison(self):
        self.write(
            "Kconfig",
            'source "Kconfig.zephyr"\nconfig MINE\n\tbool "Mine"\n'
            "\tdepends on NET_TC_TX_COUNT >= 2\n\tdepends on NET_TC_RX_COUNT >= 2\n",
        )
        self.warn_line(
            "CONFIG_MINE=y",
            "CONFIG_MINE: assigned y but is n: it depends on "
            "NET_TC_TX_COUNT >= 2 (here NET_TC_TX_COUNT=0) and on NET_TC_RX_COUNT >= 2 (here NET_TC_RX_COUNT=1)",
        )

    def test_unmet_dependency_of_a_choice(self):
        self.warn_line(
            "CONFIG_LOG_MODE_MINIMAL=y",
            "CONFIG_LOG_MODE_MINIMAL: assigned y but is n: it depends on LOG (here LOG=n)",
        )

    def test_dependency_that_only_another_board_meets(self):
        path = self.write("prj.conf", f"{PRJ}CONFIG_ASAN=y\n")
        self.assertEqual(self.evaluate()["ASAN"], "y")
        self.assertEqual(
            self.run_tool(board="mps2/an385"),
            (
                0,
                f"{path}:4: warning: CONFIG_ASAN: assigned y but is n: "
                "it depends on ARCH_POSIX (here ARCH_POSIX=n)\n",
            ),
        )

    def test_dependency_on_a_later_feature_is_refused(self):
        self.write(
            "Kconfig", 'source "Kconfig.zephyr"\nconfig MINE\n\tbool "Mine"\n\tdepends on LWM2M\n'
        )
        self.refuse_line(
            "CONFIG_MINE=y",
            "CONFIG_MINE: assigned y but is n: it depends on "
            "LWM2M (here LWM2M=n, which is not available in this version of znet)",
        )

    def test_symbol_without_a_prompt(self):
        self.refuse_line(
            "CONFIG_ARCH_POSIX=y",
            "CONFIG_ARCH_POSIX: cannot be assigned: it has no prompt, its value (y) follows from other symbols",
        )

    def test_switched_off_but_selected(self):
        path = self.app / "prj.conf"
        self.warn_line(
            "CONFIG_NET_BUF=n",
            f"CONFIG_NET_BUF: assigned n but is y: it is selected by NETWORKING=y, assigned at {path}:1",
        )

    def test_default_of_a_choice_switched_off(self):
        self.warn_line(
            "CONFIG_NET_TC_MAPPING_STRICT=n",
            "CONFIG_NET_TC_MAPPING_STRICT: assigned n but is y: "
            "it is the default of its choice; set another member to y",
        )

    def test_all_mistakes_are_reported_at_once(self):
        path = self.write("prj.conf", f"{PRJ}CONFIG_A_B_C=y\nCONFIG_NET_UDP=x\nCONFIG_LWM2M=y\n")
        first, second, third = self.refuse()
        self.assertIn(f"{path}:4: error: CONFIG_A_B_C:", first)
        self.assertIn(f"{path}:5: error: CONFIG_NET_UDP:", second)
        self.assertIn(f"{path}:6: error: CONFIG_LWM2M:", third)

    def test_nothing_is_written_after_a_mistake(self):
        self.refuse_line("CONFIG_NO_SUCH_THING=y", "CONFIG_NO_SUCH_THING: unknown symbol")
        self.assertFalse((self.out / ".config").exists())

    def test_deprecated_symbols_warn_and_work(self):
        path = self.write("prj.conf", f"{PRJ}CONFIG_ETH_NATIVE_POSIX=y\nCONFIG_POSIX_MAX_FDS=7\n")
        status, err = self.run_tool()
        self.assertEqual(status, 0, err)
        self.assertEqual(
            err.splitlines(),
            [
                f"{path}:4: warning: CONFIG_ETH_NATIVE_POSIX is deprecated: Use ETH_NATIVE_TAP",
                f"{path}:5: warning: CONFIG_POSIX_MAX_FDS is deprecated: Use ZVFS_OPEN_MAX",
            ],
        )
        self.assertEqual(self.config()["ZVFS_OPEN_MAX"], "7")
        self.assertEqual(self.config()["ETH_NATIVE_TAP"], "y")

    def test_warnings_can_be_switched_off(self):
        self.write("prj.conf", f"{PRJ}CONFIG_WARN_DEPRECATED=n\nCONFIG_ETH_NATIVE_POSIX=y\n")
        self.assertEqual(self.run_tool(), (0, ""))

    def test_unknown_board_names_those_there_are(self):
        self.assertEqual(
            self.refuse(board="no_board"),
            ["error: board 'no_board' is unknown; the boards are: mps2_an385, native_sim"],
        )

    def test_broken_kconfig_of_the_application(self):
        self.write("Kconfig", 'source "Kconfig.zephyr"\nconfig MINE\n\tboool "Mine"\n')
        (message,) = self.refuse()[:1]
        self.assertIn("Kconfig:3", message)


if __name__ == "__main__":
    unittest.main()
