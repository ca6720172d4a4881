"""Login, spec change and ready check: from the game's event to the applied talents."""

from __future__ import annotations

import pytest

from tests.addon.data import (
    BOSSES,
    HEROIC,
    MYTHIC,
    OTHER_SPEC,
    RAID_MAP,
    active_code,
    code_of,
    play,
)
from tests.addon.scenes import (
    AGE,
    FIGURES,
    LOOMITHAR,
    OWN,
    PLEXUS,
    POOLED,
    changed,
    finish,
    hero,
    into_raid,
    login,
    ready_check,
    text,
)

# Login and spec change


def test_login_offers_the_general_builds(secrets: str | None) -> None:
    game = login(secrets)
    raid, mplus = code_of("raid"), code_of("mythicplus")
    assert game.prompt() == {
        "title": "Azeroth's Top Talent",
        "text": text(
            "Your talents match neither of the general builds. Switch to one?",
            "Raid Build: " + POOLED.format(hero(raid)),
            changed(OWN, raid).replace("\n", " "),
            "M+ Build: " + POOLED.format(hero(mplus)),
            changed(OWN, mplus).replace("\n", " "),
            AGE,
        ),
        "buttons": ["Raid Build", "M+ Build", "Keep Current", "Don't ask again"],
    }
    game.click("M+ Build")
    finish(game)
    assert active_code(game) == mplus
    said = game.chat()[-1]
    assert said.startswith("Talents switched: M+ Build.")
    assert said.endswith("[Restore former talents]|r|h")
    assert game.prompt() is None


@pytest.mark.parametrize("content", ["raid", "mythicplus"])
def test_login_with_a_general_build_is_silent(content: str) -> None:
    game = login(code=code_of(content))
    assert game.prompt() is None


def test_login_in_a_raid_with_the_build_of_one_of_its_bosses_is_silent() -> None:
    game = play(code_of(LOOMITHAR))
    world = game.client.world
    world.mapID, world.instanceType, world.difficulty = RAID_MAP, "raid", MYTHIC
    game.login()
    assert game.prompt() is None
    world.mapID, world.instanceType = 0, "none"
    game.login()
    assert game.prompt() is not None


def test_login_waits_until_the_talents_are_there() -> None:
    game = play(OWN)
    game.client.talentsNotReady = True
    game.login()
    assert game.prompt() is None
    game.client.talentsNotReady = False
    game.advance(3)
    assert game.prompt() is not None


def test_spec_change_offers_the_other_spec_s_builds(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    game.client.ChangeSpec(3)
    game.advance(4)
    game.click("Raid Build")
    finish(game)
    assert active_code(game) == code_of("raid", OTHER_SPEC)


def test_either_event_tells_of_a_spec_change_and_others_of_none() -> None:
    game = login(code=code_of("raid"))
    game.client.onlyUnitSpecEvent = True
    game.client.ChangeSpec(3)
    game.advance(4)
    game.click("Keep Current")
    game.fire("PLAYER_SPECIALIZATION_CHANGED", "raid7")
    game.advance(4)
    assert game.prompt() is None


def test_an_answer_holds_over_a_reload_and_new_data_ask_again() -> None:
    game = login()
    game.click("Keep Current")
    game.reload()
    assert game.prompt() is None
    assert active_code(game) == OWN
    game.data = (game.data or "").replace("2026-09-20T12:00:00", "2026-09-20T15:00:00")
    game.reload()
    assert game.prompt() is not None


def test_the_next_login_asks_again() -> None:
    game = login()
    game.click("Keep Current")
    game.login(game.saved())
    assert game.prompt() is not None


# Ready check in a raid


def test_ready_check_offers_the_next_boss(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    assert game.prompt() is None
    ready_check(game)
    assert game.prompt() == {
        "title": "Plexus Sentinel",
        "text": text(
            "Switch to the build for this boss?",
            "Likely: the first boss of this raid.",
            FIGURES.format(50, hero(code_of(PLEXUS))),
            changed(code_of("raid"), code_of(PLEXUS)),
            AGE,
        ),
        "buttons": ["Switch", "Not now", "Don't ask again", "Other boss..."],
    }
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(PLEXUS)
    ready_check(game)
    assert game.prompt() is None, "the talents match already"


def test_ready_check_after_a_wipe(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    game.fire("ENCOUNTER_START", LOOMITHAR, "x", MYTHIC, 20)
    game.fire("ENCOUNTER_END", LOOMITHAR, "x", MYTHIC, 20, 0)
    game.advance(240)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Loom'ithar"
    assert "your raid wiped here 4 min ago." in shown["text"]


def test_one_click_corrects_the_boss(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    ready_check(game)
    game.click("Other boss...")
    assert list(game.client.MenuItems().values()) == [boss[2] for boss in BOSSES[1:]]
    assert game.client.Choose("Fractillus")
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Fractillus"
    assert "you chose this boss." in shown["text"]
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(3133)


def test_a_boss_without_a_build_gets_the_general_one() -> None:
    game = login(code=code_of("mythicplus"), without=[PLEXUS])
    into_raid(game)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Raid Build"
    assert shown["text"].startswith(
        "There is no build for Plexus Sentinel. Switch to the general one?"
    )
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of("raid")


def test_a_raid_without_data_gets_the_general_build() -> None:
    game = login(code=code_of("mythicplus"))
    game.enter(2296, "raid", difficulty=HEROIC)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Raid Build"
    assert "The bosses of this raid are not known." in shown["text"]


@pytest.mark.parametrize("how", ["Not now", "escape"])
def test_not_now_at_a_ready_check_holds_until_the_next_pull(how: str) -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    ready_check(game)
    game.client.Escape() if how == "escape" else game.click(how)
    ready_check(game)
    assert game.prompt() is None
    game.fire("ENCOUNTER_START", PLEXUS, "x", MYTHIC, 20)
    game.fire("ENCOUNTER_END", PLEXUS, "x", MYTHIC, 20, 0)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert "your raid just wiped here." in shown["text"]


def test_who_did_not_answer_is_asked_at_the_next_ready_check() -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    ready_check(game)
    game.advance(31)
    assert game.prompt() is None
    ready_check(game)
    assert game.prompt() is not None


def test_a_second_ready_check_takes_back_the_offer_for_another_boss() -> None:
    game = login(code=code_of(LOOMITHAR))
    game.client.Escape()
    into_raid(game)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Plexus Sentinel"
    game.client.world.killed[f"{RAID_MAP}:{PLEXUS}:{MYTHIC}"] = True
    ready_check(game)
    assert game.prompt() is None, "the build of the next boss is worn"


def test_an_offer_leaves_with_the_place_that_it_is_for() -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    ready_check(game)
    assert game.prompt() is not None
    game.enter(0, "none", settle=0)
    assert game.prompt() is None
    assert dict(game.addon.char.answered["keys"]) == {}


def test_ready_check_elsewhere_is_not_ours() -> None:
    game = login(code=code_of("raid"))
    ready_check(game)
    assert game.prompt() is None


def test_a_pulled_boss_that_nobody_has_a_name_for() -> None:
    game = login(code=code_of("mythicplus"))
    into_raid(game)
    game.fire("ENCOUNTER_START", 9999, "x", MYTHIC, 20)
    game.fire("ENCOUNTER_END", 9999, "x", MYTHIC, 20, 0)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Raid Build"
    assert shown["text"].startswith("Switch to the general build?")


def test_the_player_asks() -> None:
    game = login(code=code_of("raid"))
    game.slash("boss")
    assert game.chat() == ["Your talents already match."]
    into_raid(game)
    game.combat(True)
    game.slash("boss")
    assert game.chat() == ["Talents cannot be switched in combat. It is offered again afterwards."]
    assert game.prompt() is None
    game.combat(False)
    game.click("Switch")
    finish(game)
    game.chat()
    game.slash("boss")
    assert game.chat() == ["Plexus Sentinel: Your talents already match."]
    game.slash("nonsense")
    assert game.chat()[0].startswith(
        "/toptalent builds, status, boss, restore, reset, why, options."
    )
