"""Messages for codes of ``att_desktop/update``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_
from att_desktop.text.message_tables.plural import Plural

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str | Plural]] = {
    # how a run ended
    "update.done": Plural("{count:number} unit updated.", "{count:number} units updated.", "count"),
    "update.up_to_date": N_("Everything is up to date."),
    "update.some_failed": Plural(
        "{count:number} unit could not be fetched; update again to complete it.",
        "{count:number} units could not be fetched; update again to complete them.",
        "count",
    ),
    "update.other_talents": N_(
        "The game's talents have changed and the app's talent trees have not: refresh them in the "
        "window's settings, or get a newer version of the app, then update again."
    ),
    "update.nothing_yet": N_(
        "Nothing could be learned yet: update again when there are more rankings."
    ),
    "update.cancelled": Plural(
        "Stopped. {count:number} unit is kept; the next update goes on from there.",
        "Stopped. {count:number} units are kept; the next update goes on from there.",
        "count",
    ),
    "update.stopped_before": N_("Stopped before anything was fetched."),
    "update.out_of_points": Plural(
        "Out of points. {count:number} unit is kept; run it again later.",
        "Out of points. {count:number} units are kept; run it again later.",
        "count",
    ),
    # why a unit is empty or failed
    "unit.no_season": N_("Warcraft Logs has no current season for this."),
    "unit.no_rankings": N_("Warcraft Logs has no rankings for this spec yet."),
    "unit.no_usable_rows": N_("No row could be used: {skipped:rows}."),
    "unit.other_talents": N_(
        "No row could be used: {skipped:rows}. The app's talent trees are not those that these "
        "players use."
    ),
    "unit.no_code": N_("No build of these players can be written as an import code."),
    "unit.source_has_none": N_("The source has no builds for this spec yet."),
    "unit.no_usable_builds": N_("No build of the source can be used: {skipped:rows}."),
    "unit.incomplete": N_("Not complete: {encounters:list}."),
    # waiting
    "wait.points": N_(
        "The points of this hour are used up. The update goes on by itself at {until:clock}."
    ),
    "wait.asked": N_(
        "{source:source} asks us to wait. The update goes on by itself at {until:clock}."
    ),
    # the process
    "update.not_started": N_(
        "The update could not be started ({reason}). Start the app again, then update."
    ),
    "update.lost": N_(
        "The update ended unexpectedly. What was complete is kept; update again to go on."
    ),
    "update.garbled": N_(
        "The update's process gave answers that are not understood. What was complete is kept. "
        "Start the app again; if that does not help, install it again."
    ),
    # where from, where to
    "update.not_into_a_game": N_(
        "The builds can be looked at. They go into the game once its folder is chosen."
    ),
    "update.no_game_folder": N_(
        "No World of Warcraft folder is chosen. Choose one, then update again."
    ),
    "update.no_game_folder_found": N_(
        "No World of Warcraft folder was found. Name it with --wow-dir, or write to a file with "
        "--output."
    ),
    "update.several_game_folders": N_(
        "{count} game folders were found. Name one with --wow-dir; 'att-desktop installs' lists "
        "them."
    ),
    "update.sample_not_into_game": N_(
        "Sample data is made up and is never written into a game folder. Leave the file out: "
        "it goes to {folder}."
    ),
    "update.sample_not_into_folder": N_(
        "Sample data is made up and is never written into a game folder. Leave the folder out: "
        "it goes to {folder}."
    ),
    "update.sample_folder_not_ours": N_(
        "Sample data is made up and is never written into a game folder. {folder} is none of the "
        "app's own: move it away, then start again."
    ),
    "output.not_a_file": N_("{path} is not a file. Give the name of a file."),
    "output.not_writable": N_("{path} cannot be written ({reason}). Choose another place."),
    # what is kept of former results
    "history.unreadable": N_(
        "What was kept of former results cannot be read ({reason}); it is left as it is."
    ),
    "history.damaged": N_(
        "What was kept of former results is damaged; it begins anew with these results."
    ),
    "history.not_saved": N_(
        "What was the most played build until now could not be kept ({reason})."
    ),
    "marked.not_writable": N_(
        "The builds for raid night cannot be kept ({reason}). Allow writing {path}, then try again."
    ),
    # which encounters
    "encounter.several": N_(
        "'{name}' may be {count} encounters: {encounters:list}. Use the whole name, or the id."
    ),
    "encounter.in_raid": N_("'{name}' is in the raid, which this update leaves out. Include it."),
    "encounter.in_mythicplus": N_(
        "'{name}' is in Mythic+, which this update leaves out. Include it."
    ),
    "encounter.unknown": N_(
        "No boss or dungeon of the current season is called '{name}'. Use the name as Warcraft "
        "Logs writes it, or its id."
    ),
    "encounter.unknown_raid": N_(
        "No boss of the current season is called '{name}'. Use the name as Warcraft Logs writes "
        "it, or its id."
    ),
    "encounter.unknown_mythicplus": N_(
        "No dungeon of the current season is called '{name}'. Use the name as Warcraft Logs writes "
        "it, or its id."
    ),
    # the saved results
    "checkpoint.not_readable": N_(
        "The saved results cannot be read ({reason}). Allow reading {path}, then start again."
    ),
    "checkpoint.unreadable": N_("The saved results cannot be read ({reason})."),
    "checkpoint.version": N_(
        "The saved results have version {version}; this app reads {readable}."
    ),
    "checkpoint.damaged": N_("The saved results are damaged."),
    "checkpoint.entries_left_out": Plural(
        "A damaged entry of the saved results was left out.",
        "{count:number} damaged entries of the saved results were left out.",
        "count",
    ),
    "checkpoint.other_season": N_("The saved results are of another season; starting fresh."),
    "checkpoint.other_settings": N_(
        "The saved results are of another difficulty or sample size; starting fresh."
    ),
    "checkpoint.other_trees": N_(
        "The saved results are of another version of the talents; starting fresh."
    ),
    "checkpoint.kept_aside": N_("The saved results are kept as {file}."),
    "checkpoint.not_writable": N_(
        "The results cannot be saved in {folder} ({reason}). Make room or allow writing there, "
        "then start the update again."
    ),
    "checkpoint.not_moved_aside": N_(
        "Damaged results in {folder} cannot be moved aside ({reason})."
    ),
}
