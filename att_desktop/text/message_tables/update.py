"""Messages for codes of ``att_desktop/update``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

__all__ = ["MESSAGES"]

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "unit.no_season": N_("Warcraft Logs has no current season for this."),
    "unit.no_rankings": N_("Warcraft Logs has no rankings for this spec yet."),
    "unit.no_usable_rows": N_("No row could be used: {skipped:list}."),
    "unit.other_talents": N_(
        "No row could be used: {skipped:list}. The app's talent trees are not those that these "
        "players use."
    ),
    "unit.no_code": N_("No build of these players can be written as an import code."),
}
