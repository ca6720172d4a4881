"""Folders in which the game may be installed; one subclass for each operating system."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

GAME: Final = "World of Warcraft"
BY_HAND: Final = "picked by hand"
"""How a folder was found that the player has chosen (``Location.found_by``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A folder to look into: a game folder or a flavour's; it need not exist.

    ``found_by`` is a launcher's name ('Battle.net', 'Lutris', 'Steam') or one of the ids that
    ``text.names.found_by_name`` has words for.
    """

    path: Path
    found_by: str


class Places(ABC):
    """Where one system keeps the game."""

    @abstractmethod
    def candidates(self) -> Iterator[Location]:
        """Folders to search, the most reliable first; some twice. Unreadable ones raise nothing."""


def home_folder() -> Path:
    """This user's home; the top of the disk for a user who has none, as in some containers."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")
