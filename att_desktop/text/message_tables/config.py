"""Messages for codes of ``att_desktop/config``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "characters.not_saved": N_("The character could not be kept ({reason})."),
    # where the credentials are
    "credentials.environment": N_("Credentials come from the environment."),
    "credentials.session": N_("Credentials are kept for this run only."),
    "credentials.stored": N_("Credentials are stored in {backend}."),
    "credentials.none_stored": N_("No Warcraft Logs credentials are stored yet."),
    "credentials.none": N_(
        "There are no Warcraft Logs credentials yet. Enter them in the window, or with "
        "'att-desktop credentials set'."
    ),
    "credentials.half": N_("{there} is set but {lacking} is not. Set both or none."),
    "credentials.stored_unreadable": N_(
        "What is stored in the keyring is not readable. Enter the credentials again."
    ),
    "credentials.id_empty": N_("The client id is empty. Copy it from your API client's page."),
    "credentials.id_odd": N_(
        "The client id does not look like one of Warcraft Logs. Copy it once more."
    ),
    "credentials.id_with_space": N_("The client id has a space in it. Copy it once more."),
    "credentials.secret_empty": N_(
        "The client secret is empty. Copy it from your API client's page."
    ),
    "credentials.secret_odd": N_(
        "The client secret does not look like one of Warcraft Logs. Copy it once more."
    ),
    "credentials.secret_with_space": N_("The client secret has a space in it. Copy it once more."),
    # settings
    "settings.unreadable": N_("The settings could not be read ({reason}); defaults are used."),
    "settings.broken": N_("The settings file is broken; defaults are used."),
    "settings.set_aside": N_(
        "The settings file was not usable; it is kept as {name} and defaults are used."
    ),
    "settings.not_usable": N_("The setting '{name}' was not usable; its default is used."),
    "settings.out_of_range": N_("The setting '{name}' was out of its range; it is {value} now."),
    # environment
    "environment.number": N_(
        "{name} is {value}; it must be a whole number from {least} to {most}. Correct it or "
        "unset it."
    ),
    "environment.home": N_("{name} names a home folder that does not exist."),
    "environment.no_address": N_("{name} is no web address. Correct it or unset it."),
    "environment.unsafe_address": N_(
        "{name} must be an https address (http only for this computer itself), without a user "
        "name. Correct it or unset it."
    ),
}
