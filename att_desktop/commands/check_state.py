"""Checks of what this player has: settings, folders, credentials, builds, games, the log."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from typing import TYPE_CHECKING, Final

from att_desktop.commands.findings import Finding, Verdict, detail, finding
from att_desktop.game.import_codes import CodeError, decode
from att_desktop.system.bundled import ADDON_TEMPLATE, bundled_path
from att_desktop.system.crash_reports import crash_reports
from att_desktop.system.errors import os_reason
from att_desktop.system.files import write_atomic
from att_desktop.system.locks import AlreadyRunning, current_holder, writer_lock_path
from att_desktop.system.logs import last_problems
from att_desktop.text.names import game_title
from att_desktop.update.library import Library
from att_desktop.update.result_folders import checkpoints_of
from att_desktop.wow.addon_folder import TOC_FILE
from att_desktop.wow.saved_variables import read_my_builds
from att_desktop.wow.template import read_template, toc_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from att_desktop.commands.surroundings import Surroundings
    from att_desktop.game.trees import TalentTrees
    from att_desktop.text.messages import Coded
    from att_desktop.wow.installations import Installation

_LITTLE_SPACE: Final = 100 * 1024 * 1024
_CODES_SHOWN: Final = 3
_TEST_FILE: Final = "doctor.txt"
_OUR_VARIABLES: Final = re.compile(
    r"ATT_.*|WCL_.*|PYTHON_KEYRING_.*|SSL_CERT_.*|(?i:(https|all|socks|no)_proxy)"
)


def check_environment(here: Surroundings) -> Iterable[Finding]:
    """Which variables that matter are set, by name: their values may be secret."""
    names = sorted(filter(_OUR_VARIABLES.fullmatch, here.environ))
    code = "check.list" if names else "check.environment.nothing"
    yield finding("environment", "ok", code, names=names)
    for host in here.environment.other_hosts:
        yield finding("environment", "warning", "check.environment.replaced", host=host)


def check_folders(here: Surroundings) -> Iterable[Finding]:
    """A write as the work writes into each of the app's folders, the space, who writes now."""
    for name in ("config", "cache", "logs", "data"):
        path: Path = getattr(here.folders, name)
        try:
            path.mkdir(parents=True, exist_ok=True)
            write_atomic(path / _TEST_FILE, b"write test")
            (path / _TEST_FILE).unlink()
            free = shutil.disk_usage(path).free
        except OSError as error:
            reason = os_reason(error)
            yield finding(
                "folders", "problem", "check.folders.not_writable", path=path, reason=reason
            )
            continue
        verdict: Verdict = "ok" if free > _LITTLE_SPACE else "warning"
        yield finding("folders", verdict, "check.folders.writable", path=path, free=free)
    holder = current_holder(writer_lock_path(here.folders))
    if holder is not None:
        yield Finding(check="writer", verdict="ok", what=AlreadyRunning(holder))
    else:
        yield finding("writer", "ok", "check.writer.none")


def check_settings(here: Surroundings) -> Iterable[Finding]:
    """What was wrong with the settings file."""
    for problem in here.loaded.problems:
        yield Finding(check="settings", verdict="warning", what=problem)


def check_credentials(here: Surroundings) -> Iterable[Finding]:
    """Where the credentials are; the keyring is written and read when it is empty.

    A computer without a keyring lacks nothing while builds may come from other sources.
    """
    state = here.store.state()
    needed = here.loaded.settings.source == "warcraftlogs"
    verdict: Verdict = "ok" if state.usable else "warning"
    if state.kind == "locked" or (state.kind == "no_keyring" and needed):
        verdict = "problem"
    details = [detail("check.credentials.backend", name=state.backend)] if state.backend else []
    yield Finding(check="credentials", verdict=verdict, what=state, details=tuple(details))


def check_builds(here: Surroundings) -> Iterable[Finding]:
    """The saved results, and whether their codes fit the talent trees."""
    library = Library.load(*checkpoints_of(here.folders, here.loaded.settings.source))
    if library.problem:
        yield Finding(check="builds", verdict="warning", what=library.problem)
    codes = [unit.best_build.talent_code for unit in library.units.values()]
    codes += [encounter.best_build.talent_code for encounter in library.encounters.values()]
    yield check_codes("builds", here.trees, codes, none="check.builds.none")


def check_own_talents(here: Surroundings) -> Iterable[Finding]:
    """Whether the player's own characters have the talents of the app's trees."""
    codes = [mine.code for game in here.games for mine in read_my_builds(game.folder)]
    yield check_codes("own_talents", here.trees, codes, none="check.own_talents.none")


def check_codes(check: str, trees: TalentTrees, codes: Iterable[str], *, none: str) -> Finding:
    """Whether import codes decode on these trees, without a problem.

    ``check`` says whose codes they are; ``none`` is the message for when there are none.
    """
    refused: list[Coded] = []
    count = 0
    for code in codes:
        count += 1
        try:
            problems = decode(code, trees).problems
        except CodeError as error:
            problems = (error.problem,)
        refused += problems[:1]
    if not count:
        return finding(check, "skipped", none)
    return finding(
        check,
        "warning" if refused else "ok",
        "check.codes.some" if refused else "check.codes.all",
        good=count - len(refused),
        count=count,
        details=list(dict.fromkeys(refused))[:_CODES_SHOWN],
    )


def check_games(here: Surroundings) -> Iterable[Finding]:
    """Each game found: writable, and the addon of this app's version."""
    toc = read_template(bundled_path(ADDON_TEMPLATE))[TOC_FILE]
    ours = toc_version(toc.decode("utf-8", "replace"))
    for game in here.games:
        yield judge_game(game, ours)
    if not here.games:
        yield finding("game", "warning", "check.game.none")


def judge_game(game: Installation, our_addon: str | None) -> Finding:
    """One game; ``our_addon`` is the version of the addon that an update brings."""
    verdict: Verdict = "ok"
    details: list[Coded] = [game.writable]
    if not game.writable.ok:
        verdict = "problem" if game.supported else "warning"
    if game.addon_version is None:
        details.append(detail("check.game.no_addon"))
    else:
        details.append(detail("check.game.addon", version=game.addon_version))
        if our_addon and game.addon_version != our_addon and game.supported:
            details.append(detail("check.game.newer_addon", version=our_addon))
            verdict = "warning" if verdict == "ok" else verdict
    if game.data_timestamp is not None:
        code = "check.game.sample_data" if game.data_is_sample else "check.game.data"
        details.append(detail(code, time=f"{game.data_timestamp:%Y-%m-%d %H:%M}"))
    return finding(
        "game",
        verdict,
        "check.game.found",
        title=game_title(game.name, supported=game.supported),
        folder=game.folder,
        found_by=game.found_by,
        details=details,
    )


def check_last_problems(here: Surroundings) -> Iterable[Finding]:
    """The last warnings of the log, and the reports of crashes."""
    lines = [detail("check.text", text=line) for line in last_problems(here.folders)]
    code = "check.log.warnings" if lines else "check.log.clean"
    yield finding("log", "ok", code, details=lines)
    crashes: list[Path] = []
    with contextlib.suppress(OSError):
        crashes = crash_reports(here.folders.logs)
    if crashes:
        last = detail("check.text", text=os.fspath(crashes[-1]))
        yield finding(
            "crashes", "warning", "check.crashes.some", count=len(crashes), details=[last]
        )
