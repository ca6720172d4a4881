"""Seasons: the raid tier and the Mythic+ season that are played now."""

from __future__ import annotations

from typing import Final

import msgspec

from att_desktop.game.content_types import ContentType


class SeasonEncounter(msgspec.Struct, frozen=True, kw_only=True):
    """A boss or dungeon. ``encounter_id`` is Warcraft Logs' id, ``order`` counts from 1."""

    encounter_id: int
    name: str
    journal_id: int
    order: int


class Season(msgspec.Struct, frozen=True, kw_only=True):
    """One zone of Warcraft Logs: a raid tier or a Mythic+ season.

    ``partition`` is the zone's default one, None when the zone has none. ``difficulties`` are
    Warcraft Logs' ids; empty when the zone does not tell.
    """

    zone_id: int
    name: str
    content_type: ContentType
    encounters: tuple[SeasonEncounter, ...]
    partition: int | None = None
    difficulties: tuple[int, ...] = ()


class ListedZone(msgspec.Struct, frozen=True, kw_only=True):
    """A raid or Mythic+ season that can be chosen in place of the current one."""

    zone_id: int
    name: str
    content_type: ContentType


class Seasons(msgspec.Struct, frozen=True, kw_only=True):
    """What is played now: at most one season for each content type.

    ``listed`` are the zones to choose from, newest first.
    """

    played: tuple[Season, ...] = ()
    listed: tuple[ListedZone, ...] = ()

    def of(self, content_type: ContentType) -> Season | None:
        """The season of a content type, None when none was found."""
        return next((one for one in self.played if one.content_type == content_type), None)

    def names(self) -> dict[ContentType, str]:
        """The seasons' names; a content type without a current season is not in it."""
        return {season.content_type: season.name for season in self.played}


def shipped_season(content_type: ContentType) -> Season:
    """The season of game 12.1 as this version of the app knows it.

    For sources that do not tell which season is played now. Ids and order: Warcraft Logs' zones 53
    and 55; journal ids: the game's encounter journal.
    """
    return next(season for season in _SHIPPED if season.content_type == content_type)


def shipped_seasons() -> Seasons:
    """All of them."""
    return Seasons(played=_SHIPPED)


def _encounters(*rows: tuple[int, str, int]) -> tuple[SeasonEncounter, ...]:
    return tuple(
        SeasonEncounter(encounter_id=encounter_id, name=name, journal_id=journal_id, order=order)
        for order, (encounter_id, name, journal_id) in enumerate(rows, 1)
    )


_SHIPPED: Final = (
    Season(
        zone_id=53,
        name="The Venomous Abyss",
        content_type="raid",
        partition=1,
        difficulties=(1, 3, 4, 5),
        encounters=_encounters(
            (3470, "Nek'zali the Soulcoiler", 2888),
            (3445, "Entombed Sentinels", 2874),
            (3455, "Vashnik the Malignant", 2882),
            (3497, "The Lost Explorers", 2894),
            (3420, "Sszorak", 2871),
            (3421, "The Twin Fangs", 2887),
            (3429, "The Coiled Altar", 2883),
            (3492, "Ula'tek", 2895),
            (3379, "Nymrissa Wavecaller", 2849),
        ),
    ),
    Season(
        zone_id=55,
        name="Mythic+ Season 2",
        content_type="mythicplus",
        partition=1,
        difficulties=(10,),
        encounters=_encounters(
            (12993, "Altar of Fangs", 0),
            (12825, "Den of Nalorakk", 0),
            (61762, "Kings' Rest", 0),
            (12813, "Murder Row", 0),
            (112521, "Ruby Life Pools", 0),
            (61877, "Temple of Sethraliss", 0),
            (12859, "The Blinding Vale", 0),
            (12923, "Voidscar Arena", 0),
        ),
    ),
)
