"""The evening on paper and as a picture: one document for both."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QImage, QPainter, QPalette, QTextDocument

from att_desktop.text import _, formats
from att_desktop.text.names import spec_and_class
from att_desktop.ui.raid_night.texts import covers_text, lost_and_gained, summary_line, swaps_away
from att_desktop.ui.results.texts import head_line, hero_text, zone_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from att_desktop.ui.results.raid_night import Evening

_APP: Final = "Azeroth's Top Talent"
_WIDTH: Final = 1000
_STYLE: Final = """
body { color: #000000; } h2 { margin-bottom: 2px; } p { margin-top: 2px; margin-bottom: 8px; }
th { text-align: left; background-color: #dddddd; } .small { font-size: small; }
"""


def evening_document(evening: Evening) -> QTextDocument:
    """Headline, the few builds with their codes, every boss and dungeon, date and app name."""
    document = QTextDocument()
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml("".join(_parts(evening)))
    return document


def evening_image(evening: Evening, *, scale: float = 2.0) -> QImage:
    """The document as a picture, dark on white, ``scale`` pixels by unit."""
    document = evening_document(evening)
    document.setDocumentMargin(16)
    document.setTextWidth(_WIDTH)
    size: QSizeF = document.size() * scale
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    context = QAbstractTextDocumentLayout.PaintContext()
    # Not the window's palette: dark mode's text is white.
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    document.documentLayout().draw(painter, context)
    painter.end()
    return image


def _parts(evening: Evening) -> Iterable[str]:
    title = _("Raid night: {spec}").format(spec=spec_and_class(evening.spec_id))
    yield f"<h2>{escape(title)}</h2>"
    said = [summary_line(evening)]
    if evening.own is not None:
        said.append(f"{evening.own.title} ({head_line(evening.own)})")
    yield f"<p>{'<br>'.join(map(escape, said))}</p>"
    yield _table(
        ("", _("Build of"), _("Hero tree"), _("Swaps"), _("Covers")),
        [
            (
                formats.number(number),
                one.build.title,
                hero_text(one.build.hero_tree),
                swaps_away(one.change),
                covers_text(one),
            )
            for number, one in enumerate(evening.chosen, start=1)
        ],
        (4, 24, 16, 20, 36),
    )
    yield from _stops(evening)
    codes = [
        formats.labelled(formats.number(number), one.build.code)
        for number, one in enumerate(evening.chosen, start=1)
    ]
    made = f"{_APP} · {formats.date(datetime.now(UTC))}"
    yield f"<p class='small'>{'<br>'.join(map(escape, [*codes, made]))}</p>"


def _stops(evening: Evening) -> Iterable[str]:
    groups: dict[str, list[Sequence[str]]] = {}
    for stop in evening.stops:
        best = stop.result.best
        row = [stop.result.title, formats.number(stop.number) if stop.number else ""]
        if evening.own is None:
            row.append(hero_text(best.hero_tree) if best else "")
        else:
            row += [swaps_away(stop.change), *lost_and_gained(stop.change)]
        groups.setdefault(zone_title(stop.result), []).append(row)
    ways = (_("Swaps"), _("Lost"), _("Gained")) if evening.own else (_("Hero tree"),)
    widths = (18, 11, 15, 28, 28) if evening.own else (60, 10, 30)
    for title, rows in groups.items():
        yield f"<h3>{escape(title)}</h3>"
        yield _table((_("Encounter"), _("Build"), *ways), rows, widths)


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    """``widths`` of the columns are in percent."""
    head = "".join(
        f"<th width='{width}%'>{escape(text)}</th>"
        for text, width in zip(headers, widths, strict=True)
    )
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows
    )
    return (
        "<table width='100%' border='1' cellspacing='0' cellpadding='4' "
        f"style='border-collapse: collapse'><tr>{head}</tr>{body}</table>"
    )
