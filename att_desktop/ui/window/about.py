"""Help › About: versions, licences, and whose work is inside."""

from __future__ import annotations

from collections import Counter
from html import escape
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
from att_desktop.text import N_, _
from att_desktop.text.formats import listed
from att_desktop.ui.open_outside import open_link
from att_desktop.ui.tree.emblems import EmblemBook, embedded_emblems

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QWidget

_LOGO: Final = 64
_PARTS: Final = (
    ("PySide6-Essentials", N_("Qt and its Python binding"), "LGPL-3.0"),
    ("httpx", "HTTP", "BSD-3-Clause"),
    ("truststore", N_("the system's certificates"), "MIT"),
    ("msgspec", "JSON", "BSD-3-Clause"),
    ("keyring", N_("the system's keyring"), "MIT"),
    ("platformdirs", N_("folders"), "MIT"),
    ("filelock", N_("locks"), "MIT"),
    ("PyNaCl", "Ed25519", "Apache-2.0"),
    ("PyYAML", "YAML", "MIT"),
    ("stamina", "HTTP", "MIT"),
    ("simc-support", N_("talent trees, from Raidbots"), "GPL-3.0"),
)
_SOURCES: Final = (
    ("parses", "parses.gg", "https://parses.gg"),
    ("warcraftlogs", "Warcraft Logs", "https://www.warcraftlogs.com"),
    ("raiderio", "Raider.IO", "https://raider.io"),
    ("raidbots", "Raidbots", "https://www.raidbots.com"),
    ("blizzard", "Blizzard", "https://worldofwarcraft.blizzard.com"),
)
_CC_BY: Final = "https://creativecommons.org/licenses/by/3.0/"
_LICENCE: Final = "https://www.gnu.org/licenses/gpl-3.0.html"


def parts() -> list[tuple[str, str, str, str]]:
    """(package, what for, version or '', licence) of what the app is made with."""
    return [(name, use, _version(name), licence) for name, use, licence in _PARTS]


def _authors(emblems: EmblemBook) -> list[str]:
    """Of most emblems first: 'Lorc (512)'. Whose each is stands in ``resources/emblems.json``."""
    counts = Counter(emblem.author for emblem in emblems.emblems.values())
    return [f"{escape(author)} ({count})" for author, count in counts.most_common()]


def _introduction() -> str:
    emblems = embedded_emblems()
    made_with = _("Made with")
    paragraphs = (
        _(
            "What the best World of Warcraft players use, as talent trees, and in the game with "
            "one click."
        ),
        _(
            "Free software under the GNU General Public License, version 3 or later; it comes "
            'without any warranty. <a href="{address}">The licence</a>'
        ).format(address=_LICENCE),
        _(
            "Where builds come from: {parses}, without an account; {warcraftlogs}, with an API "
            "client of your own; or the feed of somebody you trust. Talent trees come from "
            "{raidbots}, icons of talents from {blizzard}, own characters by name from {raiderio}."
        ).format(**{name: f'<a href="{link}">{title}</a>' for name, title, link in _SOURCES}),
        _(
            "World of Warcraft and its class names, talents and icons belong to Blizzard "
            "Entertainment, which has no part in this app."
        ),
        _(
            'Emblems of talents: <a href="{address}">game-icons.net</a> ({licence}) by {authors}.'
        ).format(
            address=emblems.source,
            licence=f'<a href="{_CC_BY}">{emblems.license}</a>',
            authors=listed(_authors(emblems)),
        ),
        f"<b>{made_with}</b>",
    )
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


class AboutDialog(QDialog):
    """The About box; *Copy versions* is for reports of a fault."""

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Azeroth's Top Talent"))
        logo = QLabel()
        logo.setPixmap(icon.pixmap(_LOGO, _LOGO))
        title = QLabel(f"<h2>Azeroth's Top Talent {__version__}</h2>")
        title.setTextFormat(Qt.TextFormat.RichText)
        head = QHBoxLayout()
        head.addWidget(logo)
        head.addWidget(title, 1)
        text = QTextBrowser()
        text.setOpenLinks(False)
        text.anchorClicked.connect(lambda url: open_link(url.toString(), self))
        text.setAccessibleName(_("About"))
        rows = "".join(
            f"<tr><td>{name} {version}&nbsp;&nbsp;</td><td>{_(use)}&nbsp;&nbsp;</td>"
            f"<td>{licence}</td></tr>"
            for name, use, version, licence in parts()
        )
        text.setHtml(f"{_introduction()}<table>{rows}</table><p>{describe_system()}</p>")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_("Copy &versions"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(_as_text()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
        self.resize(560, 460)


def _as_text() -> str:
    lines = [f"{name} {version}" for name, _use, version, _licence in parts()]
    return "\n".join([describe_system(), *lines])


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a packaged binary leaves some metadata out
        return ""
