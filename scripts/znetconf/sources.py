# SPDX-License-Identifier: Apache-2.0
"""Which configuration fragments take part, and in which order; the later one wins.

1. the board's defaults            kconfig/boards/<board>_defconfig
2. the application's fragment      prj.conf, or the files of --conf
3. the application's board part    boards/<board>.conf, only with the default fragment
4. extra fragments                 --extra-conf (EXTRA_CONF_FILE, OVERLAY_CONFIG)
5. the command line                -D CONFIG_X=value

With a file suffix S, `prj_S.conf` takes the place of `prj.conf` and `boards/<board>_S.conf` that of
`boards/<board>.conf`, where they exist. `prj_S.conf` given as the only --conf asks for the same suffix.
"""

from pathlib import Path

from .tree import ConfigError, board_names


def _present(path):
    return [path] if path.is_file() else []


def _suffixed(path, suffix):
    """`path` with `_suffix` before its extension if that file exists, else `path` itself."""
    if suffix:
        other = path.with_name(f"{path.stem}_{suffix}{path.suffix}")
        if other.is_file():
            return other
    return path


def _given(names, app, what):
    """Resolves names from the command line: absolute, or relative to the application."""
    found = []
    for name in names:
        path = Path(name)
        if not path.is_absolute() and app is not None:
            path = app / path
        if not path.is_file():
            raise ConfigError(f"error: {what} '{name}' does not exist (looked for {path})")
        found.append(path)
    return found


def _board_parts(app, board, suffix):
    parts = []
    for name in board_names(board):
        parts += _present(_suffixed(app / "boards" / f"{name}.conf", suffix))
    return parts


def fragments(app, board, defaults, conf=(), extra=(), suffix=None):
    """Returns the fragments for one build, in the order in which they apply."""
    files = [defaults]
    if conf:
        given = _given(conf, app, "configuration file")
        files += given
        stem = given[0].stem
        if len(given) == 1 and app is not None and stem.startswith("prj_"):
            files += _board_parts(app, board, stem.removeprefix("prj_"))
    elif app is not None:
        main = _suffixed(app / "prj.conf", suffix)
        if not main.is_file():
            raise ConfigError(f"error: {app} has no prj.conf; name the configuration with CONF_FILE")
        files.append(main)
        files += _board_parts(app, board, suffix)
    return files + _given(extra, app, "extra configuration file")
