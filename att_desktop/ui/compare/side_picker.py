"""Picks one side of a comparison: an encounter and one of its builds, own talents, or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from att_desktop.text import _
from att_desktop.ui.results.build_options import choices, variant_text, variants
from att_desktop.ui.results.texts import head_line
from att_desktop.ui.tree.colours import canvas_colours
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel, plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from PySide6.QtGui import QPalette

    from att_desktop.ui.results.spec_results import BuildRef, SpecResults

_REF_ROLE: Final = Qt.ItemDataRole.UserRole
_BADGE: Final = 22
_AROUND: Final = 24  # pixels beside the words of a field


class SidePicker(QWidget):
    """``changed`` tells that another build is picked, ``code_typed`` that a code was entered."""

    changed = Signal()
    code_typed = Signal(str)

    def __init__(self, side: Literal["A", "B"]) -> None:
        super().__init__()
        self.side = side
        self._results: SpecResults | None = None
        self._current: BuildRef | None = None
        self._former: BuildRef | None = None  # picked before a code that could not be used
        self._refusal = ""
        self._typed = ""
        self._badge = PlainLabel()
        self._badge.setAccessibleName(_("Build {side}").format(side=side))
        self.source = QComboBox()
        self._badge.setBuddy(self.source)
        self._sources = QStandardItemModel(self)
        self.source.setModel(self._sources)
        self.source.setAccessibleName(_("Build {side}: encounter").format(side=side))
        self.source.setMaxVisibleItems(24)
        self.variant = QComboBox()
        self.variant.setAccessibleName(
            _("Build {side}: which of the sampled builds").format(side=side)
        )
        for box in (self.source, self.variant):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(14)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.view().setAccessibleName(box.accessibleName())
            # The field is narrower than some texts.
            box.currentTextChanged.connect(lambda text, of=box: of.setToolTip(plain_tip(text)))
        self.code = _CodeField()
        self.code.setPlaceholderText(_("or paste an import code"))
        self.code.setToolTip(self.code.placeholderText())
        self.code.setAccessibleName(_("Build {side}: import code").format(side=side))
        self.code.setClearButtonEnabled(True)
        self.line = WrappedLabel()
        self._build_layout()
        self.source.activated.connect(self._on_source)
        self.variant.activated.connect(self._on_variant)
        self.code.textEdited.connect(self._on_code_edited)

    @property
    def current(self) -> BuildRef | None:
        """The picked build."""
        return self._current

    @property
    def refused(self) -> tuple[BuildRef | None, str]:
        """The build before a code that cannot be used, and why it cannot; '' without one."""
        return self._former, self._refusal

    def set_choices(self, results: SpecResults, extra: Sequence[BuildRef]) -> None:
        """Offer the builds of a spec; nothing is picked then."""
        self._results = results
        self._current = self._former = None
        self._refusal = ""
        model = self._sources
        model.clear()
        for title, refs in choices(results, extra):
            header = QStandardItem(title)
            header.setFlags(Qt.ItemFlag.NoItemFlags)
            font = header.font()
            font.setBold(True)
            header.setFont(font)
            model.appendRow(header)
            for ref in refs:
                item = QStandardItem(f"   {ref.title}")
                item.setData(ref, _REF_ROLE)
                item.setData(ref.title, Qt.ItemDataRole.AccessibleTextRole)
                model.appendRow(item)
        self.source.setCurrentIndex(-1)
        self.source.setEnabled(model.rowCount() > 0)
        self._fill_variants()

    def pick(self, build: BuildRef | None) -> None:
        """Show a build as picked, without telling of it."""
        self._current, self._former, self._refusal = build, None, ""
        row = -1
        for number in range(self.source.count()):
            ref = self.source.itemData(number, _REF_ROLE)
            if build is not None and ref is not None and _same_source(ref, build):
                row = number
                break
        self.source.setCurrentIndex(row)
        self._fill_variants()
        self._keep_code()

    def refuse_code(self, sentence: str) -> None:
        """Say why a code cannot be used. Nothing is picked until it is mended or taken away."""
        former = self._current or self._former
        self.pick(None)
        self._former, self._refusal = former, sentence
        self.line.setText(sentence)

    def set_palette(self, palette: QPalette) -> None:
        """Draw the badge in the colours of the canvas."""
        colours = canvas_colours(palette)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(_BADGE, _BADGE) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.badge_a if self.side == "A" else colours.badge_b)
        if self.side == "A":
            painter.drawEllipse(0, 0, _BADGE, _BADGE)
        else:
            painter.drawRoundedRect(0, 0, _BADGE, _BADGE, 4, 4)
        font = painter.font()
        font.setBold(True)
        font.setPixelSize(14)
        painter.setFont(font)
        painter.setPen(colours.ground)
        painter.drawText(0, 0, _BADGE, _BADGE, Qt.AlignmentFlag.AlignCenter, self.side)
        painter.end()
        self._badge.setPixmap(pixmap)

    def _build_layout(self) -> None:
        self.set_palette(self.palette())
        boxes = QHBoxLayout()
        boxes.addWidget(self.source, 1)
        boxes.addWidget(self.variant, 1)
        boxes.addWidget(self.code)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(2)
        layout.addWidget(self._badge, 0, 0)
        layout.addLayout(boxes, 0, 1)
        layout.addWidget(self.line, 1, 1)
        layout.setColumnStretch(1, 1)

    def _fill_variants(self) -> None:
        build = self._current
        self.variant.clear()
        result = (
            self._results.result(build.result_key) if self._results and build is not None else None
        )
        if result is not None and self._results is not None and build is not None:
            offered = variants(self._results, result)
            if all(ref.selection != build.selection for _text, ref in offered):
                # One that few players use, chosen on the Builds page.
                offered.append((variant_text(build), build))
            for text, ref in offered:
                self.variant.addItem(text, ref)
                if ref.selection == build.selection:
                    self.variant.setCurrentIndex(self.variant.count() - 1)
        self.variant.setEnabled(self.variant.count() > 1)
        self._say()

    def say_age(self) -> None:
        """The line below anew: time has passed. A refusal stays."""
        if self._current is not None:
            self._say()

    def _say(self) -> None:
        self.line.setText(head_line(self._current) if self._current else "")

    def _on_source(self, row: int) -> None:
        ref = self.source.itemData(row, _REF_ROLE)
        if ref is not None:
            self.pick(ref)
            self.changed.emit()

    def _on_variant(self, row: int) -> None:
        ref = self.variant.itemData(row)
        if ref is not None and ref != self._current:
            self._current = ref
            self._say()
            self._keep_code()
            self.changed.emit()

    def _keep_code(self) -> None:
        """A code stands in its field while its build is picked, or while it is being typed."""
        text = self.code.text().strip()
        if self._current is not None and self._current.code == text:
            self._typed = text
        elif text == self._typed:
            self.code.clear()

    def _on_code_edited(self, text: str) -> None:
        if text.strip():
            self.code_typed.emit(text)
        elif self._former is not None:
            self.pick(self._former)
            self.changed.emit()
        else:
            self._refusal = ""
            self._say()


class _CodeField(QLineEdit):
    """As wide as what it asks for, where there is room; Qt's own hint is 17 letters."""

    def sizeHint(self) -> QSize:
        asked = self.fontMetrics().horizontalAdvance(self.placeholderText()) + _AROUND
        return super().sizeHint().expandedTo(QSize(asked, 0))


def _same_source(ref: BuildRef, build: BuildRef) -> bool:
    if ref.result_key or build.result_key:
        return ref.result_key == build.result_key
    return ref.selection == build.selection and ref.origin == build.origin
