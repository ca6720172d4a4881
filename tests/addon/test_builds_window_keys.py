"""The builds window by keys: walking, copying, and which keys stay the game's."""

from __future__ import annotations

import pytest

from tests.addon.builds_window import NAMES, is_open, opened, rows, selected, window
from tests.addon.data import BOSSES, active_code, code_of
from tests.addon.scenes import ARA_KARA, PLEXUS, finish, login
from tests.addon.season_details import add_other


def test_a_walk_by_keys() -> None:
    game = opened()
    seen = [selected(game)]
    while True:
        assert game.client.Press("DOWN")
        if selected(game) == seen[-1]:
            break
        seen.append(selected(game))
    assert seen == ["Raid Build", "M+ Build", *NAMES]
    assert game.client.Press("HOME")
    assert selected(game) == "Raid Build"
    assert game.client.Press("PAGEDOWN")
    assert selected(game) == seen[12]
    assert game.client.Press("END")
    assert game.client.Press("UP")
    assert selected(game) == seen[-2]
    assert game.client.Press("PAGEUP")
    assert selected(game) == seen[0]
    assert game.errors() == []


def test_the_selected_row_scrolls_into_sight() -> None:
    game = login()
    for encounter, *_ in BOSSES:
        add_other(game, encounter, ARA_KARA, "San'layn")
    game.slash("builds")
    game.client.Press("END")
    assert window(game).list.offset > 0
    assert selected(game) == NAMES[-1]
    game.client.Press("HOME")
    assert window(game).list.offset <= 1


def test_enter_applies_what_was_chosen_by_keys_only() -> None:
    game = opened()
    assert not game.client.Press("ENTER"), "opens the chat as ever"
    game.client.Press("DOWN")
    game.client.Press("DOWN")
    assert game.client.Press("ENTER")
    finish(game)
    assert active_code(game) == code_of(PLEXUS)
    assert game.chat()[-1].startswith("Talents switched: Plexus Sentinel.")


def test_keys_are_the_game_s_after_a_click_elsewhere_and_in_a_fight() -> None:
    game = opened()
    game.client.ClickAt(None)
    assert not game.client.Press("UP")
    game.client.ClickAt(window(game))
    assert game.client.Press("DOWN")
    game.combat(True)
    assert not game.client.Press("DOWN")
    assert is_open(game)
    game.combat(False)
    assert game.client.Press("DOWN")
    assert not game.client.Press("W"), "other keys walk on"
    assert game.client.Press("DOWN")
    game.slash("builds")
    game.combat(True)
    game.slash("builds")
    assert is_open(game), "opened in the fight, right after it kept a key"
    assert not game.client.Press("DOWN")
    assert not game.client.Press("W")
    game.combat(False)
    assert game.client.Press("DOWN")
    assert game.errors() == []


def test_escape_closes_it() -> None:
    game = opened()
    assert not game.client.Press("ESCAPE"), "the game closes it by its name"
    assert not is_open(game)
    game.slash("builds")
    window(game).close.Click(window(game).close)
    assert not is_open(game)
    assert game.errors() == []


def test_escape_with_the_prompt_open_closes_the_window_first() -> None:
    game = login()
    game.slash("builds")
    game.client.Press("ESCAPE")
    assert not is_open(game)
    assert game.prompt() is not None
    game.client.Press("ESCAPE")
    assert game.prompt() is None


# Copy


@pytest.mark.parametrize("how", ["button", "keys"])
def test_copy_shows_the_code_marked_and_takes_nothing_else(how: str) -> None:
    game = opened()
    details = window(game).details
    if how == "button":
        details.copy.Click(details.copy)
    else:
        assert game.client.Press("C", True)
    assert details.copyBox.frame.shown
    code = code_of("raid")
    assert details.copyBox.edit.text == details.copyBox.edit.marked == code
    game.client.Type("x")
    assert details.copyBox.edit.text == code
    game.client.Press("C", True)
    assert game.client.clipboard == code
    game.advance(0.1)
    assert not details.copyBox.frame.shown
    assert game.chat()[-1] == "Loadout code copied."
    assert game.client.Press("DOWN"), "keys are for the list again"
    assert game.errors() == []


def test_on_a_mac_the_command_key_copies() -> None:
    game = login()
    game.client.isMac = True
    game.slash("builds")
    assert "Cmd+C: copy." in window(game).keysHint.text
    game.client.Press("C", True)
    assert window(game).details.copyBox.hint.text == "Cmd+C copies the loadout code."
    game.client.Press("C", True)
    game.advance(0.1)
    assert game.client.clipboard == code_of("raid")
    assert not window(game).details.copyBox.frame.shown


def test_escape_in_the_field_closes_the_field_only() -> None:
    game = opened()
    game.client.Press("C", True)
    game.client.Press("ESCAPE")
    assert is_open(game)
    assert not window(game).details.copyBox.frame.shown


def test_another_build_closes_the_field() -> None:
    game = opened()
    details = window(game).details
    details.copy.Click(details.copy)
    row = next(row for row in rows(game) if row.name.shown and row.name.text.startswith("Plexus"))
    row.Click(row)
    assert not details.copyBox.frame.shown
    assert game.client.focused is None
