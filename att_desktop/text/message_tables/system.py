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
    "app.no_answer": N_(
        "The app is running already but its window does not answer. End it, then start again."
    ),
    "lock.held": N_(
        "Another copy of the app is updating right now. Wait for it, or stop it there."
    ),
    "lock.held_by": N_(
        "Another copy of the app is updating right now (process {pid}, since {since:clock}). "
        "Wait for it, or stop it there."
    ),
    "lock.held_by_window": N_(
        "The window of the app is updating right now (process {pid}, since {since:clock}). "
        "Wait for it, or stop it there."
    ),
    "lock.held_by_terminal": N_(
        "The app is updating in a terminal right now (process {pid}, since {since:clock}). "
        "Wait for it, or stop it there."
    ),
    "lock.unavailable": N_(
        "The app cannot write into {folder}. Check its permissions and free space."
    ),
}
