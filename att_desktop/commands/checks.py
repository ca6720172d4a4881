"""The doctor's report: what works here and what does not, fit to be pasted into a bug report.

Each check answers with findings; one that fails says so in its place and the others go on. What
needs Warcraft Logs or the results of updates is handed in by who composes the report.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from att_desktop.game.import_codes import CodeError, decode
from att_desktop.game.trees import TreeDataError
from att_desktop.system.crash_reports import crash_reports, describe_system
from att_desktop.system.errors import AttError
from att_desktop.system.locks import AlreadyRunning, current_holder, writer_lock_path
from att_desktop.system.logs import last_problems, without_secrets
from att_desktop.system.redaction import one_line
from att_desktop.text import say
from att_desktop.text.names import game_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from att_desktop.config.credentials import KeyringStore
    from att_desktop.game.trees import TalentTrees
    from att_desktop.system.folders import Folders
    from att_desktop.wow.installations import Installation

__all__ = [
    "Check",
    "Finding",
    "Report",
    "Verdict",
    "check_app",
    "check_codes",
    "check_environment",
    "check_folders",
    "check_installations",
    "check_keyring",
    "check_last_problems",
    "check_trees",
    "examine",
]

Verdict: TypeAlias = Literal["ok", "warning", "problem", "skipped"]
_MARKS: Final = {"ok": "ok  ", "warning": "warn", "problem": "FAIL", "skipped": "skip"}
_LITTLE_SPACE: Final = 100 * 1024 * 1024
_OUR_VARIABLES: Final = (
    "ATT_",
    "WCL_",
    "PYTHON_KEYRING_",
    "SSL_CERT_",
    "HTTPS_PROXY",
    "https_proxy",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. ``details`` are more lines below the sentence."""

    name: str
    verdict: Verdict
    sentence: str
    details: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """As the report shows it: '[ok  ] Keyring: ...'."""
        first = f"[{_MARKS[self.verdict]}] {self.name}: {one_line(self.sentence)}"
        return [first, *(f"       {one_line(line)}" for line in self.details)]


Check: TypeAlias = "Callable[[], Iterable[Finding]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings, in the order of the checks."""

    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """True when nothing is a problem; warnings and skipped checks are none."""
        return all(finding.verdict != "problem" for finding in self.findings)

    def text(self) -> str:
        """The report as plain text without secrets, the home folder as '~'."""
        lines = [line for finding in self.findings for line in finding.lines()]
        return without_secrets("\n".join(lines))


def examine(
    checks: Mapping[str, Check], on_finding: Callable[[Finding], None] = lambda _finding: None
) -> Report:
    """Run the checks, named by what they look at, one after the other.

    ``on_finding`` is told each finding as it comes, already without secrets.
    """
    findings: list[Finding] = []
    for name, check in checks.items():
        for finding in _findings_of(name, check):
            clean = replace(
                finding,
                sentence=without_secrets(finding.sentence),
                details=tuple(map(without_secrets, finding.details)),
            )
            findings.append(clean)
            on_finding(clean)
    return Report(findings=tuple(findings))


def _findings_of(name: str, check: Check) -> list[Finding]:
    try:
        return list(check())
    except (AttError, TreeDataError) as error:
        return [Finding(name=name, verdict="problem", sentence=say(error))]
    except OSError as error:
        sentence = f"{error.strerror or type(error).__name__} ({error.filename or 'no file'})"
        return [Finding(name=name, verdict="problem", sentence=sentence)]
    except Exception as error:  # noqa: BLE001 - it is told here, where the player is looking
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        sentence = f"The check itself failed: {type(error).__name__}: {error} ({place})"
        return [Finding(name=name, verdict="problem", sentence=sentence)]


def check_app() -> Iterable[Finding]:
    """Versions of the app and of what it runs on."""
    yield Finding(name="App", verdict="ok", sentence=describe_system())


def check_environment(environ: Mapping[str, str], other_hosts: Iterable[str]) -> Iterable[Finding]:
    """Which variables that matter are set, by name: their values may be secret."""
    found = sorted(name for name in environ if name.startswith(_OUR_VARIABLES))
    sentence = ", ".join(found) if found else "Nothing is set."
    yield Finding(name="Environment", verdict="ok", sentence=sentence)
    for host in other_hosts:
        sentence = f"Warcraft Logs is replaced by {host}, as set by hand."
        yield Finding(name="Environment", verdict="warning", sentence=sentence)


def check_folders(folders: Folders) -> Iterable[Finding]:
    """A real write into each of the app's folders, the space left, and who writes now."""
    for name in ("config", "cache", "logs", "data"):
        path: Path = getattr(folders, name)
        title = f"Folder {name}"
        try:
            path.mkdir(parents=True, exist_ok=True)
            handle, temp = tempfile.mkstemp(dir=path, prefix=".doctor.", suffix=".tmp")
            try:
                os.write(handle, b"write test")
                os.fsync(handle)
            finally:
                os.close(handle)
                Path(temp).unlink()
            free = shutil.disk_usage(path).free
        except OSError as error:
            sentence = f"{path} can not be written ({error.strerror or error})."
            yield Finding(name=title, verdict="problem", sentence=sentence)
            continue
        verdict: Verdict = "ok" if free > _LITTLE_SPACE else "warning"
        sentence = f"{path} is writable, {free // 1_000_000} MB free."
        yield Finding(name=title, verdict=verdict, sentence=sentence)
    holder = current_holder(writer_lock_path(folders))
    sentence = say(AlreadyRunning(holder)) if holder else "No update is running."
    yield Finding(name="Writer", verdict="ok", sentence=sentence)


def check_keyring(store: KeyringStore) -> Iterable[Finding]:
    """Where the credentials are; the keyring is written and read when it is empty."""
    state = store.state()
    verdict: Verdict = "ok" if state.usable else "warning"
    if state.kind in ("locked", "no_keyring"):
        verdict = "problem"
    backend = (f"keyring: {state.backend}",) if state.backend else ()
    yield Finding(name="Credentials", verdict=verdict, sentence=say(state), details=backend)


def check_trees(trees: TalentTrees) -> Iterable[Finding]:
    """Every spec's talent tree can be read."""
    broken = []
    for spec_id in trees.spec_ids:
        try:
            trees.tree(spec_id)
        except TreeDataError as error:
            broken.append(say(error))
    sentence = f"{len(trees.spec_ids) - len(broken)} specs, version {trees.version}."
    verdict: Verdict = "problem" if broken or not trees.spec_ids else "ok"
    yield Finding(
        name="Talent trees", verdict=verdict, sentence=sentence, details=tuple(broken[:5])
    )


def check_codes(
    trees: TalentTrees, codes: Iterable[str], *, name: str, none: str
) -> Iterable[Finding]:
    """Whether import codes decode on these trees, without a problem.

    ``name`` says whose codes they are; ``none`` is the sentence for when there are none.
    """
    refused: list[str] = []
    count = 0
    for code in codes:
        count += 1
        try:
            problems = decode(code, trees).problems
        except CodeError as error:
            problems = (error.problem,)
        if problems:
            refused.append(say(problems[0]))
    if not count:
        yield Finding(name=name, verdict="skipped", sentence=none)
        return
    sentence = f"{count - len(refused)} of {count} codes decode on the app's talent trees."
    if refused:
        sentence += " The game's talents have changed since; update the app and the builds."
    verdict: Verdict = "warning" if refused else "ok"
    yield Finding(
        name=name, verdict=verdict, sentence=sentence, details=tuple(dict.fromkeys(refused))[:3]
    )


def check_installations(
    installations: Iterable[Installation], addon_version: str | None
) -> Iterable[Finding]:
    """Each game found: writable, and the addon of this app's version (``addon_version``)."""
    found = False
    for place in installations:
        found = True
        verdict: Verdict = "ok"
        details = [say(place.writable)]
        if not place.writable.ok:
            verdict = "problem" if place.supported else "warning"
        if place.addon_version is None:
            details.append("The addon is not installed.")
        else:
            details.append(f"addon {place.addon_version}")
            if addon_version and place.addon_version != addon_version and place.supported:
                details.append(f"An update brings addon {addon_version}.")
                verdict = "warning" if verdict == "ok" else verdict
        if place.data_timestamp is not None:
            sample = " (sample data)" if place.data_is_sample else ""
            details.append(f"data of {place.data_timestamp:%Y-%m-%d %H:%M} UTC{sample}")
        title = game_title(place.name, supported=place.supported)
        yield Finding(
            name="Game",
            verdict=verdict,
            sentence=f"{title} in {place.folder}, found by {place.found_by}.",
            details=tuple(details),
        )
    if not found:
        sentence = "No World of Warcraft folder was found."
        yield Finding(name="Game", verdict="warning", sentence=sentence)


def check_last_problems(folders: Folders) -> Iterable[Finding]:
    """The last warnings of the log, and the reports of crashes."""
    problems = last_problems(folders)
    sentence = "The log has no warnings." if not problems else "The last warnings of the log:"
    yield Finding(name="Log", verdict="ok", sentence=sentence, details=tuple(problems))
    crashes: list[Path] = []
    with contextlib.suppress(OSError):
        crashes = crash_reports(folders.logs)
    if crashes:
        yield Finding(
            name="Crashes",
            verdict="warning",
            sentence=f"The app has failed {len(crashes)} times; please attach the last report.",
            details=(str(crashes[-1]),),
        )
