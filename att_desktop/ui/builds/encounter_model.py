"""The encounter list: general builds, raid bosses and dungeons of one spec, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, Qt

from att_desktop.text import N_, _, ngettext
from att_desktop.text.builds import support_text, swaps_sign, swaps_text
from att_desktop.text.formats import age, number
from att_desktop.ui.builds.list_view import SHORT_ROLE
from att_desktop.ui.results.spec_results import GROUPS
from att_desktop.ui.results.texts import hero_text, played_since, zone_title
from att_desktop.ui.widgets.bar_delegate import SHARE_ROLE
from att_desktop.ui.widgets.grouped_model import SORT_ROLE, AnyIndex, GroupedProxy, TwoLevelModel
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from att_desktop.ui.results.spec_results import Result

KEY_ROLE: Final = Qt.ItemDataRole.UserRole


def _apart_text(result: Result) -> str:
    """'same', '3 swaps', or '2 swaps, general fits' where its players lose next to nothing."""
    text = swaps_text(result.apart)
    if result.apart is None or result.apart.is_equal or not result.general_fits:
        return text
    # TRANSLATORS: the general build serves the players of this encounter nearly as well.
    return _("{swaps}, general fits").format(swaps=text)


def _tip(result: Result) -> str:
    record = result.record
    best = record.best_build
    lines = [
        result.title,
        support_text(
            count=best.count,
            support=best.support,
            size=record.sample_size,
            pooled=result.group == "general",
        ),
    ]
    if best.hero_tree:
        lines.append(_("Hero tree: {name}.").format(name=hero_text(best.hero_tree)))
    if result.best is None:
        lines.append(_("Its code does not fit the talent trees of this app: update the builds."))
    if result.apart is not None:
        lines.append(_("From the general build: {swaps}.").format(swaps=_apart_text(result)))
    lines += _history(result)
    skipped = sum(record.skipped.values())
    if skipped:
        lines.append(
            ngettext(
                "{count} ranking could not be used.",
                "{count} rankings could not be used.",
                skipped,
            ).format(count=number(skipped))
        )
    # TRANSLATORS: {age} is '5 minutes ago'.
    lines.append(_("Fetched {age}.").format(age=age(result.fetched_at)))
    return "\n".join(lines)


def _history(result: Result) -> list[str]:
    since = played_since(result)
    if not since:
        return []
    if result.former_apart is None or result.former_apart.is_equal:
        # TRANSLATORS: {since} is 'since Tuesday'.
        return [_("Most played {since}.").format(since=since)]
    # TRANSLATORS: {since} is 'since Tuesday', {swaps} '3 swaps, other hero tree'.
    sentence = _("Most played {since}; from the one before it: {swaps}.")
    return [sentence.format(since=since, swaps=swaps_text(result.former_apart))]


def _counted(result: Result) -> str:
    record = result.record
    return _("{count} of {sample}").format(
        count=number(record.best_build.count), sample=number(record.sample_size)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """``title`` and ``tip`` are marked texts; without ``sort`` in the order of the results."""

    title: str
    tip: str
    text: Callable[[Result], str]
    sort: Callable[[Result], Any] | None = None


# Each text by itself: a list that is laid out asks for hundreds of cells.
_COLUMNS: Final = (
    _Column(
        title=N_("Encounter"),
        tip=N_("The boss or dungeon"),
        text=lambda result: result.title,
    ),
    _Column(
        title=N_("Hero tree"),
        tip=N_("The hero tree of the build that most players use"),
        text=lambda result: hero_text(result.record.best_build.hero_tree),
        sort=lambda result: result.record.best_build.hero_tree or "",
    ),
    _Column(
        title=N_("Popularity"),
        tip=N_("How many of the sampled players use exactly the best build"),
        text=_counted,
        sort=lambda result: (result.record.best_build.popularity, result.record.sample_size),
    ),
    _Column(
        title=N_("Swaps"),
        tip=N_("How many swaps lead from the general build of the same content to this one"),
        text=_apart_text,
        sort=lambda result: result.apart or (-1, False),
    ),
    _Column(
        # TRANSLATORS: head of a column: 'since Tuesday', how long a build has been the most
        # played one.
        title=N_("Most played"),
        tip=N_("Since when the best build is the most played one, as far as results were kept"),
        text=played_since,
        sort=lambda result: (
            -result.played.since.timestamp() if played_since(result) and result.played else 0.0
        ),
    ),
)


class EncounterModel(TwoLevelModel):
    """Two levels: a group, and its results in the order of the raid or season.

    ``KEY_ROLE`` is a result's key, '' for a group.
    """

    NAME, HERO, POPULARITY, APART, SINCE = range(len(_COLUMNS))

    headers = tuple(column.title for column in _COLUMNS)
    tips = tuple(column.tip for column in _COLUMNS)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[list[Result]] = []

    def show_results(self, results: tuple[Result, ...]) -> None:
        """Show other results."""
        self.beginResetModel()
        groups = ([result for result in results if result.group == group] for group in GROUPS)
        self._groups = [members for members in groups if members]
        self.set_groups([(zone_title(members[0]), len(members)) for members in self._groups])
        self.endResetModel()

    def index_of(self, key: str) -> QModelIndex:
        """Where a result stands; an invalid index when it is not there."""
        for group, members in enumerate(self._groups):
            for row, result in enumerate(members):
                if result.key == key:
                    return self.index(row, 0, self.index(group, 0))
        return QModelIndex()

    def group_data(self, group: int, column: int, role: int) -> Any:
        return "" if role == KEY_ROLE else super().group_data(group, column, role)

    def row_data(self, group: int, row: int, column: int, role: int) -> Any:
        return _result_data(self._groups[group][row], column, row, role)


class EncounterProxy(GroupedProxy):
    """Finds by name and hero tree."""

    def __init__(self, model: EncounterModel, parent: QObject | None = None) -> None:
        super().__init__(model, parent)
        self.setRecursiveFilteringEnabled(True)
        self._words: list[str] = []

    def find(self, text: str) -> None:
        """Keep the lines that hold each word of ``text``."""
        self._words = text.casefold().split()
        self.invalidate()  # the narrower calls differ between Qt versions

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        if not self._words:
            return True
        if not source_parent.isValid():
            return False  # a group is there when one of its members is
        model = self.sourceModel()
        line = " ".join(
            str(model.index(source_row, column, source_parent).data() or "")
            for column in (EncounterModel.NAME, EncounterModel.HERO)
        ).casefold()
        return all(word in line for word in self._words)


def _result_data(result: Result, column: int, row: int, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return _COLUMNS[column].text(result)
    if role == KEY_ROLE:
        return result.key
    if role == SHORT_ROLE and column == EncounterModel.APART:
        return swaps_sign(result.apart) if result.apart is not None else ""
    if role == SHARE_ROLE and column == EncounterModel.POPULARITY:
        return result.record.best_build.popularity / 100
    if role == SORT_ROLE:
        sort = _COLUMNS[column].sort
        return sort(result) if sort else row
    if role == Qt.ItemDataRole.AccessibleTextRole and column == EncounterModel.APART:
        if result.apart is None:
            return ""
        return _("{swaps} from the general build").format(swaps=_apart_text(result))
    if role == Qt.ItemDataRole.ToolTipRole:
        return plain_tip(_tip(result))
    return None
