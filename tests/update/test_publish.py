"""Publishing a feed: what is written, what is refused, and what a reader believes of it."""

from __future__ import annotations

import errno
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from att_desktop.game.import_codes import decode, encode
from att_desktop.game.results import Build, CheckpointConfig, EncounterRecord, Unit, UnitRecord
from att_desktop.game.seasons import shipped_season
from att_desktop.game.trees import TalentTrees, embedded_tree_data
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import LIFETIME
from att_desktop.system.errors import AttError
from att_desktop.update.checkpoint import Contents, parse_checkpoint
from att_desktop.update.foreign_results import keep_sound
from att_desktop.update.publish import KEPT_BLOBS, publish, read_published
from tests.own_codes import TREES, own_code, own_selection

KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key)
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
CONFIG = CheckpointConfig(
    raid_zone_id=53,
    mplus_zone_id=55,
    raid_partition=None,
    mplus_partition=None,
    difficulty="auto",
    top_n_players=50,
    tree_version="x",
)
BLOOD, FROST = 250, 64


def build(spec_id: int, seed: int = 1, **more: Any) -> Build:
    code = own_code(spec_id, seed)
    hero = decode(code, TREES).hero_tree
    values = {"talent_code": code, "count": 8, "popularity": 16.0, "hero_tree": hero, "support": 20}
    return Build(**values | more)


def unit(spec_id: int = BLOOD, source: str = "parses", **more: Any) -> UnitRecord:
    values: dict[str, Any] = {
        "spec_id": spec_id,
        "class_name": "x",
        "spec_name": "x",
        "content_type": "raid",
        "best_build": build(spec_id),
        "sample_size": 50,
        "all_builds": [build(spec_id)],
        "fetched_at": "2026-11-29T11:00:00+00:00",
        "source": source,
        "tree_hash": TREES.tree(spec_id).tree_hash.hex(),
    }
    return UnitRecord(**values | more)


def encounter(number: int, spec_id: int = BLOOD, source: str = "parses", **m: Any) -> Any:
    boss = shipped_season("raid").encounters[number]
    values: dict[str, Any] = {
        "encounter_id": boss.encounter_id,
        "encounter_name": boss.name,
        "content_type": "raid",
        "spec_id": spec_id,
        "best_build": build(spec_id),
        "sample_size": 50,
        "all_builds": [build(spec_id)],
        "fetched_at": "2026-11-29T11:00:00+00:00",
        "zone": "The Venomous Abyss",
        "zone_id": 53,
        "order": boss.order,
        "source": source,
        "tree_hash": TREES.tree(spec_id).tree_hash.hex(),
    }
    return EncounterRecord(**values | m)


def contents(*records: UnitRecord | EncounterRecord) -> Contents:
    units = [r for r in records if isinstance(r, UnitRecord)]
    encounters = [r for r in records if isinstance(r, EncounterRecord)]
    return Contents(
        config=CONFIG,
        units={Unit(spec_id=u.spec_id, content_type=u.content_type): u for u in units},
        encounters={(e.spec_id, e.encounter_id): e for e in encounters},
    )


GOOD = contents(unit(), *(encounter(n) for n in range(9)))


def test_a_feed_is_read_as_it_was_published(tmp_path: Path) -> None:
    done = publish(tmp_path, GOOD, TREES, KEY, now=NOW)
    index, data = read_published(tmp_path, PUBLIC)
    assert index == done.index
    assert (index.sources, index.created) == (["parses"], NOW.isoformat())
    assert datetime.fromisoformat(index.expires) == NOW + LIFETIME
    back = parse_checkpoint(data)
    sound = keep_sound(back.units.values(), back.encounters.values(), TREES)
    assert not sound.left_out
    assert {e.encounter_id: e.best_build for e in sound.encounters} == {
        e.encounter_id: e.best_build for e in GOOD.encounters.values()
    }
    # Names of specs are ours, whatever the file says.
    assert [(u.class_name, u.spec_name) for u in sound.units] == [("DeathKnight", "Blood")]


def test_serials_rise_and_three_blobs_stay(tmp_path: Path) -> None:
    serials = []
    # Of a run that was killed; hosts would serve it.
    (tmp_path / ".index.json.abcd1234.tmp").touch()
    for day in range(6):
        changed = encounter(0, best_build=build(BLOOD, count=8 + day))
        done = publish(
            tmp_path,
            contents(unit(), changed, *(encounter(n) for n in range(1, 9))),
            TREES,
            KEY,
            now=NOW + timedelta(days=day),
        )
        serials.append(done.index.serial)
    again = publish(tmp_path, GOOD, TREES, KEY, now=NOW + timedelta(days=5))
    assert sorted({*serials, again.index.serial}) == [*serials, again.index.serial]
    names = {path.name for path in tmp_path.iterdir()}
    assert len(names) == 1 + KEPT_BLOBS
    assert {again.index.blob.path, "index.json"} <= names


def refusal(folder: Path, what: Contents, **more: Any) -> str:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(FeedRefused) as refused:
        publish(folder, what, TREES, KEY, **{"now": NOW} | more)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    return refused.value.code


def test_what_must_not_be_published_is_refused(tmp_path: Path) -> None:
    wcl = contents(unit(source="warcraftlogs"), encounter(0, source="warcraftlogs"))
    sample = contents(unit(source="sample"), encounter(0, source="sample"))
    same_name = contents(unit(), encounter(0), encounter(1, zone_id=43))
    two = contents(unit(), encounter(0), encounter(1, zone="Manaforge Omega"))
    stale = contents(unit(), encounter(0, tree_hash="00" * 15 + "01"))
    bad_code = contents(unit(), encounter(0, best_build=build(BLOOD, talent_code="CoPA")))
    assert refusal(tmp_path, Contents(config=CONFIG)) == "publish.nothing"
    assert refusal(tmp_path, wcl) == "publish.not_approved"
    assert refusal(tmp_path, wcl, approved=["parses"]) == "publish.not_approved"
    assert refusal(tmp_path, sample, approved=["sample"]) == "publish.sample"
    assert refusal(tmp_path, two) == "publish.two_seasons"
    assert refusal(tmp_path, same_name) == "publish.two_seasons"
    assert refusal(tmp_path, stale) == "publish.illegal"
    assert refusal(tmp_path, bad_code) == "publish.illegal"
    publish(tmp_path, wcl, TREES, KEY, approved=["warcraftlogs"], now=NOW)


def test_a_source_that_shrank_is_refused_whatever_the_others_do(tmp_path: Path) -> None:
    feed = [encounter(n, source="feed") for n in range(4)]
    others = [encounter(n, FROST) for n in range(9)]
    publish(tmp_path, contents(unit(), *feed, *others), TREES, KEY, now=NOW)
    fewer = contents(unit(), *feed[:3], *others)
    assert refusal(tmp_path, fewer, now=NOW + timedelta(hours=1)) == "publish.floor"
    # Another publisher's feed in the folder sets no floor: it cannot be read with this key.
    publish(tmp_path, fewer, TREES, SigningKey.generate(), now=NOW + timedelta(hours=1))


def test_a_clock_that_was_set_back_is_said(tmp_path: Path) -> None:
    publish(tmp_path, GOOD, TREES, KEY, now=NOW)
    assert refusal(tmp_path, GOOD, now=NOW - timedelta(hours=1)) == "publish.serial"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AttError) as failed:
        publish(tmp_path / "file" / "feed", GOOD, TREES, KEY, now=NOW)
    assert failed.value.code == "publish.not_writable"


@pytest.mark.parametrize("lacking", ["index.json", "blob"])
def test_a_feed_that_cannot_be_read_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    """Its serial would fall, and a feed half as large would go out."""
    publish(tmp_path, GOOD, TREES, KEY, now=NOW)
    before = (tmp_path / "index.json").read_bytes()
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if lacking == "blob" and path.name == "index.json":
            return read_bytes(path)
        raise OSError(errno.EIO, "Input/output error", str(path))

    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", refuse)
        with pytest.raises(AttError, match=r"publish\.not_writable"):
            publish(tmp_path, GOOD, TREES, KEY, now=NOW + timedelta(hours=1))
    assert (tmp_path / "index.json").read_bytes() == before


def test_the_key_is_in_nothing_that_is_written(tmp_path: Path) -> None:
    from base64 import b64encode, urlsafe_b64encode

    publish(tmp_path, GOOD, TREES, KEY, now=NOW)
    seed = bytes(KEY)
    forms = (seed, seed.hex().encode(), b64encode(seed), urlsafe_b64encode(seed))
    written = list(tmp_path.iterdir())
    assert written
    for path in written:
        data = path.read_bytes()
        assert not any(form in data for form in forms)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (encounter(0, spec_id=BLOOD, best_build=build(FROST)), "code.other_spec"),
        (encounter(0, best_build=build(BLOOD, talent_code="???")), "code.bad_character"),
        (encounter(0, best_build=build(BLOOD, count=0)), "record.figures"),
        (encounter(0, best_build=build(BLOOD, count=51)), "record.figures"),
        (encounter(0, best_build=build(BLOOD, support=51)), "record.figures"),
        (encounter(0, best_build=build(BLOOD, support=7)), "record.figures"),
        (encounter(0, encounter_name="a\nb"), "record.text"),
        (encounter(0, encounter_name="\u202eboss"), "record.text"),
        (encounter(0, encounter_name=" "), "record.text"),
        (encounter(0, encounter_name="|TInterface\\Icons\\Temp:99|t"), "record.text"),
        (encounter(0, zone="z" * 300), "record.text"),
        (encounter(0, encounter_id=-1), "record.text"),
        (encounter(0, order=10**12), "record.text"),
        (encounter(0, fetched_at="soon"), "record.time"),
        (encounter(0, fetched_at="0001-01-01T00:00:00+00:00"), "record.time"),
        (encounter(0, fetched_at="2099-01-01T00:00:00+00:00"), "record.time"),
        (encounter(0, source="sample"), "record.text"),
        (encounter(0, source=""), "record.text"),
        (encounter(0, source="parses\n"), "record.text"),
        (encounter(0, cohort="c" * 65), "record.text"),
        (encounter(0, difficulty=10**30), "record.text"),
        (encounter(0, repeated=-1), "record.text"),
        (encounter(0, sample_size=10**30), "record.figures"),
        (encounter(0, tree_hash="ab" * 16), "code.other_tree"),
    ],
)
def test_a_bad_record_costs_itself(record: EncounterRecord, code: str) -> None:
    sound = keep_sound([unit()], [record, encounter(1)], TREES, now=NOW)
    assert [e.encounter_id for e in sound.encounters] == [encounter(1).encounter_id]
    assert dict(sound.left_out) == {code: 1}
    assert not sound.is_of_other_trees


def test_other_builds_that_do_not_pass_leave_their_record() -> None:
    record = encounter(0, all_builds=[build(BLOOD), build(BLOOD, talent_code="x" * 2000)])
    (kept,) = keep_sound([], [record], TREES).encounters
    assert kept.all_builds == [build(BLOOD)]


def test_a_feed_of_other_trees_is_known_as_such() -> None:
    stale = [encounter(n, tree_hash="ab" * 16) for n in range(3)]
    assert keep_sound([], stale, TREES).is_of_other_trees


def test_trees_that_do_not_say_their_version_refuse_none() -> None:
    raw = json.loads(embedded_tree_data())
    trees = TalentTrees(json.dumps([tree | {"treeHash": ""} for tree in raw]).encode())
    (kept,) = keep_sound([], [encounter(0)], trees).encounters
    assert kept.tree_hash == ""  # no version, rather than one that no game has


def test_ids_of_places_are_ours() -> None:
    record = encounter(0, map_id=1, challenge_mode_id=2)
    (kept,) = keep_sound([], [record], TREES).encounters
    assert (kept.map_id, kept.challenge_mode_id) == (3004, None)


def test_a_code_is_never_believed_as_it_was_spelled() -> None:
    spelled = encode(TREES.tree(BLOOD), own_selection(BLOOD, 1), granted=frozenset())
    assert spelled != own_code(BLOOD, 1)
    record = encounter(0, best_build=build(BLOOD, talent_code=spelled))
    (kept,) = keep_sound([], [record], TREES).encounters
    assert kept.best_build.talent_code == own_code(BLOOD, 1)
