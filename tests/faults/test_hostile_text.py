"""Names and codes from outside, made to break out of whatever they are put into."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator  # noqa: TC003 - pytest reads it
from pathlib import Path  # noqa: TC003 - pytest reads it
from random import Random
from string import ascii_letters, digits
from typing import Any

import msgspec
import pytest
from lupa.lua51 import LuaRuntime

from att_desktop.commands.progress import BarProgress, LineProgress
from att_desktop.game.import_codes import CodeError, decode
from att_desktop.game.results import Unit
from att_desktop.game.trees import TalentTrees
from att_desktop.system.folders import find_folders
from att_desktop.system.logs import log_path, start_logging
from att_desktop.ui.widgets.plain_text import PlainLabel, plain_tip
from att_desktop.update import events
from att_desktop.update.library import Library
from att_desktop.wow.lua_text import lua_bytes
from att_desktop.wow.manifest import read_manifest
from att_desktop.wow.talent_data import render
from tests.faults import hostile
from tests.wow.records import build, data, encounter

pytestmark = pytest.mark.slow

NAMES = 100_000
# Version 2, Havoc, no tree hash.
HEADER = "CEkAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture(scope="module")
def names() -> list[str]:
    rng = Random(20261122)
    return [hostile.name(rng) for _ in range(NAMES)]


@pytest.fixture
def logged() -> Iterator[Path]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    start_logging(find_folders())
    yield log_path(find_folders())
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_hundred_thousand_names_arrive_in_lua_as_they_were(
    names: list[str], tell: Callable[[str], None]
) -> None:
    """Each name stands as an encounter, a zone, a hero tree and a code, four fields of the file."""
    records = [
        encounter(
            number,
            name,
            build(name, count=1, popularity=1.0, hero_tree=names[-number]),
            spec_id=577,
            zone=names[-number],
            journal_id=1,
        )
        for number, name in enumerate(names, start=1)
    ]
    # Lua 5.1 takes 2^18 constants a chunk; a real file has 760. Shares of it are loaded apart.
    seen = 0
    for at in range(0, len(records), 2000):
        share = records[at : at + 2000]
        addon = _load(render(data(*share, units=())))
        infos, builds = addon[b"EncounterInfo"], addon[b"TalentData"][577][b"encounters"]
        for record in share:
            number, best = record.encounter_id, record.best_build
            assert infos[number][b"name"] == lua_bytes(record.encounter_name)
            assert infos[number][b"zone"] == lua_bytes(record.zone)
            assert builds[number][b"talentCode"] == lua_bytes(best.talent_code)
            assert builds[number][b"heroTree"] == lua_bytes(best.hero_tree or "")
            assert addon[b"EncounterByName"][lua_bytes(record.encounter_name)] <= number
            seen += 1
    assert seen == NAMES
    tell(f"hostile names: {seen} through TalentData.lua in four fields, all equal in Lua 5.1")


def _load(source: bytes) -> Any:
    """The addon's table; a global that is read or written is an error."""
    assert source.isascii()
    lua = LuaRuntime(encoding=None, register_eval=False)
    run = lua.execute(
        b"return function(s) local f = assert(loadstring(s)) local function no() error('global') "
        b"end setfenv(f, setmetatable({}, {__index = no, __newindex = no})) local a = {} "
        b"f('x', a) return a end"
    )
    return run(source)


def test_a_name_is_one_line_of_the_log(names: list[str], logged: Path) -> None:
    before = len(logged.read_bytes().splitlines())
    some = names[:5000]
    for name in some:
        logging.getLogger("att_desktop.x").warning("skipped %s", name)
    text = logged.read_text("utf-8", errors="strict")
    assert len(text.split("\n")) - 1 - before == len(some)
    assert not any(ord(ch) < 32 and ch != "\n" for ch in text)
    assert not set("\x7f\x9b\u2028\u2029\u202e\u2066") & set(text)


@pytest.mark.parametrize("kind", [LineProgress, BarProgress])
def test_a_name_does_not_steer_the_terminal(names: list[str], kind: type[LineProgress]) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace")
    progress = kind(stream)
    for name in names[:5000]:
        progress(events.Notice(code=f"{name} failed"))
        progress(
            events.UnitDone(
                unit=Unit(spec_id=577, content_type="raid"),
                state="failed",
                index=1,
                total=2,
                reason=events.Reason(name),
            )
        )
    stream.flush()
    shown = stream.buffer.getvalue().decode("utf-8")
    shown = shown.replace("\r\x1b[2K", "")  # the bar's own
    assert not any(ord(ch) < 32 and ch != "\n" for ch in shown)
    assert not set("\x7f\x9b\u2028\u2029\u202e\u2066") & set(shown)


def test_a_name_is_never_markup(names: list[str], qtbot: Any) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import Qt as TextQt
    from PySide6.QtGui import QTextDocument

    label = PlainLabel()
    qtbot.addWidget(label)
    markup = [name for name in names[:20_000] if TextQt.mightBeRichText(name)]
    assert len(markup) > 20
    for name in markup:
        label.setText(name)
        assert label.textFormat() is Qt.TextFormat.PlainText
        tip = QTextDocument()
        tip.setHtml(plain_tip(name))
        assert _plain(tip.toPlainText()) == _plain(name)


def _plain(text: str) -> str:
    """Letters, digits and the signs that markup is made of."""
    return "".join(ch for ch in text if ch.isalnum() or ch in "<>&;=/'\"")


def test_a_name_is_never_a_path(names: list[str], tmp_path: Path) -> None:
    """What a list of installed files may name stays inside the folder, or is not taken."""
    inside = (tmp_path / "AddOns" / "AzerothsTopTalent").resolve()
    inside.mkdir(parents=True)
    bad = ["../x", "a/../../x", "/x", "C:x", "a\\..\\x", "x/./y", "", "a//b", "..", "x/.."]
    taken = 0
    for at in range(0, 20_000, 500):
        (inside / "installed-files.json").write_bytes(
            msgspec.json.encode(
                {"files": {_utf8(path): "00" for path in [*names[at : at + 500], *bad]}}
            )
        )
        for path in read_manifest(inside):
            taken += 1
            assert path not in bad
            assert inside.joinpath(*path.split("/")).is_relative_to(inside)
            assert not {"..", "."} & set(path.split("/"))
            assert not set("\\:\0") & set(path)
    assert taken > 1000


def _utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def test_a_library_of_hostile_names_is_read(names: list[str], tmp_path: Path) -> None:
    rng = Random(1)
    build = {"talent_code": "x", "count": 1, "popularity": 1.0, "hero_tree": "x"}
    encounters = [
        {
            "encounter_id": number, "encounter_name": _utf8(name), "content_type": "raid",
            "spec_id": 577, "best_build": build, "sample_size": 1, "all_builds": [build],
            "fetched_at": "2026-11-22T12:00:00+00:00", "zone": _utf8(rng.choice(names)),
        }
        for number, name in enumerate(names[:3000])
    ]  # fmt: skip
    config = dict.fromkeys(
        ("raid_zone_id", "mplus_zone_id", "raid_partition", "mplus_partition", "top_n_players"), 1
    )
    path = tmp_path / "checkpoint.json"
    path.write_text(
        json.dumps(
            {
                "version": 1,
                "config": {**config, "difficulty": "auto", "tree_version": "x"},
                "encounter_results": encounters,
            }
        )
    )
    library = Library.load(path)
    assert not library.problem
    assert [e.encounter_name for e in library.encounters_of(577)] == [
        e["encounter_name"] for e in encounters
    ]


@pytest.mark.parametrize("letter", ["C", "\0", "Ａ", "C\n", "\x1b[2J"])
def test_a_pasted_megabyte_is_refused_in_one_short_sentence(letter: str) -> None:
    text = letter * (1_000_000 // len(letter))
    with pytest.raises(CodeError) as refused:
        decode(text, TalentTrees.embedded())
    assert len(str(refused.value)) < 200
    assert str(refused.value).isprintable()


def test_random_codes_are_refused_or_have_problems_or_are_a_build() -> None:
    trees = TalentTrees.embedded()
    rng = Random(3)
    letters = ascii_letters + digits + "+/"
    refused = 0
    for number in range(5000):
        start = HEADER if number % 2 else ""
        code = start + "".join(rng.choices(letters, k=rng.randrange(300)))
        try:
            found = decode(hostile.name(rng) if number % 10 == 0 else code, trees)
        except CodeError:
            refused += 1
        else:
            assert found.problems or found.selection
    assert 0 < refused < 5000
