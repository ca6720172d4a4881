"""``--smoke-test``: is everything in this installation that the app needs to start?

Meant for the packaged binary. Nothing leaves the computer, and nothing of the player's is read or
written.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from att_desktop.commands.checks import CHECKS
from att_desktop.commands.findings import examine
from att_desktop.commands.progress import printable
from att_desktop.commands.surroundings import find_surroundings
from att_desktop.config.environment import Environment
from att_desktop.system.folders import folders_below

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.commands.findings import Finding


def smoke_test(draw_window: Callable[[Path], str]) -> int:
    """Print a line for each part; 0 when all are there, else 1.

    ``draw_window`` opens the window of the given home once and says what was drawn.
    """
    # A part that is missing is told with its traceback: nobody else has a log of it.
    logging.basicConfig(stream=sys.stdout, level=logging.WARNING, format="%(message)s")
    with tempfile.TemporaryDirectory(prefix="att-smoke-", ignore_cleanup_errors=True) as scratch:
        folders = folders_below(Path(scratch))
        here = find_surroundings(folders, Path(scratch), {}, Environment(), draw_window)
        return 0 if examine((check for check in CHECKS if check.smoke), here, _print) else 1


def _print(finding: Finding) -> None:
    mark = "MISSING" if finding.verdict == "problem" else "ok"
    print(printable(f"{mark} {finding.check}: {finding.sentence}"), flush=True)
