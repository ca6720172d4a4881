"""The Raid night page: what to swap for each boss and dungeon, and the few builds for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from att_desktop.game.specs import SPECS
from att_desktop.text import N_, _, say
from att_desktop.text.formats import in_a_row
from att_desktop.text.names import spec_and_class
from att_desktop.ui.raid_night.controls import Controls
from att_desktop.ui.raid_night.models import ChosenModel, StopsModel
from att_desktop.ui.raid_night.outputs import Outputs
from att_desktop.ui.raid_night.rows_view import RowsView
from att_desktop.ui.raid_night.texts import summary_line
from att_desktop.ui.results.build_options import own_refs
from att_desktop.ui.results.my_builds import own_builds_of
from att_desktop.ui.results.raid_night import marked_builds, plan_evening
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.ui.widgets.plain_text import WrappedLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from att_desktop.game.results import MarkedBuild
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.raid_night.installing import Installing
    from att_desktop.ui.results.raid_night import Evening
    from att_desktop.ui.results.spec_results import BuildRef

__all__ = ["RaidNightPage"]

_FIRST_SPEC: Final = 250
_CHOSEN_MOST: Final = 0.42  # of the page's height
_STOPS_LEAST: Final = 150
_ROOM_FOR_HERO: Final = 760
"""The width of the page below which names need the room of the hero trees."""
_NOTHING_YET: Final = N_("There are no builds yet: an update brings them.")
_NO_SPEC: Final = N_("There are no builds of {spec} yet: an update brings them.")
_NO_OWN: Final = N_(
    "Your talents are not known yet: log in once with the addon, or paste your import code above. "
    "Then each boss says what to swap."
)


class RaidNightPage(QWidget):
    """Above: spec, own talents, content; then the few builds, and every boss and dungeon.

    ``update_wanted`` asks for the Update page.
    """

    update_wanted = Signal()

    def __init__(self, context: AppContext, installing: Installing) -> None:
        super().__init__()
        self._context = context
        self._installing = installing
        self._own = own_builds_of(context)
        self._results: SpecResults | None = None
        self._followed = context.settings.last_spec_id
        self._stale = False
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
        self._read_library()

    def show_spec(self, spec_id: int) -> None:
        """Show another spec."""
        if spec_id not in SPECS or spec_id not in self._context.trees:
            return
        self._results = SpecResults(self._context.library(), self._context.trees, spec_id)
        self.controls.show_spec(spec_id, self._results, self._own_refs())
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
        self._context.library_changed.connect(self._on_library_changed)
        self._context.trees_changed.connect(self._renew)
        self._own.changed.connect(self._on_own_builds)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._own.refresh()
        if self._stale:
            self._read_library()
        spec_id = self._context.settings.last_spec_id
        if spec_id is not None and spec_id != self._followed:
            # Chosen on another page since.
            self._followed = spec_id
            self.show_spec(spec_id)

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

    def _own_refs(self) -> list[BuildRef]:
        if self._results is None:
            return []
        return own_refs(self._own.builds, self._context.trees, self._results.spec_id)

    def _on_library_changed(self) -> None:
        """An update changes the library many times; a page out of sight does nothing then."""
        library = self._context.library()
        if self._results is not None and self._results.same_in(library) and not library.is_empty:
            return
        self._renew()

    def _renew(self) -> None:
        """Read now, or when the page is next seen."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._read_library()

    def _read_library(self) -> None:
        """Show what is there now; spec and own talents stay."""
        self._stale = False
        mine = self._own.spec_ids
        self.controls.spec_picker.set_mine(mine)
        known = self._results.spec_id if self._results else self._context.settings.last_spec_id
        units = self._context.library().units
        with_data = sorted({unit.spec_id for unit in units if unit.spec_id in SPECS})
        trees = self._context.trees
        wanted = [known, *mine, *with_data, _FIRST_SPEC]
        self.show_spec(next(one for one in wanted if one is not None and one in trees))

    def _on_own_builds(self) -> None:
        """A player who has not chosen a spec yet sees that of their character."""
        mine = self._own.spec_ids
        self.controls.spec_picker.set_mine(mine)
        if self._context.settings.last_spec_id is None and mine:
            self.show_spec(mine[0])
        elif self._results is not None:
            self.controls.show_spec(self._results.spec_id, self._results, self._own_refs())
            self._show()

    def _on_spec_chosen(self, spec_id: int) -> None:
        if self._results is None or spec_id != self._results.spec_id:
            self.show_spec(spec_id)
        self._followed = spec_id
        self._context.change_settings(last_spec_id=spec_id)

    def _show(self) -> None:
        """Work the evening out and show it."""
        results = self._results
        if results is None:
            return
        evening = plan_evening(results, self.controls.own, self.controls.content)
        self.evening = evening if evening.stops else None
        self._stack.setCurrentIndex(0 if evening.stops else 1)
        self.empty_text.setText(self._why_empty())
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

    def _why_empty(self) -> str:
        library = self._context.library()
        if library.is_empty:
            # An unreadable file is told, a missing one is not.
            problem = say(library.problem) if library.problem else ""
            return in_a_row(problem, _(_NOTHING_YET))
        spec_id = self._results.spec_id if self._results else _FIRST_SPEC
        return _(_NO_SPEC).format(spec=spec_and_class(spec_id))

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
