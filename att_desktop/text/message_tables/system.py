"""Messages for codes of ``att_desktop/system``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

__all__ = ["MESSAGES"]

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "unexpected": N_("Something in the app went wrong. The log has the details; please try again."),
    "system.disk_full": N_("There is no space left on the disk. Make some room, then try again."),
    "system.not_allowed": N_(
        "The system does not allow it: {path} ({reason}). Check the permissions there."
    ),
    "system.no_home": N_(
        "This user has no home folder. Set HOME, or set ATT_HOME to a folder for the app."
    ),
    "app.replaced": N_("The app was updated. Start it again."),
}
