"""Why a feed is refused. The results of before stay in use."""

from __future__ import annotations

from att_desktop.system.errors import AttError


class FeedRefused(AttError):
    """A feed, or its address or key, that is not accepted; the code says why."""
