"""``att-desktop doctor``: what works here and what does not, fit for a bug report."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.commands.checks import CHECKS
from att_desktop.commands.colour import coloured
from att_desktop.commands.findings import examine
from att_desktop.commands.progress import printable
from att_desktop.commands.surroundings import find_surroundings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from att_desktop.commands.colour import Colour
    from att_desktop.commands.findings import Finding, Verdict
    from att_desktop.config.environment import Environment
    from att_desktop.system.folders import Folders

_COLOURS: Final[dict[Verdict, Colour]] = {"ok": "green", "warning": "yellow", "problem": "red"}


def run_doctor(
    arguments: argparse.Namespace,
    folders: Folders,
    environment: Environment,
    draw_window: Callable[[Path], str],
) -> int:
    """Print the report. Returns 0 when nothing is a problem, else 1."""
    checks = [check for check in CHECKS if not (check.online and arguments.offline)]
    with tempfile.TemporaryDirectory(prefix="att-doctor-", ignore_cleanup_errors=True) as scratch:
        here = find_surroundings(folders, Path(scratch), os.environ, environment, draw_window)
        return 0 if examine(checks, here, _print) else 1


def _print(finding: Finding) -> None:
    first, *more = map(printable, finding.lines())
    mark = coloured(finding.mark, _COLOURS.get(finding.verdict), sys.stdout)
    print(mark + first.removeprefix(finding.mark), *more, sep="\n", flush=True)
