"""A player's machine for update tests: folders, a target file, and a server on loopback."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTree, TalentTrees
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.update import events
from att_desktop.update.job import UpdateJob
from att_desktop.update.plan import UpdateOptions
from att_desktop.update.result_writer import Destination
from att_desktop.update.target import FileTarget
from tests.sources.warcraftlogs.rows import row, talents_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from att_desktop.game.builds import Selection
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

TREES = TalentTrees.embedded()


def build(tree: TalentTree, seed: int) -> Selection:
    return random_build(tree, tree.hero_trees[seed % 2], {}, noise=Random(seed), noise_spread=1.0)


def messy_rows(spec_id: int, seed: int, rows: int, *, clean: bool = False) -> list[dict[str, Any]]:
    """Rows with all that the rules are about, drawn by ``seed``.

    A few builds, near each other and of both hero trees, are played by many; the rest is what
    spoils a count: repeated and hidden players, namesakes, talents of both hero trees, too many
    points, apex ranks out of order, other trees, losers of a choice.
    """
    rng = Random(seed)
    tree = TREES.tree(spec_id)
    weights = {node_id: rng.gauss(0, 1) for node_id in tree.nodes}
    builds = [
        random_build(tree, tree.hero_trees[at % 3 == 2], weights, noise=rng, noise_spread=0.4)
        for at in range(9)
    ]
    made = []
    for at in range(rows):
        chosen = builds[min(int(rng.expovariate(0.4)), 8)]
        talents = talents_of(tree, chosen)
        hidden = not clean and rng.random() < 0.1
        name = f"Player{at if clean else rng.randrange(rows)}"
        if not clean:
            talents = _spoiled(tree, chosen, talents, rng)
        made.append(row(name, talents=talents, server_id=rng.choice((1, 2)), hidden=hidden))
    return made


def _spoiled(
    tree: TalentTree, chosen: Selection, talents: list[dict[str, int]], rng: Random
) -> list[dict[str, int]]:
    """A row's talents with one thing amiss, or with none."""
    ids = {entry for _, entry, _ in chosen}
    nodes = {node for node, _, _ in chosen}
    both = [
        {"talentID": node.entries[0].entry_id, "points": node.max_ranks}
        for node in tree.nodes.values()
        if node.section == "hero" and not node.free and node.node_id not in nodes
    ]
    missing = [
        {"talentID": node.entries[0].entry_id, "points": node.max_ranks}
        for node in tree.nodes.values()
        if node.section == "class" and node.entries and not node.free and node.node_id not in nodes
    ]
    choice = next(n for n in tree.nodes.values() if n.kind == "choice")
    apex = next(n for n in tree.nodes.values() if n.kind == "tiered")
    heroes = {hero.entry_id for hero in tree.hero_trees}
    ways = (
        list,  # nothing at all
        lambda: [*talents, {"talentID": 5, "points": 1}],
        lambda: [{"talentID": e.entry_id, "points": 1} for e in choice.entries],
        lambda: [{**t, "points": t["points"] * 6} for t in talents],
        lambda: [*talents, {"talentID": 5, "points": 0}],
        lambda: [*both, *talents],
        lambda: [*talents, *both],
        lambda: [*both, *(t for t in talents if t["talentID"] not in heroes)],
        lambda: [t for t in talents if t["talentID"] not in heroes],
        lambda: [*talents, *({"talentID": e, "points": 1} for e in heroes - ids)],
        lambda: [*talents, *missing],
        lambda: [t for t in talents if t["talentID"] != apex.entries[0].entry_id],
    )
    return rng.choice(ways)() if rng.random() < 0.4 else talents


@dataclass
class Machine:
    """Where updates run; ``seen`` are all events so far."""

    home: Path
    wcl: FakeWarcraftLogs
    interval_s: float = 0.0
    client_options: dict[str, Any] = field(default_factory=dict)
    seen: list[events.Event] = field(default_factory=list)

    @property
    def checkpoint(self) -> Path:
        return self.home / "cache" / "checkpoint.json"

    @property
    def output(self) -> Path:
        return self.home / "TalentData.lua"

    def job(self, **options: Any) -> UpdateJob:
        def connect(report: Callable[[events.Event], None], *, wait: bool) -> WarcraftLogs:
            return WarcraftLogs(
                credentials=ClientCredentials(*self.wcl.client),
                api_url=self.wcl.api_url,
                token_url=self.wcl.token_url,
                interval_s=self.interval_s,
                wait_for_points=wait,
                on_points=lambda p: report(
                    events.PointsChanged(left=p.left, limit=p.limit, resets_at=p.resets_at)
                ),
                on_wait=lambda w: report(events.Waiting(until=w.until, reason=w.reason)),
                **self.client_options,
            )

        options.setdefault("freshness", timedelta(hours=12))
        return UpdateJob(
            options=UpdateOptions(**options),
            connect=connect,
            trees=TREES,
            checkpoint_path=self.checkpoint,
            seasons_path=self.home / "cache" / "seasons.json",
            destination=Destination(target=FileTarget(self.output)),
        )

    def update(self, cancel: threading.Event | None = None, **options: Any) -> events.Summary:
        return self.job(**options).run(self.seen.append, cancel or threading.Event())

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.seen if isinstance(event, kind)]


def fill(wcl: FakeWarcraftLogs, spec_ids: list[int], rankings: dict[int, tuple[int, int]]) -> None:
    """Messy rankings by encounter id: (difficulty, rows) for each spec."""
    for spec_id in spec_ids:
        spec = SPECS[spec_id]
        for encounter_id, (difficulty, rows) in rankings.items():
            key = (spec.class_slug, spec.slug, encounter_id, difficulty)
            wcl.rankings[key] = messy_rows(spec_id, spec_id * 7 + encounter_id, rows)
