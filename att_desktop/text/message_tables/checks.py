"""Messages of the doctor's and the smoke test's checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_
from att_desktop.text.message_tables.plural import Plural

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str | Plural]] = {
    # what is looked at
    "check.app": N_("App"),
    "check.environment": N_("Environment"),
    "check.folders": N_("Folder"),
    "check.writer": N_("Update"),
    "check.settings": N_("Settings"),
    "check.credentials": N_("Credentials"),
    "check.trees": N_("Talent trees"),
    "check.addon": N_("Addon"),
    "check.resources": N_("Pictures"),
    "check.keyring": N_("Keyring"),
    "check.client": N_("HTTP client"),
    "check.signature": N_("Signatures"),
    "check.window": N_("Window"),
    "check.update": N_("Update process"),
    "check.builds": N_("Builds"),
    "check.game": N_("Game"),
    "check.own_talents": N_("Own talents"),
    "check.log": N_("Log"),
    "check.crashes": N_("Crashes"),
    "check.connection": N_("Connection"),
    "check.warcraftlogs": N_("Warcraft Logs"),
    "check.live_talents": N_("Live talents"),
    "check.live_code": N_("Live code"),
    # how it is
    # nothing to translate
    "check.text": "{text}",
    "check.list": "{names:list}",
    "check.os_error": N_("{reason} ({path})"),
    "check.failed": N_("The check itself failed: {kind}: {error} ({place})"),
    "check.environment.nothing": N_("Nothing is set."),
    "check.environment.replaced": N_("Warcraft Logs is replaced by {host}, as set by hand."),
    "check.folders.writable": N_("{path} is writable, {free:size} free."),
    "check.folders.not_writable": N_("{path} cannot be written ({reason})."),
    "check.writer.none": N_("No update is running."),
    "check.credentials.backend": N_("keyring: {name}"),
    "check.trees.read": N_("{count} specs, version {version}."),
    "check.addon.files": Plural("{count} file.", "{count} files.", "count"),
    "check.signature.verified": N_("A signed feed is verified."),
    "check.client.opens": N_("It opens, with the certificates of this system."),
    "check.update.ran": N_("{done} of {units} units, then stopped."),
    "check.builds.none": N_("No builds were fetched yet."),
    "check.own_talents.none": N_("The addon has not noted any talents yet."),
    "check.live_code.none": N_("Warcraft Logs had no import code to compare with."),
    "check.codes.all": N_("{good} of {count} codes decode on the app's talent trees."),
    "check.codes.some": N_(
        "{good} of {count} codes decode on the app's talent trees. The game's talents have changed "
        "since; update the app and the builds."
    ),
    "check.game.none": N_("No World of Warcraft folder was found."),
    "check.game.found": N_("{title} in {folder}, found by {found_by:found_by}."),
    "check.game.no_addon": N_("The addon is not installed."),
    "check.game.addon": N_("addon {version}"),
    "check.game.newer_addon": N_("An update brings addon {version}."),
    "check.game.data": N_("data of {time} UTC"),
    "check.game.sample_data": N_("data of {time} UTC (sample data)"),
    "check.log.clean": N_("The log has no warnings."),
    "check.log.warnings": N_("The last warnings of the log:"),
    "check.crashes.some": Plural(
        "The app has failed once; please attach the report.",
        "The app has failed {count} times; please attach the last report.",
        "count",
    ),
    "check.connection.direct": N_("{host} answers with {version}, trusted by this system."),
    "check.connection.by_proxy": N_(
        "{host} answers with {version} through the proxy in {setting}."
    ),
    "check.connection.not_secured": N_(
        "Not secured: this computer itself stands for Warcraft Logs."
    ),
    "check.warcraftlogs.no_credentials": N_("Not asked: there are no credentials to ask with."),
    "check.warcraftlogs.answers": N_(
        "A token came, {left:number} of {limit:number} points are left until {until:clock}."
    ),
    "check.live_talents.none": N_("There are no rankings to look at."),
    "check.live_talents.fit": N_(
        "{good} of {count} players ranked now fit the app's talent trees."
    ),
}
