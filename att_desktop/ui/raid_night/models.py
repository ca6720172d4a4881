"""The two lists of the page: the few builds, and every boss and dungeon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from att_desktop.text import N_, _
from att_desktop.text.formats import number
from att_desktop.ui.raid_night.texts import covers_text, lost_and_gained, swaps_away
from att_desktop.ui.results.texts import hero_text, zone_title
from att_desktop.ui.widgets.grouped_model import AnyIndex, TwoLevelModel
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.ui.results.raid_night import ChosenBuild, Evening, Stop

BUILD_ROLE: Final = Qt.ItemDataRole.UserRole
"""The build (``BuildRef``) whose code a row copies, None for a row without one."""

_COVERED_TIP: Final = N_(
    "Which of the builds above is for it: its most played build has the same hero tree and is at "
    "most 3 swaps from that one"
)
_SWAPS_TIP: Final = N_("Swaps from your talents; those of another hero tree are not counted")


class ChosenModel(QAbstractTableModel):
    """The few builds that cover all, numbered as the list of bosses and dungeons names them."""

    NUMBER, NAME, HERO, SWAPS, COVERS, CODE = range(6)
    _HEADERS = (
        "",
        N_("Build of"),
        N_("Hero tree"),
        N_("Swaps"),
        N_("Covers"),
        N_("Code"),
    )
    _TIPS = (
        N_("The number of the build in the list below"),
        N_("Whose most played build it is"),
        N_("The hero tree of the build"),
        _SWAPS_TIP,
        N_("The bosses and dungeons that the build is for"),
        N_("Copy the import code, to paste it in the game"),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[ChosenBuild, tuple[str, ...]]] = []

    def show_evening(self, evening: Evening | None) -> None:
        """Show another evening; None for nothing."""
        self.beginResetModel()
        chosen = enumerate(evening.chosen, start=1) if evening else ()
        self._rows = [(one, _chosen_texts(place, one)) for place, one in chosen]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self._HEADERS[section]) if self._HEADERS[section] else ""
        return _(self._TIPS[section]) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        (one, texts), column = self._rows[index.row()], index.column()
        if role == BUILD_ROLE:
            return one.build
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            change = lost_and_gained(one.change) if column == self.SWAPS else ("", "")
            return _change_tip(one.build.title, *change) or plain_tip(texts[column])
        return None


class StopsModel(TwoLevelModel):
    """Raid bosses and dungeons in order, what is to be swapped, and which build is for each."""

    NAME, NUMBER, HERO, SWAPS, LOST, GAINED, CODE = range(7)
    headers = (
        N_("Encounter"),
        N_("Build"),
        N_("Hero tree"),
        N_("Swaps"),
        N_("Lost"),
        N_("Gained"),
        N_("Code"),
    )
    tips = (
        N_("The boss or dungeon"),
        _COVERED_TIP,
        N_("The hero tree of its most played build"),
        _SWAPS_TIP,
        N_("Your talents that its most played build does not have"),
        N_("What its most played build takes instead"),
        N_("Copy the import code, to paste it in the game"),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[list[tuple[Stop, tuple[str, ...]]]] = []

    def show_evening(self, evening: Evening | None) -> None:
        """Show another evening; None for nothing."""
        self.beginResetModel()
        groups: dict[str, list[tuple[Stop, tuple[str, ...]]]] = {}
        for stop in evening.stops if evening else ():
            groups.setdefault(zone_title(stop.result), []).append((stop, _stop_texts(stop)))
        self._groups = list(groups.values())
        self.set_groups([(title, len(stops)) for title, stops in groups.items()])
        self.endResetModel()

    def row_data(self, group: int, row: int, column: int, role: int) -> Any:
        stop, texts = self._groups[group][row]
        if role == BUILD_ROLE:
            return stop.result.best
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == self.NUMBER:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            if stop.result.best is None:
                return _("Its code does not fit the talent trees of this app: update the builds.")
            change = _change_tip(stop.result.title, texts[self.LOST], texts[self.GAINED])
            return change or plain_tip(texts[column])  # a long word may be cut
        return None


def _chosen_texts(place: int, chosen: ChosenBuild) -> tuple[str, ...]:
    """By column."""
    return (
        number(place),
        chosen.build.title,
        hero_text(chosen.build.hero_tree),
        swaps_away(chosen.change),
        covers_text(chosen),
        _("Copy code"),
    )


def _stop_texts(stop: Stop) -> tuple[str, ...]:
    """By column; the name alone where the code of the build does not fit the talent trees."""
    best = stop.result.best
    if best is None:
        return (stop.result.title, "", "", "", "", "", "")
    return (
        stop.result.title,
        number(stop.number) if stop.number else "",
        hero_text(best.hero_tree),
        swaps_away(stop.change),
        *lost_and_gained(stop.change),
        _("Copy code"),
    )


def _change_tip(title: str, lost: str, gained: str) -> str | None:
    """What leads from the player's talents to a build, each way on its own line."""
    lines = [title]
    if lost:
        lines.append(_("Lost: {talents}").format(talents=lost))
    if gained:
        lines.append(_("Gained: {talents}").format(talents=gained))
    return plain_tip("\n".join(lines)) if len(lines) > 1 else None
