"""Messages for codes of ``att_desktop/game``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "trees.unusable": N_("The talent trees cannot be used: {reason}."),
    "code.no_code": N_("There is no code to read."),
    "code.too_long": N_("This is no import code: it has {number} characters."),
    "code.bad_character": N_("This is no import code: it contains {name}."),
    "code.too_short": N_("This is no import code: it is too short."),
    "code.version": N_("The code has version {number}; the game writes version {limit}."),
    "code.unknown_spec": N_("The code is for spec {number}, which these talent trees do not have."),
    "code.other_tree": N_("The code is from another version of the talents."),
    "code.unknown_node": N_("It buys talent node {number}, which this spec does not have."),
    "code.not_a_choice": N_("{name}: the code takes it for a choice."),
    "code.a_choice": N_("{name}: the code takes it for a talent without choice."),
    "code.rank": N_("{name}: rank {number} of {limit} is not possible here."),
    "code.choice": N_("{name}: there is no choice number {number}."),
    "code.ends_early": N_("The code ends before the last talent."),
    "code.ends_within_a_talent": N_("The code ends in the middle of a talent."),
    "code.bits_behind": N_("The code has set bits behind the last talent."),
    "code.spare_characters": N_("The code has spare characters at its end: {number}."),
    "code.points": N_("It spends {number} {name:section} points, more than there are ({limit})."),
    "code.hero_talents_outside": N_("It has hero talents outside of {name}."),
    "code.hero_talents_alone": N_("It has hero talents without a hero tree."),
    "code.not_for_sale": N_("{name}: rank {number} cannot be purchased."),
    "code.not_together": N_("{name}: its entries cannot be taken together like this."),
    "code.out_of_reach": N_("{name}: no way down the tree leads to it."),
    "code.other_spec": N_("The code is for another specialization."),
    "code.not_writable": N_("No import code can be written for these talents."),
    # Why rows of rankings were of no use, for lists: '12 × other talent tree'.
    "row.unreadable": N_("cannot be read"),
    "row.no_talents": N_("no talents"),
    "row.other_talents": N_("other talent tree"),
    "row.two_of_one_choice": N_("two talents of one choice"),
    "row.two_hero_trees": N_("two hero trees"),
    "row.above_max_rank": N_("above the maximum rank"),
    "row.other_spec": N_("other specialization"),
    "row.illegal": N_("not possible on this app's talent trees"),
}
