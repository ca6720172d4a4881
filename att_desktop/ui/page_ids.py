"""The pages of the window, by id: what they are called is for the language to say."""

from __future__ import annotations

from enum import StrEnum


class PageId(StrEnum):
    """The pages in the order of the rail."""

    UPDATE = "update"
    BUILDS = "builds"
    COMPARE = "compare"
    RAID_NIGHT = "raid-night"
    SETTINGS = "settings"
