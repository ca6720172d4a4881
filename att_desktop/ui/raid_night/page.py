"""The Raid night page: what to swap for each boss and dungeon, and the few builds for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from att_desktop.game.specs import SPECS
from att_desktop.text import N_, _
from att_desktop.ui.raid_night.controls import Controls
from att_desktop.ui.raid_night.models import ChosenModel, StopsModel
from att_desktop.ui.raid_night.outputs import Outputs
from att_desktop.ui.raid_night.rows_view import RowsView
from att_desktop.ui.raid_night.texts import summary_line
from att_desktop.ui.results.raid_night import marked_builds, plan_evening
from att_desktop.ui.results.spec_page import SpecPage
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.ui.widgets.plain_text import WrappedLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent

    from att_desktop.game.results import MarkedBuild
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.raid_night.installing import Installing
    from att_desktop.ui.results.raid_night import Evening
    from att_desktop.ui.results.spec_results import BuildRef

_CHOSEN_MOST: Final = 0.42  # of the page's height
_STOPS_LEAST: Final = 150
_ROOM_FOR_HERO: Final = 760
"""The width of the page below which names need the room of the hero trees."""
_NO_OWN: Final = N_(
    "Your talents are not known yet: log in once with the addon, or paste your import code above. "
    "Then each boss says what to swap."
)


class RaidNightPage(SpecPage):
    """Above: spec, own talents, content; then the few builds, and every boss and dungeon.

    ``update_wanted`` asks for the Update page.
    """

    update_wanted = Signal()

    def __init__(self, context: AppContext, installing: Installing) -> None:
        super().__init__(context)
        self._installing = installing
        self.evening: Evening | None = None
        self.controls = Controls(context)
        self.summary = WrappedLabel()
        font = self.summary.font()
        font.setBold(True)
        self.summary.setFont(font)
        self.line = WrappedLabel()
        self.chosen_model = ChosenModel(self)
        self.chosen = RowsView(
            self.chosen_model,
            _("Builds that cover all"),
            shares={ChosenModel.NAME: 0.32, ChosenModel.COVERS: 0.68},
            code_column=ChosenModel.CODE,
        )
        self.stops_model = StopsModel(self)
        self.stops = RowsView(
            self.stops_model,
            _("Bosses and dungeons"),
            shares={StopsModel.NAME: 0.26, StopsModel.LOST: 0.37, StopsModel.GAINED: 0.37},
            code_column=StopsModel.CODE,
        )
        self.stops.setMinimumHeight(_STOPS_LEAST)
        self.outputs = Outputs(self)
        self.empty_text = WrappedLabel()
        self.empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_button = QPushButton(_("Go to &Update"))
        self.empty_button.clicked.connect(self.update_wanted)
        self._build_layout()
        self._connect()
        self._follow(self.controls.spec_picker)

    def show_spec(self, spec_id: int) -> None:
        """Show another spec."""
        if spec_id not in SPECS or spec_id not in self._context.trees:
            return
        self._results = SpecResults(self._context.library(), self._context.trees, spec_id)
        self._show_own()

    def _show_own(self) -> None:
        if self._results is not None:
            self.controls.show_spec(self.spec_id, self._results, self._own_refs())
            self._show()

    def _build_layout(self) -> None:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(self.line)
        column.addWidget(self.chosen)
        column.addWidget(self.stops, 1)
        column.addWidget(self.outputs)
        empty = QWidget()
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(self.empty_text)
        middle.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.addWidget(self.controls)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.controls.spec_picker)

    def _connect(self) -> None:
        self.controls.spec_chosen.connect(self._on_spec_chosen)
        self.controls.changed.connect(self._show)
        for view in (self.chosen, self.stops):
            view.copy_wanted.connect(self._copy)
            view.compare_wanted.connect(self._compare)
        self.outputs.install.clicked.connect(self._install)
        self.outputs.remove.clicked.connect(lambda: self._mark([]))
        self.outputs.told.connect(self.outputs.say)
        self._installing.told.connect(self.outputs.say)
        self._installing.changed.connect(self._show_marked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.chosen.setColumnHidden(ChosenModel.HERO, self.width() < _ROOM_FOR_HERO)
        self._fit_chosen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange and hasattr(self, "outputs"):
            self._fit_chosen()

    def _fit_chosen(self) -> None:
        """All of the few builds are seen, unless they would leave no room for the bosses."""
        most = max(_STOPS_LEAST, round(self.height() * _CHOSEN_MOST))
        self.chosen.setFixedHeight(min(most, self.chosen.rows_height()))

    def _show(self) -> None:
        """Work the evening out and show it."""
        results = self._results
        if results is None:
            return
        evening = plan_evening(results, self.controls.own, self.controls.content)
        self.evening = evening if evening.stops else None
        self._stack.setCurrentIndex(0 if evening.stops else 1)
        self.empty_text.setText(self._no_builds_text())
        self.summary.setText(summary_line(evening))
        self.line.setText(self.controls.problem or (_(_NO_OWN) if evening.own is None else ""))
        self.line.setVisible(bool(self.line.text()))
        is_known = evening.own is not None
        for view in (self.chosen, self.stops):
            view.compare_action.setEnabled(is_known)
        self.chosen.setColumnHidden(ChosenModel.SWAPS, not is_known)
        self.stops.setColumnHidden(StopsModel.HERO, is_known)
        for column in (StopsModel.SWAPS, StopsModel.LOST, StopsModel.GAINED):
            self.stops.setColumnHidden(column, not is_known)
        self.chosen_model.show_evening(self.evening)
        self.stops_model.show_evening(self.evening)
        self.outputs.show_evening(self.evening)
        self._show_marked()
        self._fit_chosen()

    def _compare(self, build: BuildRef) -> None:
        """On the Compare page: the player's talents as A, the build as B."""
        self._context.compare_requested.emit(self.controls.own, build)

    def _copy(self, build: BuildRef) -> None:
        QGuiApplication.clipboard().setText(build.code)
        sentence = _("The code of {build} is copied: paste it in the game.")
        self.outputs.say(sentence.format(build=build.title))

    def _install(self) -> None:
        if self.evening is not None:
            self._mark(marked_builds(self.evening))

    def _mark(self, builds: list[MarkedBuild]) -> None:
        if self._results is not None:
            self._installing.mark(self._results.spec_id, builds)

    def _show_marked(self) -> None:
        """Which of the two buttons there is something to do for."""
        wanted = tuple(marked_builds(self.evening)) if self.evening else ()
        marked = self._installing.marked_of(self._results.spec_id) if self._results else ()
        self.outputs.show_marked(wanted=wanted, marked=marked)
