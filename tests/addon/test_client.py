"""The client itself: as strict as the game, and its talent rules those of the trees."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import lupa.lua51
import pytest

from tests.addon.builds import Purchase, random_selection, state, trees
from tests.addon.client import GameClient, Toc

if TYPE_CHECKING:
    from pathlib import Path

SPECS = sorted(trees().spec_ids)
LuaError = lupa.lua51.LuaError


def test_lua_is_the_game_s() -> None:
    assert GameClient().lua.eval("_VERSION") == "Lua 5.1"


@pytest.mark.parametrize("name", ["io", "os", "require", "noSuchThing"])
def test_reading_an_unknown_global_is_an_error(name: str) -> None:
    with pytest.raises(LuaError, match=f"read of unknown global {name}"):
        GameClient().lua.eval(name)


@pytest.mark.parametrize(
    "use", ["s < 1", "s .. 'x'", "s.field", "s + 1", "tostring(s)", "s == newproxy(s)", "-s"]
)
def test_using_a_secret_is_an_error(use: str) -> None:
    game = GameClient()
    use_it = game.lua.eval(f"function(s) return {use} end")
    with pytest.raises(LuaError, match=r"a secret value was used|attempt to compare"):
        use_it(game.client.Secret())


def test_unknown_events_templates_and_toc_conditions_are_errors(tmp_path: Path) -> None:
    game = GameClient(events=frozenset({"PLAYER_LOGIN"}))
    with pytest.raises(LuaError, match="unknown event"):
        game.lua.execute("CreateFrame('Frame'):RegisterEvent('NO_SUCH_EVENT')")
    with pytest.raises(LuaError, match="unknown template"):
        game.lua.execute("CreateFrame('Frame', nil, UIParent, 'NoSuchTemplate')")
    folder = tmp_path / "Some"
    folder.mkdir()
    (folder / "Some.toc").write_text("a.lua [AllowLoadSometimes x]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="condition not known"):
        Toc.read(folder)


def test_the_toc_s_conditions_choose_the_language() -> None:
    game = GameClient()
    names = [path.name for path in game.toc.files_for("esMX") if path.parent.name == "Locales"]
    assert names == ["enUS.lua", "esES.lua", "esMX.lua"]
    names = [path.name for path in game.toc.files_for("enGB") if path.parent.name == "Locales"]
    assert names == ["enUS.lua"]


@pytest.mark.parametrize("spec_id", SPECS)
def test_at_every_step_the_same_talents_can_be_bought(spec_id: int) -> None:
    """Edges, gates, points, hero tree: the model against rules that were written apart from it."""
    game = GameClient(spec_id)
    tree = trees().tree(spec_id)
    traits = game.lua.globals().C_Traits
    purchase = Purchase(tree)
    rng = random.Random(spec_id)
    for step in range(90):
        expected = {node.node_id for node in tree.nodes.values() if purchase.can_buy(node)}
        if step % 6 == 0 or not expected:
            assert {n for n in tree.nodes if game.client.CanBuy(n)} == expected
        if not expected:
            break
        node = tree.nodes[rng.choice(sorted(expected))]
        entry = rng.choice(node.entries) if node.is_choice else node.entries[0]
        purchase.buy(node, entry.entry_id)
        config = game.client.Active().ID
        if node.is_choice:
            assert traits.SetSelection(config, node.node_id, entry.entry_id)
        else:
            assert traits.PurchaseRank(config, node.node_id)
    assert purchase.left["class"] == 0
    assert purchase.left["hero"] == 0


def test_points_and_apex_ranks_come_with_the_levels() -> None:
    game = GameClient(250)
    apex = next(n for n in trees().tree(250).nodes.values() if n.kind == "tiered")
    selection = frozenset(p for p in random_selection(250, 1) if p[0] != apex.node_id)
    talents = game.lua.table_from(state(250, selection), recursive=True)
    spent = sum(p[2] for p in selection if trees().tree(250).nodes[p[0]].section == "spec")
    for level, ranks in ((80, 0), (81, 1), (84, 3), (90, 4)):
        game.client.player.level = level
        game.client.SetTalents(250, talents)
        config = game.client.Active().ID
        bought = 0
        while game.lua.globals().C_Traits.PurchaseRank(config, apex.node_id):
            bought += 1
        points = sum(step <= level for step in points_of_spec(game))
        assert bought == max(0, min(ranks, points - spent)), level


def points_of_spec(game: GameClient) -> list[int]:
    return list(game.client.trees[250].pointLevels.spec.values())


def test_the_order_of_loadouts_cannot_be_relied_on() -> None:
    game = GameClient(250)
    empty = game.lua.table_from({"ranks": {}, "choice": {}}, recursive=True)
    for number in range(6):
        game.client.AddLoadout(250, f"Mine {number}", empty)
    ids = game.lua.globals().C_ClassTalents.GetConfigIDsBySpecID
    assert list(ids(250).values()) == list(ids(250).values())
    orders = set()
    for _ in range(10):
        game.login({})
        orders.add(tuple(ids(250).values()))
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1
