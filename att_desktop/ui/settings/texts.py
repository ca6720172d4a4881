"""Choices as the player reads them, and which settings stand together."""

from __future__ import annotations

from typing import Final

__all__ = ["GROUPS", "choice_words", "value_words"]

GROUPS: Final = (
    (
        "What to fetch",
        (
            "content",
            "difficulty",
            "top_n",
            "mplus_metric",
            "freshness_hours",
            "raid_zone_id",
            "mplus_zone_id",
        ),
    ),
    ("Where to", ("game_folders",)),
    ("In the background", ("scheduled_update_hours", "notifications", "tray")),
    ("Looks", ("theme", "icon_download")),
)
"""Group title and names of settings; one that is in no group is shown under 'More'."""

_CHOICES: Final = {
    "both": "Raid and Mythic+",
    "raid": "Raid only",
    "mythicplus": "Mythic+ only",
    "auto": "Auto",
    "normal": "Normal",
    "heroic": "Heroic",
    "mythic": "Mythic",
    "playerscore": "Score",
    "role": "Damage or healing",
    "system": "As the system",
    "light": "Light",
    "dark": "Dark",
}


def choice_words(choice: str) -> str:
    """A choice in words; its own name when a newer settings file brings one."""
    return _CHOICES.get(choice, choice.replace("_", " ").capitalize())


def value_words(kind: str, value: object, unit: str = "") -> str:
    """A default in words: '50 players', 'off', 'the current one'."""
    if kind == "choice":
        return choice_words(str(value))
    if kind == "flag":
        return "on" if value else "off"
    if kind == "zone":
        return "the current one" if value is None else str(value)
    if kind == "folders":
        return "the one that is found" if not value else "chosen by hand"
    return "off" if value == 0 else f"{value} {unit}".rstrip()
