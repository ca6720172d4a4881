"""Messages for codes of ``att_desktop/system``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "autostart.refused": N_(
        "This system does not let the app change what starts with it ({reason})."
    ),
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
    "keyring.none": N_(
        "There is no keyring of the operating system here. Credentials can be kept for this run "
        "only, or come from the environment (WCL_CLIENT_ID, WCL_CLIENT_SECRET)."
    ),
    "keyring.forgets": N_(
        "The keyring here ({backend}) does not keep what it is given. Credentials can be kept "
        "for this run only, or come from the environment (WCL_CLIENT_ID, WCL_CLIENT_SECRET)."
    ),
    "keyring.set_wrong": N_(
        "The keyring that is set in {place} cannot be loaded ({kind}): its package is missing. "
        "Install it, or remove the setting so that the system's own keyring is used. "
        "Credentials can be kept for this run only, or come from the environment "
        "(WCL_CLIENT_ID, WCL_CLIENT_SECRET)."
    ),
    "keyring.failed": N_(
        "The keyring {backend} failed ({kind}). Credentials can be kept for this run only, or "
        "come from the environment (WCL_CLIENT_ID, WCL_CLIENT_SECRET)."
    ),
    "keyring.number": N_(
        "The keyring {backend} failed with error {number} of the operating system. Credentials "
        "can be kept for this run only, or come from the environment (WCL_CLIENT_ID, "
        "WCL_CLIENT_SECRET)."
    ),
    "keyring.not_at_the_screen": N_(
        "The Keychain may not ask for permission here (error {number}, interaction not "
        "allowed), as over SSH or with the Mac locked. Start the app at the screen, or unlock "
        "the Keychain with 'security unlock-keychain'. Credentials can be kept for this run "
        "only, or come from the environment (WCL_CLIENT_ID, WCL_CLIENT_SECRET)."
    ),
    "keyring.other_owner": N_(
        "The Keychain entry belongs to another copy of this app (error {number}, invalid change "
        "of owner). Delete 'Azeroth's Top Talent' in Keychain Access, then enter the "
        "credentials again. Credentials can be kept for this run only, or come from the "
        "environment (WCL_CLIENT_ID, WCL_CLIENT_SECRET)."
    ),
    "keyring.no_logon_session": N_(
        "Windows has no credential store for this session (error {number}, no such logon "
        "session), as for a service, a scheduled task or a login over the network. Log in at "
        "the computer itself. Credentials can be kept for this run only, or come from the "
        "environment (WCL_CLIENT_ID, WCL_CLIENT_SECRET)."
    ),
    "keyring.locked": N_(
        "The keyring is locked. Unlock it, or let the app in when it asks, and try again."
    ),
    "keyring.no_answer": N_(
        "The keyring does not answer. If it asks for its password in another window, answer it "
        "there and try again."
    ),
    "system.part_missing": N_("A part of the app is missing ({name}). Install the app again."),
    "crash.reported": N_(
        "Something went wrong that the app did not expect ({kind}). A report is in {path}."
    ),
    "crash.not_reported": N_(
        "Something went wrong that the app did not expect ({kind}). A report could not be written."
    ),
}
