"""Rows and zones in the shape in which Warcraft Logs sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from att_desktop.sources.sample.builds import talent_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree

RAID_BOSSES = (3470, 3445, 3455, 3497, 3420, 3421, 3429, 3492, 3379)
DUNGEONS = (12993, 12825, 61762, 12813, 112521, 61877, 12859, 12923)


def row(
    name: str = "Críms",
    *,
    talents: list[dict[str, Any]] | None = None,
    server_id: int = 283,
    code: str | None = "37FzMg9pVPH6fnJT",
    hidden: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """One row of ``characterRankings``, raid and Mythic+ fields together."""
    found: dict[str, Any] = {
        "name": "Anonymous" if hidden else name,
        "class": "Mage",
        "spec": "Arcane",
        "amount": -319999564.8270117,
        "hardModeLevel": 16,
        "duration": 1399143,
        "startTime": 1787850271519,
        "report": {"code": f"a:{code}" if hidden else code, "fightID": 16, "startTime": 1},
        "bracketData": 16,
        "faction": 0,
        "affixes": [9, 10, 147],
        "talents": talents or [],
        "gear": [{"name": "Unknown Item", "id": None, "itemLevel": "0", "bonusIDs": ["1"]}],
    }
    if hidden:
        found["hidden"] = True
    else:
        found["server"] = {"id": server_id, "name": "Draenor", "region": "EU"}
    return found | more


def talents_of(tree: TalentTree, selection: Selection) -> list[dict[str, Any]]:
    """A build as a row lists it."""
    return [{"talentID": entry, "points": points} for entry, points in talent_rows(tree, selection)]


def zone(
    zone_id: int,
    name: str,
    encounters: Iterable[int],
    *,
    keystones: bool = False,
    frozen: bool = False,
    partitions: tuple[tuple[int, bool], ...] = ((1, True),),
) -> dict[str, Any]:
    """One zone of ``worldData``."""
    difficulties = (
        {10: "Dungeon"} if keystones else {1: "LFR", 3: "Normal", 4: "Heroic", 5: "Mythic"}
    )
    return {
        "id": zone_id,
        "name": name,
        "frozen": frozen,
        "difficulties": [{"id": key, "name": value} for key, value in difficulties.items()],
        "partitions": [
            {"id": key, "name": f"Partition {key}", "default": default}
            for key, default in partitions
        ],
        "encounters": [
            {"id": key, "name": f"Encounter {key}", "journalID": key % 1000} for key in encounters
        ],
    }


def seasons_of_today() -> list[dict[str, Any]]:
    """Expansions as they are listed in the second season of Midnight, traps included."""
    return [
        {
            "id": 7,
            "name": "Midnight",
            "zones": [
                zone(60, "Mythic+ Season 3", (12805, 12811), keystones=True),
                zone(59, "Midnight Beta Raid", (53470,)),
                zone(58, "The Next Raid", (3600, 3601)),
                zone(57, "Complete Raids", RAID_BOSSES),
                zone(56, "Delves", (4001,), keystones=True),
                zone(55, "Mythic+ Season 2", DUNGEONS, keystones=True),
                zone(54, "The Venomous Abyss", RAID_BOSSES, frozen=True),
                zone(53, "The Venomous Abyss", RAID_BOSSES, partitions=((1, False), (2, True))),
                zone(52, "Dummy Dome", (3591,)),
                zone(51, "The Empty Raid", ()),
                zone(50, "Sporefall", (3159,)),
                zone(47, "Mythic+ Season 1", (12805, 12811), keystones=True),
                zone(46, "VS / DR / MQD", (3176, 3177)),
            ],
        },
        {
            "id": 6,
            "name": "The War Within",
            "zones": [zone(44, "Manaforge Omega", (3129, 3131), frozen=True)],
        },
    ]
