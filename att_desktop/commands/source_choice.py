"""Which source an update asks: what was said, else what is at hand.

``auto``: the player's own Warcraft Logs client when its credentials are stored, else the feed whose
address is set, else parses.gg, which needs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.config.credentials import (
    CredentialsMissing,
    KeyringError,
    KeyringStore,
    checked,
)
from att_desktop.sources.feed.address import parse_address
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.system.logs import hide_secret

if TYPE_CHECKING:
    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.sources.feed.address import FeedAddress
    from att_desktop.update.child_process import ChildInput
    from att_desktop.update.events import SourceName

__all__ = ["ChosenSource", "choose_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSource:
    """The source, and what it needs. ``is_auto``: the others' results count beside its own."""

    name: SourceName
    credentials: ClientCredentials | None = None
    address: FeedAddress | None = None
    is_auto: bool = False


def choose_source(wanted: str, *, feed_address: str, given: ChildInput | None) -> ChosenSource:
    """``wanted`` is auto, warcraftlogs, parses or feed; ``given`` what the window sent.

    Raises CredentialsMissing, KeyringError and FeedRefused for a source that was named.
    """
    if wanted == "parses":
        return ChosenSource(name="parses")
    if wanted == "feed":
        if not feed_address:
            raise FeedRefused("feed.none_set")
        return ChosenSource(name="feed", address=parse_address(feed_address))
    if wanted == "warcraftlogs":
        return ChosenSource(name="warcraftlogs", credentials=_credentials(given))
    try:
        credentials = _credentials(given)
    except (CredentialsMissing, KeyringError):
        if feed_address:
            return ChosenSource(name="feed", address=parse_address(feed_address), is_auto=True)
        return ChosenSource(name="parses", is_auto=True)
    return ChosenSource(name="warcraftlogs", credentials=credentials, is_auto=True)


def _credentials(given: ChildInput | None) -> ClientCredentials:
    """Raises CredentialsMissing, KeyringError, CredentialsNotUsable."""
    if given is None:
        return KeyringStore(on_secret=hide_secret).load()
    if not given.client_id and not given.client_secret:
        raise CredentialsMissing("credentials.none")
    return checked(given.client_id, given.client_secret)
