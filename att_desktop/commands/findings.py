"""What the doctor and the smoke test tell: findings by code, and how checks are run."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from att_desktop.game.trees import TreeDataError
from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.logs import without_secrets
from att_desktop.system.redaction import one_line
from att_desktop.text import say
from att_desktop.text.formats import labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from att_desktop.commands.surroundings import Surroundings
    from att_desktop.text.messages import Coded

Verdict: TypeAlias = Literal["ok", "warning", "problem", "skipped"]
_MARKS: Final = {"ok": "ok  ", "warning": "warn", "problem": "FAIL", "skipped": "skip"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: ``what`` says how it is, ``details`` are more lines below."""

    check: str
    verdict: Verdict
    what: Coded
    details: tuple[Coded, ...] = ()

    @property
    def title(self) -> str:
        """What was looked at."""
        return say(AttError(f"check.{self.check}"))

    @property
    def sentence(self) -> str:
        """How it is, on one line and without secrets, the home folder as '~'."""
        return without_secrets(one_line(say(self.what)))

    @property
    def mark(self) -> str:
        """How the report marks it: '[ok  ]'."""
        return f"[{_MARKS[self.verdict]}]"

    def lines(self) -> list[str]:
        """As the report shows it: '[ok  ] Keyring: ...'."""
        more = (without_secrets(one_line(say(each))) for each in self.details)
        return [
            f"{self.mark} {labelled(self.title, self.sentence)}",
            *(f"       {line}" for line in more),
        ]


def finding(
    check: str, verdict: Verdict, code: str, *, details: Iterable[Coded] = (), **fields: object
) -> Finding:
    """A finding with the message ``code`` and its fields."""
    what = AttError(code, **fields)  # type: ignore[arg-type] # looked at by AttError
    return Finding(check=check, verdict=verdict, what=what, details=tuple(details))


def detail(code: str, **fields: object) -> Coded:
    """A line below a finding."""
    return AttError(code, **fields)  # type: ignore[arg-type] # looked at by AttError


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A row of the list. ``smoke``: about the installation alone, nothing of the player's.

    ``online`` asks another computer.
    """

    id: str
    run: Callable[[Surroundings], Iterable[Finding]]
    smoke: bool = False
    online: bool = False


def examine(
    checks: Iterable[Check], here: Surroundings, on_finding: Callable[[Finding], None]
) -> bool:
    """Run the checks one after the other; one that fails says so and the others go on.

    ``on_finding`` is told each finding as it comes. Returns whether nothing is a problem.
    """
    healthy = True
    for check in checks:
        for found in _findings_of(check, here):
            healthy = healthy and found.verdict != "problem"
            on_finding(found)
    return healthy


def _findings_of(check: Check, here: Surroundings) -> list[Finding]:
    try:
        return list(check.run(here))
    except (AttError, TreeDataError) as error:
        return [Finding(check=check.id, verdict="problem", what=error)]
    except OSError as error:
        reason = os_reason(error)
        return [finding(check.id, "problem", "check.os_error", reason=reason, path=error.filename)]
    except Exception as error:  # noqa: BLE001 - a check that fails is itself a finding of the report
        _log.warning("the check %s failed", check.id, exc_info=True)
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        kind = type(error).__name__
        return [finding(check.id, "problem", "check.failed", kind=kind, error=error, place=place)]
