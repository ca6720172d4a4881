"""Whether the app's files on disk are still those that this process was started from.

A package manager or an unpacked new version replaces them under an open window; what is imported
later is then of another version than what runs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from att_desktop.system.bundled import is_frozen
from att_desktop.system.errors import AttError
from att_desktop.system.files import file_stamp


class ProgramReplaced(AttError):
    """The app on disk is another one than the app that runs."""

    def __init__(self) -> None:
        super().__init__("app.replaced")


def _stamp() -> tuple[int, int, int] | None:
    # Every release changes the version in the package's own file.
    return file_stamp(
        Path(sys.executable) if is_frozen() else Path(__file__).parents[1] / "__init__.py"
    )


_AT_START: Final = _stamp()


def program_was_replaced() -> bool:
    """True when the program's file was changed or removed since this module was loaded."""
    return _stamp() != _AT_START
