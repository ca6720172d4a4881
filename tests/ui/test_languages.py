"""Every page and dialog in every language: whole, of one language, each letter given once.

Widths are those of the fonts at hand. Where Chinese and Korean have no font their letters are
boxes, narrower than letters: what must be seen then is the layout.
"""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea

from att_desktop.game.trees import TalentTrees
from att_desktop.text.language import LANGUAGES, available_languages
from att_desktop.ui.language import apply_language
from att_desktop.ui.main_window import TITLE
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.window.about import parts
from att_desktop.update import events
from tests.text.test_catalogues import NAMES, SAME
from tests.ui.driven import SETTLED, ScriptedJob, open_controller
from tests.ui.layout import cut_texts, even_font, settled
from tests.ui.pages import keep
from tests.ui.sample_library import ENCOUNTERS, library_of
from tests.ui.shown import doubled_letters, shown_texts
from tests.wow.game_folders import make_retail
from tools import catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

pytestmark = pytest.mark.slow

SPEC = 250
LAPTOP = QSize(1366, 768)
UNITS = tuple(events.Unit(spec_id=spec_id, content_type="raid") for spec_id in (250, 251, 64))
RUN = (
    events.RunStarted(units=UNITS, source="warcraftlogs", zones={"raid": "Manaforge Omega"}),
    events.UnitStarted(unit=UNITS[0], index=1, total=3),
    events.UnitDone(
        unit=UNITS[0], state="done", index=1, total=3, sample_size=400,
        skipped={"row.other_talents": 3, "row.no_talents": 1},
    ),
    events.UnitDone(
        unit=UNITS[1], state="failed", index=2, total=3,
        reason=events.Reason("unit.no_rankings"),
    ),
)  # fmt: skip


@dataclass
class Seen:
    """What a walk through the window in one language has found."""

    texts: set[str] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)
    doubled: list[list[str]] = field(default_factory=list)

    def look(self, qtbot: QtBot, widget: QWidget) -> None:
        settled(qtbot, widget)
        for area in widget.findChildren(QScrollArea):
            if area.isVisible():
                qtbot.waitUntil(lambda area=area: not area.horizontalScrollBar().maximum())
        self.texts |= shown_texts(widget)
        self.cut |= set(cut_texts(widget))
        self.doubled += [alike for alike in doubled_letters(widget) if alike not in self.doubled]


@pytest.fixture
def walk(
    qtbot: QtBot, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """``walk(code)``: every page at both sizes, and every dialog, in a language."""
    font = qapp.font()
    qapp.setFont(even_font())
    game = make_retail(tmp_path_factory.mktemp("pc") / "World of Warcraft")

    def through(code: str) -> Seen:
        apply_language(qapp, code)
        controller = open_controller(games=[game], settings=_settings())
        qtbot.addWidget(
            controller.window, before_close_func=lambda _: controller.updater.worker.stop(5)
        )
        keep(controller.context, library_of([SPEC]))
        controller.open()
        with qtbot.waitSignal(controller.context.library_changed):
            controller.context.reload_library()
        qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
        return _through(qtbot, controller)

    yield through
    qapp.setFont(font)


def _settings() -> Any:
    from msgspec.structs import replace

    return replace(SETTLED, last_spec_id=SPEC)


def _through(qtbot: QtBot, controller: WindowController) -> Seen:
    seen = Seen()
    window = controller.window
    assert all("&" in action.text() for action in window.menuBar().actions())
    job = ScriptedJob(RUN, until_cancelled=True)
    for page_id in PageId:
        for size in (LAPTOP, window.minimumSize()):
            window.resize(size)
            page: Any = window.show_page(page_id)
            if page_id is PageId.UPDATE and not job.reported.is_set():
                seen.look(qtbot, window)
                controller.updater.worker.start(job)
                qtbot.waitUntil(job.reported.is_set)
                page.details_button.setChecked(True)
                page.log.fold.setChecked(True)
                qtbot.waitUntil(lambda page=page: "400" in page.log.text)
            for _state in _states(page_id, page):
                qtbot.waitUntil(lambda size=size: window.size() == size)
                seen.look(qtbot, window)
    controller.updater.worker.stop(5)
    for show in (
        controller.show_account,
        controller.show_folders,
        controller.show_about,
        controller.show_first_run,
    ):
        dialog = show()
        qtbot.waitExposed(dialog)
        seen.look(qtbot, dialog)
        dialog.reject()
    return seen


def _states(page_id: PageId, page: Any) -> Iterator[None]:
    """What a page shows by turns."""
    if page_id is PageId.BUILDS:
        page._lists.by_hand = True
        page._lists.set_folded(folded=False)
        for number in range(page._lists.count()):
            page._lists.setCurrentIndex(number)
            yield
    elif page_id is PageId.COMPARE:
        for number in range(page.tabs.count()):
            page.tabs.setCurrentIndex(number)
            yield
        page.tabs.setCurrentIndex(0)
    elif page_id is PageId.RAID_NIGHT:
        for code in ("", "CoPA", page.evening.stops[1].result.best.code):
            page.controls.code.setText(code)
            page.controls.code.textEdited.emit(code)
            yield
    else:
        yield


@cache
def _names() -> frozenset[str]:
    """Names that are English in every language: of encounters, talents, people and products."""
    tree = TalentTrees.embedded().tree(SPEC)
    talents = {entry.name for node in tree.nodes.values() for entry in node.entries}
    encounters = {name for _id, name, _content, _zone in ENCOUNTERS}
    zones = {zone for _id, _name, _content, zone in ENCOUNTERS}
    made_with = {text for name, _use, version, licence in parts() for text in (name, licence)}
    others = {
        TITLE,
        "Retail",
        "Python",
        "Qt",
        "OK",
        "Ed25519",
        "HTTP",
        "YAML",
        "JSON",
        "parses.gg",
        *NAMES,
        *LANGUAGES.values(),
    }
    here = {platform.system(), platform.release(), platform.machine()}
    return frozenset(talents | encounters | zones | made_with | others | here)


@cache
def _codes() -> tuple[str, ...]:
    """The import codes that stand on the pages."""
    library = library_of([SPEC])
    records = (*library.units.values(), *library.encounters.values())
    return tuple(build.talent_code for record in records for build in record.all_builds)


@cache
def _same(code: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of messages that are the same in English and in a language."""
    path = catalogues.LOCALE / code / "LC_MESSAGES" / "att.po"
    same = [
        form
        for message in catalogues.read(path)
        if message.id
        for form in catalogues.forms(message.id)
        if form in catalogues.forms(message.string)
    ]
    allowed = [*same, *SAME.get(code, ())]
    return tuple(
        re.compile(re.sub(r"\\\{[^{}]*\\\}", ".*", re.escape(text.replace("&", ""))))
        for text in allowed
        if re.search(r"[^\W\d_]{2}", re.sub(r"\{[^{}]*\}", "", text))
    )


def _left_in_english(code: str, texts: set[str], english: set[str]) -> list[str]:
    words = re.compile("|".join(sorted(map(re.escape, _names()), key=len, reverse=True)))
    return sorted(
        text
        for text in texts & english
        if re.search(r"[^\W\d_]{2}", words.sub("", text))
        and not any(text in code for code in _codes())
        and not any(pattern.fullmatch(text) for pattern in _same(code))
    )


@pytest.fixture(scope="module")
def english() -> dict[str, set[str]]:
    """The English texts, once they are known."""
    return {}


@pytest.mark.parametrize("code", available_languages())
def test_a_language_is_whole_and_alone(walk: Any, english: dict[str, set[str]], code: str) -> None:
    if not english:
        english["texts"] = walk("en").texts
        assert len(english["texts"]) > 300
    seen = walk(code)
    assert seen.cut == set()
    assert seen.doubled == []
    if code != "en":
        assert len(seen.texts) > 300
        assert _left_in_english(code, seen.texts, english["texts"]) == []
