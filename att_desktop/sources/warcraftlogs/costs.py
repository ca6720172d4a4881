"""What a page of rankings costs: promised nowhere, so learned from the readings of the points."""

from __future__ import annotations

from typing import Final

_FIRST_GUESS: Final = 2.0
_LEAST: Final = 0.5
_MOST: Final = 25.0


class RankingsCost:
    """Points for one page of rankings: all points seen spent, by the pages they were spent on."""

    def __init__(self) -> None:
        self.points: float = _FIRST_GUESS
        self._earlier_points = 0.0
        self._earlier_pages = 0.0
        self._base_points = 0.0
        self._base_pages = 0.0
        self._points = 0.0
        self._pages = 0.0

    def begin(self, spent: float, billed: float) -> None:
        """A new hour, or the first reading: ``spent`` points for ``billed`` pages so far."""
        self._earlier_points += self._points
        self._earlier_pages += self._pages
        self._points = self._pages = 0.0
        self._base_points = spent
        self._base_pages = billed

    def learn(self, spent: float, billed: float) -> None:
        """A later reading of the same hour; spending by others with this client counts too."""
        self._points = max(0.0, spent - self._base_points)
        self._pages = max(0.0, billed - self._base_pages)
        pages = self._earlier_pages + self._pages
        if pages > 0:
            points = (self._earlier_points + self._points) / pages
            self.points = min(max(points, _LEAST), _MOST)
