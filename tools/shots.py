"""Pictures of the window in its states: ``python -m tools.shots FOLDER``.

Each page idle, running, waiting, failed and empty, and each dialog, light and dark, on the screens
of ``tools.screens``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec

from att_desktop.app import make_application
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.results import Unit
from att_desktop.game.specs import SPECS
from att_desktop.system.errors import AttError
from att_desktop.ui.language import apply_language
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.theme import apply_appearance
from att_desktop.update import events
from att_desktop.update.events import Reason
from tests.ui.driven import SETTLED, ScriptedJob, open_controller
from tests.wow.game_folders import make_game
from tools.screens import SCREENS, folder_for_pictures, on_each_screen, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from att_desktop.config.settings import Settings
    from att_desktop.ui.window.window_controller import WindowController

UNITS = tuple(
    Unit(spec_id=spec, content_type=content) for spec in SPECS for content in CONTENT_TYPES
)


def run_events(fetched: int, *, problems: bool = True) -> list[events.Event]:
    """An update of all units in which so many are through and four are under way."""
    said: list[events.Event] = [
        events.RunStarted(
            units=UNITS,
            source="warcraftlogs",
            zones={"raid": "The Venomous Abyss", "mythicplus": "Mythic+ Season 2"},
        )
    ]
    for index, unit in enumerate(UNITS[: fetched + 4], start=1):
        said.append(events.UnitStarted(unit=unit, index=index, total=len(UNITS)))
        if index <= fetched:
            said.append(_done(unit, index, problems=problems))
    said.append(
        events.PointsChanged(
            left=310.4, limit=3600, resets_at=datetime.now(UTC) + timedelta(minutes=12)
        )
    )
    return said


def _done(unit: Unit, index: int, *, problems: bool) -> events.UnitDone:
    done = events.UnitDone(
        unit=unit, state="done", index=index, total=len(UNITS), sample_size=400,
        skipped={"row.other_talents": index % 4, "row.no_talents": 1} if index % 3 == 0 else {},
    )  # fmt: skip
    if problems and index == 7:
        reason = Reason("unit.incomplete", {"encounters": ["Plexus Sentinel"]})
        return msgspec.structs.replace(done, state="failed", sample_size=0, reason=reason)
    if problems and index == 11:
        return msgspec.structs.replace(
            done, state="empty", sample_size=0, reason=Reason("unit.no_rankings")
        )
    return done


def waiting() -> events.Waiting:
    return events.Waiting(
        until=datetime.now(UTC) + timedelta(minutes=12),
        reason="points",
    )


class _Camera:
    def __init__(self, folder: Path, look: str, screen: str) -> None:
        self._folder = folder
        self._look = look
        self._screen = screen

    @property
    def size(self) -> tuple[int, int]:
        """Of a window that fills the screen."""
        _factor, width, height = SCREENS[self._screen]
        return width, height

    def take(self, controller: WindowController, name: str, dialog: QWidget | None = None) -> None:
        settle(controller)
        (dialog or controller.window).grab().save(
            str(self._folder / f"{name}-{self._look}-{self._screen}.png")
        )


def _shots(folder: Path, home: Path, look: Any, screen: str) -> None:
    app = make_application()
    apply_appearance(app, look)
    # The environment's: ``LC_ALL=en_XA`` shows texts half as long again.
    apply_language(app, "")
    camera = _Camera(folder, look, screen)
    settings = msgspec.structs.replace(SETTLED, theme=look)
    game = make_game(
        home / "World of Warcraft",
        retail=("wow", "12.1.0.69404"),
        xptr=("wowxptr", "12.1.5.70000"),
        classic_era=("wow_classic_era", "1.15.8.63829"),
    )
    retail = msgspec.structs.replace(settings, game_folders=(str(game / "_retail_"),))

    _shots_of_a_first_start(camera, settings)
    os.environ["ATT_HOME"] = str(home / "stored")
    _shots_of_updates(camera, retail, game)
    os.environ["ATT_HOME"] = str(home / "sample")
    controller = _opened(camera, settings=settings, sample=True)
    camera.take(controller, "sample-idle")
    controller.dispose()


def _shots_of_a_first_start(camera: _Camera, settings: Settings) -> None:
    controller = _opened(camera, settings=settings)
    camera.take(controller, "update-empty")
    _dialogs(camera, controller)
    controller.dispose()


def _shots_of_updates(camera: _Camera, settings: Settings, game: Path) -> None:
    controller = _opened(camera, settings=settings, games=(game,), stored=True)
    camera.take(controller, "update-idle")
    stopped = ScriptedJob(run_events(22), until_cancelled=True, last=[finished(stopped=True)])
    _run(camera, controller, stopped, "update-running")
    job = ScriptedJob([*run_events(40), waiting()], until_cancelled=True)
    _run(camera, controller, job, "update-waiting")
    job = ScriptedJob([*run_events(len(UNITS), problems=False), finished()])
    _run(camera, controller, job, "update-finished")
    page: Any = controller.window.page(PageId.UPDATE)
    page.log.fold.setChecked(True)
    error = AttError("wcl.bad_credentials")
    _run(camera, controller, ScriptedJob([], error=error), "update-failed")
    controller.window.show_page(PageId.SETTINGS)
    camera.take(controller, "settings")
    page = controller.window.page(PageId.SETTINGS)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    camera.take(controller, "settings-end")
    controller.window.resize(controller.window.minimumSize())
    controller.window.show_page(PageId.UPDATE)
    camera.take(controller, "update-smallest")
    folders = controller.show_folders()
    camera.take(controller, "folders", folders)
    folders.reject()
    controller.dispose()


def _opened(
    camera: _Camera, *, settings: Settings, stored: bool = False, **given: Any
) -> WindowController:
    controller = open_controller(settings=settings, **given)
    if stored:
        controller.account.save(_credentials(), lambda: None, print, for_this_run=False)
    controller.open()
    controller.window.resize(*camera.size)
    return controller


def _dialogs(camera: _Camera, controller: WindowController) -> None:
    dialog: Any = controller.show_account()
    dialog.form.client_id.setText("9a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
    dialog.form.secret.setText("xxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
    dialog.form.fail(AttError("wcl.bad_credentials"))
    camera.take(controller, "account", dialog)
    dialog.reject()
    about = controller.show_about()
    camera.take(controller, "about", about)
    about.reject()
    folders = controller.show_folders()
    camera.take(controller, "folders-none", folders)
    folders.reject()
    first = controller.show_first_run()
    first.specs.suggest([250, 1480])
    camera.take(controller, "first-run", first)
    first.reject()


def _run(camera: _Camera, controller: WindowController, job: ScriptedJob, name: str) -> None:
    controller.updater.worker.start(job)
    job.reported.wait(10)
    settle(controller, lambda: job.until_cancelled or not controller.updater.running)
    camera.take(controller, name)
    controller.updater.worker.stop(5)


def finished(*, stopped: bool = False) -> events.Finished:
    summary = events.Summary(
        units=80,
        done=80,
        requests=84,
        points=710.2,
        bytes=31_000_000,
        seconds=61.0,
        stopped="cancelled" if stopped else "",
    )
    return events.Finished(summary=summary, code="update.done", fields={"count": 80})


def _credentials() -> Any:
    from att_desktop.config.client_credentials import ClientCredentials

    return ClientCredentials("9a1b2c3d-4e5f", "a-secret")


def main() -> None:
    folder = folder_for_pictures(sys.argv[1:], __doc__)
    if len(sys.argv) == 2:
        on_each_screen("tools.shots", folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for look in ("light", "dark"):
        with tempfile.TemporaryDirectory() as home:
            os.environ["ATT_HOME"] = str(Path(home, "fresh"))
            _shots(folder, Path(home), look, sys.argv[2])


if __name__ == "__main__":
    main()
