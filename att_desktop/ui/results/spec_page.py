"""What the pages that show one spec share: which spec, and when its results are read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from att_desktop.game.specs import SPECS
from att_desktop.text import N_, _, say
from att_desktop.text.formats import in_a_row
from att_desktop.text.names import spec_and_class
from att_desktop.ui.results.build_options import own_refs
from att_desktop.ui.results.my_builds import own_builds_of

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from att_desktop.ui.context import AppContext
    from att_desktop.ui.results.spec_results import BuildRef, SpecResults
    from att_desktop.ui.widgets.spec_picker import SpecPicker

_FIRST_SPEC: Final = 250
_NOTHING_YET: Final = N_("There are no builds yet: an update brings them.")
_NO_SPEC: Final = N_("There are no builds of {spec} yet: an update brings them.")


class SpecPage(QWidget):
    """Follows the library, the talent trees, own characters, and the spec chosen on other pages.

    A subclass sets ``_results`` in ``show_spec``, and calls ``_follow`` once its widgets are made.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._own = own_builds_of(context)
        self._results: SpecResults | None = None
        self._picker: SpecPicker
        self._stale = False
        self._followed = context.settings.last_spec_id

    @property
    def spec_id(self) -> int:
        """The spec that is shown."""
        return self._results.spec_id if self._results else _FIRST_SPEC

    def show_spec(self, spec_id: int) -> None:
        """Show a spec; without talent trees of it nothing changes."""
        raise NotImplementedError

    def _show_anew(self, spec_id: int) -> None:
        """Show a spec after its results have changed; what was picked of it stays."""
        self.show_spec(spec_id)

    def _show_own(self) -> None:
        """The player's own talents have changed."""
        raise NotImplementedError

    def _follow(self, picker: SpecPicker) -> None:
        """Show the first spec, and follow what changes; ``picker`` offers own specs on top."""
        self._picker = picker
        self._context.library_changed.connect(self._on_library_changed)
        self._context.trees_changed.connect(self._on_trees_changed)
        self._own.changed.connect(self._on_own_builds)
        self._read_library()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._own.refresh()
        if self._stale:
            self._read_library()
        spec_id = self._context.settings.last_spec_id
        if spec_id is not None and spec_id != self._followed:
            self._on_spec_chosen(spec_id)  # chosen on another page since

    def _on_library_changed(self) -> None:
        """An update changes the library many times, mostly for other specs."""
        if self._results is None or not self._results.same_in(self._context.library()):
            self._renew()

    def _on_trees_changed(self) -> None:
        self._renew()

    def _renew(self) -> None:
        """Read now, or when the page is next seen."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._read_library()

    def _read_library(self) -> None:
        """Show what is there now; the spec stays."""
        self._stale = False
        mine = self._own.spec_ids
        self._picker.set_mine(mine)
        known = self._results.spec_id if self._results else self._context.settings.last_spec_id
        units = self._context.library().units
        with_data = sorted({unit.spec_id for unit in units if unit.spec_id in SPECS})
        wanted = [known, *mine, *with_data, _FIRST_SPEC]
        trees = self._context.trees
        self._show_anew(next(one for one in wanted if one is not None and one in trees))

    def _on_own_builds(self) -> None:
        """A player who has not chosen a spec yet sees that of their character."""
        mine = self._own.spec_ids
        self._picker.set_mine(mine)
        if self._context.settings.last_spec_id is None and mine:
            self.show_spec(mine[0])
        elif self._results is not None:
            self._show_own()

    def _on_spec_chosen(self, spec_id: int) -> None:
        if self._results is None or spec_id != self._results.spec_id:
            self.show_spec(spec_id)
        self._followed = spec_id
        self._context.change_settings(last_spec_id=spec_id)

    def _own_refs(self) -> list[BuildRef]:
        """The player's own builds of the spec that is shown."""
        return own_refs(self._own.builds, self._context.trees, self.spec_id)

    def _no_builds_text(self) -> str:
        """Why nothing is shown."""
        library = self._context.library()
        if not library.is_empty:
            return _(_NO_SPEC).format(spec=spec_and_class(self.spec_id))
        # An unreadable file is told, a missing one is not.
        return in_a_row(say(library.problem) if library.problem else "", _(_NOTHING_YET))
