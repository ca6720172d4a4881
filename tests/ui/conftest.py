"""Windows of one test are gone before the next one begins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from att_desktop.app import Application
from att_desktop.ui import tasks
from att_desktop.ui.language import apply_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

_LONGEST_MS: Final = 60_000


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """pytest-qt makes the QApplication of the app."""
    return Application


@pytest.fixture(autouse=True)
def _own_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, whatever the machine speaks; a test may choose another."""
    for name in ("LANGUAGE", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_language(app, "en")


@pytest.fixture(autouse=True)
def opened_windows() -> Iterator[list[QWidget]]:
    """Qt deletes a window in its order; left to Python's garbage, models would go before views."""
    opened: list[QWidget] = []
    yield opened
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def qtbot(qtbot: QtBot, opened_windows: list[QWidget]) -> QtBot:
    """pytest-qt's, which has only weak references to the windows that it closes.

    Its five seconds are not enough on a busy machine, where a first task imports much in a thread.
    """
    for name in ("waitSignal", "waitUntil", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=_LONGEST_MS))
    add = qtbot.addWidget

    def add_and_keep(widget: QWidget, **options: Any) -> None:
        opened_windows.append(widget)
        add(widget, **options)

    qtbot.addWidget = add_and_keep
    return qtbot


@pytest.fixture(scope="session", autouse=True)
def _ended_tasks() -> Iterator[None]:
    """No thread of the pool comes back into an interpreter that is ending."""
    yield
    tasks.shut_down(10)
