"""A library of legal builds, as an update would have left it: real talents, made-up players."""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from att_desktop.game.builds import popularity
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.import_codes import encode
from att_desktop.game.results import Build, EncounterRecord, Unit, UnitRecord
from att_desktop.game.selections import hero_tree_of
from att_desktop.game.specs import SPECS
from att_desktop.game.swaps import mark, support
from att_desktop.game.trees import TalentTrees, embedded_tree_data
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.update.history import History, _Season, _Step
from att_desktop.update.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable

    from att_desktop.game.builds import Selection
    from att_desktop.game.content_types import ContentType
    from att_desktop.game.trees import TalentTree

ENCOUNTERS: tuple[tuple[int, str, ContentType, str], ...] = (
    (3129, "Plexus Sentinel", "raid", "Manaforge Omega"),
    (3131, "Loom'ithar", "raid", "Manaforge Omega"),
    (3130, "Soulbinder Naazindhri", "raid", "Manaforge Omega"),
    (3132, "Forgeweaver Araz", "raid", "Manaforge Omega"),
    (3122, "The Soul Hunters", "raid", "Manaforge Omega"),
    (3133, "Fractillus", "raid", "Manaforge Omega"),
    (3134, "Nexus-King Salhadaar", "raid", "Manaforge Omega"),
    (3135, "Dimensius, the All-Devouring", "raid", "Manaforge Omega"),
    (12830, "Eco-Dome Al'dani", "mythicplus", "Mythic+ Season 3"),
    (12660, "Ara-Kara, City of Echoes", "mythicplus", "Mythic+ Season 3"),
    (12649, "Priory of the Sacred Flame", "mythicplus", "Mythic+ Season 3"),
    (12287, "Halls of Atonement", "mythicplus", "Mythic+ Season 3"),
)
PLAYERS = 50
TREES = TalentTrees.embedded()


def library_of(spec_ids: Iterable[int], *, fetched: datetime | None = None) -> Library:
    """Both units of each spec, with every encounter. Equal arguments give equal libraries."""
    fetched = fetched or datetime.now(UTC) - timedelta(hours=3, minutes=5)
    stamp = fetched.strftime("%Y-%m-%dT%H:%M:%SZ")
    units: dict[Unit, UnitRecord] = {}
    encounters: dict[tuple[int, int], EncounterRecord] = {}
    for spec_id in spec_ids:
        tree = TREES.tree(spec_id)
        for content_type in CONTENT_TYPES:
            pooled: Counter[Selection] = Counter()
            for order, (encounter_id, name, content, zone) in enumerate(ENCOUNTERS, start=1):
                if content != content_type:
                    continue
                sample, builds = _encounter(tree, encounter_id)
                pooled += sample
                encounters[spec_id, encounter_id] = EncounterRecord(
                    encounter_id=encounter_id,
                    encounter_name=name,
                    content_type=content_type,
                    spec_id=spec_id,
                    best_build=builds[0],
                    sample_size=PLAYERS,
                    all_builds=builds,
                    fetched_at=stamp,
                    zone=zone,
                    order=order,
                )
            builds = _recorded(tree, pooled)
            units[Unit(spec_id=spec_id, content_type=content_type)] = UnitRecord(
                spec_id=spec_id,
                class_name=SPECS[spec_id].class_name,
                spec_name=SPECS[spec_id].name,
                content_type=content_type,
                best_build=builds[0],
                sample_size=pooled.total(),
                all_builds=builds,
                fetched_at=stamp,
            )
    return Library(units=units, encounters=encounters)


def without_encounter(library: Library, spec_id: int, encounter_id: int) -> Library:
    """The same library with one result less."""
    kept = {key: one for key, one in library.encounters.items() if key != (spec_id, encounter_id)}
    return Library(units=library.units, encounters=kept)


def with_broken_code(library: Library, spec_id: int, encounter_id: int) -> Library:
    """The same library, where one result's best code is of another game."""
    record = library.encounters[spec_id, encounter_id]
    broken = msgspec.structs.replace(record.best_build, talent_code="CoPAAAA")
    changed = msgspec.structs.replace(
        record, best_build=broken, all_builds=[broken, *record.all_builds[1:]]
    )
    return Library(
        units=library.units, encounters={**library.encounters, (spec_id, encounter_id): changed}
    )


def played(library: Library, boss: int, *, since: datetime, former: int | None) -> Library:
    """As if the best build of a boss of spec 250 were the most played one since then.

    ``former`` is the place in the sample of the build that was it before.
    """
    record = library.encounters[250, boss]
    times: dict[str, Any] = {
        "since": since,
        "last": datetime.fromisoformat(record.fetched_at),
        "count": 1,
        "players": PLAYERS,
    }
    steps = [_Step(code=record.best_build.talent_code, **times)]
    if former is not None:
        steps.insert(0, _Step(code=record.all_builds[former].talent_code, **times))
    season = _Season("warcraftlogs", "raid", 44, "auto")
    history = History(seasons={season: {(250, boss): steps}})
    return Library(units=library.units, encounters=library.encounters, history=history)


def renamed_trees(spec_id: int) -> TalentTrees:
    """The trees as a patch might bring them: every talent of a spec is called 'Renamed'."""
    specs = json.loads(embedded_tree_data())
    for spec in specs:
        if spec["specId"] == spec_id:
            for section in ("classNodes", "specNodes", "heroNodes"):
                for entry in (entry for node in spec[section] for entry in node["entries"]):
                    entry["name"] = "Renamed"
    return TalentTrees(json.dumps(specs).encode())


@functools.cache
def _encounter(tree: TalentTree, encounter_id: int) -> tuple[Counter[Selection], list[Build]]:
    sample = _players(tree, encounter_id)
    return sample, _recorded(tree, sample)


def _players(tree: TalentTree, encounter_id: int) -> Counter[Selection]:
    """Players who mostly agree: four weightings in tenths, a few follow the other hero tree."""
    seed = hashlib.sha256(f"{tree.spec_id}/{encounter_id}".encode()).digest()
    random = Random(seed)
    archetype = Random(tree.spec_id)
    weights = {node_id: archetype.uniform(0, 10) for node_id in tree.nodes}
    for node in tree.nodes.values():
        weights |= {entry.entry_id: archetype.uniform(0, 10) for entry in node.entries}
    for node_id in random.sample(sorted(tree.nodes), 12):
        weights[node_id] += random.uniform(-6, 6)
    counted: Counter[Selection] = Counter()
    left = PLAYERS
    while left > 0:
        count = min(left, random.choice((1, 1, 2, 3, 7)))
        hero = tree.hero_trees[random.random() < 0.25]
        noise = None if not counted else Random(random.random())
        counted[random_build(tree, hero, weights, noise=noise, noise_spread=0.8)] += count
        left -= count
    return counted


def _recorded(tree: TalentTree, sample: Counter[Selection]) -> list[Build]:
    total = sample.total()
    marked = {selection: mark(tree, selection) for selection in sample}
    players = [(marked[selection], count) for selection, count in sample.items()]
    builds = []
    for selection, count in sample.most_common():
        hero = hero_tree_of(tree, selection)
        builds.append(
            Build(
                talent_code=encode(tree, selection),
                count=count,
                popularity=popularity(count, total),
                hero_tree=hero.name if hero else None,
                support=support(marked[selection], players),
            )
        )
    return builds
