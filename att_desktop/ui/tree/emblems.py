"""Which sign of the open icon set stands for a talent until the game's icon is there. No Qt here.

``resources/emblems.json`` (made by ``tools/make_emblems.py``) carries the signs of game-icons.net
that the present talent trees need, and for each word the signs that show it. A talent's name and
the name of its icon are cut into words; the sign that most of them speak for is taken, and no
sign twice in one tree while others are left.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from att_desktop.system.bundled import bundled_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from att_desktop.game.trees import TalentEntry, TalentTree

School: TypeAlias = Literal["physical", "frost", "fire", "shadow", "holy", "nature", "arcane"]

RESOURCE: Final = "resources/emblems.json"
_ICON_WEIGHT: Final = 0.55  # the icon's words say less than the talent's: icons are used again
_RANK_STEP: Final = 0.06
_LEAST_PIECE: Final = 4  # letters of a word found inside 'lightningbolt'
LETTERS: Final = re.compile(r"[a-z']+")
_SCHOOL_WORDS: Final[dict[School, str]] = {
    "fire": "fire flam burn ember lava molten phoenix inferno magma incinerat pyro heat fel",
    "frost": "frost ice icy icicle cold winter glacial blizzard freez snow water tidal",
    "shadow": "shadow void death necro curs soul demon dark plague vampir nightmare maldraxxus",
    "holy": "holy light divine paladin priest radian angel redemption crusad sun naaru",
    "arcane": "arcan mage star astral moon time rune cosmic prism nether lunar",
    "nature": "natur druid poison lightn storm wind earth leaf thorn bear jade mist thunder vine "
    "dream heal shaman totem monk chi evoker snake",
    "physical": "warrior rogue sword axe blad hunter shot mount bow shield weapon blood claw",
}
_SCHOOLS: Final = {
    school: [
        # Short words stand by themselves: no 'ice' in 'justice'.
        re.compile(word if len(word) > 3 else rf"(?<![a-z]){word}(?![a-z])")
        for word in words.split()
    ]
    for school, words in _SCHOOL_WORDS.items()
}
_ENDING: Final = re.compile(r"(?:ing|ed)$")


class Emblem(msgspec.Struct, array_like=True, frozen=True):
    """A sign: its author, and its outline in a square of 512 units.

    The outline is that of SVG, with 'm', 'l', 'c' and 'z' alone: all relative to the last point
    (also the second and third of a curve, which is SVG's way too), in whole numbers.
    """

    author: str
    path: str


class Word(msgspec.Struct, array_like=True, frozen=True):
    """What a word says: how much (0.0 .. 1.0), and the names of the signs for it, best first."""

    weight: float
    signs: tuple[str, ...]


class EmblemBook(msgspec.Struct, frozen=True):
    """The signs by name, and the words that lead to them, by stem."""

    source: str
    license: str
    words: dict[str, Word]
    emblems: dict[str, Emblem]

    @classmethod
    def read(cls, path: Path) -> EmblemBook:
        """Raises OSError, or msgspec.MsgspecError when it is no such book."""
        return msgspec.json.decode(path.read_bytes(), type=cls)

    def scores(self, name: str, icon: str) -> dict[str, float]:
        """How well each sign fits a talent; only signs that fit at all."""
        found: dict[str, float] = {}
        for word, weight in self.words_of(name, icon).items():
            entry = self.words[word]
            for rank, sign in enumerate(entry.signs):
                score = weight * entry.weight / (1 + _RANK_STEP * rank)
                found[sign] = found.get(sign, 0.0) + score
        return found

    def words_of(self, name: str, icon: str) -> dict[str, float]:
        """The known words of a talent, by stem, and what a word there weighs."""
        found = dict.fromkeys(self._icon_words(icon), _ICON_WEIGHT)
        for word in map(stem, LETTERS.findall(name.lower())):
            if word in self.words:
                found[word] = 1.0
        return found

    def choose(self, tree: TalentTree) -> dict[int, str]:
        """The sign of each talent of a tree by entry id; without those that none fits.

        The class talents choose first, then the hero trees: specs that share them show the same.
        """
        taken: set[str] = set()
        chosen: dict[int, str] = {}
        for talents in _groups(tree):
            chosen |= self._share_out(talents, taken)
        return chosen

    def _share_out(self, talents: Iterable[TalentEntry], taken: set[str]) -> dict[int, str]:
        """Give the best fitting pairs first. Entries that look the same get the same sign."""
        alike: dict[tuple[str, str], list[int]] = {}
        for entry in talents:
            alike.setdefault((entry.name, entry.icon), []).append(entry.entry_id)
        scores = {key: self.scores(*key) for key in alike}
        pairs = sorted(
            ((key, sign) for key, signs in scores.items() for sign in signs),
            key=lambda pair: (-scores[pair[0]][pair[1]], pair),
        )
        found: dict[tuple[str, str], str] = {}
        for key, sign in pairs:
            if key not in found and sign not in taken:
                found[key] = sign
                taken.add(sign)
        for key, sign in pairs:
            found.setdefault(key, sign)  # every fitting sign is taken: one is used twice
        return {entry_id: sign for key, sign in found.items() for entry_id in alike[key]}

    def _icon_words(self, icon: str) -> Iterable[str]:
        for part in LETTERS.findall(icon.lower()):
            word = stem(part)
            if word in self.words:
                yield word
            else:
                yield from self._pieces(part)

    def _pieces(self, text: str) -> Iterable[str]:
        """Known words inside 'lightningbolt', the longest first from the left."""
        start = 0
        while start <= len(text) - _LEAST_PIECE:
            for end in range(len(text), start + _LEAST_PIECE - 1, -1):
                word = stem(text[start:end])
                if word in self.words:
                    yield word
                    start = end
                    break
            else:
                start += 1


@lru_cache(maxsize=1)
def embedded_emblems() -> EmblemBook:
    """The signs that come with the app, read once. Raises BundledFileMissing."""
    return EmblemBook.read(bundled_path(RESOURCE))


def emblems_of(tree: TalentTree) -> Mapping[int, str]:
    """The signs of a tree's talents by entry id, worked out once for each tree."""
    known = _chosen.get(tree.spec_id)
    if known is None or known[0] is not tree:
        known = _chosen[tree.spec_id] = (tree, embedded_emblems().choose(tree))
    return known[1]


_chosen: dict[int, tuple[TalentTree, Mapping[int, str]]] = {}


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A word without the endings that do not matter: 'blades', "blade's" and 'blade' are one."""
    word = word.removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    shorter = _ENDING.sub("", word)
    if len(shorter) > 3 and shorter != word:
        doubled = shorter[-1] == shorter[-2] and shorter[-1] not in "lsz"
        word = shorter[:-1] if doubled else shorter
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@lru_cache(maxsize=4096)
def school_of(name: str, icon: str) -> School:
    """The school of magic that the icon's name tells, else the talent's name; else physical."""
    for text in (icon.lower(), name.lower()):
        counts = {
            school: sum(bool(word.search(text)) for word in words)
            for school, words in _SCHOOLS.items()
        }
        best = max(counts, key=lambda school: counts[school])
        if counts[best]:
            return best
    return "physical"


def _groups(tree: TalentTree) -> Iterable[list[TalentEntry]]:
    by_section: dict[tuple[int, int], list[TalentEntry]] = {}
    order = {"class": 0, "subtree": 1, "hero": 2, "spec": 3}
    for node in tree.nodes.values():
        key = (order[node.section], node.hero_tree_id)
        by_section.setdefault(key, []).extend(node.entries)
    return (by_section[key] for key in sorted(by_section))
