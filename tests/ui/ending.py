"""The real app in a process of its own, brought into a situation and then ended in one way.

    python -m tests.ui.ending WAY SITUATION

Prints a JSON line at the moment at which the end is asked for: how many units were done, and, at
the end, whether a question was asked.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from typing import Any

import keyring
import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QSystemTrayIcon

from att_desktop import app as app_module
from att_desktop.config.settings import Settings, save_settings
from att_desktop.system.folders import find_folders
from att_desktop.update import events
from tests.keyrings import MemoryKeyring

WAYS = ("menu", "close", "tray", "sigterm", "sigint", "sighup", "session", "quit_event")
SITUATIONS = ("idle", "update", "dialog", "keyring")
ASKING = ("menu", "close", "tray")
"""The ways in which the player is asked before a running update is stopped."""


class HangingKeyring(MemoryKeyring):
    """Waits for a password that nobody types."""

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait()
        return None


class Ending:
    """Follows the window of the app and ends it."""

    def __init__(self, way: str, situation: str) -> None:
        self.way = way
        self.situation = situation
        self.done = 0
        self.asked = False
        self.program: Any = None
        self.timer = QTimer()
        self.timer.setInterval(20)
        self.timer.timeout.connect(self.press_stop)

    def opened(self, program: Any) -> None:
        self.program = program
        self.timer.start()
        controller = program.controller
        if self.situation == "update":
            controller.updater.worker.events.connect(self.count)
            controller.update_or_cancel()
        elif self.situation == "keyring":
            QTimer.singleShot(0, self.update_with_hanging_keyring)
        else:
            if self.situation == "dialog":
                controller.show_account()
            QTimer.singleShot(400, self.end)

    def update_with_hanging_keyring(self) -> None:
        controller = self.program.controller
        if controller.folders.searching:
            QTimer.singleShot(20, self.update_with_hanging_keyring)
            return
        controller.updater.start()
        QTimer.singleShot(300, self.end)

    def count(self, batch: list[events.Event]) -> None:
        before = self.done
        self.done += sum(isinstance(e, events.UnitDone) and e.state == "done" for e in batch)
        if not before and self.done:
            self.end()

    def end(self) -> None:
        print(json.dumps({"done": self.done, "at": time.time()}), flush=True)
        controller = self.program.controller
        match self.way:
            case "menu":
                controller.actions.quit.trigger()
            case "close":
                controller.window.close()
            case "tray":
                controller.window.close()
                assert not controller.window.isVisible()
                controller.actions.quit.trigger()
            case "sigterm":
                os.kill(os.getpid(), signal.SIGTERM)
            case "sigint":
                os.kill(os.getpid(), signal.SIGINT)
            case "sighup":
                os.kill(os.getpid(), signal.SIGHUP)
            case "session":
                # QSessionManager cannot be made; what Qt calls, and what the system sends then.
                self.program._on_session_end(None)
                QCoreApplication.postEvent(QApplication.instance(), QEvent(QEvent.Type.Quit))
            case "quit_event":
                QCoreApplication.postEvent(QApplication.instance(), QEvent(QEvent.Type.Quit))

    def press_stop(self) -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                self.asked = True
                role = QMessageBox.ButtonRole.AcceptRole
                next(b for b in box.buttons() if box.buttonRole(b) is role).click()


def main(way: str, situation: str) -> int:
    keyring.get_keyring = HangingKeyring if situation == "keyring" else MemoryKeyring
    if way == "tray":
        QSystemTrayIcon.isSystemTrayAvailable = lambda: True
    game = tuple(os.environ.get("TEST_GAME", "").split(os.pathsep))
    settings = Settings(first_run_done=True, game_folders=game)
    save_settings(msgspec.structs.replace(settings, tray=way == "tray"), find_folders())
    app_module.make_application()
    ending = Ending(way, situation)
    open_window = app_module.App.open_window

    def opened(self: Any, **given: Any) -> None:
        open_window(self, **given)
        ending.opened(self)

    app_module.App.open_window = opened
    code = app_module.run_window(sample=situation == "update")
    print(json.dumps({"asked": ending.asked}), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
