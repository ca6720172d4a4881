"""What is fetched of a season: a row for each content type. Another one is another row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ContentType: TypeAlias = Literal["raid", "mythicplus"]

MYTHIC_PLUS: Final = 10
"""Warcraft Logs' difficulty id of keystone dungeons; raids have 3, 4 and 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A content type. ``title`` and ``general_title`` are codes of messages.

    ``key`` begins the names of what the player can set for it: ``raid_zone_id``.
    ``difficulties`` are Warcraft Logs' ids by which a zone is of this type. ``difficulty`` is the
    only one that there is, None where the player may choose. ``metric`` is Warcraft Logs' name of
    what ranks are by, None for that of the role. ``addon_key`` names it in ``TalentData.lua``.
    """

    id: ContentType
    key: str
    title: str
    general_title: str
    difficulties: frozenset[int]
    difficulty: int | None = None
    metric: str | None = None
    addon_key: str

    def is_of(self, zone_difficulties: Collection[int]) -> bool:
        """Whether a zone with these difficulties is of this type."""
        return not self.difficulties.isdisjoint(zone_difficulties)


CONTENT: Final[Mapping[ContentType, Content]] = {
    row.id: row
    for row in (
        Content(
            id="raid",
            key="raid",
            title="content.raid",
            general_title="content.raid.general",
            difficulties=frozenset({3, 4, 5}),
            addon_key="raid",
        ),
        Content(
            id="mythicplus",
            key="mplus",
            title="content.mythicplus",
            general_title="content.mythicplus.general",
            difficulties=frozenset({MYTHIC_PLUS}),
            difficulty=MYTHIC_PLUS,
            metric="playerscore",
            addon_key="mythicplus",
        ),
    )
}
CONTENT_TYPES: Final[tuple[ContentType, ...]] = tuple(CONTENT)
"""In the order in which they are fetched and shown."""
