"""Answers, options and words of the addon."""

from __future__ import annotations

import pytest

from tests.addon.data import (
    DUNGEON_MAP,
    HEROIC,
    SPEC,
    active_code,
    code_of,
    play,
)
from tests.addon.loadouts import talents
from tests.addon.scenes import (
    ARA_KARA,
    OWN,
    PLEXUS,
    finish,
    into_raid,
    login,
    ready_check,
)

# Answers


@pytest.mark.parametrize("how", ["escape", "time-out"])
def test_escape_and_time_out_are_not_now_and_no_more(how: str) -> None:
    game = login()
    game.client.Escape() if how == "escape" else game.advance(31)
    assert game.prompt() is None
    assert active_code(game) == OWN
    assert list(game.addon.db.suppressed.keys()) == []


def test_dont_ask_again_by_spec_and_kind_and_reset() -> None:
    game = login()
    game.click("Don't ask again")
    game.enter(DUNGEON_MAP, "party")
    game.click("Don't ask again")
    game.enter(670, "party")
    game.click("Don't ask again")
    game.enter(2296, "raid", difficulty=HEROIC)
    ready_check(game)
    game.click("Don't ask again")
    assert set(game.addon.db.suppressed.keys()) == {
        f"{SPEC}:general_choice",
        f"{SPEC}:encounter:{ARA_KARA}",
        f"{SPEC}:mythicplus",
        f"{SPEC}:raid",
    }
    game.login(game.saved())
    game.enter(DUNGEON_MAP, "party")
    assert game.prompt() is None
    game.chat()
    game.slash("reset")
    assert game.chat() == ["Done: 4 answers forgotten, the window is back in its place."]
    game.enter(670, "party")
    assert game.prompt() is not None


def test_the_prompt_stays_where_it_was_dragged() -> None:
    game = login()
    frame = game.lua.globals().AzerothsTopTalentPrompt
    frame.scripts.OnDragStart(frame, "LeftButton")
    frame.ClearAllPoints(frame)
    frame.SetPoint(frame, "LEFT", None, "BOTTOMLEFT", 40, 307)
    frame.scripts.OnDragStop(frame)
    game.login(game.saved())
    moved = game.lua.globals().AzerothsTopTalentPrompt
    point, _, relative, x, y = moved.GetPoint(moved, 1)
    assert (point, relative, x, y) == ("LEFT", "BOTTOMLEFT", 40, 307)
    assert moved.strata == "DIALOG"
    assert moved.clamped is True


def test_hiding_the_interface_answers_nothing() -> None:
    game = login()
    game.client.HideInterface()
    assert game.prompt() is not None
    game.client.Escape()
    assert game.prompt() is None


def test_no_raid_builds_in_a_battleground() -> None:
    game = play(OWN)
    game.client.world.instanceType = "pvp"
    game.login()
    game.client.ChangeSpec(3)
    game.advance(5)
    assert game.prompt() is None


def test_a_key_left_behind_is_no_longer_in_the_way() -> None:
    game = login()
    game.client.world.keyRunning = True
    game.fire("CHALLENGE_MODE_START", 503)
    assert game.prompt() is None
    game.client.world.keyRunning = False
    game.enter(0, "none")
    assert game.prompt() is not None


def test_moments_can_be_switched_off() -> None:
    for setting in ("enabled", "onDungeon"):
        game = login(code=code_of("raid"))
        game.addon.db.settings[setting] = False
        game.enter(DUNGEON_MAP, "party")
        assert game.prompt() is None
        game.slash("boss")
        assert game.prompt() is not None, "the player asked"


def test_answers_from_the_keyboard() -> None:
    game = login()
    game.slash("no")
    assert game.prompt() is None
    game.slash("yes")
    assert game.chat()[-1] == "There is no offer open."
    game.login(game.saved())
    game.lua.globals().AzerothsTopTalent_OnBinding(2)
    finish(game)
    assert active_code(game) == code_of("mythicplus")


def test_talents_changed_by_hand_close_the_offer() -> None:
    game = login()
    loadout = game.lua.table_from({"ranks": {}, "choice": {}}, recursive=True)
    loadout_id = game.client.AddLoadout(SPEC, "Mine", loadout)
    game.client.player.configs[loadout_id].committed = talents(game, code_of("raid"))
    game.client.window.Open()
    assert game.client.window.Pick(loadout_id)
    game.advance(6)
    assert game.prompt() is None


# What is said about the data


def test_a_build_applied_from_the_builds_window_closes_its_offer() -> None:
    game = login()
    game.slash("builds")
    assert game.prompt()
    row, _ = game.addon.BuildsModel.Selected()
    assert row.record.talentCode == code_of("raid")
    game.addon.BuildDetails.Apply()
    finish(game)
    assert active_code(game) == code_of("raid")
    assert game.prompt() is None


def test_status() -> None:
    game = login(code=code_of("raid"), sample=True)
    game.slash("status")
    assert game.chat() == [
        "26 builds for 2 specs, 3 h old.",
        "These are sample builds, made to try things out.",
    ]


def test_status_names_the_sources() -> None:
    game = login(code=code_of("raid"))
    game.slash("status")
    assert game.chat() == ["26 builds for 2 specs, 3 h old.", "Source: Warcraft Logs."]
    game.addon.TalentData[SPEC].general.raid.source = "parses"
    game.slash("status")
    assert game.chat()[-1] == "Source: Warcraft Logs, parses.gg."


def test_sample_data_are_named_in_the_prompt() -> None:
    shown = login(sample=True).prompt()
    assert shown is not None
    assert shown["text"].endswith("These are sample builds, made to try things out.")


def test_old_data_are_named_once_at_login_and_in_the_prompt() -> None:
    game = login(timestamp="2026-09-01T12:00:00")
    warning = "The data is 19 days old. An update in the desktop app brings newer builds."
    assert game.chat() == [warning]
    shown = game.prompt()
    assert shown is not None
    assert warning in shown["text"]


def test_builds_from_before_a_rework_are_named_and_not_offered() -> None:
    game = play(OWN)
    order = game.client.trees[SPEC].order
    game.client.trees[SPEC].order = game.lua.table_from(list(order.values())[2:])
    game.login()
    assert game.prompt() is None
    assert game.chat() == [
        (
            "These builds were made for another version of the talents. "
            "An update in the desktop app brings new ones."
        )
    ]


def test_a_single_build_from_before_a_rework_is_named_too() -> None:
    game = play(code_of("mythicplus"))
    game.data = (game.data or "").replace(code_of(PLEXUS), code_of(PLEXUS)[:60])
    game.login()
    game.chat()
    into_raid(game)
    ready_check(game)
    assert game.chat() == [game.addon.L.DATA_MISFIT]
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Raid Build"


def test_options_and_menu() -> None:
    game = login(code=code_of("raid"))
    game.slash("")
    assert game.client.openedSettings == 77
    assert set(game.client.settings.keys()) == set(game.addon.Saved.defaults.keys())
    game.lua.globals().AzerothsTopTalent_OnCompartmentClick()
    assert list(game.client.MenuItems().values()) == ["Builds", "Build for here", "Options"]
    game.enter(DUNGEON_MAP, "party")
    game.click("Not now")
    game.lua.globals().AzerothsTopTalent_OnCompartmentClick()
    assert game.client.Choose("Build for here")
    assert game.prompt() is not None
    button = game.lua.table()
    game.lua.globals().AzerothsTopTalent_OnCompartmentEnter("AzerothsTopTalent", button)
    assert game.lua.globals().GameTooltip.lines[2] == "26 builds for 2 specs, 3 h old."
    assert game.errors() == []
