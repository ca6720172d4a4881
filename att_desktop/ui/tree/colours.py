"""The canvas's colours, in a dark and a light set. Every mark also has a shape of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPalette, QPen

from att_desktop.ui.theme import is_dark
from att_desktop.ui.tree.node_state import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasColours:
    """Brushes and pens, made once. Text has a contrast of 4.5 or better on what it stands on."""

    dark: bool
    ground: QColor
    text: QColor
    faint_text: QColor
    fills: dict[Mark, QBrush]
    pens: dict[Mark, QPen]
    texts: dict[Mark, QColor]
    edges: dict[Mark, QPen]
    gate: QPen
    focus: QPen
    badge: QBrush
    badge_text: QColor
    badge_a: QBrush
    badge_b: QBrush
    rate_low: QColor
    rate_high: QColor

    def rate(self, share: float) -> QColor:
        """From cold (0.0) to hot (1.0)."""
        low, high = self.rate_low, self.rate_high
        return QColor.fromRgbF(
            low.redF() + (high.redF() - low.redF()) * share,
            low.greenF() + (high.greenF() - low.greenF()) * share,
            low.blueF() + (high.blueF() - low.blueF()) * share,
        )


_DARK: Final = {
    "ground": "#14161b",
    "text": "#e8e6e0",
    "faint": "#979ca8",
    "empty_fill": "#1e2127",
    "empty_line": "#474d59",
    "taken_fill": "#3a3017",
    "taken_line": "#e3b94c",
    "taken_text": "#ffe9b0",
    "granted_fill": "#26303a",
    "granted_line": "#9fb4c8",
    "granted_text": "#dbe6f0",
    "a_fill": "#12304f",
    "a_line": "#5fb0ff",
    "a_text": "#d6eaff",
    "b_fill": "#4a260b",
    "b_line": "#ff9a4a",
    "b_text": "#ffe3cd",
    "both_fill": "#3a1f45",
    "both_line": "#d79bf0",
    "both_text": "#f6e4ff",
    "edge": "#3a3f4a",
    "gate": "#8a7650",
    "focus": "#ffffff",
    "badge": "#0b0c0f",
    "rate_low": "#22344d",
    "rate_high": "#b03a1c",
}
_LIGHT: Final = {
    "ground": "#f4f1ea",
    "text": "#23201a",
    "faint": "#67635a",
    "empty_fill": "#eae6dc",
    "empty_line": "#b3ac9b",
    "taken_fill": "#ffe9ab",
    "taken_line": "#9a6c00",
    "taken_text": "#4a3300",
    "granted_fill": "#dde6ee",
    "granted_line": "#5b7288",
    "granted_text": "#24384a",
    "a_fill": "#d3e7fb",
    "a_line": "#0b5cad",
    "a_text": "#06345f",
    "b_fill": "#ffe0c7",
    "b_line": "#b14a00",
    "b_text": "#5c2700",
    "both_fill": "#efdcf7",
    "both_line": "#7d3a9c",
    "both_text": "#43175a",
    "edge": "#c6bfae",
    "gate": "#8c7440",
    "focus": "#000000",
    "badge": "#fffdf8",
    "rate_low": "#dfe8f2",
    "rate_high": "#f0916a",
}
_STYLE_OF: Final = {
    Mark.EMPTY: "empty",
    Mark.TAKEN: "taken",
    Mark.GRANTED: "granted",
    Mark.ONLY_A: "a",
    Mark.ONLY_B: "b",
    Mark.RANK: "both",
    Mark.CHOICE: "both",
}


def canvas_colours(palette: QPalette) -> CanvasColours:
    """The set that goes with the window's palette."""
    dark = is_dark(palette)
    names = _DARK if dark else _LIGHT
    pens, edges = {}, {}
    for mark, style in _STYLE_OF.items():
        line = QColor(names[f"{style}_line"])
        width = 1.4 if mark is Mark.EMPTY else 2.6
        # Only B is dashed, so that the two builds are told apart without colours.
        dashes = Qt.PenStyle.DashLine if mark is Mark.ONLY_B else Qt.PenStyle.SolidLine
        pens[mark] = _pen(line, width, dashes)
        edge = QColor(names["edge"]) if mark is Mark.EMPTY else line
        edges[mark] = _pen(edge, 1.6 if mark is Mark.EMPTY else 2.6, dashes)
    return CanvasColours(
        dark=dark,
        ground=QColor(names["ground"]),
        text=QColor(names["text"]),
        faint_text=QColor(names["faint"]),
        fills={mark: QBrush(QColor(names[f"{style}_fill"])) for mark, style in _STYLE_OF.items()},
        pens=pens,
        texts={
            mark: QColor(names["faint" if mark is Mark.EMPTY else f"{style}_text"])
            for mark, style in _STYLE_OF.items()
        },
        edges=edges,
        gate=_pen(QColor(names["gate"]), 1.2, Qt.PenStyle.DashLine),
        focus=_pen(QColor(names["focus"]), 2.2, Qt.PenStyle.DotLine),
        badge=QBrush(QColor(names["badge"])),
        badge_text=QColor(names["text"]),
        badge_a=QBrush(QColor(names["a_line"])),
        badge_b=QBrush(QColor(names["b_line"])),
        rate_low=QColor(names["rate_low"]),
        rate_high=QColor(names["rate_high"]),
    )


def _pen(colour: QColor, width: float, style: Qt.PenStyle) -> QPen:
    pen = QPen(colour, width, style)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
