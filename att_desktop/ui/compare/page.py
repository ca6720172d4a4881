"""The Compare page: pick A and B, see where they differ, take either along."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout

from att_desktop.game.comparison import Comparison, compare
from att_desktop.game.specs import SPECS
from att_desktop.text import N_, _, say
from att_desktop.text.formats import in_a_row
from att_desktop.ui.compare.differences import Differences
from att_desktop.ui.compare.linked_trees import LinkedTrees
from att_desktop.ui.compare.matrix_model import MatrixModel
from att_desktop.ui.compare.matrix_view import MatrixView
from att_desktop.ui.compare.side_picker import SidePicker
from att_desktop.ui.compare.texts import comparison_caption
from att_desktop.ui.results.build_options import own_refs, paste, paste_another
from att_desktop.ui.results.spec_page import SpecPage
from att_desktop.ui.results.spec_results import BuildRef, SpecResults
from att_desktop.ui.tree.node_state import compare_state
from att_desktop.ui.tree.panel import TreePanel
from att_desktop.ui.widgets.incremental import Incremental
from att_desktop.ui.widgets.side_panels import Sides
from att_desktop.ui.widgets.spec_picker import SpecPicker

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from att_desktop.game.pick_rates import PickRates
    from att_desktop.ui.context import AppContext

_ROOM_FOR_THREE: Final = 1700
"""The width of the page from which two trees have room beside the list of differences."""
_NOTHING_YET: Final = N_(
    "There are no builds to compare yet: an update brings them. Or paste two import codes above."
)
_PICK: Final = N_("Choose a build for A and one for B above.")


class ComparePage(SpecPage):
    """Above: spec, A and B; left the trees or the matrix; right the list of differences."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._steps = Incremental(self)
        self._pasted: list[BuildRef] = []
        self.comparison: Comparison | None = None
        self.spec_picker = SpecPicker()
        self.a, self.b = SidePicker("A"), SidePicker("B")
        self.swap_button = QPushButton(_("⇄ Swap"))
        self.swap_button.setToolTip(_("Make A of B and B of A"))
        self.swap_button.setAccessibleName(_("Swap A and B"))
        self.panel = TreePanel(context, pick_rates=False)
        self.linked = LinkedTrees(context)
        self.matrix_model = MatrixModel(self)
        self.matrix = MatrixView(self.matrix_model)
        self.differences = Differences(self.panel.pictures)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)  # Fusion fills the pane with a light grey when dark
        self.tabs.setAccessibleName(_("How to look at them"))
        self.tabs.tabBar().setAccessibleName(_("How to look at them"))
        self.tabs.addTab(self.panel, _("&Overlaid"))
        self.tabs.addTab(self.linked, _("T&wo trees"))
        self.tabs.addTab(self.matrix, _("&Matrix"))
        self._build_layout()
        self._connect()
        self._follow(self.spec_picker)

    def compare(self, a: BuildRef | None, b: BuildRef | None) -> None:
        """Show two builds of one spec. ``b`` None leaves B open, at first to the general build.

        Builds of two specs cannot be compared: B is then left open too.
        """
        if a is None:
            return
        if self._results is None or self._results.spec_id != a.spec_id:
            self.show_spec(a.spec_id)
        self._keep(a)
        if b is not None and b.spec_id == a.spec_id:
            self._keep(b)
        else:
            b = self._other_than(a)
        self._pick(a, b)
        self.tabs.setCurrentWidget(self.panel)

    def swap(self) -> None:
        """Make A of B and B of A."""
        self._pick(self.b.current, self.a.current)

    def _build_layout(self) -> None:
        sides = QVBoxLayout()
        sides.addWidget(self.a)
        sides.addWidget(self.b)
        top = QHBoxLayout()
        spec_column = QVBoxLayout()
        spec_column.addWidget(self.spec_picker)
        spec_column.addWidget(self.swap_button)
        spec_column.addStretch(1)
        self.spec_picker.setMinimumWidth(190)
        top.addLayout(spec_column)
        top.addLayout(sides, 1)
        self._sides = Sides(
            self.differences, self.tabs, self.differences.words_width, tree_first=True
        )
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._sides, 1)
        self.setFocusProxy(self.spec_picker)

    def _connect(self) -> None:
        self.spec_picker.spec_chosen.connect(self._on_spec_chosen)
        self.swap_button.clicked.connect(self.swap)
        for side in (self.a, self.b):
            side.changed.connect(self._show)
            self._context.ages_grew.connect(side.say_age)
            side.code_typed.connect(lambda text, of=side: self._paste(of, text))
        self.matrix.pair_chosen.connect(self.compare)
        self.tabs.currentChanged.connect(self._give_room)
        self.differences.node_chosen.connect(self._on_node_chosen)
        self.panel.only_action.toggled.connect(
            lambda only: self.linked.set_only_differences(only=only)
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "b"):
            for side in (self.a, self.b):
                side.set_palette(self.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Two trees beside each other need the room of the list, unless the window is wide."""
        two = self.tabs.currentWidget() is self.linked
        self.differences.setHidden(two and self.width() < _ROOM_FOR_THREE)

    def _on_trees_changed(self) -> None:
        """Other trees make other selections of the same codes: what was picked is picked anew."""
        trees = self._context.trees
        again = (
            paste(build.code, trees, title=build.title, origin=build.origin)
            for build in self._pasted
        )
        self._pasted = [one.build for one in again if one.build is not None]
        self._pick(None, None)
        super()._on_trees_changed()

    def _show_own(self) -> None:
        """The player's own talents can be picked; what is picked stays."""
        self._renew_sides(self._fill)

    def _show_anew(self, spec_id: int) -> None:
        """The picked builds stay when they are still there."""
        self._renew_sides(lambda: self._offer(spec_id))

    def _renew_sides(self, fill: Callable[[], None]) -> None:
        """``fill`` offers other builds; what was picked stays, and a code that was refused."""
        sides = (self.a, self.b)
        before = [(side.current, *side.refused) for side in sides]
        fill()
        if not any(picked or refusal for picked, _former, refusal in before):
            self._pick_first()
            return
        for side, (picked, former, refusal) in zip(sides, before, strict=True):
            build = picked or former
            side.pick(self._anew(build) if build else None)
            if refusal:
                side.refuse_code(refusal)
        self._fill_gaps()
        self._show()

    def _fill_gaps(self) -> None:
        """What was picked and is gone, or was alone with nothing to compare with, gets another."""
        gaps = [side for side in (self.a, self.b) if not side.current and not side.refused[1]]
        if len(gaps) == 2:
            self._pick_first()
            return
        for side in gaps:
            other = (self.b if side is self.a else self.a).current
            side.pick(self._other_than(other) if other else None)

    def _anew(self, build: BuildRef) -> BuildRef | None:
        """The same choice in what is new: a best build, or a character's talents, may change.

        None where it is gone, as after a change of the source.
        """
        if self._results is None:
            return build
        if not build.result_key:
            mine = own_refs(self._own.builds, self._context.trees, build.spec_id)
            kept = build if build in self._pasted else None
            return next((one for one in mine if one.origin == build.origin), kept)
        result = self._results.result(build.result_key)
        if result is None:
            return None
        alternative = self._results.build_of_code(result, build.code) if build.number else None
        return alternative or result.best

    def show_spec(self, spec_id: int) -> None:
        """Show a spec: its first build against another."""
        if spec_id in SPECS and spec_id in self._context.trees:
            self._offer(spec_id)
            self._pick_first()

    def _offer(self, spec_id: int) -> None:
        """Read the results of a spec and offer its builds; nothing is picked then."""
        self._results = SpecResults(self._context.library(), self._context.trees, spec_id)
        self.spec_picker.pick(spec_id)
        self.matrix_model.show_results(self._results)
        self._fill()

    def _pick_first(self) -> None:
        bests = [one.best for one in self._results.results if one.best] if self._results else []
        first = bests[0] if bests else None
        self._pick(first, self._other_than(first) if first else None)

    def _fill(self) -> None:
        if self._results is None:
            return
        spec_id = self._results.spec_id
        mine = self._own_refs()
        kept = (build for build in self._pasted if build.spec_id == spec_id)
        extra = mine + [build for build in kept if build not in mine]
        for side in (self.a, self.b):
            side.set_choices(self._results, extra)

    def _keep(self, build: BuildRef) -> None:
        """A build that no sample stands behind is offered from now on."""
        if not build.result_key and build not in self._pasted:
            self._pasted.append(build)
            self._fill()

    def _other_than(self, build: BuildRef) -> BuildRef | None:
        """The first best build that is another: what one would want to compare with."""
        bests = [one.best for one in self._results.results if one.best] if self._results else []
        others = [one for one in bests if one.selection != build.selection]
        return others[0] if others else next(iter(bests), None)

    def _paste(self, side: SidePicker, text: str) -> None:
        pasted = paste_another(text, self._context.trees, self._pasted)
        build = pasted.build
        if build is None:
            # The former comparison is not of this text.
            side.refuse_code(pasted.problem)
            self._show()
            return
        other = (self.b if side is self.a else self.a).current
        if self._results is None or build.spec_id != self._results.spec_id:
            self.show_spec(build.spec_id)
            other = None
        self._keep(build)
        other = other or self._other_than(build)
        self._pick(*((build, other) if side is self.a else (other, build)))

    def _pick(self, a: BuildRef | None, b: BuildRef | None) -> None:
        self.a.pick(a)
        self.b.pick(b)
        self._show()

    def _show(self) -> None:
        a, b, results = self.a.current, self.b.current, self._results
        self._offer_tabs(both=a is not None and b is not None)
        if a is None or b is None or results is None:
            self.comparison = None
            problem = self._context.library().problem
            nothing = in_a_row(say(problem) if problem else "", _(_NOTHING_YET))
            if a is None and b is None:
                self.panel.show_message(nothing, update=True)
            else:
                self.panel.show_message(_(_PICK))
            self.linked.empty()
            self.differences.show_comparison(None, (None, None), (None, None))
            return
        self.comparison = compare(results.tree, a.selection, b.selection)
        rates = (self._rates(a), self._rates(b))
        self._work_out(a, b)
        state = compare_state(results.tree, a.selection, b.selection, *rates)
        self.panel.show_state(state, comparison_caption(self.comparison, a, b))
        self.linked.show_state(state, (a.title, b.title))
        self.differences.show_comparison(self.comparison, (a, b), rates)
        self._sides.arrange()

    def _offer_tabs(self, *, both: bool) -> None:
        """A tab with nothing on it is not offered."""
        for widget, filled in (
            (self.linked, both),
            (self.matrix, self.matrix_model.rowCount() > 1),
        ):
            self.tabs.setTabEnabled(self.tabs.indexOf(widget), filled)

    def _rates(self, build: BuildRef) -> PickRates | None:
        sampling = self._results.ready(build.result_key) if self._results else None
        return sampling.rates if sampling else None

    def _work_out(self, a: BuildRef, b: BuildRef) -> None:
        """Get the pick rates that are not there yet, then show them too."""
        results = self._results
        if results is None:
            return
        missing = [
            build.result_key
            for build in (a, b)
            if results.result(build.result_key) and not results.ready(build.result_key)
        ]
        if missing:
            self._steps.run(chain.from_iterable(map(results.prepare, missing)), self._show)

    def _on_node_chosen(self, node_id: int) -> None:
        self.panel.view.choose(node_id)
        self.linked.choose(node_id)
