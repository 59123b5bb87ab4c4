# SPDX-License-Identifier: Apache-2.0
"""Configurations drawn at random."""

import tempfile
import unittest
from pathlib import Path

import harness  # noqa: F401  (puts scripts/ on the path)
from znetconf import references, sweep


class Sweep(unittest.TestCase):
    def text(self, number):
        """The .config of one number."""
        with tempfile.TemporaryDirectory() as folder:
            sweep.run(number, 1, Path(folder))
            return (Path(folder) / f"{number}.config").read_text(encoding="utf-8")

    def test_a_number_gives_the_same_configuration_each_time(self):
        self.assertEqual(self.text(5), self.text(5))

    def test_a_round_begins_with_each_reference_once(self):
        names = references.names()
        drawn = [sweep.draw(number)[0] for number in range(len(names))]
        self.assertEqual(sorted(drawn), names)

    def test_what_was_turned_round_is_in_the_result(self):
        name, turned, _ = sweep.draw(1)
        text = self.text(1)
        self.assertGreater(len(turned), 5)
        self.assertNotEqual(references.evaluate(name).splitlines()[1:], text.splitlines()[1:])
        # An option may be hidden again by one after it, but most stay.
        held = [t for t in turned if f"CONFIG_{t}" in text or f"# CONFIG_{t.split('=')[0]} is not set" in text]
        self.assertGreater(len(held), len(turned) // 2)


if __name__ == "__main__":
    unittest.main()
