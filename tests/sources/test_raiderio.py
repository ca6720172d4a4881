"""A character's public profile from a loopback host in Raider.IO's shape, bad fields included."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from att_desktop import __version__
from att_desktop.config.characters import CharacterName, OwnCharacter
from att_desktop.game.import_codes import decode
from att_desktop.sources.http.retries import RetryPolicy
from att_desktop.sources.raiderio import PROFILE_PATH, fetch_character
from att_desktop.system.errors import AttError
from att_desktop.text import say
from tests.own_codes import TREES, own_code, own_selection
from tests.sources.static_server import Answer, StaticServer

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOOD = 250
MIROU = CharacterName(region="eu", realm="Kil'jaeden", name="Mirou")
QUICK = RetryPolicy(attempts=3, first_s=0.0, slow_down_s=0.0, longest_s=0.0)


def profile(**more: Any) -> dict[str, Any]:
    """The answer as the site gives it, without gear."""
    return {
        "name": "Mirou", "race": "Blood Elf", "class": "Death Knight",
        "active_spec_name": "Blood", "active_spec_role": "TANK", "gender": "female",
        "faction": "horde", "achievement_points": 12345, "region": "eu", "realm": "Kil'jaeden",
        "last_crawled_at": "2026-11-28T20:00:00.000Z",
        "profile_url": "https://raider.io/characters/eu/kiljaeden/Mirou",
        "talentLoadout": {
            "loadout_spec_id": BLOOD, "loadout_text": own_code(BLOOD, 0),
            "loadout": [{"node": {"id": 1, "entries": []}, "entryIndex": 0, "rank": 1}],
        },
    } | more  # fmt: skip


def answer(status: int = 200, **more: Any) -> Answer:
    return Answer(status=status, body=json.dumps(profile(**more)).encode())


def refusal(status: int, message: str) -> Answer:
    body = {"statusCode": status, "error": "Bad Request", "message": message}
    return Answer(status=status, body=json.dumps(body).encode())


@pytest.fixture
def server() -> Iterator[StaticServer]:
    with StaticServer() as server:
        yield server


def ask(server: StaticServer, name: CharacterName = MIROU) -> OwnCharacter:
    return asyncio.run(fetch_character(name, TREES, base_url=server.url, policy=QUICK))


def test_one_request_with_what_was_said_and_nothing_else(server: StaticServer) -> None:
    server.script.append(answer())
    found = ask(server)
    assert (found.name, found.realm, found.region) == ("Mirou", "Kil'jaeden", "eu")
    assert found.spec_id == BLOOD
    assert decode(found.code, TREES).selection == own_selection(BLOOD, 0)
    ((path, headers),) = server.asked
    parts = urlsplit(path)
    assert parts.path == PROFILE_PATH
    assert parse_qs(parts.query) == {
        "region": ["eu"], "realm": ["kiljaeden"], "name": ["Mirou"], "fields": ["talents"],
    }  # fmt: skip
    assert headers["User-Agent"] == f"AzerothsTopTalent/{__version__}"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize(
    ("realm", "sent"),
    [("Tarren Mill", "tarren-mill"), ("  Area   52 ", "area-52"), ("Aggra (Português)",
     "aggra-português"), ("Азурегос", "азурегос"), ("burning-legion", "burning-legion"),
     ("Kil\u2019jaeden", "kiljaeden")],
)  # fmt: skip
def test_realms_are_asked_for_by_their_slug(server: StaticServer, realm: str, sent: str) -> None:
    server.script.append(answer())
    ask(server, CharacterName(region="eu", realm=realm, name=" Ärthas "))
    query = parse_qs(urlsplit(server.asked[0][0]).query)
    assert (query["realm"], query["name"]) == ([sent], ["Ärthas"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (CharacterName(region="eu", realm="", name="Mirou"), "raiderio.incomplete"),
        (CharacterName(region="eu", realm="Ysondre", name=" "), "raiderio.incomplete"),
        (CharacterName(region="xx", realm="Ysondre", name="Mirou"), "raiderio.incomplete"),
        (CharacterName(region="eu", realm="Ysondre", name="Mirou-Ysondre"), "raiderio.no_name"),
        (CharacterName(region="eu", realm="Ysondre", name="a&fields=gear"), "raiderio.no_name"),
        (CharacterName(region="eu", realm="Y" * 99, name="Mirou"), "raiderio.no_realm"),
        (CharacterName(region="eu", realm="Y\0", name="Mirou"), "raiderio.no_realm"),
    ],
)
def test_what_can_be_no_character_is_not_asked_for(
    server: StaticServer, name: CharacterName, code: str
) -> None:
    with pytest.raises(AttError) as failed:
        ask(server, name)
    assert failed.value.code == code
    assert server.asked == []


OLD = own_code(BLOOD, 0)[:5] + "B" + own_code(BLOOD, 0)[6:]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([refusal(400, "Could not find requested character")], "raiderio.not_found"),
        ([refusal(400, "Failed to find realm xyz in region eu")], "raiderio.not_found"),
        ([refusal(404, "Not Found")], "raiderio.not_found"),
        ([refusal(403, "This profile is private")], "raiderio.hidden"),
        ([refusal(418, "teapot")], "raiderio.http_status"),
        ([answer(talentLoadout=None)], "raiderio.no_talents"),
        ([answer(talentLoadout={"loadout_text": ""})], "raiderio.no_talents"),
        ([answer(talentLoadout={"loadout_text": None})], "raiderio.no_talents"),
        ([answer(talentLoadout={"loadout_text": OLD})], "raiderio.other_talents"),
        ([answer(talentLoadout={"loadout_text": "IMPORT-CODE"})], "raiderio.other_talents"),
        ([answer(talentLoadout={"loadout_text": "A" * 5000})], "raiderio.other_talents"),
        ([answer(talentLoadout=[1])], "raiderio.unreadable"),
        ([Answer(body=b"[]")], "raiderio.unreadable"),
        ([Answer(body=b"\xff\xfe{")], "raiderio.unreadable"),
        ([Answer(body=b"[" * 100_000)], "raiderio.unreadable"),
        ([Answer(body=b'{"name": "x"' + b" " * (9 << 20))], "http.too_large"),
        ([Answer(body=b"<html>maintenance")] * 3, "http.web_page"),
        ([Answer(status=503)] * 3, "http.server_trouble"),
        ([Answer(status=429, headers={"Retry-After": "300"})], "raiderio.too_many_requests"),
        ([Answer(status=301, headers={"Location": "https://x.example/"})], "http.redirect"),
    ],
)
def test_dirt_is_said_in_a_sentence(server: StaticServer, given: list[Answer], code: str) -> None:
    server.script.extend(given)
    with pytest.raises(AttError) as failed:
        ask(server)
    assert failed.value.code == code
    assert len(server.asked) == len(given)
    sentence = say(failed.value)
    assert sentence.endswith(".")
    assert sentence != code


def test_trouble_that_passes_is_sat_out(server: StaticServer) -> None:
    server.script.extend([Answer(status=502), answer()])
    assert ask(server).spec_id == BLOOD
    assert len(server.asked) == 2


def test_hostile_names_of_the_answer_are_not_taken_over(server: StaticServer) -> None:
    server.script.append(answer(name="Mi\x1b[2J", realm="x" * 500))
    found = ask(server)
    assert (found.name, found.realm) == ("Mirou", "Kil'jaeden")


@pytest.mark.parametrize(
    ("crawled", "seen"),
    [("2026-11-01T20:00:00.000Z", 1793563200), ("2026-11-01T20:00:00", 1793563200),
     ("2999-01-01T00:00:00Z", None), ("0001-01-01T00:00:00Z", None), ("soon", None), (None, None)],
)  # fmt: skip
def test_the_time_is_when_the_site_saw_the_character(
    server: StaticServer, crawled: str | None, seen: int | None
) -> None:
    server.script.append(answer(last_crawled_at=crawled))
    now = time.time()
    assert ask(server).time == pytest.approx(now if seen is None else seen, abs=30)


def test_a_host_that_is_not_there_is_said() -> None:
    with StaticServer() as gone:
        pass
    with pytest.raises(AttError) as failed:
        ask(gone)
    assert failed.value.code in ("http.unreachable", "http.timeout")
