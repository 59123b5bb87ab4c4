# SPDX-License-Identifier: Apache-2.0
"""The devicetree's header: those of the boards are as their trees say, and mistakes are told."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "devicetree_header.py"
PART = "devicetree/zephyr/devicetree_generated.h"


def write(out, *sources):
    """Runs the script as CMake does."""
    command = [sys.executable, str(SCRIPT), "--bindings", str(ROOT / "dts/bindings"), "--out", str(out)]
    return subprocess.run([*command, *map(str, sources)], capture_output=True, text=True, check=False)


class Headers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_those_of_the_boards_are_current(self):
        boards = sorted((ROOT / "cmake/boards").glob("*/board.dts"))
        self.assertGreaterEqual(len(boards), 2)
        for tree in boards:
            out = self.folder / "out.h"
            result = write(out, tree)
            self.assertEqual(result.returncode, 0, result.stderr)
            committed = (tree.parent / PART).read_text(encoding="utf-8")
            self.assertEqual(out.read_text(encoding="utf-8"), committed, f"{SCRIPT.name} {tree}")

    def test_an_overlay_changes_a_node(self):
        overlay = self.folder / "a.overlay"
        overlay.write_text('&eth0 { status = "disabled"; };\n', encoding="utf-8")
        out = self.folder / "out.h"
        result = write(out, ROOT / "cmake/boards/mps2_an385/board.dts", overlay)
        self.assertEqual(result.returncode, 0, result.stderr)
        text = out.read_text(encoding="utf-8")
        self.assertIn("#define DT_N_S_soc_S_ethernet_40200000_STATUS_disabled 1", text)
        self.assertNotIn("DT_COMPAT_HAS_OKAY_smsc_lan9220", text)

    def test_mistakes_are_told(self):
        overlay = self.folder / "a.overlay"
        for text in ("&nobody { };\n", "/ { broken\n", '#include "missing.dtsi"\n', "&eth0 { frames = <1>; };\n"):
            overlay.write_text(text, encoding="utf-8")
            result = write(self.folder / "out.h", ROOT / "cmake/boards/mps2_an385/board.dts", overlay)
            self.assertNotEqual(result.returncode, 0, text)
            self.assertIn("error: ", result.stderr)
            self.assertNotIn("Traceback", result.stderr)


if __name__ == "__main__":
    unittest.main()
