# SPDX-License-Identifier: Apache-2.0
"""Configurations drawn at random."""

import unittest

import harness  # noqa: F401  (puts scripts/ on the path)
from znetconf import references, sweep


class Sweep(unittest.TestCase):
    def test_a_number_gives_the_same_configuration_each_time(self):
        self.assertEqual(sweep.draw(5), sweep.draw(5))

    def test_a_round_begins_with_each_reference_once(self):
        names = references.names()
        drawn = [sweep.draw(number)[0] for number in range(len(names))]
        self.assertEqual(sorted(drawn), names)

    def test_what_was_turned_round_is_in_the_result(self):
        name, turned, text = sweep.draw(1)
        self.assertGreater(len(turned), 5)
        self.assertNotEqual(references.evaluate(name).splitlines()[1:], text.splitlines()[1:])
        # An option may be hidden again by one after it, but most stay.
        held = [t for t in turned if f"CONFIG_{t}" in text or f"# CONFIG_{t.split('=')[0]} is not set" in text]
        self.assertGreater(len(held), len(turned) // 2)


if __name__ == "__main__":
    unittest.main()
