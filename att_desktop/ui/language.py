"""The language of the window: its texts, Qt's own buttons, numbers and dates."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontInfo

from att_desktop.text.language import (
    PSEUDO,
    current_language,
    environment_languages,
    use_language,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_TRANSLATOR: Final = "translator of Qt's texts"


def apply_language(app: QApplication, wanted: str) -> str:
    """Show all texts made from now on in ``wanted``; '' is the system's. Returns the code.

    Widgets keep the texts they have: a window that is open must be made anew.
    """
    system = environment_languages() or list(QLocale.system().uiLanguages())
    code = use_language(wanted, system=system)
    QLocale.setDefault(_locale(code))
    former = app.findChild(QTranslator, _TRANSLATOR)
    if former is not None:
        app.removeTranslator(former)
        former.deleteLater()
        former.setObjectName("")
    translator = QTranslator(app)
    translator.setObjectName(_TRANSLATOR)
    # English is the language of Qt's own source.
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if current_language() not in ("en", PSEUDO) and translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)
    _prefer_fonts(app, code)
    return code


def _prefer_fonts(app: QApplication, code: str) -> None:
    """Have fontconfig take the fonts of a language: Han characters differ from one to another.

    It reads FC_LANG once in a process, with the first font: another language that is chosen while
    the app runs has its own fonts from the next start on. Other programs do not inherit it.
    """
    if "FC_LANG" in os.environ or code == PSEUDO:
        return
    os.environ["FC_LANG"] = code.replace("_", "-").lower()
    QFontInfo(app.font()).family()
    del os.environ["FC_LANG"]


def _locale(code: str) -> QLocale:
    """The system's own where it is of that language: it knows the country too."""
    system = QLocale.system()
    chosen = QLocale("en") if code == PSEUDO else QLocale(code)
    return system if system.language() == chosen.language() else chosen
