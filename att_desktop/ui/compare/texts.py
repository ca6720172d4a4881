"""A comparison as text to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.text.comparisons import difference_lines, summary_text
from att_desktop.text.formats import labelled
from att_desktop.text.names import spec_and_class
from att_desktop.ui.results.texts import head_line
from att_desktop.ui.tree.picture import Caption

if TYPE_CHECKING:
    from att_desktop.game.comparison import Comparison
    from att_desktop.ui.results.spec_results import BuildRef


def as_text(comparison: Comparison, a: BuildRef, b: BuildRef) -> str:
    """The comparison as plain text, codes included, to paste into a chat."""
    lines = [spec_and_class(comparison.spec_id)]
    for name, build in (("A", a), ("B", b)):
        lines += [_title(name, build), f"   {build.code}"]
    lines.append(summary_text(comparison))
    lines += [f"- {line}" for line in difference_lines(comparison)]
    return "\n".join(lines) + "\n"


def comparison_caption(comparison: Comparison, a: BuildRef, b: BuildRef) -> Caption:
    """What stands on a picture of two builds laid over each other."""
    sides = (("A", a), ("B", b))
    return Caption(
        title=spec_and_class(comparison.spec_id),
        lines=(
            *(_title(name, build) for name, build in sides),
            summary_text(comparison),
        ),
        notes=tuple(labelled(name, build.code) for name, build in sides),
    )


def _title(name: str, build: BuildRef) -> str:
    return labelled(name, f"{build.title} ({head_line(build)})")
