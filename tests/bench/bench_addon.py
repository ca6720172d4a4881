"""What the addon costs in the game: Lua memory of full-size data, and milliseconds per decision.

Run from the checkout: ``python -m tests.bench.bench_addon``. Prints; judges nothing. One frame at
60 pictures a second is 16 ms. Processor time, so that other programs do not count.
"""

from __future__ import annotations

import functools
import sys
import time
from typing import TYPE_CHECKING, Any

from att_desktop.game.builds import Build, EncounterInfo, Sampled, SpecBuilds, TalentData
from att_desktop.wow.talent_data import render
from tests.addon.builds import random_code, trees
from tests.addon.client import GameClient

if TYPE_CHECKING:
    from collections.abc import Callable

RAID_MAP, BOSSES, DUNGEONS = 2810, 9, 8
RUNS = 50


def full_size_data() -> str:
    """40 specs, 17 encounters with a build of the other hero tree each, two general builds: every
    one a different code.
    """
    infos = [
        EncounterInfo(
            encounter_id=3000 + index, name=f"A Boss of Some Length {index}", content_type="raid",
            zone="The Raid of the Season", order=index, journal_id=2600 + index, map_id=RAID_MAP,
        )
        for index in range(1, BOSSES + 1)
    ] + [
        EncounterInfo(
            encounter_id=12000 + index, name=f"A Dungeon of the Season {index}",
            content_type="mythicplus", zone="Mythic+ Season", order=index, map_id=2000 + index,
            challenge_mode_id=400 + index,
        )
        for index in range(1, DUNGEONS + 1)
    ]  # fmt: skip

    def build(spec_id: int, seed: int) -> Build:
        code = random_code(spec_id, seed)
        return Build(talent_code=code, count=17, popularity=10.62, hero_tree="San'layn", support=61)

    def sampled(spec_id: int, seed: int) -> Sampled:
        others = (build(spec_id, 100 + seed),) if seed > 2 else ()
        return Sampled(build=build(spec_id, seed), sample_size=160, others=others)

    specs = tuple(
        SpecBuilds(
            spec_id=spec_id,
            general={"raid": sampled(spec_id, 1), "mythicplus": sampled(spec_id, 2)},
            encounters={
                info.encounter_id: sampled(spec_id, 3 + number) for number, info in enumerate(infos)
            },
        )
        for spec_id in trees().spec_ids
    )
    data = TalentData(specs=specs, encounters=tuple(infos), timestamp="2026-09-20T12:00:00")
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
