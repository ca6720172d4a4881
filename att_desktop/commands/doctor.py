"""``att-desktop doctor``: what works here and what does not."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from att_desktop.commands import checks
from att_desktop.commands.checks import Finding
from att_desktop.commands.progress import printable
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.settings import load_settings
from att_desktop.game.content_types import MYTHIC_PLUS
from att_desktop.game.selections import selection_from_rows
from att_desktop.game.specs import SPECS
from att_desktop.sources.http.retries import RetryPolicy
from att_desktop.sources.http.tls_check import check_tls
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.talent_trees import load_trees
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.sources.warcraftlogs.rankings_page import RankingsPage, RankingsRequest
from att_desktop.system.bundled import ADDON_TEMPLATE, bundled_path
from att_desktop.system.logs import hide_secret
from att_desktop.text import _, say
from att_desktop.update.library import Library
from att_desktop.update.result_folders import checkpoints_of
from att_desktop.wow.addon_folder import TOC_FILE
from att_desktop.wow.installations import find_installations
from att_desktop.wow.saved_variables import read_my_builds
from att_desktop.wow.template import read_template, toc_version

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from att_desktop.commands.checks import Check
    from att_desktop.config.environment import Environment
    from att_desktop.config.settings import Settings
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.http.tls_check import SecureConnection
    from att_desktop.sources.warcraftlogs.points import PointsLeft
    from att_desktop.sources.warcraftlogs.rankings_page import Ranking
    from att_desktop.system.folders import Folders
    from att_desktop.wow.installations import Installation

__all__ = ["run_doctor"]

_FROST_MAGE: Final = 64  # a spec that many play in every season
# Somebody waits for the report, most of all when the network is what is wrong.
_LIMITS: Final = Limits(connect_s=5.0, read_s=10.0, total_s=20.0)
_PATIENCE: Final = RetryPolicy(attempts=2, slow_down_attempts=1)


def run_doctor(arguments: argparse.Namespace, folders: Folders, environment: Environment) -> int:
    """Print the report. Returns 0 when nothing is a problem, else 1."""
    loaded = load_settings(folders)
    store = KeyringStore(on_secret=hide_secret)
    trees = load_trees(folders)
    named: dict[str, Check] = {
        "App": checks.check_app,
        "Environment": lambda: checks.check_environment(os.environ, environment.other_hosts),
        "Folders": lambda: checks.check_folders(folders),
        "Settings": lambda: [
            Finding(name="Settings", verdict="warning", sentence=say(problem))
            for problem in loaded.problems
        ],
        "Credentials": lambda: checks.check_keyring(store),
        "Talent trees": lambda: checks.check_trees(trees),
        "Builds": lambda: _check_builds(trees, checkpoints_of(folders, loaded.settings.source)),
        "Game": lambda: checks.check_installations(_games(loaded.settings), _our_addon()),
        "Own talents": lambda: _check_own_talents(trees, _games(loaded.settings)),
        "Log": lambda: checks.check_last_problems(folders),
    }
    if not arguments.offline:
        named["Connection"] = lambda: _check_connection(environment)
        named["Warcraft Logs"] = lambda: _check_warcraft_logs(environment, store, trees)
    report = checks.examine(named, _print)
    return 0 if report.healthy else 1


def _print(finding: Finding) -> None:
    for line in finding.lines():
        print(printable(line), flush=True)


def _our_addon() -> str | None:
    toc = read_template(bundled_path(ADDON_TEMPLATE))[TOC_FILE]
    return toc_version(toc.decode("utf-8", "replace"))


def _check_builds(trees: TalentTrees, checkpoints: Sequence[Path]) -> Iterable[Finding]:
    library = Library.load(*checkpoints)
    if library.problem:
        yield Finding(name="Builds", verdict="warning", sentence=say(library.problem))
    codes = [unit.best_build.talent_code for unit in library.units.values()]
    codes += [encounter.best_build.talent_code for encounter in library.encounters.values()]
    none = "No builds were fetched yet."
    yield from checks.check_codes(trees, codes, name="Builds", none=none)


def _games(settings: Settings) -> list[Installation]:
    return find_installations(also=map(Path, settings.game_folders))


def _check_own_talents(trees: TalentTrees, games: Iterable[Installation]) -> Iterable[Finding]:
    """Whether the player's own characters have the talents of the app's trees."""
    codes = [mine.code for game in games for mine in read_my_builds(game.folder)]
    none = "The addon has not noted any talents yet."
    yield from checks.check_codes(trees, codes, name="Own talents", none=none)


def _check_connection(environment: Environment) -> Iterable[Finding]:
    # Both addresses are on one host unless somebody has set them apart.
    hosts = {urlsplit(url).netloc: url for url in (environment.token_url, environment.api_url)}
    for url in hosts.values():
        if urlsplit(url).scheme == "https":
            yield Finding(name="Connection", verdict="ok", sentence=_connection(check_tls(url)))
        else:
            sentence = "Not secured: this computer itself stands for Warcraft Logs."
            yield Finding(name="Connection", verdict="warning", sentence=sentence)


def _connection(found: SecureConnection) -> str:
    if found.setting:
        return _("{host} answers with {version} through the proxy in {setting}.").format(
            host=found.host, version=found.version, setting=found.setting
        )
    return _("{host} answers with {version}, trusted by this system.").format(
        host=found.host, version=found.version
    )


def _check_warcraft_logs(
    environment: Environment, store: KeyringStore, trees: TalentTrees
) -> Iterable[Finding]:
    if not store.state().usable:
        sentence = "Not asked: there are no credentials to ask with."
        yield Finding(name="Warcraft Logs", verdict="skipped", sentence=sentence)
        return
    left, rows, code = asyncio.run(_ask(environment, store))
    sentence = (
        f"A token came, {left.left:.0f} of {left.limit:.0f} points are left "
        f"until {left.resets_at.astimezone():%H:%M}."
    )
    verdict: checks.Verdict = "ok" if left.left > 0 else "warning"
    yield Finding(name="Warcraft Logs", verdict=verdict, sentence=sentence)
    yield _check_rows(trees, rows)
    none = "Warcraft Logs had no import code to compare with."
    yield from checks.check_codes(trees, code, name="Live code", none=none)


def _check_rows(trees: TalentTrees, rows: Sequence[Ranking]) -> Finding:
    tree = trees.tree(_FROST_MAGE)
    reasons = [
        result
        for result in (selection_from_rows(tree, row.talents) for row in rows)
        if isinstance(result, str)
    ]
    name = "Live talents"
    if not rows:
        return Finding(name=name, verdict="skipped", sentence="There are no rankings to look at.")
    usable = len(rows) - len(reasons)
    sentence = f"{usable} of {len(rows)} players ranked now fit the app's talent trees."
    return Finding(
        name=name,
        verdict="ok" if usable * 2 > len(rows) else "problem",
        sentence=sentence,
        details=tuple(dict.fromkeys(reasons)),
    )


async def _ask(
    environment: Environment, store: KeyringStore
) -> tuple[PointsLeft, Sequence[Ranking], list[str]]:
    """The points left, one page of rankings of this season, and one import code made by WCL."""
    async with WarcraftLogs(
        credentials=store.load(),
        api_url=environment.api_url,
        token_url=environment.token_url,
        interval_s=environment.request_interval_ms / 1000,
        wait_for_points=False,
        limits=_LIMITS,
        retry_policy=_PATIENCE,
    ) as source:
        left = await source.points()
        seasons = await source.seasons(
            pinned_raid=environment.raid_zone_id, pinned_mplus=environment.mplus_zone_id
        )
        if seasons.mplus is None or not seasons.mplus.encounters:
            return left, (), []
        wanted = RankingsRequest(
            encounter_id=seasons.mplus.encounters[0].encounter_id,
            difficulty=MYTHIC_PLUS,
            metric="playerscore",
            partition=seasons.mplus.partition,
        )
        (page,) = await source.boards(SPECS[_FROST_MAGE], [wanted])
        if not isinstance(page, RankingsPage):
            return left, (), []
        for row in page.rows:
            if row.report_code and row.fight_id is not None and row.server and not row.hidden:
                code = await source.import_code(
                    report_code=row.report_code,
                    fight_id=row.fight_id,
                    name=row.name,
                    server=row.server,
                )
                return left, page.rows, [code]
        return left, page.rows, []
