"""The words of the settings and of their choices, and which settings stand together."""

from __future__ import annotations

from typing import Final

from att_desktop.text import LANGUAGES, N_, _, npgettext, pgettext
from att_desktop.text.formats import number
from att_desktop.text.names import content_name, difficulty_name

GROUPS: Final = (
    (N_("You"), ("own_specs",)),
    (N_("Source"), ("source", "feed_address")),
    (
        N_("What to fetch"),
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
    (N_("Where to"), ("game_folders",)),
    (N_("In the background"), ("scheduled_update_hours", "notifications", "tray")),
    (N_("Looks"), ("language", "theme", "icon_download")),
)
"""Group title and names of settings; one that is in no group is shown under 'More'."""

WORDS: Final = {
    "source": (
        N_("Source"),
        N_(
            "Where builds come from. Auto takes your own Warcraft Logs client when there is "
            "one, else the feed below, else parses.gg, which needs no account."
        ),
    ),
    "feed_address": (
        N_("Feed"),
        N_("The address of a feed that your guild or somebody you trust publishes."),
    ),
    "own_specs": (
        N_("Specs that you play"),
        N_("They are fetched first and stand on top everywhere."),
    ),
    "content": (
        N_("Content"),
        N_("What an update fetches: raid, Mythic+, or both."),
    ),
    "difficulty": (
        N_("Raid difficulty"),
        N_("Auto takes Mythic where a boss has at least 10 Mythic rankings, else Heroic."),
    ),
    "top_n": (
        N_("Players per encounter"),
        N_("How many of the best ranked players of each boss or dungeon are counted."),
    ),
    "mplus_metric": (
        N_("Mythic+ ranking"),
        N_("Rank Mythic+ players by their score, or by damage or healing as in raids."),
    ),
    "freshness_hours": (
        N_("Fetch again after"),
        N_("Builds younger than this are not fetched again."),
    ),
    "raid_zone_id": (
        N_("Raid"),
        N_("The current raid, another by its name, or its Warcraft Logs number."),
    ),
    "mplus_zone_id": (
        N_("Mythic+ season"),
        N_("The current season, another by its name, or its Warcraft Logs number."),
    ),
    "game_folders": (
        N_("Game folders"),
        N_(
            "The World of Warcraft folders that an update writes to; empty takes the one "
            "that is found."
        ),
    ),
    "scheduled_update_hours": (
        N_("Update by itself every"),
        N_("While the app runs, it updates by itself this often; 0 switches it off."),
    ),
    "notifications": (
        N_("Notify"),
        N_(
            "Tell when an update that you started has ended while you did not look. Of one "
            "that started by itself only another build for your own specs is told, and only "
            "from the tray."
        ),
    ),
    "tray": (
        N_("Keep in the tray"),
        N_("Closing the window keeps the app in the system tray."),
    ),
    "icon_download": (
        N_("Talent icons"),
        N_(
            "Load the game's talent icons from Blizzard, once each; without them talents "
            "show emblems."
        ),
    ),
    "language": (
        N_("Language"),
        N_("The language of the window; as the system, unless it is chosen here."),
    ),
    "theme": (
        N_("Colours"),
        N_("Follow the system, or always be light or dark."),
    ),
}
"""Title and one sentence of help of each setting."""


def setting_title(name: str) -> str:
    """What a setting is called."""
    return _(WORDS[name][0])


def setting_help(name: str) -> str:
    """One sentence of what a setting does."""
    return _(WORDS[name][1])


def choice_text(setting: str, choice: str) -> str:
    """A choice as it is shown; its own name when a newer settings file brings one."""
    if setting == "content" and choice != "both":
        return _("{content} only").format(content=content_name(choice))
    if setting == "difficulty" and choice != "auto":
        return difficulty_name(choice)
    known = {
        ("source", "auto"): pgettext("source", "Auto"),
        ("source", "warcraftlogs"): _("Own Warcraft Logs client"),
        ("source", "parses"): "parses.gg",
        ("source", "feed"): pgettext("source", "Feed"),
        ("content", "both"): _("Raid and Mythic+"),
        ("difficulty", "auto"): pgettext("difficulty", "Auto"),
        ("mplus_metric", "playerscore"): pgettext("ranking", "Score"),
        ("mplus_metric", "role"): pgettext("ranking", "Damage or healing"),
        ("theme", "system"): pgettext("colours", "As the system"),
        ("theme", "light"): pgettext("colours", "Light"),
        ("theme", "dark"): pgettext("colours", "Dark"),
    }
    return known.get((setting, choice), choice.replace("_", " ").capitalize())


def language_text(code: str) -> str:
    """A language by its own name; '' is the system's."""
    return LANGUAGES.get(code, code) if code else pgettext("language", "As the system")


def _unit_text(unit: str, count: int) -> str:
    """'players', 'hours': what a number counts, without the number."""
    if unit == "players":
        return npgettext("unit of a setting", "player", "players", count)
    if unit == "hours":
        return npgettext("unit of a setting", "hour", "hours", count)
    return unit


def value_text(setting: str, kind: str, value: object, unit: str = "") -> str:
    """A default in words: '50 players', 'off', 'the current one'."""
    if kind == "choice":
        return choice_text(setting, str(value))
    if kind == "language":
        return language_text(str(value))
    if kind == "flag":
        return pgettext("setting", "on") if value else pgettext("setting", "off")
    if kind == "zone":
        return _("the current one") if value is None else str(value)
    if kind == "specs":
        return pgettext("setting", "none")
    if kind == "text":
        return str(value) or pgettext("setting", "none")
    if kind == "folders":
        return _("chosen by hand") if value else _("the one that is found")
    if not isinstance(value, int) or value == 0:
        return pgettext("setting", "off")
    return counted(number(value), unit, value).rstrip()


def counted(shown: str, unit: str, count: int) -> str:
    """'50 players': a number as it is shown, and what it counts."""
    # TRANSLATORS: a number and what it counts: '50 players'.
    return _("{number} {unit}").format(number=shown, unit=_unit_text(unit, count))
