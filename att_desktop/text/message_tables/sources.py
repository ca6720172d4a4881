"""Messages for codes of ``att_desktop/sources``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

__all__ = ["MESSAGES"]

MESSAGES: Final[Mapping[str, str | Plural]] = {}
