"""The Source card: which source an update asks, how old its builds are, what can be changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from att_desktop.sources.feed.address import encode_key, parse_address
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.system.times import parse_time
from att_desktop.text import N_, _, say
from att_desktop.text.formats import age, date, in_a_row
from att_desktop.ui.card_texts import CardText
from att_desktop.update.feed_note import read_note
from att_desktop.update.result_folders import auto_source, cache_folder, takes_own_client

if TYPE_CHECKING:
    from att_desktop.config.credentials import CredentialKind, CredentialState
    from att_desktop.sources.feed.address import FeedAddress
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.widgets.glyphs import State
    from att_desktop.update.events import SourceName

_OWN_CLIENT: Final[dict[CredentialKind, str]] = {
    "stored": N_("Change…"),
    "session": N_("Change…"),
    "environment": N_("Test…"),
    "missing": N_("Enter credentials…"),
    "no_keyring": N_("Enter credentials…"),
    "locked": N_("Unlock…"),
}
_KEY_CHARACTERS: Final = 6


def source_in_use(context: AppContext, state: CredentialState | None) -> SourceName:
    """The source that the next update asks. A locked keyring is unlocked before."""
    if context.sample:
        return "sample"
    if context.settings.source != "auto":
        return context.settings.source
    own_client = state is not None and (state.usable or state.kind == "locked")
    return auto_source(own_client=own_client, feed_address=context.feed_address)


def source_text(
    context: AppContext, state: CredentialState | None, now: datetime | None = None
) -> CardText:
    """The Source card; ``state`` is None until the keyring has answered."""
    source = source_in_use(context, state)
    if source == "sample":
        return CardText(
            state="info",
            sentence=_("Sample data: made up, and never for your game."),
            action=_("Get real builds…"),
        )
    if state is None and takes_own_client(context.settings.source):
        return CardText(
            state="clock", sentence=_("Asking the keyring…"), action=_("Use my own account…")
        )
    if source == "feed":
        return _feed_text(context, now)
    glyph, fetched = _fetched(context, source, now)
    if source == "parses":
        own = _("parses.gg, which needs no account.")
        return CardText(
            state=glyph, sentence=in_a_row(own, fetched), action=_("Use my own account…")
        )
    assert state is not None, "asked for above"  # noqa: S101
    parts = [_("Warcraft Logs, with your own client."), say(state)]
    if state.usable:
        parts.append(fetched)
    else:
        glyph = "warning"
    return CardText(state=glyph, sentence=in_a_row(*parts), action=_(_OWN_CLIENT[state.kind]))


def _fetched(context: AppContext, source: SourceName, now: datetime | None) -> tuple[State, str]:
    """Whether builds have come from it, which alone shows that it works, and when."""
    newest = context.library().newest_of(source)
    if newest is None:
        return "info", _("Nothing is fetched yet.")
    # TRANSLATORS: {age} is '5 minutes ago'.
    return "ok", _("Fetched {age}.").format(age=age(newest, now))


def _feed_text(context: AppContext, now: datetime | None) -> CardText:
    if not context.feed_address:
        error = FeedRefused("feed.none_set")
        return CardText(state="warning", sentence=say(error), action=_("Change…"))
    try:
        address = parse_address(context.feed_address)
    except FeedRefused as error:
        return CardText(state="warning", sentence=say(error), action=_("Change…"))
    fields = {
        "host": urlsplit(address.base).hostname,
        "key": encode_key(address.key)[:_KEY_CHARACTERS],
    }
    times = _times_of_feed(context, address)
    if times is None:
        # TRANSLATORS: {key} is the beginning of the publisher's public key.
        sentence = _("The feed of {host} (key {key}…). Nothing is fetched yet.").format(**fields)
        return CardText(state="info", sentence=sentence, action=_("Change…"))
    created, expires = times
    if expires < (now or datetime.now(UTC)):
        sentence = _(
            "The feed of {host} (key {key}…) has expired on {date}. Ask its publisher, or choose "
            "another source."
        ).format(date=date(expires), **fields)
        return CardText(state="warning", sentence=sentence, action=_("Change…"))
    sentence = _("The feed of {host} (key {key}…), published {age}, good until {date}.").format(
        age=age(created, now), date=date(expires), **fields
    )
    return CardText(state="ok", sentence=sentence, action=_("Change…"))


def _times_of_feed(context: AppContext, address: FeedAddress) -> tuple[datetime, datetime] | None:
    """When the issue at hand was published, and until when it is good."""
    note = read_note(cache_folder(context.folders, "feed"), address)
    return (parse_time(note.created), parse_time(note.expires)) if note is not None else None
