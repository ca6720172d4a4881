"""All messages by code, a table for each room of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.message_tables import (
    checks,
    commands,
    config,
    feed,
    game,
    parses,
    sources,
    system,
    update,
    wow,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from att_desktop.text.message_tables.plural import Plural

__all__ = ["MESSAGES", "TABLES"]

TABLES: Final[Sequence[Mapping[str, str | Plural]]] = (
    game.MESSAGES,
    system.MESSAGES,
    config.MESSAGES,
    sources.MESSAGES,
    parses.MESSAGES,
    feed.MESSAGES,
    wow.MESSAGES,
    update.MESSAGES,
    commands.MESSAGES,
    checks.MESSAGES,
)

MESSAGES: Final[Mapping[str, str | Plural]] = {
    code: message for table in TABLES for code, message in table.items()
}
