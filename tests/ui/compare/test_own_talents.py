"""The player's own talents on the Compare page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.game.import_codes import encode
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.ui.compare.page import ComparePage
from att_desktop.ui.results.build_options import own_refs, variants
from att_desktop.ui.results.my_builds import OwnBuilds, own_builds_of
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.wow.saved_variables import MyBuild
from tests.ui.compare.compared import BLOOD, LIBRARY
from tests.ui.pages import context_with
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


def test_what_is_picked_stays_what_it_was_when_own_talents_change(
    qtbot: QtBot, page: ComparePage
) -> None:
    results = SpecResults(LIBRARY, TREES, 250)
    alternative = variants(results, results.result("3131"))[2][1]
    codes = [encode(BLOOD, random_build(BLOOD, hero, {})) for hero in BLOOD.hero_trees]
    for code in codes:
        page._own._on_read(
            [MyBuild(character="Mirou", realm="Ysondre", spec_id=250, code=code, time=1)]
        )
        if code == codes[0]:
            page.compare(alternative, own_refs(page._own.builds, TREES, 250)[0])
    assert page.a.current == alternative
    assert page.b.current is not None
    assert (page.b.current.title, page.b.current.code) == ("Mirou's talents", codes[1])


def test_own_talents_are_read_again_when_the_page_is_shown(
    qtbot: QtBot, context: AppContext
) -> None:
    reads: list[Sequence[Path]] = []

    def read(folders: Sequence[Path]) -> list[MyBuild]:
        reads.append(folders)
        return []

    own = OwnBuilds(context, read)
    page = ComparePage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(reads) == 1 and not own.busy)
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: len(reads) == 2 and not own.busy)


def test_characters_with_other_talents_than_the_app_are_told(
    qtbot: QtBot, context: AppContext
) -> None:
    code = encode(BLOOD, random_build(BLOOD, BLOOD.hero_trees[0], {}))
    hashed = f"{code[:4]}E{code[5:]}"
    own = OwnBuilds(context, lambda _: [])
    mine = {"realm": "Ysondre", "spec_id": 250, "time": 1}
    with qtbot.assertNotEmitted(context.told):
        own._on_read([MyBuild(character="Mirou", code=code, **mine)])
    with qtbot.waitSignal(context.told) as told:
        own._on_read([MyBuild(character="Mirou", code=hashed, **mine)])
    assert "other talents than the app for Mirou." in told.args[0]
    assert own_refs(own.builds, TREES, 250) == []


def test_the_spec_of_an_own_character_comes_first(qtbot: QtBot) -> None:
    context = context_with(LIBRARY)
    own = own_builds_of(context)
    qtbot.waitUntil(lambda: not own.busy)
    tree = TREES.tree(1480)
    code = encode(tree, random_build(tree, tree.hero_trees[0], {}))
    page = ComparePage(context)
    qtbot.addWidget(page)
    assert page.spec_picker.spec_id == 250
    own._on_read([MyBuild(character="Mirou", realm="Ysondre", spec_id=1480, code=code, time=1)])
    assert page.spec_picker.spec_id == 1480
    offered = [page.a.source.itemText(row).strip() for row in range(page.a.source.count())]
    assert offered[-1] == "Mirou's talents"
    later = ComparePage(context)
    qtbot.addWidget(later)
    assert later.spec_picker.spec_id == 1480
