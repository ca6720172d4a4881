"""The right side of the page: how many swaps apart, which ones, and what to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from att_desktop.text import _
from att_desktop.text.comparisons import summary_text
from att_desktop.ui.compare.difference_model import NODE_ROLE, DifferenceModel
from att_desktop.ui.compare.texts import as_text
from att_desktop.ui.widgets.bar_delegate import BarDelegate
from att_desktop.ui.widgets.plain_text import WrappedLabel
from att_desktop.ui.widgets.side_panels import words_width
from att_desktop.ui.widgets.wrapping_delegate import WrappingDelegate

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QResizeEvent

    from att_desktop.game.comparison import Comparison
    from att_desktop.game.pick_rates import PickRates
    from att_desktop.ui.results.spec_results import BuildRef
    from att_desktop.ui.tree.picture_actions import TreePictures

_MARGIN: Final = 8
_SHARES: Final = (1, 3)
_ROOM_FOR_SHARES: Final = 330


class Differences(QWidget):
    """The list of differences, and the buttons that copy and save."""

    node_chosen = Signal(int)

    def __init__(self, pictures: TreePictures) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._builds: tuple[BuildRef | None, BuildRef | None] = (None, None)
        self.summary = WrappedLabel()
        font = self.summary.font()
        font.setBold(True)
        self.summary.setFont(font)
        self.told = WrappedLabel()
        self.model = DifferenceModel(self)
        self.list = _make_list(self.model)
        self.copy_a = _button(_("Copy code &A"), _("Copy the import code of build A"), self._copy_a)
        self.copy_b = _button(_("Copy code &B"), _("Copy the import code of build B"), self._copy_b)
        self.copy_text = _button(
            _("Copy as &text"), _("Copy the differences as text, with both codes"), self._copy_text
        )
        self.save = _button(
            _("Save &picture…"),
            _("Save the overlaid tree as a PNG picture"),
            pictures.save_action.trigger,
        )
        self._build_layout()
        pictures.told.connect(self.told.setText)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_comparison(
        self,
        comparison: Comparison | None,
        builds: tuple[BuildRef | None, BuildRef | None],
        rates: tuple[PickRates | None, PickRates | None],
    ) -> None:
        """Show a comparison with the rates of the samples behind both; None for nothing."""
        self._comparison, self._builds = comparison, builds
        self.model.show_comparison(comparison, *rates)
        self.summary.setText(summary_text(comparison) if comparison else "")
        self.told.clear()
        for button in (self.copy_a, self.copy_b, self.copy_text, self.save):
            button.setEnabled(comparison is not None)

    def words_width(self) -> int:
        """The width at which the list cuts no talent's name."""
        return words_width(self.list) + _MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names come before shares."""
        super().resizeEvent(event)
        for column in _SHARES:
            self.list.setColumnHidden(column, self.width() < _ROOM_FOR_SHARES)

    def _build_layout(self) -> None:
        buttons = QGridLayout()
        buttons.setHorizontalSpacing(4)
        for number, button in enumerate((self.copy_a, self.copy_b, self.copy_text, self.save)):
            buttons.addWidget(button, number // 2, number % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addLayout(buttons)

    def _on_current_changed(self, index: QModelIndex) -> None:
        node_id = index.data(NODE_ROLE)
        if node_id is not None:
            self.node_chosen.emit(node_id)

    def _copy_a(self) -> None:
        self._copy(0)

    def _copy_b(self) -> None:
        self._copy(1)

    def _copy(self, side: int) -> None:
        build = self._builds[side]
        if build is not None:
            QGuiApplication.clipboard().setText(build.code)
            sentence = _("The code of {build} is copied: paste it in the game.")
            self.told.setText(sentence.format(build="AB"[side]))

    def _copy_text(self) -> None:
        a, b = self._builds
        if self._comparison is not None and a is not None and b is not None:
            QGuiApplication.clipboard().setText(as_text(self._comparison, a, b))
            self.told.setText(_("The differences are copied as text."))


def _button(text: str, tip: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.clicked.connect(slot)
    return button


def _make_list(model: DifferenceModel) -> QTreeView:
    view = QTreeView()
    view.setModel(model)
    view.setAccessibleName(_("Differences"))
    view.setRootIsDecorated(False)
    view.setIndentation(0)
    view.setWordWrap(True)
    view.setAlternatingRowColors(True)
    view.setAllColumnsShowFocus(True)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setItemDelegate(WrappingDelegate(view, air=3))
    for column in _SHARES:
        view.setItemDelegateForColumn(column, BarDelegate(view))
    header = view.header()
    header.setStretchLastSection(False)
    for column in range(4):
        stretch = QHeaderView.ResizeMode.Stretch
        fixed = QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(column, fixed if column in _SHARES else stretch)
    # Other widths, other heights.
    header.sectionResized.connect(lambda *_widths: view.scheduleDelayedItemsLayout())
    return view
