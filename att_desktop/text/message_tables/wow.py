"""Messages for codes of ``att_desktop/wow``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

MESSAGES: Final[Mapping[str, str | Plural]] = {
    # what an install did, and what to do in the game
    "wow.installed": N_("The addon is installed. Restart the game to load it (first install)."),
    "wow.updated": N_("The addon is updated. Type /reload in the game to load it."),
    "wow.updated_not_loaded": N_(
        "The addon is updated. Type /reload in the game to load it; as long as the game has not "
        "shown the addon, restart the game instead."
    ),
    "wow.updated_new_files": N_(
        "The addon is updated. Type /reload in the game to load it. This version has new files: "
        "if something is missing, restart the game."
    ),
    "wow.unchanged": N_("Nothing changed: the addon and its data are up to date already."),
    # the write check and what stands in the way
    "wow.writable": N_("The addon can be written there."),
    "wow.not_writable": N_(
        "This user may not write to {folder}. Allow writing to that folder, or choose another one."
    ),
    "wow.not_readable": N_(
        "This user may not look into {folder}. Allow reading that folder, or choose another one."
    ),
    "wow.disk_full": N_(
        "The disk that holds {folder} is full. Make some space, then update again."
    ),
    "wow.folder_gone": N_(
        "The folder {folder} is not there. Connect its disk, or choose another folder."
    ),
    "wow.dangling_link": N_(
        "{folder} leads to a folder that is not there. Connect its disk, or choose another folder."
    ),
    "wow.file_in_use": N_(
        "Another program has the file open: {file}. Close the game and other programs that use "
        "it, then update again."
    ),
    "wow.write_failed": N_(
        "Writing to {folder} did not work ({reason}). Close the game and update again."
    ),
    "wow.removed_meanwhile": N_(
        "The addon was removed from {folder} while it was written. Close other addon managers, "
        "then update again."
    ),
    "wow.file_in_the_way": N_(
        "{path} is a file, but a folder is needed there. Move it away, then update again."
    ),
    "wow.no_file": N_(
        "{path} is no file, but the addon needs one there. Move it away, then update again."
    ),
    "wow.link_in_the_way": N_(
        "{path} is a link to another place, so nothing was written. Remove the link, then update "
        "again."
    ),
    "wow.path_outside": N_(
        "'{path}' is not a path inside the addon's folder. Nothing was written."
    ),
    "wow.busy": N_(
        "Another run of the app (process {pid}) is writing to {folder} right now. Wait for it to "
        "finish, then update again."
    ),
    "wow.busy_somewhere": N_(
        "Another run of the app is writing to {folder} right now. Wait for it to finish, then "
        "update again."
    ),
    "wow.busy_here": N_(
        "Another update in this app is writing to {folder} right now. Wait for it to finish, then "
        "update again."
    ),
    "wow.no_lock": N_(
        "The app cannot write to its own folder {folder}. Allow writing there, then update again."
    ),
    "wow.template_unreadable": N_(
        "The app's own copy of the addon in {folder} cannot be read. Install the app again."
    ),
    "wow.template_incomplete": N_(
        "The app's own copy of the addon is incomplete: {file} is not in {folder}. Install the "
        "app again."
    ),
    # folders that were picked by hand
    "wow.found": N_("Found {game} in {folder}."),
    "wow.not_supported": N_(
        "The addon is for the modern game (Retail), so it does not work there."
    ),
    "wow.not_for_it": N_(
        "Found {game} in {folder}. The addon is for the modern game (Retail), so it does not work "
        "there."
    ),
    "wow.also_there": N_("Also there: {games:list}."),
    "wow.no_game_folder": N_(
        "{path} is not a folder of the game. Choose the folder 'World of Warcraft', '_retail_' in "
        "it, or the game's program."
    ),
    "wow.nothing_there": N_("There is no folder {path}. Choose the folder 'World of Warcraft'."),
}
