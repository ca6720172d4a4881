"""Above the lists: which spec, whose talents, and raid, dungeons or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSizePolicy, QWidget

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.text import _
from att_desktop.text.names import content_name
from att_desktop.ui.results.build_options import paste_another
from att_desktop.ui.widgets.plain_text import plain_tip
from att_desktop.ui.widgets.spec_picker import SpecPicker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from att_desktop.game.content_types import ContentType
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.results.spec_results import BuildRef, SpecResults

_ROLE: Final = Qt.ItemDataRole.UserRole
_ONE_ROW: Final = 760
"""The width from which on all boxes stand beside each other; below it, two by two."""


class Controls(QWidget):
    """``spec_chosen`` tells another spec, ``changed`` other talents or another content.

    ``problem`` is why a pasted code cannot be used; no talents are own then.
    """

    spec_chosen = Signal(int)
    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._spec_id = 0
        self._known: list[BuildRef] = []
        self._pasted: list[BuildRef] = []
        self.problem = ""
        self.spec_picker = SpecPicker()
        self.spec_picker.setMinimumWidth(150)
        self.own_box = _box(_("Your talents"))
        self.own_box.setPlaceholderText(_("Not known yet"))
        self.content_box = _box(_("Content"))
        self.content_box.addItem(_("Raid and Mythic+"), None)
        for content_type in CONTENT_TYPES:
            self.content_box.addItem(content_name(content_type), content_type)
        self.code = QLineEdit()
        self.code.setPlaceholderText(_("or paste an import code"))
        self.code.setToolTip(self.code.placeholderText())
        self.code.setAccessibleName(_("Your talents: import code"))
        self.code.setClearButtonEnabled(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self._arrange(4)
        self.spec_picker.spec_chosen.connect(self.spec_chosen)
        self.own_box.activated.connect(self._on_own)
        self.content_box.activated.connect(lambda _row: self.changed.emit())
        self.code.textEdited.connect(self._on_code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(4 if event.size().width() >= _ONE_ROW else 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, (widget, stretch) in enumerate(
            ((self.spec_picker, 3), (self.own_box, 3), (self.code, 3), (self.content_box, 2))
        ):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, place // columns, place % columns)
            self._grid.setColumnStretch(place, stretch if place < columns else 0)

    @property
    def own(self) -> BuildRef | None:
        """The player's talents that everything is compared with."""
        return None if self.problem else cast("BuildRef | None", self.own_box.currentData(_ROLE))

    @property
    def content(self) -> ContentType | None:
        """What is listed; None for all."""
        return cast("ContentType | None", self.content_box.currentData(_ROLE))

    def show_spec(self, spec_id: int, results: SpecResults, known: Sequence[BuildRef]) -> None:
        """Offer the player's talents of a spec, as the game has them; what is picked stays."""
        kept = self.own if spec_id == self._spec_id else None
        if spec_id != self._spec_id:
            self.problem = ""
            self.code.clear()
        self._spec_id, self._known = spec_id, list(known)
        self.spec_picker.pick(spec_id)
        self._fill(kept)
        there = {result.content_type for result in results.results if result.group != "general"}
        self.content_box.setEnabled(len(there) > 1)
        if len(there) == 1 and self.content not in (None, *there):
            self.content_box.setCurrentIndex(0)

    def _fill(self, wanted: BuildRef | None) -> None:
        """Talents that the game has noted come first; of the same origin they may be newer."""
        own = [build for build in self._pasted if build.spec_id == self._spec_id]
        self.own_box.clear()
        for build in (*self._known, *own):
            self.own_box.addItem(build.title, build)
        origins = [build.origin for build in (*self._known, *own)]
        at = origins.index(wanted.origin) if wanted and wanted.origin in origins else 0
        self.own_box.setCurrentIndex(at if origins else -1)
        self.own_box.setEnabled(bool(origins))

    def _on_own(self) -> None:
        self.problem = ""
        self.code.clear()
        self.changed.emit()

    def _on_code(self, text: str) -> None:
        """A code that is being typed or was pasted; of another spec, that spec is shown."""
        self.problem = ""
        if text.strip():
            pasted = paste_another(text, self._context.trees, self._pasted)
            self.problem = pasted.problem
            if pasted.build is not None:
                self._use(pasted.build)
                return
        self.changed.emit()

    def _use(self, build: BuildRef) -> None:
        if build not in self._pasted:
            self._pasted.append(build)
        if build.spec_id != self._spec_id:
            text = self.code.text()
            self.spec_chosen.emit(build.spec_id)
            self.code.setText(text)
        self._fill(build)
        self.changed.emit()


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.view().setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setToolTip(name)
    # The field is narrower than some texts.
    box.currentTextChanged.connect(lambda text: box.setToolTip(plain_tip(f"{name}\n{text}")))
    return box
