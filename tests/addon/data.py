"""A season's data for one character, written by the app's own writer."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.import_codes import decode, encode
from att_desktop.game.results import WARCRAFT_LOGS, Build, TalentData
from att_desktop.wow.talent_data import render
from tests.addon.builds import random_selection, state, trees
from tests.addon.client import GameClient
from tests.wow.records import encounter, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.results import EncounterRecord, MarkedBuild

SPEC = 250  # Blood Death Knight
OTHER_SPEC = 252
ELSEWHERE = 71  # Arms Warrior: played by nobody here
RAID_MAP, DUNGEON_MAP, SPLIT_MAP, MYTHIC, HEROIC = 2810, 2660, 2097, 16, 15
TIMESTAMP = "2026-09-20T12:00:00"  # three hours and more before the client's clock

BOSSES = (
    (3129, 2684, "Plexus Sentinel"),
    (3131, 2686, "Loom'ithar"),
    (3130, 2685, "Soulbinder Naazindhri"),
    (3132, 2687, "Forgeweaver Araz"),
    (3122, 2688, "The Soul Hunters"),
    (3133, 2747, "Fractillus"),
    (3134, 2690, "Nexus-King Salhadaar"),
    (3135, 2691, "Dimensius"),
)
DUNGEONS = (
    (12660, DUNGEON_MAP, None, "Ara-Kara, City of Echoes"),
    (112098, SPLIT_MAP, 370, "Operation: Mechagon - Workshop"),
    (112099, SPLIT_MAP, 369, "Operation: Mechagon - Junkyard"),
)
SEEDS = {"raid": 1, "mythicplus": 2} | {
    encounter: 10 + index
    for index, encounter in enumerate([boss[0] for boss in BOSSES] + [d[0] for d in DUNGEONS])
}


@functools.cache
def code_of(what: str | int, spec_id: int = SPEC) -> str:
    """The code that the data have for a content or an encounter."""
    selection = random_selection(spec_id, SEEDS[what] + spec_id)
    return encode(trees().tree(spec_id), selection)


def _build(what: str | int, spec_id: int) -> Build:
    code = code_of(what, spec_id)
    hero = decode(code, trees()).hero_tree
    return Build(talent_code=code, count=17, popularity=10.62, hero_tree=hero)


def encounters_of(
    spec_id: int, *, journal_ids: bool = True, map_ids: bool = True
) -> list[EncounterRecord]:
    found = [
        encounter(
            encounter_id,
            name,
            _build(encounter_id, spec_id),
            spec_id=spec_id,
            sample_size=50,
            order=order,
            journal_id=journal if journal_ids else 0,
            map_id=RAID_MAP if map_ids else None,
        )
        for order, (encounter_id, journal, name) in enumerate(BOSSES, start=1)
    ]
    found += [
        encounter(
            encounter_id,
            name,
            _build(encounter_id, spec_id),
            spec_id=spec_id,
            sample_size=50,
            content_type="mythicplus",
            zone="Season",
            order=order,
            map_id=map_id if map_ids else None,
            challenge_mode_id=challenge,
        )
        for order, (encounter_id, map_id, challenge, name) in enumerate(DUNGEONS, start=1)
    ]
    return found


def season(
    *,
    specs: Sequence[int] = (SPEC, OTHER_SPEC),
    without: Sequence[str | int] = (),
    timestamp: str = TIMESTAMP,
    sample: bool = False,
    journal_ids: bool = True,
    map_ids: bool = True,
    marked: Sequence[MarkedBuild] = (),
) -> str:
    """The text of TalentData.lua: all encounters, less those in ``without``."""
    data = TalentData(
        units=tuple(
            unit(content, _build(content, spec_id), spec_id=spec_id)
            for spec_id in specs
            for content in CONTENT_TYPES
            if content not in without
        ),
        encounters=tuple(
            record
            # What another spec has makes an encounter known, also where these have nothing.
            for spec_id in (*specs, ELSEWHERE)
            for record in encounters_of(spec_id, journal_ids=journal_ids, map_ids=map_ids)
            if (record.encounter_id in without) is (spec_id == ELSEWHERE)
        ),
        timestamp=timestamp,
        source=WARCRAFT_LOGS,
        sample=sample,
        marked=tuple(marked),
    )
    return render(data).decode("ascii")


def set_talents(game: GameClient, code: str) -> None:
    """The player plays this code, without the addon's doing."""
    spec_id = game.client.player.specID
    selection = decode(code, trees()).selection
    game.client.SetTalents(spec_id, game.lua.table_from(state(spec_id, selection), recursive=True))


def active_code(game: GameClient) -> str:
    """The committed talents of the player as a code, as the addon writes it."""
    tree = game.addon.TalentTree.Read()
    assert not game.lua.globals().C_Traits.ConfigHasStagedChanges(tree.configID)
    return str(game.addon.ImportExport.Encode(tree, game.addon.Matching.Active(tree)))


def play(code: str | None = None, **season_options: object) -> GameClient:
    """A client with the season's data, before login; the player plays ``code`` (raid build)."""
    game = GameClient(SPEC, data=season(**season_options))
    game.client.serverTime = 1789917000  # 2026-09-20T15:10 UTC
    game.create_character(SPEC)
    selection = decode(code or code_of("raid"), trees()).selection
    game.client.SetTalents(SPEC, game.lua.table_from(state(SPEC, selection), recursive=True))
    return game
