"""From the rows of a ranking to the builds of a sample: which rows count, and how often."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from att_desktop.game.import_codes import EncodeError, encode
from att_desktop.game.legal_codes import legal_selection
from att_desktop.game.selections import hero_tree_of, selection_from_rows, selection_problems
from att_desktop.game.swaps import mark
from att_desktop.update.aggregate import aggregate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from att_desktop.game.builds import Selection
    from att_desktop.game.swaps import Marked
    from att_desktop.game.trees import TalentTree, TalentTrees
    from att_desktop.update.aggregate import Aggregate

# Rows are read until the sample is full, or until this many times its size were seen.
_ROWS_PER_PLAYER = 5


class Row(Protocol):
    """What the sample must know of a ranking row."""

    @property
    def name(self) -> str:
        """The character's name; 'Anonymous' when the row is hidden."""

    @property
    def server_id(self) -> int | None:
        """Warcraft Logs' server id; hidden rows have none."""

    @property
    def hidden(self) -> bool:
        """Whether the row tells nobody who played."""

    @property
    def talents(self) -> Sequence[tuple[int, int]]:
        """(entry id, points)."""

    @property
    def readable(self) -> bool:
        """Whether anything is known of the row at all."""


class Sample:
    """The sample of one encounter: the first ``top_n`` usable rows, a character once.

    Rows are given in the order in which Warcraft Logs ranks them.
    """

    def __init__(self, tree: TalentTree, top_n: int) -> None:
        """Start empty. ``top_n`` is the number of players wanted."""
        self._tree = tree
        self._top_n = top_n
        self._seen: set[tuple[str, int]] = set()
        self.selections: list[Selection] = []
        self.skipped: Counter[str] = Counter()
        self.repeated = 0
        self.rows_seen = 0

    @property
    def wants_more(self) -> bool:
        """Whether another page is worth asking for."""
        return (
            len(self.selections) < self._top_n and self.rows_seen < _ROWS_PER_PLAYER * self._top_n
        )

    def add(self, rows: Iterable[Row]) -> None:
        """Take the usable rows of a page, until the sample is full."""
        for row in rows:
            if len(self.selections) >= self._top_n:
                return
            self.rows_seen += 1
            self._add_row(row)

    def _add_row(self, row: Row) -> None:
        if not row.readable:
            self.skipped["row.unreadable"] += 1
            return
        found = selection_from_rows(self._tree, row.talents)
        if isinstance(found, str):
            self.skipped[found] += 1
            return
        if not row.hidden and row.server_id is not None:
            player = (row.name, row.server_id)
            if player in self._seen:
                self.repeated += 1
                return
            self._seen.add(player)
        self.selections.append(found)


@dataclass(frozen=True, slots=True)
class _Encoded:
    code: str | None
    hero_tree: str | None


class CodeCache:
    """The selections of one spec as codes and as masks; each is worked out once."""

    def __init__(self, tree: TalentTree, trees: TalentTrees) -> None:
        """``trees`` are those the codes are checked with, ``tree`` the spec's own."""
        self.tree = tree
        self._trees = trees
        self._encoded: dict[Selection, _Encoded] = {}
        self._marks: dict[Selection, Marked] = {}

    def aggregate(self, selections: Sequence[Selection]) -> Aggregate | None:
        """The builds of a sample, in the order of the ranking; None when no code can say any."""
        return aggregate(self.tree, selections, self._mark, self._has_code)

    def mark_code(self, code: str | None) -> Marked | None:
        """The selection of a code, prepared for comparing; None when it is not of this tree."""
        selection = legal_selection(code, self.tree.spec_id, self._trees) if code else None
        return None if selection is None else self._mark(selection)

    def encode(self, selection: Selection) -> _Encoded:
        """Code and hero tree. The code is None when no valid code says exactly this."""
        known = self._encoded.get(selection)
        if known is None:
            known = self._encoded[selection] = self._try(selection)
        return known

    def _has_code(self, selection: Selection) -> bool:
        return self.encode(selection).code is not None

    def _mark(self, selection: Selection) -> Marked:
        known = self._marks.get(selection)
        if known is None:
            known = self._marks[selection] = mark(self.tree, selection)
        return known

    def _try(self, selection: Selection) -> _Encoded:
        hero = hero_tree_of(self.tree, selection)
        code = None
        if not selection_problems(self.tree, selection):
            with suppress(EncodeError):
                code = encode(self.tree, selection)
        return _Encoded(code, hero.name if hero else None)
