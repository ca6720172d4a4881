"""``TalentData.lua``: the builds as the addon loads them.

The format is a contract with the addon: fields may be added, none renamed. Keys are sorted, so
equal data give equal bytes and an unchanged file is not written again.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from att_desktop.game.confidence import undecided
from att_desktop.game.content_types import CONTENT, CONTENT_TYPES
from att_desktop.game.results import EncounterRecord
from att_desktop.game.specs import SPECS
from att_desktop.wow.lua_text import lua_bytes, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from att_desktop.game.results import Build, MarkedBuild, TalentData, UnitRecord

TALENT_DATA_FILE: Final = "TalentData.lua"
FORMAT: Final = 3

_TIMESTAMP: Final = re.compile(
    rb'^addon\.TalentDataTimestamp = "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)"', re.MULTILINE
)
_SAMPLE: Final = re.compile(rb"^addon\.TalentDataSample = true\b", re.MULTILINE)
# That of the whole file, and of single results where they are mixed.
_SOURCE: Final = re.compile(
    rb'^addon\.TalentDataSource = "([a-z]{1,64})"|, source = "([a-z]{1,64})"', re.MULTILINE
)
_MOST_BYTES: Final = 32_000_000


def render(data: TalentData) -> bytes:
    """The whole file: ASCII, ``\\n`` line ends, loads in Lua 5.1 whatever the names contain."""
    return "".join(f"{line}\n" for line in _lines(data)).encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMarks:
    """What a ``TalentData.lua`` says of itself.

    ``timestamp`` is when its data were fetched (aware, UTC); None in the placeholder. ``sources``
    are where the results are from, the usual source first.
    """

    timestamp: datetime | None = None
    is_sample: bool = False
    sources: tuple[str, ...] = ()


def read_marks(path: Path) -> DataMarks:
    """The marks of a ``TalentData.lua``, without running it; none of a file that is not ours."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError:
        return DataMarks()
    found = _SOURCE.findall(data)
    names = (*(whole for whole, _one in found), *(one for _whole, one in found))
    return DataMarks(
        timestamp=_timestamp(data),
        is_sample=_SAMPLE.search(data) is not None,
        sources=tuple(name.decode("ascii") for name in dict.fromkeys(filter(None, names))),
    )


def _timestamp(data: bytes) -> datetime | None:
    found = _TIMESTAMP.search(data)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1].decode("ascii"), "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _lines(data: TalentData) -> Iterator[str]:
    units = {(unit.spec_id, unit.content_type): unit for unit in data.units}
    encounters = {(each.spec_id, each.encounter_id): each for each in data.encounters}
    results: list[UnitRecord | EncounterRecord] = [*data.units, *data.encounters]
    hashes = {result.spec_id: result.tree_hash for result in results if result.tree_hash}
    infos = {info.encounter_id: info for info in sorted(data.encounters, key=_sort_key)}

    yield "local _, addon = ..."
    yield "addon.TalentData = {"
    for spec_id in sorted({result.spec_id for result in results}):
        general = [units[spec_id, each] for each in CONTENT_TYPES if (spec_id, each) in units]
        own = [encounters[key] for key in sorted(encounters) if key[0] == spec_id]
        yield from _spec_lines(spec_id, general, own, data.source)
    yield "}"
    yield "addon.EncounterInfo = {"
    for encounter_id in sorted(infos):
        yield f"    [{encounter_id:d}] = {{ {_encounter(infos[encounter_id])} }},"
    yield "}"
    yield "addon.EncounterByName = {"
    for name, encounter_id in _by_name(infos.values()):
        yield f"    [{name}] = {encounter_id:d},"
    yield "}"
    yield from _marked_lines(data.marked)
    yield f"addon.TalentDataTimestamp = {quote(data.timestamp)}"
    yield f"addon.TalentDataFormat = {FORMAT:d}"
    if data.source:
        yield f"addon.TalentDataSource = {quote(data.source)}"
    yield "addon.TreeHashes = {"
    for spec_id in sorted(hashes):
        yield f"    [{spec_id:d}] = {quote(hashes[spec_id])},"
    yield "}"
    if data.sample:
        yield "addon.TalentDataSample = true"


def _spec_lines(
    spec_id: int,
    general: Iterable[UnitRecord],
    encounters: Iterable[EncounterRecord],
    source: str,
) -> Iterator[str]:
    # The comment comes from the app's own table, never from the data: nothing can end it early.
    spec = SPECS.get(spec_id)
    comment = f" -- {spec.class_slug} {spec.slug}" if spec else ""
    yield f"    [{spec_id:d}] = {{{comment}"
    yield "        general = {"
    for unit in general:
        yield f"            {CONTENT[unit.content_type].addon_key} = {_result(unit, source)},"
    yield "        },"
    yield "        encounters = {"
    for record in encounters:
        yield f"            [{record.encounter_id:d}] = {_result(record, source)},"
    yield "        },"
    yield "    },"


def _marked_lines(marked: Iterable[MarkedBuild]) -> Iterator[str]:
    """The builds for raid night; nothing where none is marked."""
    of_spec: dict[int, list[MarkedBuild]] = {}
    for build in marked:
        of_spec.setdefault(build.spec_id, []).append(build)
    if not of_spec:
        return
    yield "addon.RaidNight = {"
    for spec_id in sorted(of_spec):
        yield f"    [{spec_id:d}] = {{"
        for build in of_spec[spec_id]:
            hero_tree = "nil" if build.hero_tree is None else quote(build.hero_tree)
            ids = ", ".join(f"{encounter_id:d}" for encounter_id in build.encounters)
            yield (
                f"        {{ talentCode = {quote(build.talent_code)}, heroTree = {hero_tree}, "
                f"encounters = {{ {ids} }} }},"
            )
        yield "    },"
    yield "}"


def _result(result: UnitRecord | EncounterRecord, usual_source: str) -> str:
    build = result.best_build
    share = build.popularity if math.isfinite(build.popularity) else 0.0
    fields = [
        f"talentCode = {quote(build.talent_code)}",
        f"sampleSize = {result.sample_size:d}",
        f"popularity = {share:.2f}",
        *_players(build),
    ]
    # Results without support (version 1) have the most frequent build as the best.
    equal = undecided(b.count for b in result.all_builds) if build.support is not None else 0
    if equal:
        fields.append(f"undecided = {equal:d}")
    if isinstance(result, EncounterRecord) and result.general_fits:
        fields.append("generalFits = true")
    if result.others:
        others = ", ".join(f"{{ {', '.join(_other(other))} }}" for other in result.others)
        fields.append(f"others = {{ {others} }}")
    if result.source and result.source != usual_source:
        fields.append(f"source = {quote(result.source)}")
    return f"{{ {', '.join(fields)} }}"


def _other(build: Build) -> list[str]:
    return [f"talentCode = {quote(build.talent_code)}", *_players(build)]


def _players(build: Build) -> list[str]:
    hero_tree = "nil" if build.hero_tree is None else quote(build.hero_tree)
    fields = [f"count = {build.count:d}", f"heroTree = {hero_tree}"]
    if build.support is not None:
        fields.append(f"support = {build.support:d}")
    return fields


def _encounter(info: EncounterRecord) -> str:
    map_id = "nil" if info.map_id is None else f"{info.map_id:d}"
    fields = [
        f"name = {quote(info.encounter_name)}",
        f"type = {quote(CONTENT[info.content_type].addon_key)}",
        f"journalID = {info.journal_id:d}",
        f"order = {info.order:d}",
        f"zone = {quote(info.zone)}",
        f"mapID = {map_id}",
    ]
    if info.challenge_mode_id is not None:
        fields.append(f"challengeModeID = {info.challenge_mode_id:d}")
    return ", ".join(fields)


def _by_name(encounters: Iterable[EncounterRecord]) -> Iterator[tuple[str, int]]:
    """Literal name and encounter id, by name. Of two encounters with one name the lower id wins.

    Compared as the game sees the names, in bytes: two names may differ only in what UTF-8
    cannot hold.
    """
    lowest: dict[bytes, tuple[int, str]] = {}
    for info in encounters:
        key = lua_bytes(info.encounter_name)
        if key not in lowest or info.encounter_id < lowest[key][0]:
            lowest[key] = (info.encounter_id, quote(info.encounter_name))
    for key in sorted(lowest):
        encounter_id, name = lowest[key]
        yield name, encounter_id


def _sort_key(info: EncounterRecord) -> tuple[int, str, str, str, int, int, int, int]:
    """A total order: which of two records with one id is kept never depends on their order."""
    return (
        info.encounter_id,
        info.content_type,
        info.zone,
        info.encounter_name,
        info.order,
        info.journal_id,
        info.map_id or 0,
        info.challenge_mode_id or 0,
    )
