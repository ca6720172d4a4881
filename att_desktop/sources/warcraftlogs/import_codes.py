"""Warcraft Logs' own import code of one ranked player, to verify a build on demand."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, TypeVar

import msgspec

from att_desktop.sources.errors import BadResponse, NoSuchPlayer
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from att_desktop.sources.warcraftlogs.responses import Answer

T = TypeVar("T")


class _Actor(msgspec.Struct):
    id: int | None = None
    name: str | None = None
    server: str | None = None


class _Master(msgspec.Struct):
    actors: list[_Actor | None] | None = None


class _Fight(msgspec.Struct, rename="camel"):
    talent_import_code: str | None = None


class _Report(msgspec.Struct, rename="camel"):
    master_data: _Master | None = None
    fights: list[_Fight | None] | None = None


class _ReportData(msgspec.Struct):
    report: _Report | None = None


def find_actor(answer: Answer, *, name: str, server: str) -> int:
    """The report's id of a player, by name and realm. Raises NoSuchPlayer."""
    master = _report(answer).master_data
    wanted = (_plain(name), _plain_server(server))
    for actor in (master.actors if master else None) or ():
        if actor is None or actor.id is None:
            continue
        if (_plain(actor.name), _plain_server(actor.server)) == wanted:
            return actor.id
    raise NoSuchPlayer("wcl.player_not_in_report", name=name, server=server)


def read_code(answer: Answer) -> str:
    """The import code of the only fight in an answer. Raises NoSuchPlayer when there is none."""
    for fight in _report(answer).fights or ():
        if fight is not None and fight.talent_import_code:
            return fight.talent_import_code
    raise NoSuchPlayer("wcl.no_import_code")


def _report(answer: Answer) -> _Report:
    try:
        data = decode_json(answer.field("reportData"), _ReportData | None)
    except UnreadableJson as error:
        raise BadResponse("wcl.report_unreadable") from error
    if data is None or data.report is None:
        # A private report is said not to exist.
        message = answer.message_for("report")
        if message:
            raise NoSuchPlayer("wcl.says", message=message)
        raise NoSuchPlayer("wcl.report_hidden")
    return data.report


def _plain(name: str | None) -> str:
    return unicodedata.normalize("NFC", name or "").casefold()


def _plain_server(name: str | None) -> str:
    """Realms are written with and without spaces, hyphens and apostrophes ("Zul'jin", 'ZulJin')."""
    return "".join(ch for ch in _plain(name) if ch not in " -'’`_")
