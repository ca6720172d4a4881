"""Closing the window, with and without an update that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from att_desktop.update import events
from tests.ui.driven import ScriptedJob, opened

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

LONG_RUN = events.Notice(code="This takes long.")
STOPPED = events.Finished(
    summary=events.Summary(stopped="cancelled"), code="update.cancelled", fields={"count": 3}
)


def start_long_run(qtbot: QtBot, controller: WindowController) -> ScriptedJob:
    job = ScriptedJob([LONG_RUN], until_cancelled=True, last=[STOPPED])
    controller.updater.worker.start(job)
    qtbot.waitUntil(job.reported.is_set)
    return job


def answer_with(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Press the button with ``words`` in every message box; returns what the boxes said."""
    said: list[str] = []

    def press(box: QMessageBox) -> int:
        said.append(box.text() + box.informativeText())
        button = next(b for b in box.buttons() if words in b.text())
        box.clickedButton = lambda: button
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return said


def test_closing_while_an_update_runs_asks_and_waits(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    said = answer_with(monkeypatch, "Stop")
    start_long_run(qtbot, controller)
    with qtbot.waitSignal(controller.finished):
        controller.window.close()
        assert controller.window.isVisible(), "the window stays until the update has stopped"
    assert "What is fetched is kept" in said[0]
    assert not controller.updater.running
    assert not controller.window.isVisible()


def test_stop_and_quit_quits_when_the_update_has_ended_meanwhile(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    start_long_run(qtbot, controller)

    def answer_late(box: QMessageBox) -> int:
        controller.updater.worker.stop(5)
        stop = next(b for b in box.buttons() if "Stop" in b.text())
        box.clickedButton = lambda: stop
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer_late)
    with qtbot.waitSignal(controller.finished):
        controller.window.close()
    assert not controller.window.isVisible()


def test_keep_running_keeps_window_and_update(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    answer_with(monkeypatch, "Keep")
    start_long_run(qtbot, controller)
    controller.quit()
    assert controller.window.isVisible()
    assert controller.updater.running
    assert not controller.updater.worker.cancelling
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.cancel()
    assert controller.window.isVisible(), "an update that ends later must not close the window"


def test_the_end_of_the_session_stops_without_asking(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    said = answer_with(monkeypatch, "Keep")
    start_long_run(qtbot, controller)
    controller.shut_down()
    assert not controller.updater.running
    assert said == []
