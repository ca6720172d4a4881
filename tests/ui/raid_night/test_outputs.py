"""What the Raid night page gives away: builds for the addon, paper, a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from att_desktop.game.results import MarkedBuild
from att_desktop.system.errors import AttError
from att_desktop.text import say
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.raid_night.sheet import evening_document
from att_desktop.ui.window_jobs import MarkBuilds
from att_desktop.update.library import Library
from att_desktop.update.marked_builds import marked_path, read_marked
from tests.ui.driven import SETTLED, ScriptedJob, open_controller
from tests.ui.pages import context_with, keep
from tests.ui.raid_night.evening_library import code_of
from tests.ui.raid_night.opened import LIBRARY, NAMES, shown, type_code
from tests.ui.sample_library import ENCOUNTERS
from tests.wow.game_folders import make_retail
from tests.wow.lua_data import load_talent_data

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext
    from att_desktop.ui.raid_night.page import RaidNightPage
    from att_desktop.ui.window.window_controller import WindowController


# Install


def written(context: AppContext) -> dict[bytes, Any]:
    addons = context.folders.sample_game / "_retail_" / "Interface" / "AddOns"
    return load_talent_data((addons / "AzerothsTopTalent" / "TalentData.lua").read_bytes())


def test_install_marks_the_builds_for_the_addon(
    qtbot: QtBot, page: RaidNightPage, context: AppContext
) -> None:
    assert page.outputs.install.text() == "&Install 3 builds"
    assert not page.outputs.remove.isVisible()
    with qtbot.waitSignal(page._installing.told):
        qtbot.mouseClick(page.outputs.install, Qt.MouseButton.LeftButton)
    assert page.outputs.message.text() == (
        "3 builds are marked: the addon lists them first, below 'For raid night'. "
        + say(AttError("wow.installed"))
    )
    night = written(context)[b"RaidNight"]
    assert isinstance(night, dict)
    assert {key: one[b"talentCode"].decode() for key, one in night[250].items()} == {
        1: code_of(""), 2: code_of(None), 3: code_of("012345"),
    }  # fmt: skip
    assert list(night[250][2][b"encounters"].values()) == [ENCOUNTERS[2][0], ENCOUNTERS[7][0]]
    assert page.outputs.install.text() == "Installed"
    assert not page.outputs.install.isEnabled()
    again = shown(qtbot, context)
    assert again.outputs.install.text() == "Installed"
    assert read_marked(marked_path(context.folders)) == (), "made-up builds stay apart"
    with qtbot.waitSignal(page._installing.told):
        qtbot.mouseClick(page.outputs.remove, Qt.MouseButton.LeftButton)
    assert b"RaidNight" not in written(context)
    assert page.outputs.message.text().startswith("Nothing is marked for raid night any more.")
    assert page.outputs.install.isEnabled()


def in_a_real_game(qtbot: QtBot, tmp_path: Path) -> tuple[WindowController, Any, Path]:
    """The window with results and a game, its page for raid night, and TalentData.lua."""
    game = make_retail(tmp_path / "World of Warcraft")
    controller = open_controller(
        games=[game], settings=msgspec.structs.replace(SETTLED, last_spec_id=250)
    )
    qtbot.addWidget(controller.window)
    keep(controller.context, LIBRARY)
    controller.context._library = None
    controller.open()
    qtbot.waitUntil(lambda: not controller.folders.searching)
    lua = game / "_retail_" / "Interface" / "AddOns" / "AzerothsTopTalent" / "TalentData.lua"
    return controller, controller.window.show_page(PageId.RAID_NIGHT), lua


def test_from_the_window_they_go_into_the_real_game(qtbot: QtBot, tmp_path: Path) -> None:
    controller, page, lua = in_a_real_game(qtbot, tmp_path)
    with qtbot.waitSignal(page._installing.told):
        page.outputs.install.click()
    written = load_talent_data(lua.read_bytes())
    assert len(written[b"RaidNight"][250]) == 3
    assert len(written[b"TalentData"][250][b"encounters"]) == 12
    assert len(read_marked(marked_path(controller.context.folders))) == 3
    with qtbot.waitSignal(controller.window.page_shown) as shown_page:
        page.update_wanted.emit()
    assert shown_page.args == [PageId.UPDATE]


def test_while_an_update_runs_that_one_writes_it(qtbot: QtBot, context: AppContext) -> None:
    page = shown(qtbot, context, runs=lambda: True)
    with qtbot.waitSignal(page._installing.told):
        page.outputs.install.click()
    assert page.outputs.message.text().endswith(
        "The update that is running writes it into the game."
    )
    assert len(read_marked(marked_path(context.folders, sample=True))) == 3
    assert not context.folders.sample_game.exists()


def test_builds_that_are_marked_during_an_update_get_into_the_game_when_it_is_stopped(
    qtbot: QtBot, tmp_path: Path
) -> None:
    controller, page, lua = in_a_real_game(qtbot, tmp_path)
    controller.updater.worker.start(ScriptedJob(events=[], until_cancelled=True))
    with qtbot.waitSignal(page._installing.told):
        page.outputs.install.click()
    assert not lua.exists()
    with qtbot.waitSignal(page._installing.told):
        controller.updater.cancel()
    assert len(load_talent_data(lua.read_bytes())[b"RaidNight"][250]) == 3


def test_what_an_update_does_not_write_any_more_is_written_after_it(
    qtbot: QtBot, context: AppContext
) -> None:
    running = [True]
    page = shown(qtbot, context, runs=lambda: bool(running))
    with qtbot.waitSignal(page._installing.told):
        page.outputs.install.click()
    assert not context.folders.sample_game.exists()
    running.clear()  # stopped, or it had written for the last time before the click
    with qtbot.waitSignal(page._installing.told):
        page._installing.write_what_is_left()
    assert len(written(context)[b"RaidNight"][250]) == 3
    assert page.outputs.message.text().endswith(say(AttError("wow.installed")))
    page._installing.write_what_is_left()
    assert not page._installing._busy, "once is enough"


def test_clicks_that_follow_each_other_at_once_are_done_in_their_order(
    qtbot: QtBot, page: RaidNightPage, context: AppContext
) -> None:
    others = [
        (spec_id, [MarkedBuild(spec_id=spec_id, talent_code=code_of(""))])
        for spec_id in (251, 252, 577, 581)
    ]
    told: list[str] = []
    page._installing.told.connect(told.append)
    page.outputs.install.click()
    for spec_id, builds in others:
        page._installing.mark(spec_id, builds)
    page._installing.mark(250, [])
    qtbot.waitUntil(lambda: len(told) == 6)
    assert {one.spec_id for one in read_marked(marked_path(context.folders, sample=True))} == {
        spec_id for spec_id, _builds in others
    }
    assert set(written(context)[b"RaidNight"]) == {spec_id for spec_id, _builds in others}
    assert page._installing.marked_of(250) == ()


def test_without_a_game_folder_the_mark_waits_for_the_next_update(context: AppContext) -> None:
    job = MarkBuilds(
        folders=context.folders, sample=False, checkpoints=(), addons=(), spec_id=250,
        builds=(MarkedBuild(spec_id=250, talent_code=code_of("")),), write=True,
    )  # fmt: skip
    assert not job.run().written
    assert read_marked(marked_path(context.folders)) == job.builds


def test_a_disk_that_refuses_is_told(
    qtbot: QtBot, page: RaidNightPage, context: AppContext
) -> None:
    path = marked_path(context.folders, sample=True)
    path.mkdir(parents=True)
    with qtbot.waitSignal(page._installing.told):
        page.outputs.install.click()
    assert page.outputs.message.text().startswith("The builds for raid night cannot be kept (")
    assert page.outputs.install.isEnabled()


# On paper and as a picture


def test_it_is_printed(
    page: RaidNightPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "evening.pdf"

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(file))
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    page.outputs.print_button.click()
    assert file.read_bytes().startswith(b"%PDF")
    assert file.stat().st_size > 2000


def test_paper_has_all_that_the_page_has(page: RaidNightPage) -> None:
    type_code(page, code_of("0"))
    assert page.evening is not None
    text = evening_document(page.evening).toPlainText()
    for wanted in ("Raid night: Blood Death Knight", page.summary.text(), *NAMES, "Pasted code",
                   code_of(""), code_of(None), "Azeroth's Top Talent"):  # fmt: skip
        assert wanted in text


def test_names_from_outside_are_no_markup(qtbot: QtBot) -> None:
    record = LIBRARY.encounters[250, 3129]
    named = msgspec.structs.replace(record, encounter_name="<h1>Boss</h1>", zone="<b>Zone</b>")
    library = Library(units=LIBRARY.units, encounters={**LIBRARY.encounters, (250, 3129): named})
    page = shown(qtbot, context_with(library, last_spec_id=250))
    assert page.evening is not None
    text = evening_document(page.evening).toPlainText()
    assert "<h1>Boss</h1>" in text
    assert "<b>Zone</b>" in text


def test_the_picture_is_copied_and_saved_dark_on_white(
    page: RaidNightPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.outputs.pictures.copy_action.trigger()
    copied = QGuiApplication.clipboard().image()
    assert copied.width() > 1500
    assert copied.pixelColor(3, 3).lightness() == 255
    assert page.outputs.message.text() == "The picture is copied."
    asked = []

    def name(_parent: QWidget, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "evening"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    page.outputs.pictures.save_action.trigger()
    assert asked == ["raid-night.png"]
    assert QImage(str(tmp_path / "evening.png")).size() == copied.size()
    assert page.outputs.message.text() == "Saved as evening.png."
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "Patch 12.1"), "")
    )
    for saved in ("Patch 12.1.png", "Patch 12.1 (2).png", "Patch 12.1 (3).png"):
        page.outputs.pictures.save_action.trigger()
        assert QImage(str(tmp_path / saved)).size() == copied.size()
        assert page.outputs.message.text() == f"Saved as {saved}."
    assert not page.outputs.pictures.save(tmp_path / "no" / "folder.png")
    assert "could not be saved" in page.outputs.message.text()
    assert not page.outputs.pictures.save(tmp_path / ("a" * 300))
    assert "could not be saved" in page.outputs.message.text()
