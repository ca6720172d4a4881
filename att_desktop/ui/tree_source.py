"""The talent trees of a window, for any of its threads."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.game.trees import TalentTrees


class TreeSource:
    """Reads the trees when they are first asked for, once. Thread-safe, and no Qt object."""

    def __init__(self, read: Callable[[], TalentTrees]) -> None:
        self._read = read
        self._trees: TalentTrees | None = None
        self._lock = threading.Lock()

    def trees(self) -> TalentTrees:
        """The trees. Raises what reading them raises (TreeDataError)."""
        with self._lock:
            if self._trees is None:
                self._trees = self._read()
            return self._trees

    def renew(self) -> None:
        """Read them anew when they are next asked for: newer ones are on the disk."""
        with self._lock:
            self._trees = None
