"""``checkpoint.json``: all results, saved after every unit, so that nothing is fetched twice."""

from __future__ import annotations

import contextlib
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from att_desktop.game.results import (
    CheckpointConfig,
    EmptyRecord,
    EncounterRecord,
    Unit,
    UnitRecord,
)
from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.files import file_stamp, keep_aside, remove_leftovers, write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.system.times import parse_time
from att_desktop.update.events import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

VERSION = 2
_READABLE = (1, VERSION)
_KEPT_ASIDE = 5
_log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode
_Record = TypeVar("_Record", UnitRecord, EncounterRecord, EmptyRecord)


class CheckpointNotWritable(AttError):
    """The results cannot be kept."""


class CheckpointNotReadable(AttError):
    """The results are there but the system does not let us read them."""


class _File(msgspec.Struct):
    version: int
    config: CheckpointConfig
    results: list[msgspec.Raw] = []
    encounter_results: list[msgspec.Raw] = []
    empty: list[msgspec.Raw] = []


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a checkpoint file holds; ``problem`` says why it, or a part, is unusable.

    ``left_out`` counts entries that cannot be read.
    ``unusable``: it was read and makes no sense. ``unreadable``: it may be fine, but the system
    does not let us read it now.
    """

    config: CheckpointConfig | None = None
    units: dict[Unit, UnitRecord] = {}
    encounters: dict[tuple[int, int], EncounterRecord] = {}
    empty: dict[Unit, EmptyRecord] = {}
    problem: Reason | None = None
    left_out: int = 0
    unusable: bool = False
    unreadable: bool = False


def read_checkpoint(path: Path) -> Contents:
    """Read a checkpoint of this version or version 1. Never raises: what is wrong stands in
    ``problem``.

    A broken entry costs that entry only. Results of version 1 have no support and no builds of
    other hero trees: they are kept until they are fetched anew.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Contents()
    except OSError as error:
        problem = Reason("checkpoint.unreadable", {"reason": os_reason(error)})
        return Contents(problem=problem, unreadable=True)
    return parse_checkpoint(data)


def parse_checkpoint(data: bytes) -> Contents:
    """The contents of a checkpoint's bytes, as ``read_checkpoint`` gives them."""
    try:
        file = decode_json(data, _File)
    except UnreadableJson:
        return _unusable(data)
    version = file.version
    if version not in _READABLE:
        return _unusable(data)
    units, bad_units = _read_all(file.results, UnitRecord)
    encounters, bad_encounters = _read_all(file.encounter_results, EncounterRecord)
    # Version 1 also noted units as empty whose rows could not be read: they are asked for again.
    empty, bad_empty = _read_all(file.empty if version == VERSION else (), EmptyRecord)
    bad = bad_units + bad_encounters + bad_empty
    return Contents(
        config=file.config,
        units={_unit_of(record): record for record in units},
        encounters={(record.spec_id, record.encounter_id): record for record in encounters},
        empty={_unit_of(record): record for record in empty},
        problem=Reason("checkpoint.entries_left_out", {"count": bad}) if bad else None,
        left_out=bad,
    )


def _unusable(data: bytes) -> Contents:
    """Of another version, whose shape may be any; else damaged."""
    try:
        version = decode_json(data, _VersionOnly).version
    except UnreadableJson:
        version = VERSION
    problem = Reason("checkpoint.damaged")
    if version not in _READABLE:
        problem = Reason("checkpoint.version", {"version": version, "readable": VERSION})
    return Contents(problem=problem, unusable=True)


class _VersionOnly(msgspec.Struct):
    version: int


def _read_all(raws: Iterable[msgspec.Raw], kind: type[_Record]) -> tuple[list[_Record], int]:
    good: list[_Record] = []
    bad = 0
    for raw in raws:
        try:
            record = decode_json(raw, kind)
            parse_time(record.fetched_at)
        except ValueError:
            bad += 1
        else:
            good.append(record)
    return good, bad


def _unit_of(record: UnitRecord | EmptyRecord) -> Unit:
    return Unit(spec_id=record.spec_id, content_type=record.content_type)


class Checkpoint:
    """The results of one configuration, kept in one file by one writer."""

    def __init__(self, path: Path, config: CheckpointConfig, contents: Contents) -> None:
        """Use :meth:`open`."""
        self.path = path
        self.config = config
        self.units = dict(contents.units)
        self.encounters = dict(contents.encounters)
        self.empty = dict(contents.empty)
        # Each record's JSON is kept: a save after every unit then joins bytes.
        self._json: dict[tuple[Any, ...], bytes] = {}
        self._on_disk = file_stamp(path)

    @classmethod
    def open(cls, path: Path, config: CheckpointConfig) -> tuple[Checkpoint, list[Reason]]:
        """Read what is there. Returns the checkpoint, and why and where results were set aside.

        What a killed run has left beside it is removed: there is one writer in this folder.

        Raises CheckpointNotWritable when a file that cannot be used cannot be moved aside, and
        CheckpointNotReadable rather than writing over results that may be fine.
        """
        remove_leftovers(path.parent)
        contents = read_checkpoint(path)
        problems = [contents.problem] if contents.problem is not None else []
        if contents.unreadable:
            fields = problems[0].fields
            raise CheckpointNotReadable("checkpoint.not_readable", **{**fields, "path": path})
        if contents.config is not None and contents.config != config:
            problems = [_other_choice(contents.config, config)]
            contents = Contents(unusable=True)
        if contents.unusable:
            aside = _keep_aside(path)
            problems.append(Reason("checkpoint.kept_aside", {"file": aside.name}))
            contents = Contents()
        for problem in problems:
            _log.warning("%s %s", problem.code, problem.fields)
        return cls(path, config, contents), problems

    def is_fresh(self, unit: Unit, freshness: timedelta, now: datetime) -> bool:
        """Whether the unit was completed, or found empty, less than ``freshness`` ago."""
        records = (self.units.get(unit), self.empty.get(unit))
        return any(
            # A time in the future comes from a wrong clock: not fresh.
            timedelta(minutes=-5) <= now - parse_time(record.fetched_at) < freshness
            for record in records
            if record is not None
        )

    def lacks(self, unit: Unit, encounter_ids: Iterable[int]) -> bool:
        """Whether some of these encounters were never asked for."""
        asked: set[int] = set()
        for record in (self.units.get(unit), self.empty.get(unit)):
            asked.update(record.encounters if record is not None else ())
        if not asked:  # results of version 1
            asked = {
                known.encounter_id
                for known in self.encounters.values()
                if (known.spec_id, known.content_type) == (unit.spec_id, unit.content_type)
            }
        return not asked.issuperset(encounter_ids)

    def add_unit(self, record: UnitRecord, encounters: Iterable[EncounterRecord]) -> None:
        """Put in a complete unit; what was known of it before is gone."""
        unit = _unit_of(record)
        for key, known in list(self.encounters.items()):
            if known.spec_id == unit.spec_id and known.content_type == unit.content_type:
                del self.encounters[key]
                self._json.pop(("encounter", *key), None)
        self.empty.pop(unit, None)
        self._json.pop(("empty", unit), None)
        self.units[unit] = record
        self._json[("unit", unit)] = _encode(record)
        self.add_encounters(encounters)

    def add_encounters(self, encounters: Iterable[EncounterRecord]) -> None:
        """Put in encounters without completing their unit."""
        for record in encounters:
            key = (record.spec_id, record.encounter_id)
            self.encounters[key] = record
            self._json[("encounter", *key)] = _encode(record)

    def add_empty(self, record: EmptyRecord) -> None:
        """Note that a unit had nothing to learn from. Older results of it stay."""
        unit = _unit_of(record)
        self.empty[unit] = record
        self._json[("empty", unit)] = _encode(record)

    def save_again(self) -> None:
        """Save where the file was changed or removed since. Raises CheckpointNotWritable."""
        if (self.units or self.encounters or self.empty) and file_stamp(self.path) != self._on_disk:
            _log.warning("the saved results were changed or removed, and are saved again")
            self.save()

    def save(self) -> None:
        """Replace the file. Raises CheckpointNotWritable."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self.path, self._bytes())
            self._on_disk = file_stamp(self.path)
        except OSError as error:
            raise CheckpointNotWritable(
                "checkpoint.not_writable",
                folder=self.path.parent,
                reason=os_reason(error),
            ) from error

    def _bytes(self) -> bytes:
        def part(kind: str, records: dict[Any, Any], *, flat: bool = False) -> bytes:
            items = []
            for key in sorted(records):
                place = (kind, *key) if flat else (kind, key)
                data = self._json.get(place)
                if data is None:
                    data = self._json[place] = _encode(records[key])
                items.append(data)
            return b"[" + b",\n".join(items) + b"]"

        return b"".join(
            (
                b'{"version": %d,\n"config": ' % VERSION,
                _encode(self.config),
                b',\n"results": ',
                part("unit", self.units),
                b',\n"encounter_results": ',
                part("encounter", self.encounters, flat=True),
                b',\n"empty": ',
                part("empty", self.empty),
                b"}\n",
            )
        )


def _other_choice(old: CheckpointConfig, new: CheckpointConfig) -> Reason:
    changed = [
        name
        for name in CheckpointConfig.__struct_fields__
        if getattr(old, name) != getattr(new, name)
    ]
    if any(name.endswith(("_zone_id", "_partition", "_zones")) for name in changed):
        code = "checkpoint.other_season"
    elif "tree_version" in changed:
        code = "checkpoint.other_trees"
    else:
        code = "checkpoint.other_settings"
    return Reason(code, {"changed": changed})


def _keep_aside(path: Path) -> Path:
    try:
        aside = keep_aside(path)
    except OSError as error:
        raise CheckpointNotWritable(
            "checkpoint.not_moved_aside",
            folder=path.parent,
            reason=os_reason(error),
        ) from error
    for file in sorted(path.parent.glob("checkpoint.broken-*.json"))[:-_KEPT_ASIDE]:
        with contextlib.suppress(OSError):
            file.unlink()
    return aside
