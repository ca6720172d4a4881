"""Messages for codes of ``att_desktop/commands``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "usage.unknown_class_near": N_("There is no class called '{name}'. Did you mean {near:list}?"),
    "usage.unknown_spec_near": N_("There is no spec called '{name}'. Did you mean {near:list}?"),
    "usage.unknown_class": N_("There is no class called '{name}'. There are: {known:list}."),
    "usage.unknown_spec": N_("There is no spec called '{name}'. There are: {known:list}."),
    "usage.unknown_spec_of_class": N_(
        "There is no spec of {class_name} called '{name}'. There are: {known:list}."
    ),
    "usage.not_one_spec": N_("'{name}' names {count} specs; give the id of one, like 250."),
    "usage.not_a_pick": N_("'{text}' is not ENTRY:RANK, like 112134:1."),
    "decode.no_input": N_("There are no codes to read: the standard input is closed."),
    "encode.not_in_tree": N_(
        "These entries are not in the talent tree of {spec_id:spec}: {entries:list}."
    ),
    "encode.no_build": N_("These talents make no build of {spec_id:spec}: {reason}."),
    "encode.not_written": N_("These talents cannot be written as a code. {reason}"),
    "compare.two_specs": N_(
        "The codes are of two specs: {a} and {b}. Only builds of one spec can be compared."
    ),
    "credentials.no_input": N_("Nothing was stored: there is no input to read from."),
    "credentials.input_ended": N_("Nothing was stored: the input ended before both."),
    "credentials.no_text": N_("Nothing was stored: what was entered is no text."),
    "usage.events_without_output": N_("--events needs an output to write to."),
    "usage.stdin_without_input": N_("--stdin needs a line of JSON on the standard input."),
}
