"""Own characters by name: nothing is sent until the button, then the talents stand beside."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from att_desktop.config.characters import OwnCharacter, characters_path, read_characters
from att_desktop.ui.builds.page import BuildsPage
from att_desktop.ui.results.my_builds import own_builds_of, with_characters
from att_desktop.ui.settings.characters import CharactersBox
from att_desktop.ui.window_jobs import find_character
from att_desktop.wow.saved_variables import MyBuild
from tests.own_codes import own_code
from tests.sources.static_server import Answer, StaticServer
from tests.ui.pages import context_with
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext

LIBRARY = library_of([250])


@pytest.fixture
def server() -> Iterator[StaticServer]:
    with StaticServer() as server:
        yield server


@pytest.fixture
def context() -> AppContext:
    return context_with(LIBRARY, last_spec_id=250)


@pytest.fixture
def box(qtbot: QtBot, context: AppContext, server: StaticServer) -> CharactersBox:
    find = partial(find_character, context.folders, context.tree_source, base_url=server.url)
    box = CharactersBox(context, find)
    qtbot.addWidget(box)
    box.show()
    return box


def profile(seed: int = 0) -> Answer:
    body: dict[str, Any] = {
        "name": "Mirou",
        "realm": "Kil'jaeden",
        "talentLoadout": {"loadout_text": own_code(250, seed)},
    }
    return Answer(body=json.dumps(body).encode())


def ask(qtbot: QtBot, box: CharactersBox, name: str = "mirou") -> None:
    box.realm.setText("Kil'jaeden")
    box.name.setText(name)
    qtbot.keyClick(box.name, Qt.Key.Key_Return)
    assert not box.ask_button.isEnabled()
    qtbot.waitUntil(box.ask_button.isEnabled)


def test_a_character_is_asked_for_once_and_stands_beside_the_best(
    qtbot: QtBot, box: CharactersBox, context: AppContext, server: StaticServer
) -> None:
    page = BuildsPage(context)
    qtbot.addWidget(page)
    assert "you:" not in page.header.text
    assert server.asked == [], "nothing is sent by itself"
    server.script.append(profile())
    ask(qtbot, box)
    assert len(server.asked) == 1
    assert box.message.state == "ok"
    assert "Mirou is here as Blood Death Knight." in box.message.sentence
    assert box.list.item(0).text() == "Mirou, Kil'jaeden (EU): Blood Death Knight, just now"
    qtbot.waitUntil(lambda: "you:" in page.header.text)
    box.list.item(0).setText("some time ago")
    context.ages_grew.emit()
    assert box.list.item(0).text() == "Mirou, Kil'jaeden (EU): Blood Death Knight, just now"
    again = CharactersBox(context, lambda _name: pytest.fail("asked"))
    qtbot.addWidget(again)
    assert again.list.count() == 1, "kept over restarts"
    box.list.setCurrentRow(0)
    server.script.append(profile(seed=2))
    box.again_button.click()
    qtbot.waitUntil(box.ask_button.isEnabled)
    assert len(server.asked) == 2
    assert [one.code for one in read_characters(characters_path(context.folders))] == [
        own_code(250, 2)
    ]
    box.list.setCurrentRow(0)
    box.remove_button.click()
    assert not box.list.isVisible()
    qtbot.waitUntil(lambda: "you:" not in page.header.text)


def test_what_is_wrong_is_said_and_the_button_comes_back(
    qtbot: QtBot, box: CharactersBox, server: StaticServer
) -> None:
    refusal = {"statusCode": 400, "message": "Could not find requested character"}
    server.script.append(Answer(status=400, body=json.dumps(refusal).encode()))
    ask(qtbot, box)
    assert box.message.state == "warning"
    assert "does not know mirou on Kil'jaeden" in box.message.sentence
    assert box.name.text() == "mirou", "what was typed is not lost"
    ask(qtbot, box, name="")
    assert box.message.sentence == "Enter region, realm and name of a character."
    assert len(server.asked) == 1


def test_of_the_game_and_the_site_the_newer_talents_count() -> None:
    noted = [
        MyBuild(character="Mirou", realm="KilJaeden", spec_id=250, code="game", time=5),
        MyBuild(character="Mirou", realm="KilJaeden", spec_id=251, code="game", time=5),
    ]
    asked = [
        OwnCharacter(
            region="eu", realm="Kil'jaeden", name="Mirou", spec_id=spec_id, code="site", time=time
        )
        for spec_id, time in ((250, 9), (251, 1), (252, 2))
    ]
    found = {build.spec_id: build.code for build in with_characters(noted, asked)}
    assert found == {250: "site", 251: "game", 252: "site"}


def test_own_builds_read_both(qtbot: QtBot, context: AppContext) -> None:
    path = characters_path(context.folders)
    path.parent.mkdir(parents=True, exist_ok=True)
    zul = {"region": "eu", "realm": "Ysondre", "name": "Zul", "spec_id": 250, "time": 7}
    path.write_text(json.dumps([zul | {"code": own_code(250, 0)}]))
    own = own_builds_of(context)
    qtbot.waitUntil(lambda: [build.character for build in own.builds] == ["Zul"])
