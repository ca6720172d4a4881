"""Publishing: the results at hand as a signed static feed in a folder.

What is refused, and why: fewer than four fifths of the last feed's encounters of a source (a source
that failed would empty everybody's builds), codes that are not legal, two seasons in one, a serial
that does not rise, and Warcraft Logs' data without their permission (their API terms).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.results import WARCRAFT_LOGS
from att_desktop.sources.feed.address import encode_key
from att_desktop.sources.feed.blob import pack, unpack
from att_desktop.sources.feed.envelope import open_envelope, seal
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import FORMAT, LIFETIME, Index, read_index
from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.files import remove_leftovers, write_atomic
from att_desktop.update.checkpoint import VERSION, parse_checkpoint
from att_desktop.update.foreign_results import keep_sound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nacl.signing import SigningKey

    from att_desktop.game.results import EncounterRecord, UnitRecord
    from att_desktop.game.trees import TalentTrees
    from att_desktop.update.checkpoint import Contents

APPROVED_VARIABLE: Final = "ATT_FEED_APPROVED"
"""Sources whose data the publisher may hand out, by name, separated by commas."""
KEPT_BLOBS: Final = 3
_LEAST_SHARE: Final = 0.8
_INDEX: Final = "index.json"
_BLOB: Final = re.compile(r"[0-9a-f]{64}\.json\.xz")
_CHANNEL: Final = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was written. ``key`` is the public key, 43 characters."""

    index: Index
    key: str
    units: int
    encounters: int


def publish(
    folder: Path,
    contents: Contents,
    trees: TalentTrees,
    key: SigningKey,
    *,
    approved: Iterable[str] = (),
    now: datetime | None = None,
) -> Published:
    """Write blob, then index, each by rename; the last three blobs stay.

    Raises FeedRefused with the reason, AttError (``publish.not_writable``).
    """
    now = (now or datetime.now(UTC)).replace(microsecond=0)
    units = list(contents.units.values())
    encounters = list(contents.encounters.values())
    sources = _check_sources(units, encounters, set(approved))
    _check_seasons(encounters)
    _check_codes(units, encounters, trees)
    public = bytes(key.verify_key)
    try:
        last = _last_index(folder, public)
        if last is not None:
            if datetime.fromisoformat(last.created) > now:
                raise FeedRefused("publish.serial", created_at=datetime.fromisoformat(last.created))
            _check_floor(folder, last, encounters)
    except OSError as error:  # its serial and size are not known: what follows could undo it
        raise AttError("publish.not_writable", path=folder, reason=os_reason(error)) from error
    blob, packed = pack(_feed_bytes(contents))
    serial = max(int(now.timestamp()), last.serial + 1 if last else 0)
    index = Index(
        format=FORMAT,
        serial=serial,
        created=now.isoformat(),
        expires=(now + LIFETIME).isoformat(),
        channel=_CHANNEL,
        sources=sources,
        blob=blob,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder)
        write_atomic(folder / blob.path, packed)
        write_atomic(folder / _INDEX, seal(msgspec.json.encode(index), key))
        _drop_old_blobs(folder, keep=blob.path)
    except OSError as error:
        raise AttError("publish.not_writable", path=folder, reason=os_reason(error)) from error
    return Published(
        index=index, key=encode_key(public), units=len(units), encounters=len(encounters)
    )


def read_published(folder: Path, key: bytes) -> tuple[Index, bytes]:
    """Index and unpacked data of a folder, all checks but those of time.

    Raises FeedRefused; OSError when a file cannot be read.
    """
    index = read_index(open_envelope((folder / _INDEX).read_bytes(), key))
    return index, unpack(index.blob, (folder / index.blob.path).read_bytes())


def _feed_bytes(contents: Contents) -> bytes:
    """The checkpoint's format with what concerns others: no notes about empty units or rows."""
    units = [contents.units[unit] for unit in sorted(contents.units)]
    encounters = [contents.encounters[key] for key in sorted(contents.encounters)]
    return msgspec.json.encode(
        {
            "version": VERSION,
            "config": contents.config,
            "results": [msgspec.structs.replace(unit, skipped={}) for unit in units],
            "encounter_results": [
                msgspec.structs.replace(each, skipped={}, repeated=0) for each in encounters
            ],
            "empty": [],
        }
    )


def _check_sources(
    units: list[UnitRecord], encounters: list[EncounterRecord], approved: set[str]
) -> list[str]:
    sources = sorted({unit.source for unit in units} | {each.source for each in encounters})
    if not units or not encounters:
        raise FeedRefused("publish.nothing")
    if "sample" in sources:
        raise FeedRefused("publish.sample")
    if WARCRAFT_LOGS in sources and WARCRAFT_LOGS not in approved:
        raise FeedRefused("publish.not_approved")
    return sources


def _check_seasons(encounters: list[EncounterRecord]) -> None:
    for content_type in CONTENT_TYPES:
        # By id too: 'Mythic+ Season 2' is one of every expansion.
        zones = {(e.zone, e.zone_id) for e in encounters if e.content_type == content_type}
        if len(zones) > 1:
            raise FeedRefused("publish.two_seasons", zones=sorted({zone for zone, _ in zones}))


def _check_codes(
    units: list[UnitRecord], encounters: list[EncounterRecord], trees: TalentTrees
) -> None:
    sound = keep_sound(units, encounters, trees)
    if sound.left_out:
        raise FeedRefused(
            "publish.illegal", count=sound.left_out.total(), skipped=dict(sound.left_out)
        )


def _last_index(folder: Path, key: bytes) -> Index | None:
    """The feed that lies there; None when there is none, or it is somebody else's.

    Raises OSError when it cannot be read.
    """
    try:
        return read_index(open_envelope((folder / _INDEX).read_bytes(), key))
    except (FileNotFoundError, FeedRefused):
        return None


def _check_floor(folder: Path, last: Index, encounters: list[EncounterRecord]) -> None:
    try:
        before = parse_checkpoint(unpack(last.blob, (folder / last.blob.path).read_bytes()))
    except (FileNotFoundError, FeedRefused):
        return
    now_by_source = Counter(record.source for record in encounters)
    for source, count in Counter(r.source for r in before.encounters.values()).items():
        if now_by_source[source] < _LEAST_SHARE * count:
            raise FeedRefused(
                "publish.floor", source=source, now=now_by_source[source], before=count
            )


def _drop_old_blobs(folder: Path, *, keep: str) -> None:
    blobs = [path for path in folder.iterdir() if _BLOB.fullmatch(path.name) and path.name != keep]
    blobs.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in blobs[KEPT_BLOBS - 1 :]:
        path.unlink()
