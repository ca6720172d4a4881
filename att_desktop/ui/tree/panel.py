"""Canvas, list and their buttons as one widget: what both pages use to show a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAccessible, QAction, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from att_desktop.text import N_, _
from att_desktop.text.formats import listed
from att_desktop.text.names import hero_tree_name, spec_and_class
from att_desktop.ui.tree.icons import icons_of
from att_desktop.ui.tree.picture import Caption
from att_desktop.ui.tree.picture_actions import TreePictures
from att_desktop.ui.tree.scene import TreeScene
from att_desktop.ui.tree.table import NODE_ROLE, TalentTableModel
from att_desktop.ui.tree.talent_menu import add_talents
from att_desktop.ui.tree.view import TreeView
from att_desktop.ui.widgets.grouped_model import SORT_ROLE
from att_desktop.ui.widgets.plain_text import PlainLabel
from att_desktop.ui.widgets.side_panels import words_width

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPoint
    from PySide6.QtGui import QResizeEvent

    from att_desktop.ui.context import AppContext
    from att_desktop.ui.tree.node_state import TreeState

_LEGEND: Final = N_("Square active · round passive · octagon choice · ◇ granted")
_LEGEND_RATES: Final = N_("Numbers: percent of the players who take it")
_LEGEND_BOTH: Final = N_("A only in A · B dashed only in B · ≠ other choice or rank")
_LEGEND_CHANGES: Final = N_("+ added · − left out · ≠ other choice or rank than in the best build")
_ZOOM: Final = 1.25
_NAME_WIDTH: Final = 150
_LIST_MOST: Final = 0.4  # of the width


class TreePanel(QWidget):
    """A talent tree to look at and walk through, as canvas and as list.

    ``node_chosen`` tells the node that the player is on; ``update_wanted`` that they want the
    builds that are lacking. The list has the same rows as the canvas has nodes; both follow each
    other.
    """

    node_chosen = Signal(int)
    update_wanted = Signal()

    def __init__(self, context: AppContext, *, pick_rates: bool = True) -> None:
        super().__init__()
        icons = icons_of(context)
        self.scene = TreeScene(self.palette(), icons.pixmap)
        icons.arrived.connect(self.scene.icon_arrived)
        self.view = TreeView(self.scene)
        self.model = TalentTableModel(self)
        self.list = _list_of(self.model)
        self._legend = PlainLabel(_(_LEGEND))
        self._legend.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # It is hidden where it has no room, and must not keep the panel as wide as itself.
        self._legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._message = PlainLabel()
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self.update_button = QPushButton(_("Go to &Update"))
        self.update_button.clicked.connect(self.update_wanted)
        self.pictures = TreePictures(self.scene, self._legend.text, self)
        self.pictures.told.connect(context.told)
        self._actions(pick_rates=pick_rates)
        self._arrange()
        self.view.menu_wanted.connect(self._on_menu)
        self.view.node_chosen.connect(self._follow_view)
        selection = self.list.selectionModel()
        selection.currentChanged.connect(self._follow_list)
        self.show_message("")

    @property
    def state(self) -> TreeState | None:
        """What is shown, None while there is a message instead."""
        return self.scene.state

    def show_state(self, state: TreeState, caption: Caption | None = None) -> None:
        """Show a tree. The zoom stays when it is the tree that was there before.

        ``caption`` stands on pictures of it.
        """
        self.pictures.caption = caption or Caption(title=state.tree.full_name)
        before = self.scene.state
        self.scene.show_state(state)
        self.only_action.setVisible(state.view != "one")
        self._show_list()
        self.rates_action.setEnabled(state.sample > 0)
        self._show_rates()
        self.view.setAccessibleName(_name_of(state))
        self._stack.setCurrentIndex(0)
        self._below.show()
        same = before is not None and before.tree.spec_id == state.tree.spec_id
        if not same or self.view.fitted:
            self.view.fit()

    def show_message(self, text: str, *, update: bool = False) -> None:
        """Show a sentence in place of a tree; ``update``: with the button to what brings one."""
        self.scene.empty()
        self.model.show_state(None)
        self._message.setText(text)
        self.update_button.setVisible(update)
        self._stack.setCurrentIndex(1)
        self._below.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend gives way to the buttons."""
        super().resizeEvent(event)
        wanted = self._bar.sizeHint().width() + self._legend.sizeHint().width() + 24
        self._legend.setVisible(event.size().width() >= wanted)

    def _actions(self, *, pick_rates: bool) -> None:
        self.fit_action = self._action(_("Fit"), _("Show the whole tree (0)"))
        self.fit_action.triggered.connect(self.view.fit)
        self.in_action = self._action(_("Zoom in"), _("Zoom in (+, or the mouse wheel)"), "+")
        self.in_action.triggered.connect(lambda: self.view.zoom_by(_ZOOM))
        self.out_action = self._action(_("Zoom out"), _("Zoom out (−, or the mouse wheel)"), "−")
        self.out_action.triggered.connect(lambda: self.view.zoom_by(1 / _ZOOM))
        self.rates_action = self._action(_("Shares"), _("How many players take each talent"))
        self.rates_action.setCheckable(True)
        self.rates_action.setVisible(pick_rates)
        self.rates_action.toggled.connect(self._show_rates)
        self.only_action = self._action(_("Only differences"), _("Leave out what both builds have"))
        self.only_action.setCheckable(True)
        self.only_action.toggled.connect(self._show_only)
        self.list_action = self._action(_("List"), _("The same tree as a list, beside it"))
        self.list_action.setCheckable(True)
        self.list_action.setShortcut(QKeySequence("Ctrl+L"))
        self.list_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.list_action.toggled.connect(self._show_beside)

    def _action(self, text: str, tip: str, icon_text: str = "") -> QAction:
        action = QAction(QIcon(), text, self)
        action.setToolTip(tip)
        action.setIconText(icon_text or text)
        return action

    def _arrange(self) -> None:
        self._bar = bar = QToolBar(_("Talent tree"))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.addActions([self.fit_action, self.out_action, self.in_action])
        bar.addSeparator()
        bar.addActions([self.rates_action, self.only_action, self.list_action])
        picture = QToolButton()
        picture.setText(_("Picture"))
        picture.setToolTip(_("Copy or save a picture of the tree"))
        picture.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        picture.addActions([self.pictures.copy_action, self.pictures.save_action])
        picture.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        picture.setAccessibleName(picture.text())
        actions = bar.actions()
        bar.addWidget(picture)
        for action in actions:
            if not action.isSeparator():
                button = bar.widgetForAction(action)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setAccessibleName(action.text())
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.view)
        splitter.addWidget(self.list)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        # With a screen reader at work, the list is there from the start.
        self.list.setVisible(QAccessible.isActive())
        self.list_action.setChecked(QAccessible.isActive())
        self._stack = QStackedWidget()
        self._stack.addWidget(splitter)
        self._stack.addWidget(self._centred_message())
        self.addAction(self.list_action)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.addWidget(bar)
        below.addWidget(self._legend, 1)
        below.setContentsMargins(0, 0, 6, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._below)

    def _centred_message(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(40, 40, 40, 40)
        column.addStretch(1)
        column.addWidget(self._message)
        column.addWidget(self.update_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _on_menu(self, node_id: int | None, point: QPoint) -> None:
        state = self.scene.state
        if state is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if node_id is not None and node_id in state.nodes:
            add_talents(menu, state.nodes[node_id], self)
        menu.addActions([self.pictures.copy_action, self.pictures.save_action])
        menu.popup(point)

    def _show_rates(self) -> None:
        state = self.scene.state
        shown = state is not None and state.sample > 0 and self.rates_action.isChecked()
        self.scene.set_pick_rates(shown=shown)
        legend = _(_LEGEND_RATES) if shown else _(_LEGEND)
        if state is not None and state.view != "one":
            legend = _(_LEGEND_CHANGES) if state.view == "changes" else _(_LEGEND_BOTH)
        self._legend.setText(legend)

    def _show_beside(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        """The list, as wide as its words; the tree keeps the larger part."""
        self.list.setVisible(shown)
        width = self._splitter.width()
        words = min(words_width(self.list), round(width * _LIST_MOST))
        self._splitter.setSizes([width - words, words])

    def _show_only(self, only: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.scene.set_only_differences(only=only)
        self._show_list()

    def _show_list(self) -> None:
        only = self.only_action.isChecked() and self.only_action.isVisible()
        self.model.show_state(self.scene.state, only_differences=only)

    def _follow_view(self, node_id: int) -> None:
        row = self.model.row_of(node_id)
        proxy = self.list.model()
        if row is None or not isinstance(proxy, QSortFilterProxyModel):
            return
        index = proxy.mapFromSource(self.model.index(row, 1))
        if index != self.list.currentIndex():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        self.node_chosen.emit(node_id)

    def _follow_list(self, index: QModelIndex) -> None:
        if index.isValid():
            self.view.choose(index.data(NODE_ROLE))


def _list_of(model: TalentTableModel) -> QTreeView:
    view = QTreeView()
    proxy = QSortFilterProxyModel(view)
    proxy.setSourceModel(model)
    proxy.setSortRole(SORT_ROLE)
    view.setModel(proxy)
    view.setRootIsDecorated(False)
    view.setAlternatingRowColors(True)
    view.setUniformRowHeights(True)
    view.setSortingEnabled(True)
    view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setAllColumnsShowFocus(True)
    view.setMinimumWidth(170)
    header = view.header()
    for column in range(2, model.columnCount()):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    header.resizeSection(1, _NAME_WIDTH)
    header.moveSection(0, model.columnCount() - 1)  # rank and rate stand beside the talent
    view.setAccessibleName(_("Talents as a list"))
    return view


def _name_of(state: TreeState) -> str:
    name = _("Talent tree, {spec}").format(spec=spec_and_class(state.tree.spec_id))
    return listed([name, *(hero_tree_name(hero.name) for hero in state.heroes)])
