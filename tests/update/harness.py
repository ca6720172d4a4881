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


def messy_board(spec_id: int, seed: int, rows: int, *, clean: bool = False) -> list[dict[str, Any]]:
    """Rows with all that the rules are about, drawn by ``seed``."""
    rng = Random(seed)
    tree = TREES.tree(spec_id)
    builds = [talents_of(tree, build(tree, seed * 100 + at)) for at in range(6)]
    board = []
    for at in range(rows):
        talents = list(rng.choice(builds))
        kind = rng.random()
        name, hidden = f"Player{rng.randrange(rows)}", False
        if clean:
            name = f"Player{at}"
        elif kind < 0.1:
            hidden = True
        elif kind < 0.15:
            talents = []
        elif kind < 0.2:
            talents.append({"talentID": 5, "points": 1})
        elif kind < 0.25:
            choice = next(n for n in tree.nodes.values() if n.kind == "choice")
            talents = [{"talentID": e.entry_id, "points": 1} for e in choice.entries]
        elif kind < 0.3:
            talents = [{**talent, "points": talent["points"] + 5} for talent in talents]
        elif kind < 0.35:
            talents.append({"talentID": 5, "points": 0})
        board.append(row(name, talents=talents, server_id=rng.choice((1, 2)), hidden=hidden))
    return board


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
                on_wait=lambda w: report(
                    events.Waiting(until=w.until, reason=w.reason, sentence=w.sentence)
                ),
                **self.client_options,
            )

        options.setdefault("freshness", timedelta(hours=12))
        return UpdateJob(
            options=UpdateOptions(**options),
            connect=connect,
            trees=TREES,
            checkpoint_path=self.checkpoint,
            seasons_path=self.home / "cache" / "seasons.json",
            target=FileTarget(self.output),
        )

    def update(self, cancel: threading.Event | None = None, **options: Any) -> events.Summary:
        return self.job(**options).run(self.seen.append, cancel or threading.Event())

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.seen if isinstance(event, kind)]


def fill(wcl: FakeWarcraftLogs, spec_ids: list[int], boards: dict[int, tuple[int, int]]) -> None:
    """Messy boards by encounter id: (difficulty, rows) for each spec."""
    for spec_id in spec_ids:
        spec = SPECS[spec_id]
        for encounter_id, (difficulty, rows) in boards.items():
            key = (spec.class_slug, spec.slug, encounter_id, difficulty)
            wcl.boards[key] = messy_board(spec_id, spec_id * 7 + encounter_id, rows)
