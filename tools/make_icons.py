"""Draws ``icon.svg`` as the files that each system wants: ``python -m tools.make_icons``.

The results are kept beside it, so that building the app needs no drawing.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from att_desktop.ui.widgets.picture_actions import png_of

HERE: Final = Path(__file__).resolve().parents[1] / "resources"
ICO_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
# Apple's types of PNG icons: the same picture may stand for a size and for half of it, doubled.
ICNS_SIZES: Final = {
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic08": 256,
    b"ic13": 256,
    b"ic09": 512,
    b"ic14": 512,
    b"ic10": 1024,
}


def png(renderer: QSvgRenderer, size: int) -> bytes:
    """The picture in ``size`` x ``size`` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return png_of(image)


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon: a directory of PNG files, 256 written as 0."""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(header) + 16 * len(pictures)
    entries = b""
    for size, data in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return header + entries + b"".join(pictures.values())


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """A macOS icon: typed chunks, lengths with their own 8 bytes of header."""
    chunks = b"".join(
        kind + struct.pack(">I", len(data) + 8) + data for kind, data in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(chunks) + 8) + chunks


def main() -> None:
    """Write ``icon.png``, ``icon.ico`` and ``icon.icns``."""
    app = QGuiApplication([])
    renderer = QSvgRenderer(str(HERE / "icon.svg"))
    (HERE / "icon.png").write_bytes(png(renderer, 256))
    (HERE / "icon.ico").write_bytes(ico({size: png(renderer, size) for size in ICO_SIZES}))
    (HERE / "icon.icns").write_bytes(
        icns({kind: png(renderer, size) for kind, size in ICNS_SIZES.items()})
    )
    del app


if __name__ == "__main__":
    main()
