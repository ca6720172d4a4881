"""The game's ids of an encounter's place, by Warcraft Logs' encounter id.

Sources: raid maps and encounter ids as boss mod addons register them; challenge mode ids as
Raider.IO lists them for the seasons; the id of a dungeon at Warcraft Logs is its instance map id
plus 10000, and 50000 more for each time that the dungeon came back, checked on every dungeon
below. Dungeons that are split in two (Mechagon, Tazavesh) do not follow it and stand apart.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.game.content_types import ContentType

_RAID_MAPS: Final[Mapping[int, tuple[int, ...]]] = MappingProxyType(
    {
        2810: (3129, 3131, 3130, 3132, 3122, 3133, 3134, 3135),  # Manaforge Omega
        2912: (3176, 3177, 3178, 3179, 3180, 3181),  # The Voidspire
        2939: (3306,),  # The Dreamrift
        2913: (3182, 3183),  # March on Quel'Danas
        1592: (3159,),  # Sporefall
        3004: (3470, 3445, 3455, 3497, 3420, 3421, 3429, 3492),  # The Venomous Abyss
        2987: (3379,),  # The Tidebound Grotto
    }
)
_MAP_OF_BOSS: Final = MappingProxyType(
    {boss: map_id for map_id, bosses in _RAID_MAPS.items() for boss in bosses}
)

# Instance map id: challenge mode id, None where no source names it.
_DUNGEONS: Final[Mapping[int, int | None]] = MappingProxyType(
    {
        # Midnight, season 2
        2993: 588,  # Altar of Fangs
        2825: 586,  # Den of Nalorakk
        1762: 249,  # Kings' Rest
        2813: 587,  # Murder Row
        2521: 399,  # Ruby Life Pools
        1877: 250,  # Temple of Sethraliss
        2859: 584,  # The Blinding Vale
        2923: 585,  # Voidscar Arena
        # Midnight, season 1
        2805: 557,  # Windrunner Spire
        2811: 558,  # Magisters' Terrace
        2874: 560,  # Maisara Caverns
        2915: 559,  # Nexus-Point Xenas
        2526: 402,  # Algeth'ar Academy
        658: 556,  # Pit of Saron
        1753: 239,  # Seat of the Triumvirate
        1209: 161,  # Skyreach
        # The War Within
        2660: None,  # Ara-Kara, City of Echoes
        2662: None,  # The Dawnbreaker
        2669: None,  # City of Threads
        2649: None,  # Priory of the Sacred Flame
        2661: None,  # Cinderbrew Meadery
        2651: None,  # Darkflame Cleft
        2648: None,  # The Rookery
        2652: None,  # The Stonevault
        2773: None,  # Operation: Floodgate
        670: None,  # Grim Batol
        1822: None,  # Siege of Boralus
        1594: None,  # The MOTHERLODE!!
        2286: None,  # The Necrotic Wake
        2290: None,  # Mists of Tirna Scithe
    }
)
_SPLIT_DUNGEONS: Final[Mapping[int, int]] = MappingProxyType(
    {12098: 2097, 112098: 2097}  # Mechagon Workshop
)
_RETURNS: Final = 10_000


def instance_map_id(encounter_id: int, content_type: ContentType) -> int | None:
    """The game's instance map of a boss or dungeon, None when it is not known for sure."""
    if content_type == "raid":
        return _MAP_OF_BOSS.get(encounter_id)
    split = _SPLIT_DUNGEONS.get(encounter_id)
    if split is not None:
        return split
    map_id = encounter_id % _RETURNS
    return map_id if encounter_id >= _RETURNS and map_id in _DUNGEONS else None


def challenge_mode_id(encounter_id: int) -> int | None:
    """The game's keystone map (MapChallengeMode) of a dungeon, None for others."""
    map_id = instance_map_id(encounter_id, "mythicplus")
    return _DUNGEONS.get(map_id) if map_id is not None else None
