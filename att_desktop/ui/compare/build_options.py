"""What can be compared: best builds, their alternatives, own talents, and pasted codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from att_desktop.game.import_codes import CodeError, decode
from att_desktop.game.specs import SPECS
from att_desktop.game.swaps import swaps
from att_desktop.text import say
from att_desktop.text.builds import swaps_text
from att_desktop.ui.results.spec_results import BuildRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.trees import TalentTrees
    from att_desktop.ui.results.spec_results import Result, SpecResults
    from att_desktop.wow.saved_variables import MyBuild

__all__ = ["Pasted", "choices", "own_refs", "paste", "variants"]

_MOST_VARIANTS: Final = 20
_GROUPS: Final = {"general": "General", "raid": "Raid", "mythicplus": "Mythic+"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What came of a pasted text: a build, or a sentence on why there is none."""

    build: BuildRef | None = None
    problem: str = ""


def choices(results: SpecResults, extra: Sequence[BuildRef]) -> list[tuple[str, list[BuildRef]]]:
    """Best builds by group, then what is not of a sample (own talents, pasted codes)."""
    groups: list[tuple[str, list[BuildRef]]] = []
    for group, title in _GROUPS.items():
        found = [one.best for one in results.results if one.group == group and one.best]
        if found:
            groups.append((title, found))
    if extra:
        groups.append(("Mine and pasted", list(extra)))
    return groups


def variants(results: SpecResults, result: Result) -> list[tuple[str, BuildRef]]:
    """The builds of a result's sample that most players use: '7 of 50, San'layn, 3 swaps'."""
    found: list[tuple[str, BuildRef]] = []
    for number, build in enumerate(result.record.all_builds[:_MOST_VARIANTS], start=1):
        title = result.title if number == 1 else f"{result.title}, build {number}"
        ref = results.build_ref(result, build, title)
        if ref is None:
            continue
        text = f"{ref.of_sample}, {ref.hero_tree or 'no hero tree'}"
        if result.best is not None and number > 1:
            text += f", {swaps_text(swaps(results.tree, result.best.selection, ref.selection))}"
        found.append((text, ref))
    return found


def own_refs(builds: Sequence[MyBuild], trees: TalentTrees, spec_id: int) -> list[BuildRef]:
    """The player's own builds of a spec; codes that do not fit the trees are left out."""
    found = []
    for mine in builds:
        if mine.spec_id != spec_id:
            continue
        pasted = paste(mine.code, trees, title=f"{mine.character}'s talents")
        if pasted.build is not None and pasted.build.spec_id == spec_id:
            seen = datetime.fromtimestamp(mine.time, UTC) if mine.time else None
            found.append(_dated(pasted.build, seen))
    return found


def paste(text: str, trees: TalentTrees, *, title: str = "Pasted code") -> Pasted:
    """Read an import code, as the game or a web site gives it.

    Characters to spare, as some sites have them, are no hindrance in the game nor here, but told.
    """
    try:
        decoded = decode(text, trees)
    except CodeError as error:
        return Pasted(problem=say(error.problem))
    if not decoded.fits:
        spec = SPECS[decoded.spec_id].full_name if decoded.spec_id in SPECS else "spec"
        return Pasted(problem=f"This {spec} code cannot be shown. {say(decoded.problems[0])}")
    return Pasted(
        build=BuildRef(
            spec_id=decoded.spec_id,
            title=title,
            code=text.strip(),
            selection=decoded.selection,
            hero_tree=decoded.hero_tree,
            note=say(decoded.problems[0]) if decoded.problems else "",
        )
    )


def _dated(build: BuildRef, seen: datetime | None) -> BuildRef:
    return BuildRef(
        spec_id=build.spec_id,
        title=build.title,
        code=build.code,
        selection=build.selection,
        hero_tree=build.hero_tree,
        fetched_at=seen,
        note=build.note,
    )
