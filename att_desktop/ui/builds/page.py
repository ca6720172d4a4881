"""The Builds page: pick a spec, see what the best play, take a code along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from att_desktop.game.specs import SPECS
from att_desktop.text import N_, _
from att_desktop.text.names import spec_and_class
from att_desktop.ui.builds.alternatives_model import BUILD_ROLE, AlternativesModel
from att_desktop.ui.builds.build_header import BuildHeader
from att_desktop.ui.builds.encounter_model import KEY_ROLE, EncounterModel, EncounterProxy
from att_desktop.ui.builds.list_view import make_list
from att_desktop.ui.builds.rates_model import GROUP_ROLE, NODE_ROLE, RatesModel
from att_desktop.ui.builds.source_limits import SourceLimits
from att_desktop.ui.results.spec_page import SpecPage
from att_desktop.ui.results.spec_results import BuildRef, Result, Sampling, SpecResults
from att_desktop.ui.results.texts import beside_text, cluster_text, head_line, played_since
from att_desktop.ui.tree.node_state import change_state, tree_state
from att_desktop.ui.tree.panel import TreePanel
from att_desktop.ui.tree.picture import Caption
from att_desktop.ui.widgets.folding_tabs import FoldingTabs
from att_desktop.ui.widgets.grouped_model import GroupedProxy
from att_desktop.ui.widgets.incremental import Incremental
from att_desktop.ui.widgets.plain_text import WrappedLabel
from att_desktop.ui.widgets.side_panels import Sides, TreeAboveLists, words_width
from att_desktop.ui.widgets.spec_picker import SpecPicker

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from att_desktop.game.core_talents import Agreement
    from att_desktop.ui.context import AppContext

_NO_CODE: Final = N_(
    "The code of this build does not fit the talent trees of this app. "
    "An update brings one that does."
)


class BuildsPage(SpecPage):
    """Left: spec and encounters; right: the build as a tree, its alternatives and pick rates.

    ``account_wanted`` asks for the dialog of the own Warcraft Logs client.
    """

    account_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._shown: BuildRef | None = None
        self._key = ""
        self._steps = Incremental(self)
        self._mine: list[BuildRef] = []
        self.picker = SpecPicker()
        self.search = _search_field()
        self.nothing_found = WrappedLabel(_("No encounter or hero tree of this name."))
        self.nothing_found.hide()
        self.encounter_model = EncounterModel(self)
        self._encounters_proxy = EncounterProxy(self.encounter_model, self)
        self.encounters = make_list(
            self._encounters_proxy,
            _("Encounters"),
            bar_column=EncounterModel.POPULARITY,
            second=EncounterModel.HERO,
            spared=EncounterModel.SINCE,
            yielding=EncounterModel.APART,
            wrapped=True,
        )
        self.alternatives_model = AlternativesModel(self)
        self.alternatives = make_list(
            self.alternatives_model,
            _("Alternatives"),
            bar_column=AlternativesModel.PLAYERS,
            second=AlternativesModel.TAKES,
            sortable=False,
            decorated=True,
        )
        self.rates_model = RatesModel(self)
        self._rates_proxy = GroupedProxy(self.rates_model, self)
        self.rates = make_list(
            self._rates_proxy,
            _("Core and flex"),
            bar_column=RatesModel.PLAYERS,
            second=RatesModel.TURNED,
            decorated=True,
        )
        self._open_groups: set[Agreement] = {"open", "core"}
        self.limits = SourceLimits()
        self.limits.account_wanted.connect(self.account_wanted)
        self.panel = TreePanel(context)
        self.header = BuildHeader(self._others, self.panel.pictures.save_action)
        self._build_layout()
        self._connect()
        self._follow(self.picker)

    @property
    def shown(self) -> BuildRef | None:
        """The build that is drawn."""
        return self._shown

    def show_spec(self, spec_id: int, key: str = "") -> None:
        """Show a spec, and of it the result ``key`` (the first one if there is none such)."""
        if spec_id not in SPECS or spec_id not in self._context.trees:
            return
        self._results = SpecResults(self._context.library(), self._context.trees, spec_id)
        self._shown = None
        self._show_own()
        self.picker.pick(spec_id)
        self.encounter_model.show_results(self._results.results)
        self._spread_groups()
        self._sides.arrange()
        self._show_limits(None)
        self._lists.setVisible(bool(self._results.results))
        if not self._results.results:
            self._show_nothing()
            return
        wanted = self._results.result(key) or self._results.results[0]
        self._show_result(wanted)
        self._mark_shown()

    def _build_layout(self) -> None:
        find = QAction(_("Find"), self)
        find.setShortcuts(QKeySequence.StandardKey.Find)
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self._on_find)
        self.addAction(find)
        self._lists = lists = FoldingTabs()
        lists.tabBar().setAccessibleName(_("Alternatives, or core and flex"))
        lists.setAccessibleName(_("Alternatives, or core and flex"))
        lists.addTab(self.alternatives, _("&Alternatives"))
        lists.addTab(self.rates, _("&Core and flex"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picker)
        column.addWidget(self.search)
        column.addWidget(self.nothing_found)
        column.addWidget(self.encounters, 1)
        side = QWidget()
        side.setLayout(column)
        tree = QWidget()
        tree_column = QVBoxLayout(tree)
        tree_column.setContentsMargins(8, 0, 0, 0)
        tree_column.addWidget(self.header)
        tree_column.addWidget(TreeAboveLists(self.panel, lists), 1)
        tree_column.addWidget(self.limits)
        layout = QHBoxLayout(self)
        self._sides = Sides(side, tree, lambda: words_width(self.encounters))
        layout.addWidget(self._sides)
        self.setFocusProxy(self.picker)

    def _connect(self) -> None:
        self.picker.spec_chosen.connect(self._on_spec_chosen)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_search_entered)
        self.encounters.selectionModel().currentChanged.connect(self._on_encounter)
        self.alternatives.selectionModel().currentChanged.connect(self._on_alternative)
        self.rates.selectionModel().currentChanged.connect(self._on_talent)
        self.rates.expanded.connect(lambda at: self._open_groups.add(at.data(GROUP_ROLE)))
        self.rates.collapsed.connect(lambda at: self._open_groups.discard(at.data(GROUP_ROLE)))
        self._lists.currentChanged.connect(self._spread_rates)
        self._lists.folded.connect(self._spread_rates)
        self.header.compare_wanted.connect(self._context.compare_requested)
        self._context.ages_grew.connect(self._say_ages)

    def _show_anew(self, spec_id: int) -> None:
        """The encounter stays, too, and an alternative that is looked at."""
        before = self._shown
        self.show_spec(spec_id, self._key)
        if before is None or not before.number or self._results is None:
            return
        result = self._results.result(before.result_key)
        again = self._results.build_of_code(result, before.code) if result else None
        if again is not None and before.result_key == self._key:
            self._show_build(again)

    def _show_own(self) -> None:
        """Show the player's talents, as they are now, beside the build that is drawn."""
        self._mine = self._own_refs()
        self.rates.setColumnHidden(RatesModel.YOU, not self._mine)
        if self._shown is not None:
            self._show_build(self._shown)

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_search(self, text: str) -> None:
        self._encounters_proxy.find(text)
        self._spread_groups()
        self._mark_shown()

    def _on_search_entered(self) -> None:
        """Enter takes the first line that was found."""
        found = self._encounters_proxy.index(0, 0, self._encounters_proxy.index(0, 0))
        if found.isValid():
            self.encounters.setCurrentIndex(found)

    def _spread_groups(self) -> None:
        """Open every group, its title over the whole width; lines that come anew forget both.

        Where the search has left no group, say so.
        """
        for row in range(self._encounters_proxy.rowCount()):
            self.encounters.setFirstColumnSpanned(row, self.encounters.rootIndex(), True)  # noqa: FBT003 - Qt's signature
        # Last: rows are made as high as they need when they are opened.
        self.encounters.expandAll()
        self.encounters.share()
        found = self._encounters_proxy.rowCount() > 0
        self.nothing_found.setVisible(not found and self.encounter_model.rowCount() > 0)

    def _mark_shown(self) -> None:
        """Put the list on the result that is drawn, where it is listed."""
        index = self._encounters_proxy.mapFromSource(self.encounter_model.index_of(self._key))
        if index.isValid():
            self.encounters.setCurrentIndex(index)

    def _on_encounter(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        result = self._results.result(key) if self._results and key else None
        if result is not None and result.key != self._key:
            self._show_result(result)

    def _show_result(self, result: Result) -> None:
        self._key = result.key
        self._show_limits(result)
        self._shown = result.best
        if self._results is None or result.best is None:
            self.header.show_build(None)
            self.panel.show_message(_(_NO_CODE), update=True)
            self._show_sampling(None)
            return
        if result.best_only:
            self._show_sampling(None)
            self._show_build(result.best)
            return
        sampling = self._results.ready(result.key)
        self._show_sampling(sampling)
        if sampling is None:
            # The tree is drawn once, with its pick rates: some milliseconds later.
            self.header.show_build(result.best, *self._facts(self._results, result.best))
            self._steps.run(self._results.prepare(result.key), self._on_sampling_ready)

    def _show_limits(self, result: Result | None) -> None:
        """In the place of the lists: what the source of this result cannot tell."""
        limited = result is not None and result.best_only
        self.limits.setVisible(limited)
        self._lists.setVisible(not limited)
        if result is not None and limited:
            self.limits.show_source(result.record.source)

    def _on_sampling_ready(self) -> None:
        if self._results is not None and not self.limits.isVisibleTo(self):
            self._show_sampling(self._results.ready(self._key))

    def _show_sampling(self, sampling: Sampling | None) -> None:
        """Show what the sample says, once it is worked out."""
        result = self._results.result(self._key) if self._results else None
        best = result.best if result else None
        if self._results is None or sampling is None or best is None or self._shown is None:
            self.alternatives_model.empty()
            self.rates_model.empty()
            return
        self.alternatives_model.show_sampling(self._results.tree, sampling, best.selection)
        self.alternatives.expandAll()
        if self.alternatives.isVisible():
            self.alternatives.share()
        self._show_build(self._shown)

    def _show_build(self, build: BuildRef) -> None:
        results = self._results
        if results is None:
            return
        self._shown = build
        sampling = results.ready(self._key)
        rates = sampling.rates if sampling else None
        best = self._best
        is_best = best is None or best.selection == build.selection
        if best is None or is_best:
            state = tree_state(results.tree, build.selection, rates)
        else:
            state = change_state(results.tree, best.selection, build.selection, rates)
        self.panel.show_state(state)
        self.header.show_build(build, *self._facts(results, build))
        if sampling is not None:
            result = results.result(self._key)
            pooled = result is not None and result.group == "general"
            self.header.show_cluster(
                cluster_text(results.tree, sampling, build, pooled=pooled, is_best=is_best)
            )
            self._show_rates(results, build, sampling)
        self._caption(build)

    def _show_rates(self, results: SpecResults, build: BuildRef, sampling: Sampling) -> None:
        """Core and flex; which encounters turn a talent follows when their samples are there."""
        own = self._mine[0].selection if self._mine else None
        result = results.result(self._key)
        turns = results.turns(result.content_type) if result else None
        self.rates_model.show_rates(results.tree, sampling.rates, build.selection, own, turns)
        self._spread_rates()
        if turns is None and result is not None:
            self._steps.run(results.prepare_turns(result.content_type), self._on_turns_ready)

    def _spread_rates(self) -> None:
        """Unfold the groups that the player has not folded, their titles over the whole width."""
        rows = range(self._rates_proxy.rowCount())
        for index in [self._rates_proxy.index(row, 0) for row in rows]:
            self.rates.setExpanded(index, index.data(GROUP_ROLE) in self._open_groups)
        # Last, and not behind another tab: this lays the rows out at once.
        if self.rates.isVisible():
            for row in rows:
                self.rates.setFirstColumnSpanned(row, self.rates.rootIndex(), True)  # noqa: FBT003 - Qt's signature
            self.rates.share()

    def _on_turns_ready(self) -> None:
        result = self._results.result(self._key) if self._results else None
        turns = self._results.turns(result.content_type) if self._results and result else None
        if turns:
            self.rates_model.show_turns(turns)

    def _facts(self, results: SpecResults, build: BuildRef) -> tuple[str, str]:
        """How long it is the best build, and how far the player's own talents are from it."""
        result = results.result(self._key)
        is_best = result is not None and result.best == build
        since = played_since(result) if result is not None and is_best else ""
        # TRANSLATORS: {since} is 'since Tuesday'.
        played = _("most played {since}").format(since=since) if since else ""
        return played, beside_text(results.tree, self._mine, build)

    def _say_ages(self) -> None:
        """Midnight makes another 'since yesterday' of 'since today', too."""
        if self._results is not None and self._shown is not None:
            self.header.say_line(*self._facts(self._results, self._shown))
        self.encounters.viewport().update()

    def _caption(self, build: BuildRef) -> None:
        """What stands on a picture of the build."""
        said = (head_line(build), self.header.cluster_text)
        self.panel.pictures.caption = Caption(
            title=f"{spec_and_class(build.spec_id)} · {build.title}",
            lines=tuple(line for line in said if line),
            notes=(build.code,),
        )

    @property
    def _best(self) -> BuildRef | None:
        """The best build of the result that is shown."""
        result = self._results.result(self._key) if self._results else None
        return result.best if result else None

    def _on_alternative(self, index: QModelIndex) -> None:
        selection, results = index.data(BUILD_ROLE), self._results
        result = results.result(self._key) if results else None
        if selection is None or results is None or result is None:
            return
        if result.best is not None and selection == result.best.selection:
            self._show_build(result.best)
            return
        for number, build in enumerate(result.record.all_builds, start=1):
            if results.selection_of(build.talent_code) == selection:
                alternative = results.build_ref(result, number)
                if alternative is not None:
                    self._show_build(alternative)
                return

    def _on_talent(self, index: QModelIndex) -> None:
        node_id = index.data(NODE_ROLE)
        if node_id is not None:
            self.panel.view.choose(node_id)

    def _others(self) -> list[BuildRef]:
        """The player's own talents, general builds, then the encounters'."""
        found = self._results.results if self._results else ()
        return [*self._mine, *(one.best for one in found if one.best and one.key != self._key)]

    def _show_nothing(self) -> None:
        self._shown, self._key = None, ""
        self.header.show_build(None)
        self._show_sampling(None)
        self.panel.show_message(self._no_builds_text(), update=True)


def _search_field() -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(_("Find an encounter or hero tree"))
    field.setToolTip(field.placeholderText())
    field.setClearButtonEnabled(True)
    field.setAccessibleName(field.placeholderText())
    return field
