"""The units of an update as a table, problems first."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from att_desktop.game.specs import SPECS
from att_desktop.text import N_, _
from att_desktop.text.formats import listed, number
from att_desktop.text.names import content_name, spec_and_class
from att_desktop.text.units import skip_lines, skip_reason
from att_desktop.ui.widgets.grouped_model import SORT_ROLE, AnyIndex
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject

    from att_desktop.ui.update.progress import RowState, UnitRow
    from att_desktop.ui.widgets.glyphs import State

COLOUR_ROLE: Final = Qt.ItemDataRole.UserRole + 2
GLYPH_ROLE: Final = Qt.ItemDataRole.UserRole + 3

_STATES: Final[dict[RowState, str]] = {
    "queued": N_("Queued"),
    "fetching": N_("Fetching"),
    "stopped": N_("Not fetched"),
    "done": N_("Done"),
    "up_to_date": N_("Up to date"),
    "empty": N_("No rankings"),
    "failed": N_("Failed"),
}
_GLYPHS: Final[dict[RowState, State]] = {
    "queued": "dash",
    "fetching": "play",
    "stopped": "dash",
    "done": "ok",
    "up_to_date": "ok",
    "empty": "warning",
    "failed": "error",
}
_RANK: Final[dict[RowState, int]] = {
    "failed": 0,
    "empty": 1,
    "fetching": 2,
    "done": 3,
    "stopped": 4,
    "queued": 5,
    "up_to_date": 6,
}


def state_texts() -> list[str]:
    """What the State column can say, without the reason."""
    return [_(text) for text in _STATES.values()]


class Column(IntEnum):
    """The columns, left to right."""

    SPEC = 0
    CONTENT = 1
    STATE = 2
    SAMPLE = 3
    SKIPPED = 4


_COLUMNS: Final = tuple(Column)
_ROLES: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.TextAlignmentRole,
        SORT_ROLE,
        COLOUR_ROLE,
        GLYPH_ROLE,
    }
)
_FIGURES: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LETTERS: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_HEADERS: Final = {
    Column.SPEC: (N_("Spec"), N_("Specialization and class")),
    Column.CONTENT: (N_("Content"), N_("Raid or Mythic+")),
    Column.STATE: (N_("State"), N_("How far it is; problems are on top")),
    Column.SAMPLE: (N_("Players"), N_("Players counted, over all bosses or dungeons")),
    Column.SKIPPED: (N_("Skipped rows"), N_("Ranking rows that could not be used, and why")),
}


class UnitModel(QAbstractTableModel):
    """Rows are ``UnitRow``; the page changes them and says which."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[UnitRow] = []

    def reset(self, rows: list[UnitRow]) -> None:
        """Show another run."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def changed(self, rows: Iterable[UnitRow]) -> None:
        """Tell the views that ``rows`` are not what they were.

        In one signal: a proxy that hears of one row while another has changed already would
        sort it into a list that is out of order.
        """
        places = {row.place for row in rows}
        if places:
            self.dataChanged.emit(
                self.index(min(places), 0), self.index(max(places), len(Column) - 1)
            )

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Units of the run."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Spec, content, state, players, skipped rows."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles, and what the columns mean as tooltip."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        title, meaning = _HEADERS[Column(section)]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _(meaning)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip, alignment, sort key, class colour and state glyph."""
        # A painted cell asks for a dozen roles, and a running update paints all the time.
        if role not in _ROLES or not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row, column = self._rows[index.row()], _COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_tooltip(row, column) or "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == SORT_ROLE:
            return _sort_key(row, column)
        if role == COLOUR_ROLE and column is Column.SPEC:
            spec = SPECS.get(row.unit.spec_id)
            return spec.colour if spec else None
        if role == GLYPH_ROLE and column is Column.STATE:
            return _GLYPHS[row.state]
        return None


class UnitProxy(QSortFilterProxyModel):
    """Sorts by the column's key; equal keys keep the order of the plan."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        """Compare keys that are tuples of one shape within a column."""
        return bool(left.data(SORT_ROLE) < right.data(SORT_ROLE))


def _text(row: UnitRow, column: Column) -> str:
    if column is Column.SPEC:
        return spec_and_class(row.unit.spec_id)
    if column is Column.CONTENT:
        return content_name(row.unit.content_type)
    if column is Column.STATE:
        state = _(_STATES[row.state])
        if not row.reason:
            return state
        # TRANSLATORS: the state of a unit, and why: 'Failed: Warcraft Logs did not answer.'
        return _("{state}: {reason}").format(state=state, reason=row.reason)
    if column is Column.SAMPLE:
        return number(row.sample_size) if row.sample_size else ""
    return _skipped(row)


def _tooltip(row: UnitRow, column: Column) -> str | None:
    if column is Column.STATE and row.reason:
        return row.reason
    if column in (Column.SPEC, Column.CONTENT, Column.STATE):
        return _text(row, column)  # a narrow column cuts it
    if column is Column.SKIPPED and row.skipped:
        return "\n".join(skip_lines(row.skipped))
    return None


def _skipped(row: UnitRow) -> str:
    if not row.skipped:
        return ""
    total = sum(row.skipped.values())
    first = min(row.skipped, key=lambda reason: (-row.skipped[reason], reason))
    reasons = [skip_reason(first), *(["…"] if len(row.skipped) > 1 else [])]
    return f"{number(total)} ({listed(reasons)})"


def _sort_key(row: UnitRow, column: Column) -> tuple[Any, ...]:
    if column is Column.STATE:
        return (_RANK[row.state], row.place)
    if column is Column.SAMPLE:
        return (row.sample_size, row.place)
    if column is Column.SKIPPED:
        return (sum(row.skipped.values()), row.place)
    return (_text(row, column), row.place)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return _FIGURES if column is Column.SAMPLE else _LETTERS
