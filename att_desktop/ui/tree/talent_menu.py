"""The context menu of a talent: its page on Wowhead, and its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication

from att_desktop.text import _, current_language
from att_desktop.ui.open_outside import open_link

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from att_desktop.ui.tree.node_state import NodeState

_SITE: Final = "https://www.wowhead.com/"
_OF_LANGUAGES: Final = {
    "de": "de/",
    "fr": "fr/",
    "es": "es/",
    "it": "it/",
    "pt_BR": "pt/",
    "ru": "ru/",
    "ko": "ko/",
    "zh_CN": "cn/",
    "zh_TW": "tw/",
}


def wowhead_address(spell_id: int) -> str:
    """The page of a spell, in the language in use where Wowhead has it."""
    return f"{_SITE}{_OF_LANGUAGES.get(current_language(), '')}spell={spell_id}"


def add_talents(menu: QMenu, state: NodeState, parent: QWidget) -> None:
    """Add what can be done with the talents that a node shows."""
    for entry in state.shown:
        if entry.spell_id:
            text = _("Open “{talent}” on Wowhead").format(talent=entry.name)
            address = wowhead_address(entry.spell_id)
            menu.addAction(text, partial(open_link, address, parent))
    menu.addAction(_("Copy name"), lambda: QGuiApplication.clipboard().setText(state.name))
    menu.addSeparator()
