# SPDX-License-Identifier: Apache-2.0
"""An application in a temporary directory, evaluated by scripts/kconfig.py in this process."""

import contextlib
import io
import sys
import tempfile
import unittest
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import kconfig  # noqa: E402

PRJ = "CONFIG_NETWORKING=y\nCONFIG_NET_IPV4=y\nCONFIG_NET_SOCKETS=y\n"


class AppCase(unittest.TestCase):
    """Gives every test an application directory `self.app` and an output directory `self.out`."""

    def setUp(self):
        # kconfiglib leaves a file open that it cannot parse.
        warnings.simplefilter("ignore", ResourceWarning)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.app = Path(folder.name).resolve() / "app"
        self.out = self.app.parent / "build" / "zephyr"
        self.app.mkdir()
        self.write("prj.conf", PRJ)

    def write(self, name, text):
        """Writes a file of the application; returns its path."""
        path = self.app / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run_tool(self, *args, board="native_sim"):
        """Returns (exit status, standard error) of one evaluation."""
        argv = ["--app", str(self.app), "--board", board, "--out", str(self.out), *map(str, args)]
        err = io.StringIO()
        with contextlib.redirect_stderr(err):
            status = kconfig.main(argv)
        return status, err.getvalue()

    def evaluate(self, *args, **kwargs):
        """Evaluates, expects success, and returns the configuration as a dictionary."""
        status, err = self.run_tool(*args, **kwargs)
        self.assertEqual(status, 0, err)
        return self.config()

    def config(self):
        """The `.config` as a dictionary; symbols that are not set have no entry."""
        lines = (self.out / ".config").read_text(encoding="utf-8").splitlines()
        return dict(line.removeprefix("CONFIG_").split("=", 1) for line in lines if line.startswith("CONFIG_"))

    def refuse(self, *args, **kwargs):
        """Evaluates, expects failure, and returns the messages."""
        status, err = self.run_tool(*args, **kwargs)
        self.assertEqual(status, 1, "accepted:\n" + err)
        return err.splitlines()

    def refuse_line(self, line, reason):
        """Expects a fragment with `line` as its fourth to be refused, at that place and for that reason."""
        path = self.write("prj.conf", f"{PRJ}{line}\n")
        self.assertEqual(self.refuse(), [f"{path}:4: error: {reason}"])

    def warn_line(self, line, reason):
        """Expects a fragment with `line` as its fourth to be taken, with a warning at that place each time."""
        path = self.write("prj.conf", f"{PRJ}{line}\n")
        for _ in range(2):
            self.assertEqual(self.run_tool(), (0, f"{path}:4: warning: {reason}\n"))
