"""The language of all texts: gettext catalogues, one for the whole process.

Catalogues lie in ``text/locale/<language>/LC_MESSAGES/att.mo``; ``tools/catalogues.py`` makes
them. English is the language of the source and has none.
"""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.text.pseudo import PseudoTranslations

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pt_BR": "Português (Brasil)",
    "ru": "Русский",
    "ko": "한국어",
    "zh_CN": "简体中文",
    "zh_TW": "繁體中文",
}
"""Languages by code, each by its own name; ``available_languages`` are those with a catalogue."""

PSEUDO: Final = "en_XA"
"""English with accents, half as long again: for layout tests."""

_LOCALE: Final = Path(__file__).with_name("locale")
# Traditional Chinese by script or place; everything else Chinese is simplified (CLDR).
_TRADITIONAL: Final = ("zh_tw", "zh_hk", "zh_mo", "zh_hant")

_state: dict[str, gettext.NullTranslations] = {"now": gettext.NullTranslations()}
_code: dict[str, str] = {"now": "en"}


def use_language(wanted: str | None = None, *, system: list[str] | None = None) -> str:
    """Show all texts in ``wanted`` from now on; None or '' takes what the system says.

    ``system`` are locale names in order of preference (default: environment, then the
    system's own). Returns the code that is used.
    """
    names = [wanted] if wanted else (system_languages() if system is None else system)
    code = choose_language(names)
    if code == PSEUDO:
        _state["now"] = PseudoTranslations()
    else:
        _state["now"] = gettext.translation("att", _LOCALE, languages=[code], fallback=True)
    _code["now"] = code
    return code


def current_language() -> str:
    """The code of the language in use."""
    return _code["now"]


def available_languages() -> dict[str, str]:
    """Languages that have a catalogue, by code, each by its own name; English is the source's."""
    return {
        code: name
        for code, name in LANGUAGES.items()
        if code == "en" or (_LOCALE / code / "LC_MESSAGES" / "att.mo").is_file()
    }


def choose_language(names: list[str]) -> str:
    """The first of some locale names ('de_AT.UTF-8', 'pt-BR', 'zh-Hant-HK') that we have."""
    for name in names:
        code = name.partition(".")[0].partition("@")[0].replace("-", "_").casefold()
        if code in ("c", "posix"):
            return "en"
        if code == PSEUDO.casefold():
            return PSEUDO
        if code.startswith("zh"):
            code = "zh_TW" if code.startswith(_TRADITIONAL) else "zh_CN"
        for known in available_languages():
            same = known == code if code.startswith("zh") else _first(known) == _first(code)
            if same:
                return known
    return "en"


def _first(code: str) -> str:
    return code.casefold().partition("_")[0]


def system_languages() -> list[str]:
    """Locale names of the environment; Windows, which has none, is asked for its own."""
    names = environment_languages()
    if not names and sys.platform == "win32":
        import ctypes
        import locale

        language_id = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        names = [locale.windows_locale.get(language_id, "en")]
    return names


def environment_languages(environ: Mapping[str, str] | None = None) -> list[str]:
    """Locale names in order: LANGUAGE, LC_ALL, LC_MESSAGES, LANG (as gettext reads them).

    A locale of C says English, whatever LANGUAGE is (gettext manual 2.3.3), but for LANG=C.UTF-8:
    containers and services have it where nobody has chosen a language.
    """
    environ = os.environ if environ is None else environ
    named = environ.get("LC_ALL") or environ.get("LC_MESSAGES")
    if (named.partition(".")[0] if named else environ.get("LANG")) in ("C", "POSIX"):
        return ["C"]
    return [
        part
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
        for part in environ.get(name, "").split(":")
        if part
    ]


def _(message: str) -> str:
    """``message`` in the language in use."""
    return _state["now"].gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a message that fits ``number``."""
    return _state["now"].ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """``message`` where one English word has two meanings: ``context`` tells which."""
    return _state["now"].pgettext(context, message)


def npgettext(context: str, one: str, many: str, number: int) -> str:
    """``ngettext`` with a context."""
    return _state["now"].npgettext(context, one, many, number)


def N_(message: str) -> str:  # noqa: N802 - the marker's name is gettext's own
    """Marks a message of a table for the catalogues; it is translated where it is shown."""
    return message
