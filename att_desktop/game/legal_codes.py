"""Import codes of others, tested and written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from att_desktop.game.import_codes import CodeError, EncodeError, decode, encode

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection
    from att_desktop.game.import_codes import DecodedCode
    from att_desktop.game.trees import TalentTrees


class LegalCode(NamedTuple):
    """A code in our own writing; ``hero_tree`` is the game's English name, None for none."""

    code: str
    hero_tree: str | None


def decode_legal(code: str, trees: TalentTrees) -> DecodedCode | None:
    """What a code says; None when it cannot be read or is no legal build on these trees."""
    try:
        decoded = decode(code, trees)
    except CodeError:
        return None
    return None if decoded.problems else decoded


def legal_selection(code: str, spec_id: int, trees: TalentTrees) -> Selection | None:
    """The selection of a legal build of a spec; None for any other code."""
    decoded = decode_legal(code, trees)
    return decoded.selection if decoded is not None and decoded.spec_id == spec_id else None


def legal_code(code: str, spec_id: int, trees: TalentTrees) -> LegalCode | str:
    """The code of a legal build of a spec, written anew; else the code of what is wrong with it.

    That is the code of its first problem, ``code.other_spec`` or ``code.not_writable``.
    """
    try:
        decoded = decode(code, trees)
        if decoded.spec_id != spec_id:
            return "code.other_spec"
        if decoded.problems:
            return decoded.problems[0].code
        return LegalCode(encode(trees.tree(spec_id), decoded.selection), decoded.hero_tree)
    except CodeError as error:
        return error.problem.code
    except EncodeError:
        return "code.not_writable"
