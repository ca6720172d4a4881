"""Finds a spec by what players type: words, beginnings of words, nicknames, in any language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Final

from att_desktop.game.specs import SPECS, find_specs, plain_name
from att_desktop.text.language import current_language
from att_desktop.text.names import class_name, spec_and_class, spec_name
from att_desktop.text.spec_nicknames import OF_CLASSES, OF_ROLES, OF_SPECS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from att_desktop.game.specs import Spec

_WORD: Final = re.compile(r"\w+")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_WHOLE, _EXACT, _BEGINS, _INSIDE = range(4)
_NEAR: Final = 0.75  # of difflib's ratio: one wrong letter in four
_SHORTEST_PART: Final = 3  # letters of a beginning that is written in one with another word
_SHORTEST_TYPO: Final = 4  # letters; shorter ones are near too many words


def search_specs(text: str, mine: Collection[int] = ()) -> list[int]:
    """Spec ids that a text can mean, the likeliest first; those in ``mine`` before equal ones.

    Every word must begin a word of the spec's or class's name (English, or the language in use)
    or be a nickname, or two of them in one: 'prot pal', 'resto sham', 'bm', 'boomkin',
    'firemage'. Failing that, it may stand anywhere in the name; failing that, a word that means
    nothing is taken for the one nearest to it: 'bomkin'. Empty when nothing fits.
    """
    words = _words(text)
    return _search(words, mine) or _search(_without_typos(words), mine)


def _search(words: list[str], mine: Collection[int] = ()) -> list[int]:
    ranked = [
        (rank, spec_id not in mine, number, spec_id)
        for number, spec_id in enumerate(SPECS)
        if (rank := _rank(words, spec_id)) is not None
    ]
    best = [one for one in ranked if one[0] is not _INSIDE] or ranked
    return [spec_id for *_order, spec_id in sorted(best)]


def _rank(words: list[str], spec_id: int) -> int | None:
    if not words:
        return None
    known = _known(current_language())[spec_id]
    if " ".join(words) in known.names or "".join(words) in known.nicknames:
        return _WHOLE
    if all(word in known.words for word in words):
        return _EXACT
    if all(_begins(word, known.words) or _are_two(word, known.words) for word in words):
        return _BEGINS
    return _INSIDE if all(word in " ".join(known.names) for word in words) else None


def _begins(word: str, known: Collection[str]) -> bool:
    return any(one.startswith(word) for one in known)


def _are_two(word: str, known: Collection[str]) -> bool:
    """Whether a word is a known one and the beginning of another: 'firemage', 'protpal'."""
    parts = ((word[:cut], word[cut:]) for cut in range(2, len(word) - 1))
    return any(
        whole in known and (part in known or (len(part) >= _SHORTEST_PART and _begins(part, known)))
        for pair in parts
        for whole, part in (pair, pair[::-1])
    )


def _without_typos(words: list[str]) -> list[str]:
    known = {word for spec in _known(current_language()).values() for word in spec.words}
    return [_nearest(word, known) for word in words]


def _nearest(word: str, known: Collection[str]) -> str:
    if len(word) < _SHORTEST_TYPO or _begins(word, known):
        return word
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=_NEAR)), word)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What means a spec: whole names ('frost mage'), nicknames, and the words of both."""

    names: frozenset[str]
    nicknames: frozenset[str]
    words: frozenset[str]


@cache
def _known(_language: str) -> dict[int, _Known]:
    """By spec id; asked for with the language in use."""
    return {spec_id: _known_of(spec) for spec_id, spec in SPECS.items()}


def _known_of(spec: Spec) -> _Known:
    of_class, of_spec = class_name(spec.class_name), spec_name(spec.spec_id)
    names = (spec.name, spec.class_name, spec.full_name, of_spec, of_class, f"{of_spec} {of_class}")
    plain = {" ".join(_words(written)) for name in names for written in _spellings(name)}
    tables = (table.get(spec.spec_id, "") for table in OF_SPECS.values())
    spoken = " ".join((OF_CLASSES.get(spec.class_name, ""), OF_ROLES[spec.role], *tables))
    nicknames = {word for written in _spellings(spoken) for word in _words(written)}
    return _Known(
        names=frozenset(plain),
        nicknames=frozenset(nicknames),
        words=frozenset((*_words(" ".join(plain)), *nicknames)),
    )


def _spellings(name: str) -> tuple[str, str]:
    """With and without the letters that some keyboards lack: 'Jäger', 'Jaeger'."""
    return name, name.casefold().translate(_UMLAUTS)


def _words(text: str) -> list[str]:
    """Lower case, without accents: 'jager' finds 'Jäger'."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))


def named_specs(of_class: str | None = None, spec: str | None = None) -> tuple[Spec, ...]:
    """``find_specs`` by English names, else by those of the language in use."""
    return find_specs(of_class, spec) or tuple(
        each
        for each in SPECS.values()
        if _is_named(of_class, each.class_name, class_name(each.class_name))
        and _is_named(
            spec,
            each.name,
            each.full_name,
            str(each.spec_id),
            spec_name(each.spec_id),
            spec_and_class(each.spec_id),
        )
    )


def meant_specs(text: str, spec_ids: Collection[int]) -> tuple[int, ...]:
    """Of ``spec_ids`` those that beginnings or nicknames can mean: 'prot pal', 'bm'."""
    return tuple(spec_id for spec_id in _search(_words(text)) if spec_id in spec_ids)


def near_names(text: str, names: Sequence[str]) -> list[str]:
    """The names that somebody who typed ``text`` can have meant, the likeliest first."""
    plain = {" ".join(_words(name)): name for name in names}
    return [plain[one] for one in get_close_matches(" ".join(_words(text)), plain)]


def _is_named(wanted: str | None, *names: str) -> bool:
    return wanted is None or plain_name(wanted) in map(plain_name, names)
