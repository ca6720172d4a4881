"""Clients that lack a part of the game: what the addon can do without, it does without."""

from __future__ import annotations

import pytest

from tests.addon.client import GameClient
from tests.addon.data import active_code, code_of, play
from tests.addon.scenes import OWN, PLEXUS, finish, into_raid, ready_check
from tests.addon.test_files import CODE_FILES, guarded_functions

# Without windows there is no addon.
FUNCTIONS = sorted(set(guarded_functions().values()) - {"CreateFrame"})

# What it takes to read talents, to change them, and to know where the player is.
NEEDED = {"GetInstanceInfo", "UnitLevel", "C_ClassTalents", "C_Traits", "C_SpecializationInfo"}


pytestmark = pytest.mark.slow


def without(*names: str) -> GameClient:
    game = play(OWN)
    world = game.lua.globals()
    for name in names:
        space, _, member = name.rpartition(".")
        if space and world.rawget(world, space) is not None:
            world[space][member] = None
        elif not space:
            game.client.Declare(name)
            world.rawset(world, name, None)
    return game


def optional(name: str) -> bool:
    return name.partition(".")[0] not in NEEDED


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_missing_part_is_no_error(name: str) -> None:
    game = without(name)
    game.login()
    into_raid(game)
    ready_check(game)
    game.slash("yes")
    game.slash("")
    game.slash("restore")
    game.enter(2660, "party")
    game.slash("yes")
    game.advance(15)
    game.client.Escape()
    own = {path.name for path in CODE_FILES}  # the client's model lacks the part too
    assert [error for error in game.errors() if error.partition(":")[0] in own] == []
    assert not game.addon.LoadoutManager.IsBusy()


NAMESPACES = sorted({name.partition(".")[0] for name in FUNCTIONS if "." in name})


def test_a_missing_namespace_is_no_error_when_the_addon_loads() -> None:
    for name in NAMESPACES:
        game = GameClient()
        game.client.Declare(name)
        world = game.lua.globals()
        world.rawset(world, name, None)
        game.load_addon()
        assert game.errors() == [], name


def test_all_that_can_be_done_without_missing_at_once() -> None:
    names = [name for name in FUNCTIONS if optional(name)]
    names += ["C_ClassTalents.GetTraitTreeForSpec", "C_ClassTalents.GetHeroTalentSpecsForClassSpec"]
    game = without(*names)
    game.login()
    game.click("Raid Build")
    finish(game)
    assert active_code(game) == code_of("raid")
    into_raid(game)
    ready_check(game)
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(PLEXUS)
