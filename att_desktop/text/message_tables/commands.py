"""Messages for codes of ``att_desktop/commands``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

__all__ = ["MESSAGES"]

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "usage.unknown_class": N_("There is no class called '{name}'. There are: {known:list}."),
    "usage.unknown_spec": N_("There is no spec called '{name}'. There are: {known:list}."),
    "usage.unknown_spec_of_class": N_(
        "There is no spec of {class_name} called '{name}'. There are: {known:list}."
    ),
    "usage.events_without_output": N_("--events needs an output to write to."),
    "usage.stdin_without_input": N_("--stdin needs a line of JSON on the standard input."),
}
