"""What the addon costs in the game: Lua memory of full-size data, and milliseconds per decision.

Run from the checkout: ``python -m tests.bench.bench_addon``. Prints; judges nothing. One frame at
60 pictures a second is 16 ms. Processor time, so that other programs do not count.
"""

from __future__ import annotations

import functools
import sys
import time
from typing import TYPE_CHECKING, Any

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.results import Build, TalentData
from att_desktop.wow.talent_data import render
from tests.addon.builds import random_code, trees
from tests.addon.client import GameClient
from tests.wow.records import encounter, unit

if TYPE_CHECKING:
    from collections.abc import Callable

RAID_MAP, BOSSES, DUNGEONS = 2810, 9, 8
RUNS = 50


def full_size_data() -> str:
    """40 specs, 17 encounters with a build of the other hero tree each, two general builds: every
    one a different code.
    """

    def best(spec_id: int, seed: int) -> Build:
        code = random_code(spec_id, seed)
        return Build(talent_code=code, count=17, popularity=10.62, hero_tree="San'layn", support=61)

    units, encounters = [], []
    for spec_id in trees().spec_ids:
        for seed, content in enumerate(CONTENT_TYPES, start=1):
            units.append(unit(content, best(spec_id, seed), spec_id=spec_id))
        for number in range(BOSSES + DUNGEONS):
            others = [best(spec_id, 103 + number)]
            raid = number < BOSSES
            index = number + 1 if raid else number - BOSSES + 1
            place = (
                {"zone": "The Raid of the Season", "journal_id": 2600 + index, "map_id": RAID_MAP}
                if raid
                else {
                    "zone": "Mythic+ Season",
                    "content_type": "mythicplus",
                    "map_id": 2000 + index,
                    "challenge_mode_id": 400 + index,
                }
            )
            encounters.append(
                encounter(
                    (3000 if raid else 12000) + index,
                    f"{'A Boss of Some Length' if raid else 'A Dungeon of the Season'} {index}",
                    best(spec_id, 3 + number),
                    spec_id=spec_id,
                    order=index,
                    others=others,
                    **place,
                )
            )
    data = TalentData(
        units=tuple(units), encounters=tuple(encounters), timestamp="2026-09-20T12:00:00"
    )
    return render(data).decode("ascii")


def memory(data: str | None) -> float:
    """KB of Lua memory that loading the addon adds, after a collection."""
    game = GameClient(250, data=data)
    collect = game.lua.eval(
        'function() collectgarbage() collectgarbage() return collectgarbage("count") end'
    )
    before = collect()
    game.load_addon()
    return float(collect() - before)


def milliseconds(action: Callable[[], Any]) -> float:
    """The median of many runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        action()
        times.append((time.process_time() - start) * 1000)
    return sorted(times)[RUNS // 2]


def timed(action: Callable[[], Any]) -> float:
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def opening(data: str, spec_id: int) -> dict[str, list[float]]:
    """The builds window with full-size data: opened at first, opened again, walked through."""
    times: dict[str, list[float]] = {}
    for _ in range(9):
        game = GameClient(spec_id, data=data)
        game.login()
        window = game.addon.BuildsWindow
        times.setdefault("open the builds window, first time", []).append(timed(window.Open))
        window.Close()
        times.setdefault("open the builds window again", []).append(timed(window.Open))
        step = times.setdefault("one step down the list", [])
        press = functools.partial(game.client.Press, "DOWN")
        step += [timed(press) for _ in range(BOSSES + DUNGEONS)]
        assert not game.errors()
    return times


def main() -> None:
    data = full_size_data()
    say = sys.stdout.write
    say(f"TalentData.lua: {len(data) / 1024:.0f} KB, {data.count('talentCode')} builds\n")
    say(f"Lua memory, addon without data: {memory('local _, addon = ...') / 1024:.2f} MB\n")
    say(f"Lua memory, addon with full-size data: {memory(data) / 1024:.2f} MB\n")

    spec_id = 102  # the largest class tree
    game = GameClient(spec_id, data=data)
    game.login()
    game.enter(RAID_MAP, "raid", difficulty=16)
    addon = game.addon
    tree = addon.TalentTree.Read()
    code = random_code(spec_id, 1)
    selection = addon.ImportExport.Decode(code, tree)[0]
    snapshot = addon.BossSnapshot.Take()
    offer = addon.Offers.General(tree)
    rows: list[tuple[str, Callable[[], Any]]] = [
        ("read the live tree", lambda: addon.TalentTree.Read()),
        ("decode one code", lambda: addon.ImportExport.Decode(code, tree)),
        ("encode one selection", lambda: addon.ImportExport.Encode(tree, selection)),
        ("match two selections", lambda: addon.Matching.Equal(selection, selection)),
        ("collect the raid's snapshot", lambda: addon.BossSnapshot.Take()),
        ("find the next boss", lambda: addon.BossFinder.Find(snapshot)),
        ("login: tree, decode and match both builds", lambda: addon.Offers.General(
            addon.TalentTree.Read())),
        ("ready check: tree, boss, decode, match", lambda: addon.Offers.Boss(
            addon.TalentTree.Read())),
        ("stage a whole build", lambda: addon.Staging.Stage(tree, selection)),
        ("show the prompt with what changes", lambda: addon.PromptUI.Show(offer)),
    ]  # fmt: skip
    for name, action in rows:
        say(f"{name:45s} {milliseconds(action):8.3f} ms\n")
    for name, times in opening(data, spec_id).items():
        say(f"{name:45s} {sorted(times)[len(times) // 2]:8.3f} ms (most {max(times):.3f})\n")


if __name__ == "__main__":
    main()
