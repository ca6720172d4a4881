"""Puts the rooms together: settings, environment and credentials make an update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from att_desktop.game.content_types import CONTENT, CONTENT_TYPES
from att_desktop.sources.sample.source import SAMPLE_CREDENTIALS, sample_transport
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.sources.warcraftlogs.seasons import seasons_without_client
from att_desktop.system.bundled import ADDON_TEMPLATE, bundled_path
from att_desktop.system.errors import AttError
from att_desktop.update import events
from att_desktop.update.checkpoint import read_checkpoint
from att_desktop.update.feed_update import FeedUpdate
from att_desktop.update.history import HistoryWriter
from att_desktop.update.job import UpdateJob
from att_desktop.update.marked_builds import marked_path, read_marked
from att_desktop.update.parses_update import ParsesUpdate
from att_desktop.update.plan import UpdateOptions
from att_desktop.update.result_folders import (
    SOURCES,
    cache_folder,
    checkpoint_of,
    history_file,
    seasons_file,
)
from att_desktop.update.result_writer import Destination
from att_desktop.update.target import AddonTarget, FileTarget, SeveralTargets
from att_desktop.wow.sandbox import fits_for_sandbox, lies_in_a_game, make_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.config.environment import Environment
    from att_desktop.config.settings import Settings
    from att_desktop.game.content_types import ContentType
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.feed.address import FeedAddress
    from att_desktop.sources.warcraftlogs.points import PointsLeft, Wait
    from att_desktop.system.folders import Folders
    from att_desktop.update.checkpoint import Contents
    from att_desktop.update.job import Connect
    from att_desktop.update.target import Target


class NoGameFolder(AttError):
    """There is nowhere to put the addon."""


class NotASandbox(AttError):
    """Sample data were to be written outside of the app's own folders."""


def options_from(settings: Settings, environment: Environment) -> UpdateOptions:
    """What the player has set; the environment goes first."""
    content = CONTENT_TYPES if settings.content == "both" else (settings.content,)
    return UpdateOptions(
        content=content,
        first=settings.own_specs,
        difficulty=settings.difficulty,
        top_n=environment.top_n or settings.top_n,
        freshness=timedelta(hours=settings.freshness_hours),
        mplus_metric=settings.mplus_metric,
        zones=pinned_zones(settings) | pinned_zones(environment),
    )


def pinned_zones(chosen: Settings | Environment) -> dict[ContentType, int]:
    """Warcraft Logs' ids of the seasons that were chosen, by content type."""
    ids = {row.id: getattr(chosen, f"{row.key}_zone_id", None) for row in CONTENT.values()}
    return {content: zone_id for content, zone_id in ids.items() if zone_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """Passes the client's news on as events."""

    report: Callable[[events.Event], None]

    def points(self, points: PointsLeft) -> None:
        self.report(
            events.PointsChanged(left=points.left, limit=points.limit, resets_at=points.resets_at)
        )

    def wait(self, wait: Wait) -> None:
        self.report(events.Waiting(until=wait.until, reason=wait.reason))


def connect_to_warcraft_logs(environment: Environment, credentials: ClientCredentials) -> Connect:
    """Opens the real Warcraft Logs, or what the environment names in its place."""

    def connect(report: Callable[[events.Event], None], *, wait: bool) -> WarcraftLogs:
        talk = _Talk(report=report)
        return WarcraftLogs(
            credentials=credentials,
            api_url=environment.api_url,
            token_url=environment.token_url,
            interval_s=environment.request_interval_ms / 1000,
            wait_for_points=wait,
            on_points=talk.points,
            on_wait=talk.wait,
        )

    return connect


def connect_to_sample(trees: TalentTrees) -> Connect:
    """Opens the built-in sample source: same requests, no network, made-up players."""

    def connect(report: Callable[[events.Event], None], *, wait: bool) -> WarcraftLogs:
        talk = _Talk(report=report)
        return WarcraftLogs(
            credentials=SAMPLE_CREDENTIALS,
            transport=sample_transport(trees),
            interval_s=0,
            wait_for_points=wait,
            on_points=talk.points,
            on_wait=talk.wait,
        )

    return connect


def addon_target(addons: Path) -> AddonTarget:
    """The addon in the AddOns folder of an installation. Raises BundledFileMissing."""
    return AddonTarget(addons=addons, template=bundled_path(ADDON_TEMPLATE))


def addon_targets(addons: Sequence[Path], gone: Sequence[AttError] = ()) -> Target:
    """The addon in all of these AddOns folders; ``gone`` says why others cannot be written to.

    Raises NoGameFolder when there are none.
    """
    if not addons:
        raise NoGameFolder("update.no_game_folder")
    if len(addons) == 1 and not gone:
        return addon_target(addons[0])
    return SeveralTargets(tuple(map(addon_target, addons)), tuple(gone))


def sample_target(folders: Folders, *, output: Path | None, game: Path | None) -> Target:
    """Where sample data go: never a real game folder, also not through links.

    Raises NotASandbox when ``output`` lies in a game, or ``game`` is none of the app's own.
    """
    if output is not None:
        if lies_in_a_game(output):
            raise NotASandbox("update.sample_not_into_game", folder=folders.sample_game)
        return FileTarget(output)
    root = game or folders.sample_game
    if not fits_for_sandbox(root, folders.sandbox):
        if game is not None:
            raise NotASandbox("update.sample_not_into_folder", folder=folders.sample_game)
        raise NotASandbox("update.sample_folder_not_ours", folder=root)
    return addon_target(make_sandbox(root).addons_path)


def results_beside(folders: Folders, source: str) -> list[Contents]:
    """The results of the other sources."""
    return [read_checkpoint(checkpoint_of(folders, name)) for name in SOURCES if name != source]


def make_parses_update(
    folders: Folders,
    options: UpdateOptions,
    environment: Environment,
    trees: TalentTrees,
    target: Target,
    *,
    others: Sequence[Contents],
) -> ParsesUpdate:
    """An update from parses.gg. The season is the one Warcraft Logs told last, or our own."""
    seasons = seasons_without_client(seasons_file(folders, "warcraftlogs"), options.zones)
    return ParsesUpdate(
        options=options,
        base_url=environment.parses_url,
        seasons=seasons,
        trees=trees,
        folder=cache_folder(folders, "parses"),
        destination=_destination(folders, options, trees, target, others=others),
    )


def make_feed_update(
    folders: Folders,
    options: UpdateOptions,
    address: FeedAddress,
    trees: TalentTrees,
    target: Target,
    *,
    others: Sequence[Contents],
) -> FeedUpdate:
    """An update from a feed."""
    return FeedUpdate(
        options=options,
        address=address,
        trees=trees,
        folder=cache_folder(folders, "feed"),
        destination=_destination(folders, options, trees, target, others=others),
    )


def make_job(
    folders: Folders,
    options: UpdateOptions,
    connect: Connect,
    trees: TalentTrees,
    target: Target,
    *,
    sample: bool,
    others: Sequence[Contents] = (),
) -> UpdateJob:
    """An update whose results are kept in the app's cache, sample data apart from real ones."""
    source = "sample" if sample else "warcraftlogs"
    return UpdateJob(
        options=options,
        connect=connect,
        trees=trees,
        checkpoint_path=checkpoint_of(folders, source),
        seasons_path=seasons_file(folders, source),
        destination=_destination(folders, options, trees, target, sample=sample, others=others),
    )


def _destination(
    folders: Folders,
    options: UpdateOptions,
    trees: TalentTrees,
    target: Target,
    *,
    sample: bool = False,
    others: Sequence[Contents],
) -> Destination:
    return Destination(
        target=target,
        sample=sample,
        others=others,
        history=HistoryWriter(history_file(folders, sample=sample), trees, options.first),
        marked=partial(read_marked, marked_path(folders, sample=sample)),
    )
