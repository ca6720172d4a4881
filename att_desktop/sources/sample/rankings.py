"""Pages of rankings with made-up players, in the shape of real ones, bad rows included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from random import Random
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.game.content_types import MYTHIC_PLUS
from att_desktop.game.specs import SPECS, Spec
from att_desktop.sources.sample.builds import BuildPool, TalentRows
from att_desktop.sources.sample.players import Player, gear_json, players
from att_desktop.sources.sample.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTrees

PAGE_ROWS: Final = 100
_PAGES: Final = 2
_MYTHIC: Final = 5
_LAST_BOSS: Final = 3492
_FEW: Final = 4
# Rankings of the sample begin at this moment, 2026-11-20 20:00 UTC, in milliseconds.
_START: Final = 1_795_204_800_000
_WEEK: Final = 7 * 24 * 3600 * 1000
# Mythic+ rows are runs: this many characters share a hundred of them.
_CHARACTERS_PER_100_RUNS: Final = 76
_OLD_ENTRY: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """One row: who, with which build, in which report. ``talents`` as sent, bad rows too."""

    player: Player
    selection: Selection
    talents: TalentRows
    hidden: bool
    report_code: str | None
    start_time: int


class SampleRankings:
    """All rankings of the sample source, made when they are first asked for."""

    def __init__(self, trees: TalentTrees, seed: str, *, real_size: bool) -> None:
        self._trees = trees
        self._seed = seed
        self._pools: dict[int, BuildPool] = {}
        # An update asks for each encounter of a spec once: the last few suffice.
        self._rows = lru_cache(maxsize=4)(self._make_rows)
        # Many rows have the same talents and gear: each is encoded once.
        self._talents_json = lru_cache(maxsize=512)(_talents_json)
        self._gear_json = lru_cache(maxsize=32)(partial(gear_json, real_size=real_size))

    def page(
        self, spec: Spec | None, encounter_id: int, difficulty: int, page: int
    ) -> dict[str, object] | None:
        """``characterRankings`` of one encounter; without a spec a short list of all classes."""
        zone = zone_of(encounter_id)
        if zone is None:
            return _page_json(page, [], more=False)
        if spec is None:
            some: list[dict[str, object]] = [
                {"name": f"Sample{number}", "class": "Mage"} for number in range(PAGE_ROWS)
            ]
            return _page_json(page, some, more=True)
        known = {key for key, _ in zone.difficulties}
        difficulty = difficulty or max(known)
        if difficulty not in known:
            return {"error": "Invalid difficulty setting or size specified."}
        rows = self._rows(spec.spec_id, encounter_id, difficulty)
        first = (page - 1) * PAGE_ROWS
        part = rows[first : first + PAGE_ROWS]
        json = [self._row_json(spec, difficulty, first + at, row) for at, row in enumerate(part)]
        return _page_json(page, json, more=first + PAGE_ROWS < len(rows))

    def rows_of_report(self, code: str) -> Iterator[tuple[Spec, SampleRow]]:
        """The one player whose report this is; nothing for a code that we did not make."""
        try:
            spec = SPECS[int(code[1:5])]
            encounter_id, difficulty = int(code[5:11]), int(code[11:13])
            number = int(code[13:16])
        except (ValueError, KeyError):
            return
        zone = zone_of(encounter_id)
        if zone is None or difficulty not in {key for key, _ in zone.difficulties}:
            return
        rows = self._rows(spec.spec_id, encounter_id, difficulty)
        if number < len(rows) and rows[number].report_code == code:
            yield spec, rows[number]

    def _make_rows(self, spec_id: int, encounter_id: int, difficulty: int) -> list[SampleRow]:
        count = _FEW if (encounter_id, difficulty) == (_LAST_BOSS, _MYTHIC) else PAGE_ROWS * _PAGES
        pool = self._pools.get(spec_id)
        if pool is None:
            pool = self._pools[spec_id] = BuildPool(self._trees.tree(spec_id), self._seed)
        # Builds differ from fight to fight more than from difficulty to difficulty.
        builds = pool.of_encounter(f"{encounter_id}", count)
        rng = Random(f"{self._seed}/{spec_id}/{encounter_id}/{difficulty}")  # noqa: S311 - made-up players
        many = players(rng, count)
        if difficulty == MYTHIC_PLUS:
            few = many[: count * _CHARACTERS_PER_100_RUNS // 100]
            many = [*few, *rng.choices(few, k=count - len(few))]
            rng.shuffle(many)
        return [
            self._make_row(rng, pool, builds[at], many[at], (spec_id, encounter_id, difficulty, at))
            for at in range(count)
        ]

    def _make_row(
        self,
        rng: Random,
        pool: BuildPool,
        selection: Selection,
        player: Player,
        place: tuple[int, int, int, int],
    ) -> SampleRow:
        talents = pool.rows_of(selection)
        chance = rng.random()
        if chance < 0.01:
            talents = ()
        elif chance < 0.02:
            # A log from before the last change of the trees.
            talents = (*talents[:-1], (_OLD_ENTRY, 1))
        elif chance < 0.03:
            talents = _with_both_choices(pool, talents)
        hidden = rng.random() < 0.02
        code: str | None = "S{:04}{:06}{:02}{:03}".format(*place)
        if hidden:
            code = f"a:{code}"
        elif rng.random() < 0.005:
            code = None
        return SampleRow(
            player=player,
            selection=selection,
            talents=talents,
            hidden=hidden,
            report_code=code,
            start_time=_START - rng.randrange(_WEEK),
        )

    def _row_json(self, spec: Spec, difficulty: int, at: int, row: SampleRow) -> dict[str, object]:
        level = 22 - at // 12 if difficulty == MYTHIC_PLUS else 0
        found: dict[str, object] = {
            "name": "Anonymous" if row.hidden else row.player.name,
            "class": spec.class_slug,
            "spec": spec.slug,
            "amount": round(3_900_000.0 * 0.998**at, 4),
            "hardModeLevel": level,
            "duration": 300_000 + 137 * at,
            "startTime": row.start_time,
            "report": {
                "code": row.report_code,
                "fightID": 1 + at % 30,
                "startTime": row.start_time,
            },
            "bracketData": level or 730 - at // 10,
            "faction": at % 2,
            "talents": self._talents_json(row.talents),
            "gear": self._gear_json(row.player.server),
        }
        if row.hidden:
            found["hidden"] = True
        else:
            found["server"] = {
                "id": row.player.server_id,
                "name": row.player.server,
                "region": row.player.region,
            }
        return found


def _talents_json(talents: TalentRows) -> msgspec.Raw:
    return msgspec.Raw(
        msgspec.json.encode([{"talentID": entry, "points": points} for entry, points in talents])
    )


def _with_both_choices(pool: BuildPool, talents: TalentRows) -> TalentRows:
    """The row of a player whose log shows both talents of one choice."""
    taken = {entry for entry, points in talents if points > 0}
    for node in pool.tree.nodes.values():
        ids = [entry.entry_id for entry in node.entries]
        if node.kind == "choice" and len(ids) > 1 and not taken.isdisjoint(ids):
            other = tuple((entry, 1) for entry in ids if entry not in taken)
            return tuple(row for row in talents if row[0] not in ids or row[1] > 0) + other
    return talents


def _page_json(page: int, rows: list[dict[str, object]], *, more: bool) -> dict[str, object]:
    return {"page": page, "hasMorePages": more, "count": len(rows), "rankings": rows}
