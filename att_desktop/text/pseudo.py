"""A made-up language for layout tests: English with accents, half as long again."""

from __future__ import annotations

import gettext
import re
from typing import Final

_ACCENTS: Final = str.maketrans("aceinouyACEINOUY", "àçéïñõüýÀÇÉÏÑÕÜÝ")
_KEPT: Final = re.compile(r"(\{[^{}]*\}|%(?:\(\w+\))?[srd]|<[^<>]*>|&[a-zA-Z]+;|https?://\S+)")
_LONGER: Final = 0.5
_WORD: Final = 9


def pseudo(message: str) -> str:
    """Accents on the letters and padding at the end; placeholders, tags and links stay."""
    if not message:
        return message
    parts = [
        part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(message)
    ]
    padding = "~" * round(len(message) * _LONGER)
    # In words, as a language has them: one long word would not wrap.
    words = [padding[start : start + _WORD] for start in range(0, len(padding), _WORD)]
    return f"[{''.join(parts)}{' '.join(words)}]"


class PseudoTranslations(gettext.NullTranslations):
    """Translates by ``pseudo``."""

    def gettext(self, message: str) -> str:
        """``message`` in the pseudo-language."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The English plural rule."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's signature
        """The context changes nothing."""
        return pseudo(message)

    def npgettext(
        self,
        context: str,  # noqa: ARG002 - gettext's signature
        msgid1: str,
        msgid2: str,
        n: int,
    ) -> str:
        """The English plural rule."""
        return self.ngettext(msgid1, msgid2, n)
