"""What the cards of the Update page, and the first steps, say of the game and of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.text import _, ngettext, say
from att_desktop.text.formats import age, in_a_row, listed, number

if TYPE_CHECKING:
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.widgets.glyphs import State
    from att_desktop.update.library import Library

# The addon, too, tells the player when its data is older than that.
_OLD: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What a card says."""

    state: State
    sentence: str
    action: str


def game_text(folders: GameFolders, *, sample: bool) -> CardText:
    """The Game folder card."""
    if folders.searching and not sample:
        return CardText(
            state="clock", sentence=_("Looking for World of Warcraft…"), action=_("Choose folder…")
        )
    if sample:
        return CardText(state="info", sentence=folders.sentence, action=_("Show folder"))
    problem = folders.problem
    if problem:
        return CardText(state="warning", sentence=problem, action=_("Choose folder…"))
    return CardText(state="ok", sentence=folders.sentence, action=_("Change…"))


def data_text(library: Library, now: datetime | None = None) -> CardText:
    """The Data card."""
    newest, action = library.newest, _("Show builds")
    if newest is None:
        if library.problem:
            return CardText(state="warning", sentence=say(library.problem), action=action)
        return CardText(
            state="info", sentence=_("No builds yet. An update fetches them."), action=action
        )
    sentence = _builds_text(library, age(newest, now))
    if library.problem:
        sentence = in_a_row(sentence, say(library.problem))
        return CardText(state="warning", sentence=sentence, action=action)
    if (now or datetime.now(UTC)) - newest > _OLD:
        advice = _("Players may have moved on: update.")
        return CardText(state="warning", sentence=in_a_row(sentence, advice), action=action)
    return CardText(state="ok", sentence=sentence, action=action)


def _builds_text(library: Library, fetched: str) -> str:
    count = library.build_count
    names = [library.zone_name(content_type) for content_type in CONTENT_TYPES]
    zones = listed(name for name in names if name)
    if not zones:
        # TRANSLATORS: {age} is '5 minutes ago'.
        sentence = ngettext(
            "{count} build, fetched {age}.", "{count} builds, fetched {age}.", count
        )
    else:
        sentence = ngettext(
            "{count} build, fetched {age}: {zones}.",
            "{count} builds, fetched {age}: {zones}.",
            count,
        )
    return sentence.format(count=number(count), age=fetched, zones=zones)
