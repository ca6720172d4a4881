"""What is remembered of a feed: ``feed.json`` beside its results.

Apart from the update, because the window reads it at every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.sources.feed.index import Seen
from att_desktop.system.files import write_atomic
from att_desktop.system.json_data import decode_json
from att_desktop.system.times import parse_time

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.sources.feed.address import FeedAddress

_MOST_FORMER: Final = 8


class FeedNote(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a feed: the last index that was accepted, and when. ISO 8601, UTC.

    ``former`` are the last indexes of other feeds, by address: their serials never fall either.
    ``trees`` is the version of the talent trees that its records were tested with.
    """

    address: str
    seen: Seen
    created: str
    expires: str
    checked: str
    sources: list[str]
    former: dict[str, Seen] = {}
    trees: str = ""


def read_note(folder: Path, address: FeedAddress) -> FeedNote | None:
    """The note of this feed; None for another one, or when there is none that makes sense."""
    note = _read(folder)
    return note if note is not None and note.address == str(address) else None


def last_seen(folder: Path, address: FeedAddress) -> Seen | None:
    """The last index of a feed that was accepted, also when another feed was read since."""
    note = _read(folder)
    return _all_seen(note).get(str(address)) if note is not None else None


def save_note(folder: Path, note: FeedNote) -> None:
    """Keep the note. Where it cannot be written the next run reads the feed once more."""
    known = _read(folder)
    former = _all_seen(known) if known is not None else {}
    former.pop(note.address, None)
    newest = dict(list(former.items())[-_MOST_FORMER:])
    note = msgspec.structs.replace(note, former=newest)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(_file(folder), msgspec.json.encode(note))
    except OSError:
        return


def _read(folder: Path) -> FeedNote | None:
    try:
        note = decode_json(_file(folder).read_bytes(), FeedNote)
        for time in (note.created, note.expires, note.checked):
            parse_time(time)
    except (OSError, ValueError):  # of JSON, or of a time
        return None
    return note


def _all_seen(note: FeedNote) -> dict[str, Seen]:
    return {**note.former, note.address: note.seen}


def _file(folder: Path) -> Path:
    return folder / "feed.json"
