"""The prompt: what answers it, what does not, where it stands, and what it shows of the change."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.import_codes import decode
from tests.addon.builds import trees
from tests.addon.data import (
    DUNGEON_MAP,
    SPEC,
    active_code,
    code_of,
    set_talents,
)
from tests.addon.scenes import (
    ARA_KARA,
    OWN,
    PLEXUS,
    finish,
    hero,
    into_raid,
    login,
    ready_check,
)
from tests.addon.season_details import add_support, record

if TYPE_CHECKING:
    from att_desktop.game.trees import TalentTree
    from tests.addon.client import GameClient

MOMENTS = ["loading", "control", "death", "panel", "shop"]


def frame(game: GameClient) -> Any:
    return game.lua.globals().AzerothsTopTalentPrompt


def answered(game: GameClient) -> bool:
    return f"{SPEC}:general_choice" in dict(game.addon.char.answered["keys"] or {})


# What does not answer it


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_closes_other_windows_does_not_answer(moment: str, secrets: str | None) -> None:
    game = login(secrets)
    game.client.CloseWindowsAt(moment)
    game.advance(3)
    assert game.prompt() is not None
    assert not answered(game)
    game.click("Raid Build")
    game.client.world.dead = False
    finish(game)
    assert active_code(game) == code_of("raid")


def test_whatever_hides_it_it_comes_back() -> None:
    game = login()
    for _ in range(3):
        frame(game).Hide(frame(game))
        assert game.prompt() is None
        game.advance(1)
        assert game.prompt() is not None
    assert not answered(game)


def test_hidden_and_answered_meanwhile_it_stays_away() -> None:
    game = login()
    frame(game).Hide(frame(game))
    game.slash("no")
    game.advance(5)
    assert game.prompt() is None


def test_the_hidden_interface_neither_answers_nor_counts_time() -> None:
    game = login()
    game.client.interfaceHidden = True
    frame(game).Run(frame(game), "OnHide")
    game.advance(60)
    game.client.interfaceHidden = None
    assert game.prompt() is not None


def test_time_out_is_no_answer_and_the_mouse_on_it_stops_the_clock() -> None:
    game = login()
    game.client.mouseOver = frame(game)
    game.advance(60)
    assert game.prompt() is not None
    game.client.mouseOver = None
    game.advance(31)
    assert game.prompt() is None
    assert not answered(game)


def test_a_fight_takes_it_away_and_its_end_brings_it_back() -> None:
    game = login()
    game.combat(True)
    assert game.prompt() is None
    assert not game.client.Press("W"), "no key is held back in combat"
    game.combat(False)
    game.advance(1)
    assert game.prompt() is not None
    assert not answered(game)
    assert game.errors() == []


def test_no_key_is_held_back_in_a_fight_even_right_after_escape() -> None:
    game = login()
    assert game.client.Press("ESCAPE")
    game.combat(True)
    game.addon.PromptUI.Show(game.addon.Offers.General(game.addon.TalentTree.Read()))
    assert not game.client.Press("W")
    assert not game.client.Press("ESCAPE")
    game.combat(False)
    assert not game.client.Press("W")
    assert game.client.Press("ESCAPE"), "taken back after the fight"
    assert game.errors() == []


# What answers it


def test_escape_on_it_answers() -> None:
    game = login()
    assert not game.client.Press("W")
    assert game.client.Press("ESCAPE"), "the game must not get it too"
    assert game.prompt() is None
    assert answered(game)


@pytest.mark.parametrize("other", ["panel", "bags", "special"])
def test_escape_for_another_window_does_not(other: str) -> None:
    game = login()
    if other == "bags":
        game.client.bagsOpen = True
    elif other == "panel":
        game.client.panels.center = game.lua.globals().CreateFrame("Frame")
    else:
        game.lua.globals().CreateFrame("Frame", "AzerothsTopTalentTestWindow")
        game.lua.execute("table.insert(UISpecialFrames, 'AzerothsTopTalentTestWindow')")
    assert not game.client.Press("ESCAPE")
    assert game.prompt() is not None
    assert not answered(game)
    game.client.bagsOpen = None
    assert game.client.Press("ESCAPE"), "nothing else is open now"
    assert game.prompt() is None
    assert game.errors() == []


@pytest.mark.parametrize("how", ["mouse", "click"])
def test_escape_on_it_answers_though_another_window_is_open(how: str) -> None:
    game = login()
    game.client.bagsOpen = True
    if how == "click":
        game.client.ClickAt(frame(game))
        game.client.mouseOver = None
    else:
        game.client.mouseOver = frame(game)
    assert game.client.Press("ESCAPE")
    assert game.prompt() is None
    assert answered(game)


def test_the_close_cross_is_not_now() -> None:
    game = login()
    frame(game).close.Click(frame(game).close)
    assert game.prompt() is None
    assert answered(game)
    assert dict(game.addon.db.suppressed) == {}
    assert active_code(game) == OWN


# Where it stands


def test_it_is_clear_of_the_game_s_popups_and_comes_to_the_top_when_clicked() -> None:
    game = login()
    shown = frame(game)
    point, relative, relative_point, x, y = shown.GetPoint(shown, 1)
    assert (point, relative_point) == ("TOP", "TOP")
    assert game.lua.globals().rawequal(relative, game.lua.globals().UIParent)
    # StaticPopup1 stands at TOP -135 and is at most 420 wide; the others hang below it.
    assert x - shown.width / 2 > 420 / 2
    assert x + shown.width / 2 < 1365 / 2, "on a screen of 16:9"
    assert y - shown.height > -768
    assert shown.strata == "DIALOG"
    assert shown.toplevel
    game.client.ClickAt(shown)
    assert game.lua.globals().rawequal(game.client.raised, shown)


def test_a_soft_sound_that_can_be_switched_off() -> None:
    game = login()
    assert list(game.client.sounds.values()) == [18019]
    game.click("Keep Current")
    game.addon.db.settings.sound = False
    game.enter(DUNGEON_MAP, "party", difficulty=23)
    assert game.prompt() is not None
    assert len(game.client.sounds) == 1


# What it shows


def strips(game: GameClient) -> dict[str, list[str]]:
    """Label and the names of the talents, as the icons' tooltips have them."""
    shown: dict[str, list[str]] = {}
    for strip in frame(game).strips.values():
        if strip.frame.shown:
            icons = [icon for icon in strip.icons.values() if icon.shown]
            shown[strip.label.text] = [icon.talent.display.name for icon in icons]
    return shown


def in_dungeon(game: GameClient) -> None:
    game.enter(DUNGEON_MAP, "party", difficulty=23)


def entry_names(tree: TalentTree) -> dict[int, str]:
    return {e.entry_id: e.name for node in tree.nodes.values() for e in node.entries}


def swapped(now: str, then: str) -> tuple[set[str], set[str]]:
    """Names of the talents that only one of two codes of the same hero tree has."""
    tree = trees().tree(SPEC)
    names = entry_names(tree)
    one, other = (
        Counter({(node, entry): rank for node, entry, rank in decode(code, trees()).selection})
        for code in (now, then)
    )
    return {names[entry] for _, entry in one - other}, {names[entry] for _, entry in other - one}


def same_hero(code: str) -> str:
    """A code of the season with the same hero tree."""
    candidates = [code_of(what) for what in ("raid", "mythicplus", PLEXUS, ARA_KARA)]
    return next(c for c in candidates if c != code and hero(c) == hero(code))


def test_talents_lost_and_gained_as_icons(secrets: str | None) -> None:
    then = code_of(ARA_KARA)
    game = login(secrets, code=same_hero(then))
    in_dungeon(game)
    lost, gained = swapped(active_code(game), then)
    shown = strips(game)
    assert set(shown["- Lost"]) == lost
    assert set(shown["+ Gained"]) == gained
    icon = frame(game).strips[1].icons[1]
    assert icon.texture.file == 100000 + icon.talent.display.spellID
    icon.Run(icon, "OnEnter")
    assert game.lua.globals().GameTooltip.spellID == icon.talent.display.spellID
    icon.Run(icon, "OnLeave")
    assert game.lua.globals().GameTooltip.shown is False
    assert game.errors() == []


def test_abilities_of_the_action_bars_are_named_first() -> None:
    then = code_of(ARA_KARA)
    game = login(code=same_hero(then))
    in_dungeon(game)
    shown = strips(game)
    leaves, comes = shown["- Lost"][-1], shown["+ Gained"][-1]
    for index in (1, 2):
        icons = frame(game).strips[index].icons.values()
        spell = [icon.talent.display.spellID for icon in icons if icon.shown][-1]
        game.client.abilities[spell] = True
        game.client.actionBars[spell] = 12 if index == 1 else None
    game.login(game.saved())
    game.addon.OfferQueue.OfferHere()
    prompt = game.prompt()
    assert prompt is not None
    assert f"\nLeaves your action bars: {leaves}.\nNew abilities: {comes}.\n" in prompt["text"]
    assert re.search(r"New abilities: .*\n(Other .*\n)?\d+ swaps? from", prompt["text"]), (
        "named first"
    )
    assert strips(game)["- Lost"][0] == leaves
    assert strips(game)["+ Gained"][0] == comes


def test_another_hero_tree_is_said_and_shown_by_its_emblem() -> None:
    then = code_of(ARA_KARA)
    candidates = [code_of(what) for what in ("raid", "mythicplus", PLEXUS)]
    now = next(code for code in candidates if hero(code) != hero(then))
    game = login(code=now)
    in_dungeon(game)
    prompt = game.prompt()
    assert prompt is not None
    assert f"Other hero tree: {hero(then)} instead of {hero(now)}." in prompt["text"]
    shown = strips(game)
    assert hero(now) in shown["- Lost"]
    assert hero(then) in shown["+ Gained"]
    emblems = [
        icon.texture.atlas
        for strip in frame(game).strips.values()
        for icon in strip.icons.values()
        if icon.shown and icon.texture.atlas
    ]
    assert len(emblems) == 2
    hero_talents = {
        entry.name
        for node in trees().tree(SPEC).nodes.values()
        if node.section == "hero"
        for entry in node.entries
    }
    assert not hero_talents & set(shown["- Lost"] + shown["+ Gained"])


def test_support_source_and_age() -> None:
    game = login(code=code_of("raid"))
    add_support(game, ARA_KARA, 31)
    game.addon.TalentDataSource = "parses"
    in_dungeon(game)
    prompt = game.prompt()
    assert prompt is not None
    lines = prompt["text"].split("\n")
    assert lines[2] == (
        "31 of 50 top players play this or within 3 swaps; 17 play exactly this (22 to 48%), "
        + hero(code_of(ARA_KARA))
    )
    assert lines[-1] == "Source: parses.gg, 3 h old."
    game.click("Not now")
    add_support(game, ARA_KARA, 3)
    record(game, ARA_KARA).source = "warcraftlogs"
    game.addon.OfferQueue.OfferHere()
    prompt = game.prompt()
    assert prompt is not None
    lines = prompt["text"].split("\n")
    assert lines[2].startswith(
        "no common build: 3 of 50 top players play this or within 3 swaps; 17 play exactly this "
    )
    assert lines[-1] == "Source: Warcraft Logs, 3 h old."


def test_one_swap_is_not_called_swaps() -> None:
    game = login()
    for swaps, said in ((1, "1 swap"), (11, "11 swaps")):
        text = game.addon.BuildText.ShortChanges(game.lua.table_from({"swaps": swaps}))
        assert game.client.Rendered(text) == said


def test_the_general_choice_shows_both_builds() -> None:
    game = login()
    assert list(strips(game)) == ["- Raid Build", "+ Raid Build", "- M+ Build", "+ M+ Build"]


def test_talents_changed_by_hand_change_what_is_shown() -> None:
    game = login(code=code_of("raid"))
    in_dungeon(game)
    before = game.prompt()
    set_talents(game, code_of("mythicplus"))
    game.fire("TRAIT_CONFIG_UPDATED", game.lua.globals().C_ClassTalents.GetActiveConfigID())
    game.advance(1)
    after = game.prompt()
    assert before is not None
    assert after is not None
    assert before["text"] != after["text"]


def test_a_talent_that_the_client_does_not_know_yet_is_left_out() -> None:
    game = login(code=code_of("raid"))
    game.client.trees[SPEC].spellNames = game.lua.table()
    into_raid(game)
    ready_check(game)
    assert game.prompt() is not None
    shown = [name for names in strips(game).values() for name in names]
    assert shown == [hero(code_of("raid")), hero(code_of(PLEXUS))], "only the hero trees are known"
    assert game.errors() == []
