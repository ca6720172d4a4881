"""What other programs open."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTextBrowser

from att_desktop.ui.open_outside import open_folder
from tests.ui.driven import opened

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("which", ["logs", "about link"])
def test_what_no_program_opens_is_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    controller = opened(qtbot)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    if which == "logs":
        controller.actions.logs.trigger()
        wanted = str(controller.context.folders.logs)
    else:
        controller.show_about().findChild(QTextBrowser).anchorClicked.emit(
            QUrl("https://x.example")
        )
        wanted = "https://x.example"
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert [wanted in box.text() for box in boxes if box.isVisible()] == [True]
    for box in boxes:
        box.close()


def test_other_programs_get_the_libraries_of_the_system(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[str | None] = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", "/frozen", raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/frozen")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/system")
    monkeypatch.setattr(
        QDesktopServices,
        "openUrl",
        lambda _url: seen.append(os.environ.get("LD_LIBRARY_PATH")) or True,
    )
    widget = QLabel()
    qtbot.addWidget(widget)
    assert open_folder(tmp_path / "made", widget)
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG")
    assert open_folder(tmp_path / "made", widget)
    assert seen == ["/system", None]
    assert os.environ["LD_LIBRARY_PATH"] == "/frozen"


def test_other_programs_see_nothing_of_the_frozen_folder(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file manager that is made with Qt would load our plugins, of another Qt, and crash."""
    ours = tmp_path / "app" / "_internal"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(ours), raising=False)
    plugins, theirs = ours / "PySide6" / "Qt" / "plugins", f"{ours}-of-others"
    before = {
        "QT_PLUGIN_PATH": str(plugins),
        "QML2_IMPORT_PATH": os.pathsep.join((str(plugins.parent / "qml"), theirs)),
        "PATH": os.pathsep.join((str(ours), "/usr/bin", "/bin")),
        "LD_LIBRARY_PATH": str(ours),
    }
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    seen: dict[str, str] = {}
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: seen.update(os.environ) is None)
    widget = QLabel()
    qtbot.addWidget(widget)
    assert open_folder(tmp_path / "made", widget)
    assert {name: seen.get(name) for name in before} == {
        "QT_PLUGIN_PATH": None,
        "QML2_IMPORT_PATH": theirs,
        "PATH": os.pathsep.join(("/usr/bin", "/bin")),
        "LD_LIBRARY_PATH": None,
    }
    assert {name: os.environ[name] for name in before} == before
