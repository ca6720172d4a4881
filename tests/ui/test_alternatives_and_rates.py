"""The models of a build's alternatives and of the pick rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from att_desktop.game.comparison import compare
from att_desktop.text.comparisons import difference_lines, exchange_text
from att_desktop.ui.builds.alternatives_model import BUILD_ROLE, AlternativesModel
from att_desktop.ui.builds.rates_model import GROUP_ROLE, NODE_ROLE, RatesModel
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.ui.theme import contrast, dark_palette, light_palette
from att_desktop.ui.widgets.bar_delegate import HOLLOW_ROLE, SHARE_ROLE, BarDelegate
from att_desktop.ui.widgets.grouped_model import GroupedProxy
from att_desktop.ui.widgets.text_sizes import TextDelegate
from tests.ui.sample_library import TREES, library_of

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.widgets.grouped_model import AnyIndex


@pytest.fixture
def results() -> SpecResults:
    return SpecResults(library_of([250]), TREES, 250)


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
    proxy = GroupedProxy(model)
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
    marked = [row for row in rows if row.siblingAtColumn(RatesModel.YOU).data() == "✓"]
    assert len(marked) == len({node_id for node_id, _, _ in own})
    for row in rows:
        cell, you = row.siblingAtColumn(1), row.siblingAtColumn(RatesModel.YOU)
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


class Asked(QStandardItemModel):
    """Counts how often a view's delegate asks for more than the text."""

    measured = 0

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.measured += role == Qt.ItemDataRole.DecorationRole
        return super().data(index, role)


def test_each_text_is_measured_once_in_a_font(qtbot: QtBot) -> None:
    model = Asked(3, 1)
    for row, text in enumerate(("17 of 50", "3 of 50 players of this sample", "17 of 50")):
        model.setData(model.index(row, 0), text)
    view = QTreeView()
    qtbot.addWidget(view)
    view.setModel(model)
    delegate = TextDelegate(view)
    option = QStyleOptionViewItem()
    option.font = view.font()

    def sizes() -> list[QSize]:
        return [delegate.sizeHint(option, model.index(row, 0)) for row in range(3)]

    first = sizes()
    plain = QStyledItemDelegate(view)
    assert first == [plain.sizeHint(option, model.index(row, 0)) for row in range(3)]
    model.measured = 0
    first[0].setWidth(0)  # a view's own copy
    again = sizes()
    assert again[0] == again[2]
    assert again[1].width() > again[0].width() > 0
    assert model.measured == 0
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    option.font = font
    assert all(large.width() > size.width() for large, size in zip(sizes(), again, strict=True))
