"""What can be compared: best builds, their alternatives, own talents, and pasted codes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from att_desktop.game.import_codes import CodeError, decode
from att_desktop.game.swaps import swaps
from att_desktop.text import _, say
from att_desktop.text.builds import swaps_text
from att_desktop.text.formats import listed
from att_desktop.text.names import spec_and_class
from att_desktop.ui.results.spec_results import GROUPS, BuildRef
from att_desktop.ui.results.texts import group_name, hero_text, sample_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.trees import TalentTrees
    from att_desktop.ui.results.spec_results import Result, SpecResults
    from att_desktop.wow.saved_variables import MyBuild

_MOST_VARIANTS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What came of a pasted text: a build, or a sentence on why there is none."""

    build: BuildRef | None = None
    problem: str = ""


def choices(results: SpecResults, extra: Sequence[BuildRef]) -> list[tuple[str, list[BuildRef]]]:
    """Best builds by group, then what is not of a sample (own talents, pasted codes)."""
    groups: list[tuple[str, list[BuildRef]]] = []
    for group in GROUPS:
        found = [one.best for one in results.results if one.group == group and one.best]
        if found:
            groups.append((group_name(group), found))
    if extra:
        groups.append((_("Mine and pasted"), list(extra)))
    return groups


def variants(results: SpecResults, result: Result) -> list[tuple[str, BuildRef]]:
    """The builds of a result's sample that most players use: '7 of 50, San'layn, 3 swaps'."""
    found: list[tuple[str, BuildRef]] = []
    for number in range(1, len(result.record.all_builds[:_MOST_VARIANTS]) + 1):
        ref = results.build_ref(result, number)
        if ref is None:
            continue
        parts = [variant_text(ref)]
        if result.best is not None and ref.selection != result.best.selection:
            parts.append(swaps_text(swaps(results.tree, result.best.selection, ref.selection)))
        found.append((listed(parts), ref))
    return found


def variant_text(build: BuildRef) -> str:
    """'7 of 50, San'layn'."""
    return listed([sample_text(build), hero_text(build.hero_tree)])


def own_refs(builds: Sequence[MyBuild], trees: TalentTrees, spec_id: int) -> list[BuildRef]:
    """The player's own builds of a spec; codes that do not fit the trees are left out."""
    found = []
    for mine in builds:
        if mine.spec_id != spec_id:
            continue
        pasted = paste(
            mine.code,
            trees,
            title=_("{character}'s talents").format(character=mine.character),
            origin=f"character {mine.character}",
        )
        if pasted.build is not None and pasted.build.spec_id == spec_id:
            seen = datetime.fromtimestamp(mine.time, UTC) if mine.time else None
            found.append(replace(pasted.build, fetched_at=seen))
    return found


def paste(text: str, trees: TalentTrees, *, title: str = "", origin: str = "") -> Pasted:
    """Read an import code, as the game or a web site gives it.

    Characters to spare, as some sites have them, are no hindrance in the game nor here, but told.
    """
    try:
        decoded = decode(text, trees)
    except CodeError as error:
        return Pasted(problem=say(error.problem))
    if not decoded.fits:
        sentence = _("This {spec} code cannot be shown. {problem}")
        return Pasted(
            problem=sentence.format(
                spec=spec_and_class(decoded.spec_id), problem=say(decoded.problems[0])
            )
        )
    return Pasted(
        build=BuildRef(
            spec_id=decoded.spec_id,
            title=title,
            code=text.strip(),
            selection=decoded.selection,
            hero_tree=decoded.hero_tree,
            origin=origin,
            note=say(decoded.problems[0]) if decoded.problems else "",
        )
    )


def paste_another(text: str, trees: TalentTrees, known: Sequence[BuildRef]) -> Pasted:
    """Read a code that the player gives beside the ``known`` builds.

    One that is known already keeps its name and origin; another gets the next number.
    """
    number = len(known) + 1
    title = _("Pasted code")
    if number > 1:
        title = _("Pasted code {number}").format(number=number)
    pasted = paste(text, trees, title=title, origin=f"pasted {number}")
    code = pasted.build.code if pasted.build else ""
    before = next((one for one in known if one.code == code), None)
    return Pasted(build=before) if before else pasted
