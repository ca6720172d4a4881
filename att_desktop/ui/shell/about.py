"""Help › About: versions, licences, and whose work is inside."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
)

from att_desktop import __version__
from att_desktop.system.crash_reports import describe_system

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QWidget

__all__ = ["AboutDialog", "parts"]

_LOGO: Final = 64
_PARTS: Final = (
    ("PySide6-Essentials", "Qt and its Python binding", "LGPL-3.0"),
    ("httpx", "HTTP", "BSD-3-Clause"),
    ("truststore", "the system's certificates", "MIT"),
    ("msgspec", "JSON", "BSD-3-Clause"),
    ("keyring", "the system's keyring", "MIT"),
    ("platformdirs", "folders", "MIT"),
    ("filelock", "locks", "MIT"),
    ("simc-support", "talent trees, from Raidbots", "GPL-3.0"),
)
_ABOUT: Final = """
<p>What the best World of Warcraft players use, as talent trees, and in the game with one
click.</p>
<p>Free software under the GNU General Public License, version 3 or later; it comes without any
warranty. <a href="https://www.gnu.org/licenses/gpl-3.0.html">The licence</a></p>
<p>Rankings: <a href="https://www.warcraftlogs.com">Warcraft Logs</a>, fetched with your own API
client. World of Warcraft and its class names, talents and icons belong to Blizzard Entertainment,
which has no part in this app.</p>
<p><b>Made with</b></p>
"""


def parts() -> list[tuple[str, str, str, str]]:
    """(package, what for, version or '', licence) of what the app is made with."""
    return [(name, use, _version(name), licence) for name, use, licence in _PARTS]


class AboutDialog(QDialog):
    """The About box; *Copy versions* is for reports of a fault."""

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Azeroth's Top Talent")
        logo = QLabel()
        logo.setPixmap(icon.pixmap(_LOGO, _LOGO))
        title = QLabel(f"<h2>Azeroth's Top Talent {__version__}</h2>")
        title.setTextFormat(Qt.TextFormat.RichText)
        head = QHBoxLayout()
        head.addWidget(logo)
        head.addWidget(title, 1)
        text = QTextBrowser()
        text.setOpenExternalLinks(True)
        text.setAccessibleName("About")
        rows = "".join(
            f"<tr><td>{name} {version}&nbsp;&nbsp;</td><td>{use}&nbsp;&nbsp;</td>"
            f"<td>{licence}</td></tr>"
            for name, use, version, licence in parts()
        )
        text.setHtml(f"{_ABOUT}<table>{rows}</table><p>{describe_system()}</p>")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy &versions", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(_as_text()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
        self.resize(560, 460)


def _as_text() -> str:
    lines = [f"{name} {version}" for name, _, version, _ in parts()]
    return "\n".join([describe_system(), *lines])


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a packaged binary leaves some metadata out
        return ""
