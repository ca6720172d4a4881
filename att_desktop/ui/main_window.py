"""The one window: a rail of pages on the left, a status bar below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from att_desktop.text import N_, _
from att_desktop.text.formats import listed
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.status import StatusBar
from att_desktop.ui.widgets.banner import Banner
from att_desktop.ui.widgets.glyphs import glyph_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from att_desktop.ui.context import AppContext
    from att_desktop.ui.widgets.glyphs import Glyph

TITLE: Final = "Azeroth's Top Talent"
_SIZE: Final = QSize(1280, 820)
_SAMPLE: Final = N_(
    "Sample data: these builds are made up and go into a practice folder, not into your game."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the rail. ``make`` is called when the page is first shown, so that the window
    is on screen before talent trees are read."""

    page_id: PageId
    title: str
    glyph: Glyph
    hint: str
    make: Callable[[], QWidget]


class MainWindow(QMainWindow):
    """The window. It shows pages and passes wishes on; the work is done elsewhere.

    ``may_close`` is asked before the window closes.
    """

    page_shown = Signal(str)
    closed = Signal()

    def __init__(
        self,
        context: AppContext,
        pages: tuple[Page, ...],
        *,
        may_close: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._context = context
        self._pages = pages
        self._may_close = may_close
        self._made: dict[PageId, QWidget] = {}
        self.setObjectName("main")
        sample_title = _("{title} (sample data)").format(title=TITLE)
        self.setWindowTitle(sample_title if context.sample else TITLE)
        self.setMinimumSize(760, 520)
        self._stack = QStackedWidget()
        self._rail = self._make_rail()
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self._rail)
        self.setCentralWidget(self._with_banner(self._stack))
        self.setStatusBar(StatusBar(context))
        self._colour_rail()
        context.compare_requested.connect(self._on_compare_requested)

    @property
    def page_actions(self) -> tuple[QAction, ...]:
        """The actions that show the pages, in the order of the rail (for the View menu)."""
        return self._page_actions

    @property
    def status(self) -> StatusBar:
        """The status bar."""
        bar = self.statusBar()
        assert isinstance(bar, StatusBar)  # noqa: S101 - set above and never replaced
        return bar

    def page(self, page_id: PageId) -> QWidget:
        """The page's widget; made now if it was never shown."""
        widget = self._made.get(page_id)
        if widget is None:
            spec = next(page for page in self._pages if page.page_id is page_id)
            widget = self._made[page_id] = spec.make()
            self._stack.addWidget(_scrolled(widget))
        return widget

    def show_page(self, page_id: PageId) -> QWidget:
        """Bring a page to the front and hand it the keyboard."""
        widget = self.page(page_id)
        self._stack.setCurrentIndex(list(self._made).index(page_id))
        for page, action in zip(self._pages, self._page_actions, strict=True):
            if page.page_id is page_id:
                action.setChecked(True)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(page_id)
        return widget

    @property
    def shown_page(self) -> PageId:
        """The page in front."""
        return next(
            page.page_id
            for page, action in zip(self._pages, self._page_actions, strict=True)
            if action.isChecked()
        )

    def raise_window(self) -> None:
        """Come to the front, out of the tray or the task bar."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def remember(self) -> None:
        """Keep size, place and page for the next window."""
        self._context.change_settings(
            window_geometry=bytes(self.saveGeometry().data()),
            window_state=bytes(self.saveState().data()),
            page=self.shown_page.value,
        )

    def restore(self) -> None:
        """Take the size, place and page that the window before had."""
        settings = self._context.settings
        if not settings.window_geometry or not self.restoreGeometry(settings.window_geometry):
            self.resize(_SIZE.boundedTo(self.screen().availableSize() * 0.95))
        if settings.window_state:
            self.restoreState(settings.window_state)
        pages = (page for page in PageId if page == settings.page)
        self.show_page(next(pages, PageId.UPDATE))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing is running, or the player agrees."""
        if self._may_close():
            event.accept()
            self.closed.emit()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons in the colours of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_page_actions"):
            self._colour_rail()

    def _on_compare_requested(self, first: object, second: object) -> None:
        self.show_page(PageId.COMPARE).compare(first, second)  # type: ignore[attr-defined]  # ComparePage

    def _make_rail(self) -> QToolBar:
        rail = QToolBar(_("Pages"))
        rail.setObjectName("rail")
        rail.setMovable(False)
        rail.setFloatable(False)
        rail.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        rail.setIconSize(QSize(26, 26))
        rail.toggleViewAction().setVisible(False)
        rail.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        group = QActionGroup(rail)
        self._page_actions = tuple(
            self._page_action(group, number, page)
            for number, page in enumerate(self._pages, start=1)
        )
        rail.addActions(list(self._page_actions))
        for action in self._page_actions:
            button = rail.widgetForAction(action)
            button.setMinimumWidth(84)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return rail

    def _page_action(self, group: QActionGroup, number: int, page: Page) -> QAction:
        action = QAction(page.title, group)
        action.setCheckable(True)
        keys = [QKeySequence(f"Ctrl+{number}")]
        if page.page_id is PageId.SETTINGS:
            keys += QKeySequence.keyBindings(QKeySequence.StandardKey.Preferences)
            action.setMenuRole(QAction.MenuRole.PreferencesRole)
        action.setShortcuts(keys)
        action.setStatusTip(page.hint)
        action.setToolTip(
            # TRANSLATORS: what a page is for, and its key.
            _("{hint} ({key})").format(
                hint=page.hint, key=keys[0].toString(QKeySequence.SequenceFormat.NativeText)
            )
        )
        action.triggered.connect(lambda _checked=False, shown=page.page_id: self.show_page(shown))
        return action

    def _colour_rail(self) -> None:
        for page, action in zip(self._pages, self._page_actions, strict=True):
            action.setIcon(glyph_icon(page.glyph, self.palette()))

    def _with_banner(self, widget: QWidget) -> QWidget:
        """What must not be overlooked stands above each page."""
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self._context.sample:
            layout.addWidget(Banner("info", _(_SAMPLE)))
        if self._context.other_hosts:
            hosts = listed(self._context.other_hosts)
            layout.addWidget(
                Banner(
                    "warning",
                    _(
                        "Warcraft Logs is replaced by {hosts}, as the environment sets it: "
                        "your credentials go there."
                    ).format(hosts=hosts),
                )
            )
        layout.addWidget(widget, 1)
        return central


def _scrolled(page: QWidget) -> QWidget:
    """A page that needs more room than the window has is scrolled, never cut."""
    if isinstance(page, QScrollArea):
        return page
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
