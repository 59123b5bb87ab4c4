# SPDX-License-Identifier: Apache-2.0
"""What the check of the tree finds."""

import contextlib
import io
import shutil
import tempfile
import unittest
from pathlib import Path

import harness  # noqa: F401  (puts scripts/ on the path)
from znetconf import lint
from znetconf.tree import SRCTREE, ConfigError


class Lint(unittest.TestCase):
    def findings(self, text, later=""):
        """The findings about our tree with `text` added to it."""
        with tempfile.TemporaryDirectory() as folder:
            srctree = Path(folder) / "kconfig"
            shutil.copytree(SRCTREE, srctree)
            with (srctree / "Kconfig.lib").open("a") as out:
                out.write(f"\n{text}\n")
            with (srctree / "Kconfig.later").open("a") as out:
                out.write(f"\n{later}\n")
            try:
                with contextlib.redirect_stderr(io.StringIO()):
                    lint.check(srctree)
            except ConfigError as err:
                return [message.split("error: ")[1] for message in err.messages]
            return []

    def test_a_clean_addition(self):
        self.assertEqual(self.findings('config X\n\tbool "x"\n\thelp\n\t  X.\n'), [])

    def test_a_prompt_without_help(self):
        self.assertEqual(self.findings('config X\n\tbool "x"\n'), ["CONFIG_X has a prompt but no help"])

    def test_an_undeclared_symbol(self):
        self.assertEqual(
            self.findings("config X\n\tbool\n\tdepends on NOWHERE\n"),
            ["CONFIG_NOWHERE is used and declared nowhere"],
        )

    def test_a_symbol_without_type(self):
        self.assertIn("CONFIG_X has no type", self.findings("config X\n\tdefault y\n"))

    def test_a_later_feature_with_a_prompt(self):
        self.assertEqual(
            self.findings("", 'config X\n\tbool "x"\n'), ["CONFIG_X is announced for later but has a prompt"]
        )


if __name__ == "__main__":
    unittest.main()
