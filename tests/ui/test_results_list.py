"""The results of a spec: what is read of them, their list, and what is said of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt

from att_desktop.game.results import Unit
from att_desktop.game.swaps import swaps
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.text.builds import swaps_text
from att_desktop.text.formats import short_age
from att_desktop.ui.builds.encounter_model import KEY_ROLE, EncounterModel, EncounterProxy
from att_desktop.ui.builds.list_view import SHORT_ROLE
from att_desktop.ui.results.spec_results import BuildRef, SpecResults
from att_desktop.ui.results.texts import beside_text, cluster_text, head_line
from att_desktop.ui.widgets.bar_delegate import SHARE_ROLE
from att_desktop.update.library import Library
from tests.ui.sample_library import (
    ENCOUNTERS,
    TREES,
    library_of,
    played,
    with_broken_code,
    without_encounter,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.modeltest import ModelTester

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
FETCHED = NOW - timedelta(hours=3)
LIBRARY = library_of([250, 1480], fetched=FETCHED)


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


@pytest.mark.parametrize("support", [20, None])
def test_builds_that_counts_do_not_tell_apart_are_said_to_be_that(support: int | None) -> None:
    unit = LIBRARY.unit(250, "raid")
    assert unit is not None
    counts = (17, 8, 7, 3)
    builds = [
        msgspec.structs.replace(build, count=count, support=support)
        for build, count in zip(unit.all_builds, counts, strict=False)
    ]
    unit = msgspec.structs.replace(unit, all_builds=builds, best_build=builds[1], sample_size=40)
    units = {**LIBRARY.units, Unit(spec_id=250, content_type="raid"): unit}
    results = SpecResults(Library(units=units), TREES, 250)
    sampling, result = results.sampling("raid"), results.result("raid")
    assert sampling is not None
    assert result is not None
    said = []
    for number in (1, 2, 3, 4):
        ref = results.build_ref(result, number)
        assert ref is not None
        text = cluster_text(results.tree, sampling, ref, pooled=True, is_best=number == 2)
        said.append(text)
    of_best = "By count it cannot be told from 1 other build; it is the nearest to all of them."
    others = "By count it cannot be told from the best build."
    # Where no support was counted (version 1), the best build is only the most frequent one.
    assert (of_best in said[1]) is (support is not None)
    assert [others in each for each in said] == [True, False, False, False]
    # Five of the forty play what no code can say: they are players all the same.
    figures = "20 of 40 rankings" if support else f"{sum(counts)} rankings"
    assert all(figures in each for each in said)


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


def test_a_line_has_hero_tree_popularity_and_difference(results: SpecResults) -> None:
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
    line = [index.siblingAtColumn(column).data() for column in range(4)]
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


@pytest.mark.parametrize(
    ("days", "former", "said"),
    [(30, 3, "since {day}"), (30, None, "since {day}"), (0, None, "")],
)
def test_the_list_says_since_when_a_build_is_the_most_played(
    days: int, former: int | None, said: str
) -> None:
    since = FETCHED - timedelta(days=days)
    said = said.format(day=since.astimezone().date().isoformat())
    library = played(LIBRARY, 3131, since=since, former=former)
    found = SpecResults(library, TREES, 250)
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
    found = SpecResults(played(LIBRARY, 3131, since=NOW - timedelta(days=3), former=1), TREES, 250)
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
    shown = f"{best.count} of 400 · {best.hero_tree} · Warcraft Logs · 3 h old"
    assert head_line(general.best, NOW) == shown


def test_the_parent_of_a_group_is_the_root(results: SpecResults) -> None:
    model = EncounterModel()
    model.show_results(results.results)
    assert model.parent(model.index(0, 0)) == QModelIndex()
    assert model.parent(model.index(1, 2, model.index(1, 0))) == model.index(1, 0)
