"""Every word that a player reads: messages by code, numbers, times, names, catalogues.

Code that shows something to a player uses the functions below; everything else deals in codes
(``game.problems.Problem``, ``system.errors.AttError``) and ids.
"""

from __future__ import annotations

from att_desktop.text.language import (
    LANGUAGES,
    N_,
    _,
    current_language,
    ngettext,
    npgettext,
    pgettext,
    use_language,
)
from att_desktop.text.messages import say, say_code, say_fully

__all__ = [
    "LANGUAGES",
    "N_",
    "_",
    "current_language",
    "ngettext",
    "npgettext",
    "pgettext",
    "say",
    "say_code",
    "say_fully",
    "use_language",
]
