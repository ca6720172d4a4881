"""Messages about parses.gg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "parses.changed": N_(
        "parses.gg answers in a form that this version of the app does not know. Look for a newer "
        "version of the app. The builds that you have stay in use."
    ),
    "parses.http_status": N_(
        "parses.gg does not give its builds (HTTP {status}). Look for a newer version of the app. "
        "The builds that you have stay in use."
    ),
    "parses.thin": N_(
        "parses.gg offers far fewer builds than last time ({now} instead of {before}). The builds "
        "that you have stay in use; press Update again to take the new ones all the same."
    ),
    "parses.no_season": N_(
        "parses.gg has no builds of this season yet. The builds that you have stay in use."
    ),
}
