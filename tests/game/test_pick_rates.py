"""Pick rates, hero tree shares and clusters of a sample."""

from __future__ import annotations

from att_desktop.game.import_codes import decode, spread
from att_desktop.game.pick_rates import Counted, cluster_around, hero_shares, pick_rates
from att_desktop.game.trees import TalentNode, TalentTrees
from tests.shared_data import shared_data

TREES = TalentTrees.embedded()
BLOOD = TREES.tree(250)
SINGLES = [
    node
    for node in BLOOD.nodes.values()
    if node.section == "class" and node.kind == "single" and not node.free and node.max_ranks == 1
]
CHOICE = next(n for n in BLOOD.nodes.values() if n.section == "class" and n.kind == "choice")
DOUBLE = next(n for n in BLOOD.nodes.values() if n.section == "class" and n.max_ranks == 2)
APEX = next(n for n in BLOOD.nodes.values() if n.kind == "tiered")


def pick(node: TalentNode, rank: int = 1, index: int = 0) -> tuple[int, int, int]:
    return (node.node_id, node.entries[index].entry_id, rank)


def hero(index: int) -> tuple[int, int, int]:
    tree = BLOOD.hero_trees[index]
    return (tree.selection_node_id, tree.entry_id, 1)


def test_shares_count_players_not_builds() -> None:
    rates = pick_rates(
        BLOOD,
        [
            Counted(selection=frozenset({pick(CHOICE), pick(DOUBLE, 2)}), count=7),
            Counted(selection=frozenset({pick(CHOICE, index=1), pick(DOUBLE, 1)}), count=3),
            Counted(selection=frozenset({pick(SINGLES[0])}), count=10),
        ],
    )
    assert rates.sample == 20
    choice = rates.nodes[CHOICE.node_id]
    assert (choice.players, choice.of, choice.share) == (10, 20, 0.5)
    first, second = CHOICE.entries
    assert choice.entry_share(first.entry_id) == 0.35
    assert choice.entry_share(second.entry_id) == 0.15
    assert dict(rates.nodes[DOUBLE.node_id].ranks) == {2: 7, 1: 3}
    assert rates.nodes[SINGLES[1].node_id].share == 0.0


def test_every_node_that_can_be_purchased_has_a_rate_and_no_granted_one() -> None:
    rates = pick_rates(BLOOD, [])
    assert rates.sample == 0
    assert set(rates.nodes) == {
        node.node_id for node in BLOOD.nodes.values() if node.entries and not node.free
    }
    assert all(rate.share == 0.0 for rate in rates.nodes.values())


def test_an_apex_node_counts_each_player_once() -> None:
    rates = pick_rates(
        BLOOD,
        [
            Counted(selection=frozenset(spread(APEX, 4)), count=4),
            Counted(selection=frozenset(spread(APEX, 3)), count=1),
        ],
    )
    apex = rates.nodes[APEX.node_id]
    assert (apex.players, dict(apex.ranks)) == (5, {4: 4, 3: 1})
    assert apex.entry_share(APEX.entries[0].entry_id) == 1.0


def test_hero_talents_count_among_the_players_of_their_hero_tree() -> None:
    node = next(
        n
        for n in BLOOD.nodes.values()
        if n.hero_tree_id == BLOOD.hero_trees[0].hero_tree_id and not n.free
    )
    rates = pick_rates(
        BLOOD,
        [
            Counted(selection=frozenset({hero(0), pick(node)}), count=3),
            Counted(selection=frozenset({hero(0)}), count=1),
            Counted(selection=frozenset({hero(1)}), count=16),
        ],
    )
    assert rates.nodes[node.node_id].of == 4
    assert rates.nodes[node.node_id].share == 0.75


def test_support_is_counted_within_three_swaps_of_the_same_hero_tree() -> None:
    centre = frozenset(pick(node) for node in SINGLES[:6])
    one_apart = frozenset(pick(node) for node in SINGLES[:5])
    three_apart = frozenset(pick(node) for node in SINGLES[:3])
    four_apart = frozenset(pick(node) for node in SINGLES[:2])
    other_hero = frozenset({hero(0), *centre})
    cluster = cluster_around(
        BLOOD,
        centre,
        [
            Counted(selection=centre, count=7),
            Counted(selection=one_apart, count=4),
            Counted(selection=three_apart, count=20),
            Counted(selection=four_apart, count=16),
            Counted(selection=other_hero, count=3),
        ],
    )
    assert (cluster.exact, cluster.support, cluster.sample) == (7, 31, 50)


def test_hero_shares_are_ordered_by_players() -> None:
    shares = hero_shares(
        BLOOD,
        [
            Counted(selection=frozenset({hero(1)}), count=5),
            Counted(selection=frozenset({hero(0), pick(SINGLES[0])}), count=2),
            Counted(selection=frozenset({hero(0)}), count=4),
            Counted(selection=frozenset(), count=1),
        ],
    )
    found = [(share.hero_tree.name if share.hero_tree else None, share.players) for share in shares]
    assert found == [("Deathbringer", 6), ("San'layn", 5), (None, 1)]
    assert [build.count for build in shares[0].builds] == [4, 2]
    assert shares[0].popularity == 50.0


def test_rates_of_real_builds_add_up() -> None:
    rows = [
        line.split("\t")
        for line in shared_data("talents/import-codes.tsv").read_text().splitlines()[1:]
    ]
    for spec_id in {row[1] for row in rows}:
        tree = TREES.tree(int(spec_id))
        builds = [
            Counted(selection=decode(row[2], TREES).selection, count=1)
            for row in rows
            if row[1] == spec_id and row[6] == "ok"
        ]
        for rate in pick_rates(tree, builds).nodes.values():
            assert sum(rate.entries.values()) == rate.players <= rate.of
