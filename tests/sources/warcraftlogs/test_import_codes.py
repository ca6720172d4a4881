"""Warcraft Logs' own import code of one player, asked for to verify a build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.sources.errors import NoSuchPlayer
from tests.sources.warcraftlogs.asking import ask, client

if TYPE_CHECKING:
    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

REPORT = "g9Lhy8JmkV1xQ3Gj"


def report_with(*actors: tuple[int, str, str | None]) -> dict[str, Any]:
    """A report of one fight; the code of actor 4 is 'CODE-4'."""
    known = {actor_id for actor_id, _, _ in actors}

    def code(_info: object, actorID: int) -> str | None:  # noqa: N803 - the schema's name
        return f"CODE-{actorID}" if actorID in known and actorID != 99 else None

    def fights(_info: object, fightIDs: list[int], translate: bool) -> list[dict[str, Any]]:  # noqa: N803 - the schema's name
        assert translate is False
        return [{"id": each, "talentImportCode": code} for each in fightIDs if each == 26]

    def master(_info: object, translate: bool) -> dict[str, Any]:
        assert translate is False
        return {"actors": listed}

    def listed(_info: object, type: str) -> list[dict[str, Any]]:  # noqa: A002 - the schema's name
        assert type == "Player"
        return [
            {"id": actor_id, "name": name, "server": server, "subType": "Mage"}
            for actor_id, name, server in actors
        ]

    return {"fights": fights, "masterData": master}


def code_of(
    wcl: FakeWarcraftLogs, clock: FakeClock, name: str, server: str, *, fight_id: int = 26
) -> str:
    return ask(
        client(wcl, clock),
        lambda asked: asked.import_code(
            report_code=REPORT, fight_id=fight_id, name=name, server=server
        ),
    )


def test_namesakes_are_told_apart_by_their_realm(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.reports[REPORT] = report_with((4, "Críms", "Draenor"), (7, "Críms", "Zul'jin"))
    assert code_of(wcl, clock, "Críms", "Zul'jin") == "CODE-7"
    assert code_of(wcl, clock, "Críms", "Draenor") == "CODE-4"
    assert {seen.operation for seen in wcl.requests("api")} == {"Actors", "ImportCode"}


@pytest.mark.parametrize(
    ("written", "asked"),
    [("ZulJin", "Zul'jin"), ("Argent Dawn", "ArgentDawn"), ("Ревущий фьорд", "РевущийФьорд")],
)
def test_realms_are_written_in_several_ways(
    wcl: FakeWarcraftLogs, clock: FakeClock, written: str, asked: str
) -> None:
    wcl.reports[REPORT] = report_with((4, "Críms", written))
    assert code_of(wcl, clock, "Críms", asked) == "CODE-4"


def test_a_name_may_come_composed_or_decomposed(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.reports[REPORT] = report_with((4, "Cri\u0301ms", "Draenor"))
    assert code_of(wcl, clock, "Cr\u00edms", "Draenor") == "CODE-4"


def test_who_is_not_in_the_report_is_told(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.reports[REPORT] = report_with((4, "Críms", None), (5, "Other", "Draenor"))
    with pytest.raises(
        NoSuchPlayer, match=r"wcl\.player_not_in_report name='Críms' server='Draenor'"
    ):
        code_of(wcl, clock, "Críms", "Draenor")
    assert len(wcl.requests("api")) == 1


def test_a_player_without_a_code_is_told(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.reports[REPORT] = report_with((99, "Críms", "Draenor"))
    with pytest.raises(NoSuchPlayer, match=r"wcl\.no_import_code"):
        code_of(wcl, clock, "Críms", "Draenor")
    with pytest.raises(NoSuchPlayer, match=r"wcl\.no_import_code"):
        code_of(wcl, clock, "Críms", "Draenor", fight_id=3)


def test_a_private_report_is_told_in_their_words(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    with pytest.raises(NoSuchPlayer, match="This report does not exist"):
        code_of(wcl, clock, "Críms", "Draenor")
