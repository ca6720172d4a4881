"""The models behind the Builds page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTreeView

from att_desktop.game.comparison import compare
from att_desktop.game.specs import SPECS
from att_desktop.game.swaps import swaps
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.text.builds import swaps_text
from att_desktop.text.comparisons import difference_lines, exchange_text
from att_desktop.text.formats import short_age
from att_desktop.ui.builds.alternatives_model import BUILD_ROLE, AlternativesModel
from att_desktop.ui.builds.encounter_model import KEY_ROLE, EncounterModel, EncounterProxy
from att_desktop.ui.builds.list_view import SHORT_ROLE
from att_desktop.ui.builds.rates_model import (
    GROUP_ROLE,
    NODE_ROLE,
    YOU_COLUMN,
    RatesModel,
    RatesProxy,
)
from att_desktop.ui.results.spec_results import BuildRef, SpecResults
from att_desktop.ui.results.texts import beside_text, head_line
from att_desktop.ui.theme import contrast, dark_palette, light_palette
from att_desktop.ui.widgets.bar_delegate import HOLLOW_ROLE, SHARE_ROLE, BarDelegate
from att_desktop.ui.widgets.spec_picker import SPEC_ROLE, SpecModel, SpecPicker
from att_desktop.update.history import History, _Season, _Step
from att_desktop.update.library import Library
from tests.ui.sample_library import (
    ENCOUNTERS,
    TREES,
    library_of,
    with_broken_code,
    without_encounter,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
LIBRARY = library_of([250, 1480], fetched=NOW - timedelta(hours=3))


@pytest.fixture
def results() -> SpecResults:
    return SpecResults(LIBRARY, TREES, 250)


def keys(model: QAbstractItemModel) -> list[list[str]]:
    """Keys group by group, as they stand."""
    found = []
    for row in range(model.rowCount()):
        group = model.index(row, 0)
        found.append(
            [model.index(child, 0, group).data(KEY_ROLE) for child in range(model.rowCount(group))]
        )
    return found


def test_general_builds_stand_on_top_and_encounters_in_their_order(
    qtmodeltester: ModelTester, results: SpecResults
) -> None:
    model = EncounterModel()
    model.show_results(results.results)
    qtmodeltester.check(model)
    raid = [str(e[0]) for e in ENCOUNTERS if e[2] == "raid"]
    dungeons = [str(e[0]) for e in ENCOUNTERS if e[2] == "mythicplus"]
    assert keys(model) == [["raid", "mythicplus"], raid, dungeons]
    titles = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert titles == ["General", "Raid: Manaforge Omega", "Mythic+: Mythic+ Season 3"]
    for group in keys(model):
        for key in group:
            assert model.index_of(key).data(KEY_ROLE) == key
    assert not model.index_of("nothing").isValid()


def test_a_line_has_hero_tree_popularity_difference_and_age(results: SpecResults) -> None:
    model = EncounterModel()
    model.show_results(results.results)
    record = LIBRARY.encounters[250, 3129]
    general = results.result("raid")
    own = results.result("3129")
    assert general is not None
    assert general.best is not None
    assert own is not None
    assert own.best is not None
    index = model.index_of("3129")
    line = [index.siblingAtColumn(column).data() for column in range(5)]
    apart = swaps(results.tree, own.best.selection, general.best.selection)
    assert line[:3] == [
        "Plexus Sentinel",
        record.best_build.hero_tree,
        f"{record.best_build.count} of 50",
    ]
    assert line[3] == swaps_text(apart)
    short = index.siblingAtColumn(3).data(SHORT_ROLE)
    assert short == f"{apart.number}{'*' * apart.other_hero}" != "="
    assert model.index_of("raid").siblingAtColumn(3).data(SHORT_ROLE) == ""
    assert own.apart == apart
    share = index.siblingAtColumn(2).data(SHARE_ROLE)
    assert share == pytest.approx(record.best_build.count / 50, abs=0.0001)


def test_the_list_says_where_the_general_build_fits() -> None:
    record = LIBRARY.encounters[250, 3129]
    fits = msgspec.structs.replace(record, general_fits=True)
    library = Library(units=LIBRARY.units, encounters={**LIBRARY.encounters, (250, 3129): fits})
    model = EncounterModel()
    model.show_results(SpecResults(library, TREES, 250).results)
    said = model.index_of("3129").siblingAtColumn(3).data()
    assert said.endswith(" swaps, general fits")
    assert not model.index_of("3131").siblingAtColumn(3).data().endswith("fits")


def test_the_tip_of_a_result_says_what_its_count_is_worth(results: SpecResults) -> None:
    model = EncounterModel()
    model.show_results(results.results)
    boss = model.index_of("3129").data(Qt.ItemDataRole.ToolTipRole)
    general = model.index_of("raid").data(Qt.ItemDataRole.ToolTipRole)
    assert "of 50 play" in boss
    assert "of 400 rankings have" in general


def test_sorting_keeps_the_groups(qtmodeltester: ModelTester, results: SpecResults) -> None:
    model = EncounterModel()
    model.show_results(results.results)
    proxy = EncounterProxy(model)
    qtmodeltester.check(proxy)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        proxy.sort(2, order)
        groups = keys(proxy)
        assert groups[0] == sorted(
            groups[0],
            key=lambda key: _popularity(results, key),
            reverse=order is Qt.SortOrder.DescendingOrder,
        )
        shares = [_popularity(results, key) for key in groups[1]]
        assert shares == sorted(shares, reverse=order is Qt.SortOrder.DescendingOrder)
        assert [len(group) for group in groups] == [2, 8, 4]
    proxy.sort(-1)
    assert keys(proxy) == keys(model)


def _popularity(results: SpecResults, key: str) -> float:
    result = results.result(key)
    assert result is not None
    return result.record.best_build.popularity


def test_the_filter_finds_by_name_and_hero_tree(results: SpecResults) -> None:
    model = EncounterModel()
    model.show_results(results.results)
    proxy = EncounterProxy(model)
    proxy.find("salha")
    assert keys(proxy) == [["3134"]]
    proxy.find("SAN'LAYN")
    expected = {r.key for r in results.results if r.record.best_build.hero_tree == "San'layn"}
    assert {key for group in keys(proxy) for key in group} == expected
    proxy.find("no such boss")
    assert keys(proxy) == []
    proxy.find(" ")
    assert keys(proxy) == keys(model)


def test_results_of_a_spec_without_data_are_empty() -> None:
    assert SpecResults(LIBRARY, TREES, 62).results == ()
    assert SpecResults(Library(), TREES, 250).results == ()


def test_a_code_of_another_game_costs_its_build_only() -> None:
    broken = SpecResults(with_broken_code(LIBRARY, 250, 3129), TREES, 250)
    result = broken.result("3129")
    assert result is not None
    assert result.best is None
    assert result.apart is None
    sampling = broken.sampling("3129")
    assert sampling is not None
    assert sampling.unreadable == result.record.best_build.count
    assert sampling.unreadable + sampling.rates.sample == result.record.sample_size
    other = broken.result("3131")
    assert other is not None
    assert other.best is not None


def test_an_encounter_without_general_build_has_nothing_to_differ_from() -> None:
    only = Library(encounters=LIBRARY.encounters)
    found = SpecResults(only, TREES, 250).result("3129")
    assert found is not None
    assert found.apart is None


def test_samples_are_worked_out_in_steps_and_once(results: SpecResults) -> None:
    assert results.ready("raid") is None
    steps = results.prepare("raid")
    next(steps)
    assert results.ready("raid") is None
    for _ in steps:
        pass
    first = results.ready("raid")
    assert first is not None
    assert results.sampling("raid") is first
    assert first.rates.sample == 400
    assert results.sampling("nothing") is None


def test_results_know_whether_a_library_is_news() -> None:
    results = SpecResults(LIBRARY, TREES, 250)
    assert results.same_in(library_of([250], fetched=NOW - timedelta(hours=3)))
    assert not results.same_in(library_of([250], fetched=NOW))
    assert not results.same_in(without_encounter(LIBRARY, 250, 3129))
    assert results.same_in(without_encounter(LIBRARY, 1480, 3129))


def test_alternatives_are_grouped_by_hero_tree(
    qtmodeltester: ModelTester, results: SpecResults
) -> None:
    sampling = results.sampling("3131")
    result = results.result("3131")
    assert sampling is not None
    assert result is not None
    assert result.best is not None
    model = AlternativesModel()
    model.show_sampling(results.tree, sampling, result.best.selection)
    qtmodeltester.check(model)
    players = 0
    for row in range(model.rowCount()):
        group = model.index(row, 0)
        counts = [
            int(model.index(child, 1, group).data().split()[0])
            for child in range(model.rowCount(group))
        ]
        assert counts == sorted(counts, reverse=True)
        assert sum(counts) == int(model.index(row, 1).data().split()[0])
        players += sum(counts)
    assert players == result.record.sample_size
    best = model.index_of(result.best.selection)
    assert best.data() == "Best build"
    assert best.siblingAtColumn(3).data() == ""
    group = model.index(0, 0)
    for row in range(model.rowCount(group)):
        other = model.index(row, 0, group)
        takes = other.siblingAtColumn(3).data().split("; ") if other != best else []
        expected = compare(results.tree, other.data(BUILD_ROLE), result.best.selection)
        assert len(takes) == len(difference_lines(expected))
        of_talents = takes[1:] if expected.hero_differs else takes
        for text, exchange in zip(of_talents, expected.exchanges, strict=True):
            if exchange.a and exchange.b:
                assert exchange_text(exchange, "It", "").startswith(
                    "It takes " + text.split(" over ")[0]
                )
    assert best.data(BUILD_ROLE) == result.best.selection
    model.empty()
    assert model.rowCount() == 0


def lines(model: RatesModel) -> list[QModelIndex]:
    """The talents' lines of all groups, in order."""
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    return [model.index(row, 0, one) for one in groups for row in range(model.rowCount(one))]


def test_core_talents_open_choices_and_rare_ones_are_told_apart(
    qtmodeltester: ModelTester, results: SpecResults
) -> None:
    sampling = results.sampling("3131")
    result = results.result("3131")
    assert sampling is not None
    assert result is not None
    assert result.best is not None
    model = RatesModel()
    model.show_rates(results.tree, sampling.rates, result.best.selection)
    qtmodeltester.check(model)
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    assert [one.data(GROUP_ROLE) for one in groups] == ["open", "core", "rare"]
    for one, (low, high) in zip(groups, ((0.1, 0.9), (0.9, 1.0), (-1.0, 0.1)), strict=True):
        count = model.rowCount(one)
        shares = [model.index(row, 1, one).data(SHARE_ROLE) for row in range(count)]
        assert shares == sorted(shares, reverse=True)
        assert all(low < share <= high for share in shares)
        assert one.data().endswith(f"({count})")
    players = {
        (rate.node_id, entry_id): count
        for rate in sampling.rates.nodes.values()
        for entry_id, count in rate.entries.items()
        if count
    }
    taken_by_some = [one for one in lines(model) if one.siblingAtColumn(1).data(SHARE_ROLE) > 0]
    assert len(taken_by_some) == len(players)
    ticks = sum(one.siblingAtColumn(2).data() == "✓" for one in lines(model))
    assert ticks == len({node_id for node_id, _, _ in result.best.selection})
    proxy = RatesProxy(model)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        proxy.sort(1, order)
        tops = [proxy.index(row, 0) for row in range(3)]
        assert [one.data(GROUP_ROLE) for one in tops] == ["open", "core", "rare"]
        shares = [
            proxy.index(row, 1, tops[0]).data(SHARE_ROLE) for row in range(proxy.rowCount(tops[0]))
        ]
        assert shares == sorted(shares, reverse=order is Qt.SortOrder.DescendingOrder)


def test_the_bosses_that_turn_a_talent_are_named(results: SpecResults) -> None:
    sampling, result = results.sampling("raid"), results.result("raid")
    assert sampling is not None
    assert result is not None
    assert result.best is not None
    assert results.turns("raid") is None, "not before all samples are worked out"
    assert list(results.prepare_turns("raid")) != []
    turns = results.turns("raid")
    assert turns
    model = RatesModel()
    model.show_rates(results.tree, sampling.rates, result.best.selection, turns=turns)
    named = {
        one.siblingAtColumn(5).data(): one for one in lines(model) if one.siblingAtColumn(5).data()
    }
    assert named
    bosses = {one.title: one for one in results.results if one.group == "raid"}
    for text, line in named.items():
        taken = text.startswith("taken at ")
        said = text.removeprefix("taken at ").removeprefix("left out at ").split(", ")
        general = line.siblingAtColumn(1).data(SHARE_ROLE)
        assert (general > 0.5) is not taken
        node_id = line.data(NODE_ROLE)
        for title, boss in bosses.items():
            there = results.sampling(boss.key)
            assert there is not None
            rate = there.rates.nodes[node_id]
            node = results.tree.nodes[node_id]
            entry = next(e for e in node.entries if e.name == line.data())
            differs = (rate.entry_share(entry.entry_id) > 0.5) is taken and rate.of >= 5
            if "," not in title:
                assert (title in said) is differs, (title, text)


def test_shares_of_the_own_talents_are_filled_and_the_others_hollow(results: SpecResults) -> None:
    sampling, result = results.sampling("3131"), results.result("3131")
    assert sampling is not None
    assert result is not None
    assert result.best is not None
    own = results.selection_of(result.record.all_builds[-1].talent_code)
    assert own is not None
    model = RatesModel()
    model.show_rates(results.tree, sampling.rates, result.best.selection, own)
    rows = lines(model)
    marked = [row for row in rows if row.siblingAtColumn(YOU_COLUMN).data() == "✓"]
    assert len(marked) == len({node_id for node_id, _, _ in own})
    for row in rows:
        cell, you = row.siblingAtColumn(1), row.siblingAtColumn(YOU_COLUMN)
        assert cell.data(HOLLOW_ROLE) is (row not in marked)
        said = you.data(Qt.ItemDataRole.AccessibleTextRole)
        assert said == ("in your talents" if row in marked else "not in your talents")
    model.show_rates(results.tree, sampling.rates, result.best.selection)
    assert not any(row.siblingAtColumn(1).data(HOLLOW_ROLE) for row in lines(model))


@pytest.mark.parametrize("dark", [False, True])
def test_a_hollow_bar_is_an_outline(qtbot: QtBot, dark: bool) -> None:
    model = QStandardItemModel(2, 1)
    for row in range(2):
        model.setData(model.index(row, 0), 0.5, SHARE_ROLE)
    model.setData(model.index(1, 0), True, HOLLOW_ROLE)
    view = QTreeView()
    qtbot.addWidget(view)
    view.setPalette(dark_palette() if dark else light_palette())
    view.setRootIsDecorated(False)
    view.setItemDelegate(BarDelegate(view))
    view.setModel(model)
    view.resize(300, 120)
    view.show()
    picture = view.viewport().grab().toImage()
    ground = view.palette().base().color()
    filled, hollow = (
        [
            picture.pixelColor(box.left() + box.width() // 4, y)
            for y in range(box.top() + 3, box.bottom() - 2)
        ]
        for box in (view.visualRect(model.index(row, 0)) for row in range(2))
    )
    assert all(colour != ground for colour in filled)
    middle = hollow[len(hollow) // 2]
    assert middle == ground
    assert contrast(hollow[0], ground) >= 3
    assert hollow[0] == hollow[-1]


def played(library: Library, key: int, *, days: int, former: int | None) -> Library:
    """As if the best build of a boss were the most played one for so many days."""
    record = library.encounters[250, key]
    since = NOW - timedelta(days=days)
    times: dict[str, Any] = {
        "since": since,
        "last": datetime.fromisoformat(record.fetched_at),
        "count": 1,
        "players": 50,
    }
    steps = [_Step(code=record.best_build.talent_code, **times)]
    if former is not None:
        code = record.all_builds[former].talent_code
        steps.insert(0, _Step(code=code, **times))
    season = _Season("warcraftlogs", "raid", 44, "auto")
    history = History(seasons={season: {(250, key): steps}})
    return Library(units=library.units, encounters=library.encounters, history=history)


@pytest.mark.parametrize(
    ("days", "former", "said"),
    [(30, 3, "since 2026-10-23"), (30, None, "since 2026-10-23"), (0, None, "")],
)
def test_the_list_says_since_when_a_build_is_the_most_played(
    days: int, former: int | None, said: str
) -> None:
    found = SpecResults(played(LIBRARY, 3131, days=days, former=former), TREES, 250)
    model = EncounterModel()
    model.show_results(found.results)
    cell = model.index_of("3131").siblingAtColumn(4)
    assert cell.data() == said
    assert model.index_of("3130").siblingAtColumn(4).data() == ""
    tip = model.index_of("3131").data(Qt.ItemDataRole.ToolTipRole)
    assert (f"Most played {said}" in tip) is bool(said)
    assert ("from the one before it: " in tip) is (former is not None)
    assert "Fetched" in tip


def test_the_list_sorts_by_since_when(results: SpecResults) -> None:
    found = SpecResults(played(LIBRARY, 3131, days=3, former=1), TREES, 250)
    model = EncounterModel()
    model.show_results(found.results)
    proxy = EncounterProxy(model)
    proxy.sort(4, Qt.SortOrder.AscendingOrder)
    raid = proxy.index(1, 0)
    assert proxy.index(0, 0, raid).data(KEY_ROLE) == "3131"


@pytest.mark.parametrize(
    ("seed", "hero", "said"),
    [(0, 0, "you: exactly this"), (1, 0, "you: 23 swaps apart"),
     (1, 1, "you: other hero tree (San'layn), else 21 swaps apart")],
)  # fmt: skip
def test_the_own_talents_beside_a_build_in_words(seed: int, hero: int, said: str) -> None:
    tree = TREES.tree(250)

    def own(seed: int, hero: int, title: str) -> BuildRef:
        noise = Random(seed)
        build = random_build(tree, tree.hero_trees[hero], {}, noise=noise, noise_spread=1.0)
        return BuildRef(
            spec_id=250, title=title, code="", selection=build,
            hero_tree=tree.hero_trees[hero].name,
        )  # fmt: skip

    shown, mine = own(0, 0, "Best"), own(seed, hero, "Mirou's talents")
    assert beside_text(tree, [mine], shown) == said
    named = beside_text(tree, [mine, mine], shown)
    assert named == said.replace("you", "Mirou's talents", 1)
    assert beside_text(tree, [], shown) == ""


def test_specs_of_own_characters_come_first(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = SpecModel(light_palette())
    qtmodeltester.check(model)
    assert model.rowCount() == 40 + 13
    model.set_mine([105, 1480, 105, 999])
    rows = [model.index(row) for row in range(model.rowCount())]
    ids = [row.data(SPEC_ROLE) for row in rows]
    assert ids[:2] == [105, 1480]
    assert sorted(spec_id for spec_id in ids if spec_id) == sorted(SPECS)
    # Then class by class; a class's own line cannot be chosen.
    assert [row.data() for row in rows[2:7]] == [
        "Death Knight",
        "Blood Death Knight",
        "Frost Death Knight",
        "Unholy Death Knight",
        "Demon Hunter",
    ]
    assert not rows[2].flags() & Qt.ItemFlag.ItemIsSelectable


@pytest.mark.parametrize("dark", [False, True])
def test_class_colours_are_readable(qtbot: QtBot, dark: bool) -> None:
    palette = dark_palette() if dark else light_palette()
    model = SpecModel(palette)
    for row in range(model.rowCount()):
        colour = model.index(row).data(Qt.ItemDataRole.ForegroundRole)
        if colour is None:
            continue  # a class's own line
        for ground in (palette.ColorRole.Base, palette.ColorRole.Window):
            assert contrast(colour, palette.color(ground)) >= 4.5


@pytest.mark.parametrize(
    ("typed", "spec_id"),
    [
        ("devour", 1480),
        ("frost mage", 64),
        ("druid rest", 105),
        ("DISC", 256),
        ("prot pal", 66),
        ("boomkin", 102),
        ("dk", 250),
    ],
)
def test_typing_a_part_of_the_name_picks_the_spec(qtbot: QtBot, typed: str, spec_id: int) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.show()
    edit = picker.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, typed)
    with qtbot.waitSignal(picker.spec_chosen) as chosen:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert chosen.args == [spec_id]
    assert picker.spec_id == spec_id


@pytest.mark.parametrize(
    ("typed", "spec_id"),
    [("blood death knight", 250), ("devour", 1480), ("resto sh", 264), ("murloc", 62), ("", 62)],
)
def test_leaving_the_picker_never_leaves_half_a_name(
    qtbot: QtBot, typed: str, spec_id: int
) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.show()
    picker.pick(62)
    edit = picker.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, typed)
    picker.completer().popup().hide()
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    edit.clearFocus()
    edit.editingFinished.emit()
    assert picker.spec_id == spec_id
    assert picker.currentText() == SPECS[spec_id].full_name


def test_a_text_that_fits_no_spec_stays_to_be_mended(qtbot: QtBot) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.pick(62)
    edit = picker.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "murloc")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert picker.spec_id == 62
    assert edit.text() == "murloc"
    assert edit.selectedText() == "murloc"


def test_news_of_builds_never_take_away_what_is_being_typed(qtbot: QtBot) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.show()
    qtbot.waitExposed(picker)
    picker.pick(62)
    edit = picker.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "prot")
    picker.set_mine([73])
    picker.pick(250)
    assert edit.text() == "prot"
    qtbot.keyClicks(edit, " pal")
    with qtbot.waitSignal(picker.spec_chosen) as chosen:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert chosen.args == [66]
    assert edit.text() == "Protection Paladin"


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=3, minutes=59), "3 h"),
        (timedelta(days=5), "5 d"),
        (timedelta(minutes=-5), "<1 min"),
    ],
)
def test_ages_are_short(age: timedelta, text: str) -> None:
    assert short_age(NOW - age, NOW) == text


def test_the_head_line(results: SpecResults) -> None:
    general = results.result("raid")
    assert general is not None
    assert general.best is not None
    best = general.record.best_build
    assert head_line(general.best, NOW) == f"{best.count} of 400 · {best.hero_tree} · 3 h old"


def test_the_parent_of_a_group_is_the_root(results: SpecResults) -> None:
    model = EncounterModel()
    model.show_results(results.results)
    assert model.parent(model.index(0, 0)) == QModelIndex()
    assert model.parent(model.index(1, 2, model.index(1, 0))) == model.index(1, 0)
