"""Finds a spec by what players type: words, beginnings of words, nicknames, in any language."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from att_desktop.game.specs import SPECS, find_specs, plain_name
from att_desktop.text.names import class_name, spec_and_class, spec_name
from att_desktop.text.spec_nicknames import OF_CLASSES, OF_SPECS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from att_desktop.game.specs import Spec

__all__ = ["meant_specs", "named_specs", "near_names", "search_specs"]

_WORD: Final = re.compile(r"[^\s\-'’]+")

_EXACT, _BEGINS, _INSIDE = range(3)


def search_specs(text: str, mine: Collection[int] = ()) -> list[int]:
    """Spec ids that a text can mean, the likeliest first; those in ``mine`` before equal ones.

    Every word must begin a word of the spec's or class's name (English, or the language in use)
    or be a nickname: 'prot pal', 'resto sham', 'bm', 'boomkin'. Failing that, it may stand
    anywhere in the name. Empty when nothing fits.
    """
    words = _words(text)
    ranked = [
        (rank, spec_id not in mine, number, spec_id)
        for number, spec_id in enumerate(SPECS)
        if (rank := _rank(words, spec_id)) is not None
    ]
    best = [one for one in ranked if one[0] is not _INSIDE] or ranked
    return [spec_id for *_order, spec_id in sorted(best)]


def _rank(words: list[str], spec_id: int) -> int | None:
    spec = SPECS[spec_id]
    names = _words(f"{spec.full_name} {spec_name(spec_id)} {class_name(spec.class_name)}")
    nicknames = _nicknames(spec)
    if not words:
        return None
    if all(word in (*names, *nicknames) for word in words) or "".join(words) in nicknames:
        return _EXACT
    if all(any(known.startswith(word) for known in (*names, *nicknames)) for word in words):
        return _BEGINS
    return _INSIDE if all(word in " ".join(names) for word in words) else None


def _nicknames(spec: Spec) -> list[str]:
    of_spec = (table.get(spec.spec_id, "") for table in OF_SPECS.values())
    return _words(" ".join((OF_CLASSES.get(spec.class_name, ""), *of_spec)))


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
    return tuple(spec_id for spec_id in search_specs(text) if spec_id in spec_ids)


def near_names(text: str, names: Sequence[str]) -> list[str]:
    """The names that somebody who typed ``text`` can have meant, the likeliest first."""
    plain = {" ".join(_words(name)): name for name in names}
    return [plain[one] for one in get_close_matches(" ".join(_words(text)), plain)]


def _is_named(wanted: str | None, *names: str) -> bool:
    return wanted is None or plain_name(wanted) in map(plain_name, names)
