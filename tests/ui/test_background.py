"""In the background: the tray, what is told from there, and the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from att_desktop.game.changes import BuildChange
from att_desktop.ui.window import window_controller
from att_desktop.ui.window.schedule import Schedule
from att_desktop.update import events
from tests.ui.driven import SETTLED, ScriptedJob, opened

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_with_the_tray_closing_hides_and_a_lost_tray_closes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: there[0])
    controller = opened(qtbot, settings=msgspec.structs.replace(SETTLED, tray=True))
    controller.window.close()
    assert not controller.window.isVisible()
    controller.tray.open_wanted.emit()
    assert controller.window.isVisible()
    there[0] = False
    with qtbot.waitSignal(controller.finished):
        controller.window.close()


def test_the_tray_is_not_used_unless_wanted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    controller = opened(qtbot)
    with qtbot.waitSignal(controller.finished):
        controller.window.close()
    texts = [action.text() for action in controller.tray.menu.actions() if action.text()]
    assert texts == ["&Open", "&Update addon", "&Quit"]


def test_a_background_update_ends_with_a_notification(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _self, _t, text, *_: told.append(text)
    )
    controller = opened(qtbot)
    monkeypatch.setattr(controller.window, "isActiveWindow", lambda: False)
    finished = events.Finished(
        summary=events.Summary(done=2), code="update.done", fields={"count": 2}
    )
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.worker.start(ScriptedJob([finished]))
    assert told == ["2 units updated."]
    controller.context.change_settings(notifications=False)
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.worker.start(ScriptedJob([finished]))
    assert len(told) == 1


@pytest.mark.parametrize(
    ("tray", "own", "told"),
    [(True, True, "on Ula'tek for your Devourer: 3 swaps"), (True, False, ""), (False, True, "")],
)
def test_of_an_update_that_began_by_itself_only_own_news_are_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tray: bool, own: bool, told: str
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _self, _t, text, *_: said.append(text)
    )
    settings = msgspec.structs.replace(SETTLED, tray=tray, source="parses", own_specs=(1480,))
    controller = opened(qtbot, settings=settings)
    monkeypatch.setattr(controller.window, "isActiveWindow", lambda: False)
    change = BuildChange(
        spec_id=1480 if own else 62, content_type="raid", encounter_id=1,
        encounter_name="Ula'tek", swaps=3,
    )  # fmt: skip
    finished = events.Finished(summary=events.Summary(done=2), code="update.done")
    job = ScriptedJob([events.BuildsChanged(changes=(change,), total=1), finished])
    monkeypatch.setattr(controller.updater, "_make_job", lambda: job)
    # No test looks for the game on the machine it runs on.
    monkeypatch.setattr(window_controller, "own_builds_of", lambda _context: None)
    with qtbot.waitSignal(controller.updater.ended):
        controller.schedule.due.emit()
    assert told in "".join(said)
    assert len(said) == bool(told)
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.start()
    assert len(said) == bool(told) + 1, "the end of one that the player began is told"


def test_the_schedule_is_off_until_wanted_and_counts_from_the_last_update(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    now = [1_000_000.0]
    schedule = Schedule(controller.context, lambda: now[0])
    due: list[float] = []
    schedule.due.connect(lambda: due.append(now[0]))
    now[0] += 48 * 3600
    schedule.check()
    assert due == []
    controller.context.change_settings(scheduled_update_hours=6)
    schedule.restart()
    now[0] += 6 * 3600 - 1
    schedule.check()
    assert due == []
    now[0] += 1
    schedule.check()
    schedule.check()
    assert due == [now[0]]
    # The clock was set back by a day: six hours later an update is due again.
    now[0] -= 24 * 3600
    schedule.check()
    now[0] += 6 * 3600
    schedule.check()
    assert len(due) == 2
