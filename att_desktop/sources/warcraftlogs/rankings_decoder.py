"""Decoding of ``characterRankings``, a JSON scalar that the schema does not describe.

Gear, two thirds of the bytes, is skipped and never becomes an object. Fields that are unknown,
missing, null or of another shape cost nothing where they are not counted; a row whose talents
cannot be read costs that row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from att_desktop.sources.warcraftlogs.rankings_page import (
    Ranking,
    RankingsError,
    RankingsPage,
    RankingsRequest,
    TalentPoints,
    TalentRows,
)
from att_desktop.sources.warcraftlogs.responses import Answer, quote
from att_desktop.system.json_data import UnreadableJson, decode_with

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_T = TypeVar("_T")


_NULL: Final = msgspec.Raw(b"null")
# An in-band error that says nothing.
_NO_MESSAGE: Final = "?"


class _Server(msgspec.Struct, gc=False):
    id: int | None = None
    name: str | None = None


class _ServerId(msgspec.Struct, gc=False):
    id: int | None = None


class _Report(msgspec.Struct, rename="camel", gc=False):
    code: str | None = None
    fight_id: int | None = msgspec.field(default=None, name="fightID")


class _Row(msgspec.Struct, rename="camel"):
    name: str | None = None
    hidden: bool | None = None
    server: _Server | None = None
    report: _Report | None = None
    talents: list[TalentPoints] | None = None


class _Page(msgspec.Struct, rename="camel"):
    rankings: list[_Row] | None = None
    has_more_pages: bool | None = None
    error: str | None = None


class _RawPage(msgspec.Struct, rename="camel"):
    rankings: list[msgspec.Raw] | dict[str, msgspec.Raw] | None = None
    has_more_pages: Any = None
    error: Any = None


class _RawRow(msgspec.Struct):
    name: Any = None
    hidden: Any = None
    server: msgspec.Raw = _NULL
    report: msgspec.Raw = _NULL
    talents: Any = None


class _Encounter(msgspec.Struct, frozen=True, rename="camel"):
    character_rankings: msgspec.Raw = _NULL


class _Whole(msgspec.Struct, rename="camel"):
    character_rankings: _Page | None = None


# Not strict: ids have been seen as numbers and as strings.
_WHOLES: Final = msgspec.json.Decoder(dict[str, _Whole | None] | None, strict=False)
_PAGE: Final = msgspec.json.Decoder(_Page | None, strict=False)
_RAW_PAGE: Final = msgspec.json.Decoder(_RawPage | None, strict=False)
_RAW_ROW: Final = msgspec.json.Decoder(_RawRow)
_SERVER: Final = msgspec.json.Decoder(_Server | None, strict=False)
_SERVER_ID: Final = msgspec.json.Decoder(_ServerId, strict=False)
_REPORT: Final = msgspec.json.Decoder(_Report | None, strict=False)
_ENCOUNTER: Final = msgspec.json.Decoder(_Encounter | None)
_ENCOUNTERS: Final = msgspec.json.Decoder(dict[str, _Encounter | None] | None)
_ALIASES: Final = msgspec.json.Decoder(dict[str, msgspec.Raw] | None)


_ABSENT: Final = _Encounter()
_UNREADABLE: Final = Ranking(
    name="",
    server_id=None,
    hidden=True,
    talents=(),
    report_code=None,
    fight_id=None,
    readable=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    rows: Sequence[_Row | None]
    has_more: bool


def read_rankings(
    answer: Answer, wanted: Sequence[RankingsRequest]
) -> list[RankingsPage | RankingsError]:
    """The pages of an answer to ``rankings_query``, in the order they were asked for.

    A right answer is gone through once. Where anything in it is not as it should be, each page
    and each row is looked at apart.
    """
    world = answer.field("worldData")
    found: Mapping[str, _Whole | _Encounter | None]
    absent: _Whole | _Encounter
    try:
        wholes = decode_with(_WHOLES, world)
        found, absent = wholes or {}, _Whole()
    except UnreadableJson:
        found, absent = _encounters(world), _ABSENT
    return [
        _page(request, found.get(f"b{index}", absent), answer.message_for(f"b{index}"))
        for index, request in enumerate(wanted)
    ]


def _encounters(world: msgspec.Raw) -> dict[str, _Encounter | None]:
    """The encounters by alias, rankings still packed; what cannot be read is left out."""
    try:
        return decode_with(_ENCOUNTERS, world) or {}
    except UnreadableJson:
        pass
    try:
        packed = decode_with(_ALIASES, world) or {}
    except UnreadableJson:
        return {}
    found: dict[str, _Encounter | None] = {}
    for alias, raw in packed.items():
        try:
            found[alias] = decode_with(_ENCOUNTER, raw)
        except UnreadableJson:
            found[alias] = _ABSENT
    return found


def _page(
    request: RankingsRequest, encounter: _Whole | _Encounter | None, message: str | None
) -> RankingsPage | RankingsError:
    """One page. ``message`` is the GraphQL error about it: it tells why a field is null."""
    if encounter is None:
        return _error(request, message, "wcl.no_such_encounter", retry=message is not None)
    try:
        if isinstance(encounter, _Whole):
            read = _read(encounter.character_rankings)
        else:
            read = _decode(encounter.character_rankings)
    except UnreadableJson:
        return _error(request, message, "wcl.rankings_unreadable", retry=True)
    if isinstance(read, str):
        return _error(request, quote(read), "wcl.no_rankings", retry=False)
    if read is None:
        return _error(request, message, "wcl.no_rankings", retry=True)
    return RankingsPage(
        request=request,
        rows=tuple([_UNREADABLE if row is None else _ranking(row) for row in read.rows]),
        has_more=read.has_more,
    )


def _error(
    request: RankingsRequest, message: str | None, code: str, *, retry: bool
) -> RankingsError:
    """What Warcraft Logs said, else our own ``code``."""
    if not message:
        return RankingsError(request=request, code=code, retry=retry)
    if not retry and "difficulty" in message.casefold():
        code = "wcl.difficulty_refused"  # "Invalid difficulty setting or size specified."
    else:
        code = "wcl.says"
    return RankingsError(request=request, code=code, fields={"message": message}, retry=retry)


def _decode(raw: msgspec.Raw) -> _Read | str | None:
    """The rows; the in-band error as text; None for null. Raises UnreadableJson."""
    try:
        page = decode_with(_PAGE, raw)
    except UnreadableJson:
        return _decode_row_by_row(raw)
    return _read(page)


def _read(page: _Page | None) -> _Read | str | None:
    """The rows of a page that is as it should be; the in-band error; None for null."""
    if page is None:
        return None
    if page.error is not None:
        return page.error or _NO_MESSAGE
    if page.rankings is None:
        return None
    return _Read(rows=page.rankings, has_more=bool(page.has_more_pages))


def _decode_row_by_row(raw: msgspec.Raw) -> _Read | str | None:
    page = decode_with(_RAW_PAGE, raw)
    if page is None:
        return None
    if page.rankings is None:
        return None if page.error is None else str(page.error) or _NO_MESSAGE
    return _Read(
        rows=[_lenient_row(item) for item in _in_order(page.rankings)],
        has_more=bool(page.has_more_pages),
    )


def _in_order(items: list[Any] | dict[str, Any]) -> list[Any]:
    """The items of a list, or of a PHP array that came as an object with the places as keys."""
    if isinstance(items, list):
        return items
    if all(key.isdecimal() for key in items):
        return [items[key] for key in sorted(items, key=int)]
    return list(items.values())


def _lenient_row(raw: msgspec.Raw) -> _Row | None:
    """What is counted of a row that is not quite as it should be; None when that is unreadable."""
    try:
        row = decode_with(_RAW_ROW, raw)
        talents = _lenient_talents(row.talents)
    except (UnreadableJson, msgspec.ValidationError):
        return None
    return _Row(
        name=str(row.name) if isinstance(row.name, str | int) else None,
        hidden=row.hidden not in (None, False, 0, "", "0", "false"),
        server=_or_none(_SERVER, row.server) or _server_id(row.server),
        report=_or_none(_REPORT, row.report),
        talents=talents,
    )


def _lenient_talents(talents: Any) -> list[TalentPoints] | None:
    """Raises ValidationError."""
    items = _in_order(talents) if isinstance(talents, dict) else talents
    return msgspec.convert(items, list[TalentPoints] | None, strict=False)


def _server_id(raw: msgspec.Raw) -> _Server | None:
    found = _or_none(_SERVER_ID, raw)
    return None if found is None else _Server(id=found.id)


def _or_none(decoder: msgspec.json.Decoder[_T], raw: msgspec.Raw) -> _T | None:
    try:
        return decode_with(decoder, raw)
    except UnreadableJson:
        return None


def _ranking(row: _Row) -> Ranking:
    server = row.server
    report = row.report
    name = row.name or ""
    server_id = server.id if server is not None else None
    return Ranking(
        name=name,
        server_id=server_id,
        # Without a name or a realm a row has no identity.
        hidden=bool(row.hidden) or server_id is None or not name,
        talents=TalentRows(row.talents or ()),
        report_code=(report.code or None) if report is not None else None,
        fight_id=report.fight_id if report is not None else None,
        server=server.name if server is not None else None,
    )
