"""What is kept between sessions: defaults, older shapes, damaged files, and the way to disk."""

from __future__ import annotations

from typing import Any

import pytest

from tests.addon.client import GameClient

DEFAULTS = {
    "enabled": True,
    "autoApply": False,
    "onLogin": True,
    "onReadyCheck": True,
    "onDungeon": True,
    "onOtherDungeons": False,
    "warnOld": True,
    "sound": True,
    "talentsButton": True,
    "shareBuilds": False,
    "debug": False,
}


def login(account: str = "nil", character: str = "nil") -> GameClient:
    game = GameClient()
    game.login({"AzerothsTopTalentDB": account, "AzerothsTopTalentCharDB": character})
    assert game.errors() == []
    return game


def settings(game: GameClient) -> dict[str, Any]:
    return dict(game.addon.db.settings.items())


def test_a_new_player_gets_the_defaults() -> None:
    game = login()
    assert settings(game) == DEFAULTS
    assert dict(game.addon.db.suppressed) == {}


def test_settings_survive_a_login() -> None:
    game = login()
    game.addon.db.settings.autoApply = True
    game.addon.db.settings.enabled = False
    game.login(game.saved())
    assert settings(game) == DEFAULTS | {"autoApply": True, "enabled": False}


@pytest.mark.parametrize("name", ["suppressed", "suppressedPrompts", "dontAskAgain", "profile"])
def test_older_shapes_become_the_present_one(name: str) -> None:
    keys = '["250:raid"]=true, ["250:encounter:3129"]=true, ["nonsense"]=true'
    game = login(f"{{autoApply=true, debug=true, {name}={{{keys}}}}}")
    assert settings(game) == DEFAULTS | {"autoApply": True, "debug": True}
    assert set(game.addon.db.suppressed.keys()) == {"250:raid", "250:encounter:3129"}


def test_older_keys_of_a_character_become_the_account_s() -> None:
    game = login(character='{suppressed={["250:raid"]=true, ["250:mythicplus"]=false}}')
    assert set(game.addon.db.suppressed.keys()) == {"250:raid"}


def test_an_older_list_of_keys() -> None:
    game = login('{suppressed={"62:general_choice", "62:mythicplus", 17}}')
    assert set(game.addon.db.suppressed.keys()) == {"62:general_choice", "62:mythicplus"}


@pytest.mark.parametrize(
    "broken",
    ["17", '"text"', "{}", '{version=2, settings="x", suppressed=3, place={point=1}}',
     '{version=99, settings={enabled="yes"}, place="here"}', '{place={point="MIDDLE", x=1, y=2}}'],
)  # fmt: skip
def test_damaged_files_cost_no_more_than_themselves(broken: str) -> None:
    game = login(broken, broken)
    assert settings(game) == DEFAULTS
    assert game.addon.db.place is None


def test_a_damaged_character_file_keeps_what_is_sound() -> None:
    game = login(
        character='{slots={[250]=105, bad=1, [251]="x"}, former={[250]={code="abc"}}, raids=3,'
        " answered=true, talents={[250]=7}, applied={[250]=1},"
        " pending={specID=250, code='abc', former=5},"
        " requested={[250]={before={}}, [251]=3}}"
    )
    char = game.addon.char
    assert dict(char.made[250]) == {105: True}
    assert dict(char.former[250]) == {"code": "abc"}
    assert dict(char.talents) == {}
    assert dict(char.applied) == {}
    assert char.pending is None
    assert set(char.requested.keys()) == {251}


def test_damaged_answers_keep_those_that_are_sound() -> None:
    game = GameClient()
    answered = "keys={[1]=5, ['250:raid']=9, ['250:mythicplus']='x'}, failed={7}"
    game.load_addon({"AzerothsTopTalentCharDB": f"{{answered={{{answered}}}}}"})
    assert dict(game.addon.char.answered["keys"]) == {"250:raid": 9}
    game.enter(2660, "party")
    assert game.errors() == []


def test_the_place_of_the_prompt_is_kept_and_reset() -> None:
    game = login('{version=2, place={point="CENTER", x=12.5, y=-40}}')
    place = {"point": "CENTER", "relativePoint": "CENTER", "x": 12.5, "y": -40}
    assert dict(game.addon.db.place) == place
    game.login(game.saved())
    assert game.addon.db.place.x == 12.5
    game.slash("reset")
    assert game.addon.db.place is None
