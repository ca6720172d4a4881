"""Which source an update asks, and what that source needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.config.credentials import CredentialsMissing, KeyringStore, checked
from att_desktop.sources.feed.address import parse_address
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.system.keyring_access import KeyringError
from att_desktop.system.logs import hide_secret
from att_desktop.update.result_folders import auto_source

if TYPE_CHECKING:
    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.sources.feed.address import FeedAddress
    from att_desktop.update.child_process import ChildInput
    from att_desktop.update.events import SourceName


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
    is_auto = wanted == "auto"
    credentials = None
    if is_auto or wanted == "warcraftlogs":
        try:
            credentials = _credentials(given)
        except (CredentialsMissing, KeyringError):
            if not is_auto:
                raise
    if is_auto:
        wanted = auto_source(own_client=credentials is not None, feed_address=feed_address)
    if wanted == "parses":
        return ChosenSource(name="parses", is_auto=is_auto)
    if wanted == "feed":
        if not feed_address:
            raise FeedRefused("feed.none_set")
        return ChosenSource(name="feed", address=parse_address(feed_address), is_auto=is_auto)
    return ChosenSource(name="warcraftlogs", credentials=credentials, is_auto=is_auto)


def _credentials(given: ChildInput | None) -> ClientCredentials:
    """Raises CredentialsMissing, KeyringError, CredentialsNotUsable."""
    if given is None:
        return KeyringStore(on_secret=hide_secret).load()
    if not given.client_id and not given.client_secret:
        raise CredentialsMissing("credentials.none")
    return checked(given.client_id, given.client_secret)
