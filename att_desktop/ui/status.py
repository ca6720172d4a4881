"""The status bar: how old the data are, of which season, and the points left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLabel, QStatusBar

from att_desktop.ui.texts import age, clock, points
from att_desktop.ui.widgets.plain_text import PlainLabel

if TYPE_CHECKING:
    from att_desktop.ui.context import AppContext
    from att_desktop.update.events import PointsChanged

__all__ = ["StatusBar"]

_AGE_GROWS_EVERY_MS: Final = 30_000


class StatusBar(QStatusBar):
    """Permanent fields on the right; the left is for hints of menus and passing messages."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._data = self._field("Age of the data")
        self._season = self._field("Season of the data")
        self._points = self._field("Warcraft Logs points left")
        self._points.hide()
        context.library_changed.connect(self._refresh)
        timer = QTimer(self)
        timer.timeout.connect(self._refresh)
        timer.start(_AGE_GROWS_EVERY_MS)
        self._refresh()

    def show_points(self, event: PointsChanged) -> None:
        """Show the budget after a response."""
        self._points.setText(f"{points(event.left).capitalize()} left")
        self._points.setToolTip(
            f"Warcraft Logs gives {points(event.limit)} an hour; "
            f"they are full again at {clock(event.resets_at)}."
        )
        self._points.show()

    @Slot()
    def _refresh(self) -> None:
        library = self._context.library()
        newest = library.newest
        self._data.setText(f"Data from {age(newest)}" if newest else "No data yet")
        oldest = library.oldest
        self._data.setToolTip(f"The oldest result is from {age(oldest)}." if oldest else "")
        names = [library.zone_name("raid"), library.zone_name("mythicplus")]
        season = " · ".join(name for name in names if name)
        self._season.setText(season)
        self._season.setVisible(bool(season))

    def _field(self, name: str) -> QLabel:
        label = PlainLabel()
        label.setAccessibleName(name)
        label.setContentsMargins(8, 0, 8, 0)
        self.addPermanentWidget(label)
        return label
