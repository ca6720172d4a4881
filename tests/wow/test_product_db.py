"""The Battle.net agent's list of what is installed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from att_desktop.wow.product_db import InstalledProduct, parse_product_db, read_product_db
from tests.wow.game_folders import field, product_db

if TYPE_CHECKING:
    from pathlib import Path

ROOT = "C:/Program Files (x86)/World of Warcraft"


def test_products_and_places() -> None:
    data = product_db(("wow", ROOT), ("wow_classic_era", "D:\\Spiele\\Wörld"))
    assert parse_product_db(data) == [
        InstalledProduct(code="wow", location=ROOT),
        InstalledProduct(code="wow_classic_era", location="D:\\Spiele\\Wörld"),
    ]


def test_other_games_are_left_out() -> None:
    others = product_db(("diablo3", "C:/Diablo III"), ("bna", "C:/Battle.net"), family="")
    assert parse_product_db(others + product_db(("wow", ROOT))) == [
        InstalledProduct(code="wow", location=ROOT)
    ]


def test_a_product_without_family_counts_by_its_code() -> None:
    assert parse_product_db(product_db(("wowt", ROOT), family=""))[0].code == "wowt"


def test_a_product_without_a_place_is_none() -> None:
    assert parse_product_db(field(1, field(2, b"wow") + field(6, b"wow"))) == []


def test_a_cut_file_gives_what_stands_before_the_cut() -> None:
    data = product_db(("wow", ROOT), ("wowt", ROOT))
    whole = parse_product_db(data)
    for end in range(len(data)):
        found = parse_product_db(data[:end])
        assert found == whole[: len(found)]
    assert len(whole) == 2


def test_garbage_is_no_error(tmp_path: Path) -> None:
    rng = random.Random(7)
    whole = bytearray(product_db(("wow", ROOT)))
    for _ in range(3000):
        damaged = bytearray(whole)
        for _ in range(rng.randrange(1, 8)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        parse_product_db(bytes(damaged))
        parse_product_db(rng.randbytes(rng.randrange(200)))
    assert parse_product_db(b"\x0a" + b"\xff" * 20) == []
    assert read_product_db(tmp_path / "product.db") == []
    assert read_product_db(tmp_path) == []
