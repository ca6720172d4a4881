"""The status bar: where the data is from, how old it is, of which season, and the points left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLabel, QStatusBar

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.text import _, ngettext
from att_desktop.text.formats import age, clock, listed, number
from att_desktop.text.names import source_name
from att_desktop.ui.widgets.plain_text import PlainLabel, YieldingLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from att_desktop.ui.context import AppContext
    from att_desktop.update.events import PointsChanged

_AGES_GROW_EVERY_MS: Final = 30_000


class StatusBar(QStatusBar):
    """Permanent fields on the right; the left is for hints of menus and passing messages."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._source = self._field(_("Source"))
        self._data = self._field(_("Age of the data"))
        # The raid of a patch may be three, all named.
        self._season = self._field(_("Season of the data"), YieldingLabel())
        self._points = self._field(_("Warcraft Logs points left"))
        self._points.hide()
        context.library_changed.connect(self._refresh)
        context.ages_grew.connect(self._refresh)
        # Here and not in the context: a timer must end in its own thread, as windows do.
        timer = QTimer(self)
        timer.timeout.connect(context.ages_grew)
        timer.start(_AGES_GROW_EVERY_MS)
        self._refresh()

    def show_points(self, event: PointsChanged) -> None:
        """Show the budget after a response."""
        left, limit = int(event.left), int(event.limit)
        self._points.setText(
            ngettext("{count} point left", "{count} points left", left).format(count=number(left))
        )
        self._points.setToolTip(
            ngettext(
                "Warcraft Logs gives {count} point an hour; they are full again at {time}.",
                "Warcraft Logs gives {count} points an hour; they are full again at {time}.",
                limit,
            ).format(count=number(limit), time=clock(event.resets_at))
        )
        self._points.show()

    @Slot()
    def _refresh(self) -> None:
        library = self._context.library()
        newest = library.newest
        self._data.setText(
            # TRANSLATORS: {age} is '5 minutes ago'.
            _("Data from {age}").format(age=age(newest)) if newest else _("No data yet")
        )
        oldest = library.oldest
        self._data.setToolTip(
            _("The oldest result is from {age}.").format(age=age(oldest)) if oldest else ""
        )
        # Of several the one with most results: the least window has no room for more.
        sources = [name for name in map(source_name, library.sources) if name]
        _show(self._source, sources[:1])
        self._source.setToolTip(listed(sources))
        _show(self._season, map(library.zone_name, CONTENT_TYPES))

    def _field(self, name: str, label: QLabel | None = None) -> QLabel:
        label = label or PlainLabel()
        label.setAccessibleName(name)
        label.setContentsMargins(8, 0, 8, 0)
        self.addPermanentWidget(label)
        return label


def _show(field: QLabel, names: Iterable[str | None]) -> None:
    field.setText(" · ".join(name for name in names if name))
    field.setVisible(bool(field.text()))
