"""Results that somebody else counted (a feed), believed only as far as they can be tested.

Codes go through the same validity test as everybody's and are written anew; names are text of
bounded length; figures must fit together. A record that does not pass costs itself only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from att_desktop.game.builds import MOST_PLAYERS, popularity
from att_desktop.game.legal_codes import legal_code
from att_desktop.game.map_ids import challenge_mode_id, instance_map_id
from att_desktop.game.results import Build, EncounterRecord, UnitRecord
from att_desktop.game.specs import SPECS
from att_desktop.system.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from att_desktop.game.trees import TalentTrees

_MAX_NAME: Final = 200
_FIRST_YEAR: Final = 2004  # of the game
_CLOCK_SKEW: Final = timedelta(hours=1)
_MAX_LABEL: Final = 64
_MAX_ID: Final = 10**9
_Record = TypeVar("_Record", UnitRecord, EncounterRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundResults:
    """What is left after the test. ``left_out`` counts records by the code of their problem."""

    units: list[UnitRecord] = field(default_factory=list)
    encounters: list[EncounterRecord] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def is_of_other_trees(self) -> bool:
        """Whether most of it is for another version of the talents."""
        others = self.left_out["code.other_tree"]
        return others > len(self.units) + len(self.encounters)


def keep_sound(
    units: Iterable[UnitRecord],
    encounters: Iterable[EncounterRecord],
    trees: TalentTrees,
    now: datetime | None = None,
) -> SoundResults:
    """Keep the records that are legal on these trees, each with its codes written anew.

    Other builds of a record that do not pass are dropped from it; without its best build a record
    is of no use. With ``now`` (aware) none is from the future, where it would be the youngest for
    ever.
    """
    found = SoundResults()
    writer = _Rewriter(trees, now)
    for unit in units:
        kept = writer.rewritten(unit)
        if isinstance(kept, str):
            found.left_out[kept] += 1
        else:
            found.units.append(_own_names(kept))
    for encounter in encounters:
        rewritten = writer.rewritten(encounter)
        if isinstance(rewritten, str):
            found.left_out[rewritten] += 1
        elif not _is_plain(encounter):
            found.left_out["record.text"] += 1
        else:
            found.encounters.append(_own_places(rewritten))
    return found


def _own_names(unit: UnitRecord) -> UnitRecord:
    spec = SPECS[unit.spec_id]
    return msgspec.structs.replace(unit, class_name=spec.class_slug, spec_name=spec.slug)


def _own_places(record: EncounterRecord) -> EncounterRecord:
    """With the game's ids as this app knows them: a feed cannot send builds to another dungeon."""
    return msgspec.structs.replace(
        record,
        map_id=instance_map_id(record.encounter_id, record.content_type),
        challenge_mode_id=challenge_mode_id(record.encounter_id),
    )


def _is_plain(record: EncounterRecord) -> bool:
    texts = (record.encounter_name, record.zone)
    ids = (
        record.encounter_id,
        record.zone_id,
        record.order,
        record.journal_id,
        record.difficulty,
        record.repeated,
    )
    return (
        # '|' begins an escape sequence of the game's texts: a colour, a texture, a link.
        all(len(text) <= _MAX_NAME and text.isprintable() and "|" not in text for text in texts)
        and bool(record.encounter_name.strip())
        and all(0 <= number <= _MAX_ID for number in ids)
        and record.encounter_id > 0
    )


def _is_label(text: str) -> bool:
    """A source or a cohort; made-up results are nobody's to hand out."""
    return 0 < len(text) <= _MAX_LABEL and text.isprintable() and text != "sample"


class _Rewriter:
    """Tests codes and writes them anew; each code is decoded once."""

    def __init__(self, trees: TalentTrees, now: datetime | None) -> None:
        self._trees = trees
        self._now = now
        self._known: dict[tuple[int, str], Build | str] = {}

    def rewritten(self, record: _Record) -> _Record | str:
        """The record with tested builds, or the code of what is wrong with it."""
        if record.spec_id not in SPECS or record.spec_id not in self._trees:
            return "record.spec"
        own = self._trees.tree(record.spec_id).known_hash
        if own and record.tree_hash not in ("", own):
            return "code.other_tree"
        if not _is_label(record.source) or not (record.cohort == "" or _is_label(record.cohort)):
            return "record.text"
        if not self._is_time(record.fetched_at):
            return "record.time"
        size = record.sample_size
        best = self._build(record.spec_id, record.best_build, size)
        if isinstance(best, str):
            return best
        return msgspec.structs.replace(
            record,
            best_build=best,
            all_builds=self._builds(record.spec_id, record.all_builds, size),
            others=self._builds(record.spec_id, record.others, size),
            skipped={},
            tree_hash=own,
        )

    def _is_time(self, text: str) -> bool:
        try:
            time = parse_time(text)
        except ValueError:
            return False
        is_to_come = self._now is not None and time > self._now + _CLOCK_SKEW
        return time.year >= _FIRST_YEAR and not is_to_come

    def _builds(self, spec_id: int, builds: list[Build], size: int) -> list[Build]:
        tested = (self._build(spec_id, build, size) for build in builds)
        return [build for build in tested if not isinstance(build, str)]

    def _build(self, spec_id: int, build: Build, size: int) -> Build | str:
        support = build.count if build.support is None else build.support
        if not 0 < build.count <= support <= size <= MOST_PLAYERS:
            return "record.figures"
        known = self._known.get((spec_id, build.talent_code))
        if known is None:
            known = self._known[spec_id, build.talent_code] = self._tested(spec_id, build)
        if isinstance(known, str):
            return known
        return msgspec.structs.replace(
            known,
            count=build.count,
            support=build.support,
            popularity=popularity(build.count, size),
        )

    def _tested(self, spec_id: int, build: Build) -> Build | str:
        written = legal_code(build.talent_code, spec_id, self._trees)
        if isinstance(written, str):
            return written
        return msgspec.structs.replace(build, talent_code=written.code, hero_tree=written.hero_tree)
