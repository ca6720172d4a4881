"""``.flavor.info`` and ``.build.info`` of many agents, whole and broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.bpsv import parse_bpsv, read_build_info, read_flavor_info
from tests.wow.game_folders import BUILD_HEADER, build_row

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Product Flavor!STRING:0\nwow\n", "wow"),
        (b"Product Flavor!STRING:0\r\nwow_classic_era\r\n", "wow_classic_era"),
        (b"\xef\xbb\xbfProduct Flavor!STRING:0\n\n  wowt  ", "wowt"),
        (b"Flavor!STRING:0|Product Flavor!STRING:0\nx|wow_beta\n", "wow_beta"),
        (b"Renamed!STRING:0\nwow\n", "wow"),
        (b"", None),
        (b"wow\n", None),
        (b"Product Flavor!STRING:0\n", None),
        (b"Product Flavor!STRING:0\n../../evil\n", None),
        (b"Product Flavor!STRING:0\n\xff\xfe\n", None),
        (b"\0" * 64, None),
    ],
)
def test_the_product_of_a_flavour(tmp_path: Path, content: bytes, code: str | None) -> None:
    (tmp_path / ".flavor.info").write_bytes(content)
    assert read_flavor_info(tmp_path) == code


def test_a_missing_file_has_no_product(tmp_path: Path) -> None:
    assert read_flavor_info(tmp_path) is None
    (tmp_path / ".flavor.info").mkdir()
    assert read_flavor_info(tmp_path) is None


def test_versions_by_product(tmp_path: Path) -> None:
    rows = [
        build_row("wow", "12.9.9.1", active=0),
        build_row("wow", "12.1.0.69404"),
        build_row("wow_classic_beta", "1.60.1.69913"),
        build_row("wowt", "9.9.9.1"),
        build_row("wowt", "12.1.5.70000"),
        build_row("wow_beta", "garbage"),
    ]
    (tmp_path / ".build.info").write_text("\r\n".join((BUILD_HEADER, *rows)))
    info = read_build_info(tmp_path)
    assert info.by_product == {
        "wow": "12.1.0.69404",
        "wow_classic_beta": "1.60.1.69913",
        "wowt": "12.1.5.70000",
    }
    assert info.version_of("wow_beta") is None


def test_columns_in_another_order_and_unknown_ones(tmp_path: Path) -> None:
    (tmp_path / ".build.info").write_text(
        "Product!STRING:0|New Thing!HEX:16|VERSION!String:0|Active!DEC:1\n"
        "wow||12.1.5.70000|1\nshort|row\n"
    )
    assert read_build_info(tmp_path).by_product == {"wow": "12.1.5.70000"}


def test_a_table_without_product_tells_one_version_only(tmp_path: Path) -> None:
    header = "Branch!STRING:0|Active!DEC:1|Version!STRING:0"
    (tmp_path / ".build.info").write_text(f"{header}\neu|1|6.0.3.19342\n")
    info = read_build_info(tmp_path)
    assert info.by_product == {}
    assert info.version_of("wow") == "6.0.3.19342"

    (tmp_path / ".build.info").write_text(f"{header}\neu|1|12.1.0.1\neu|1|1.15.8.2\n")
    assert read_build_info(tmp_path).version_of("wow") is None


@pytest.mark.parametrize("text", ["", "\n\n", "|||", "no header\nrow", "A!STRING:0", "\0\0", "##"])
def test_broken_tables_tell_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / ".build.info").write_text(text)
    info = read_build_info(tmp_path)
    assert (info.by_product, info.only) == ({}, None)


def test_rows_are_found_by_name() -> None:
    assert parse_bpsv("A!STRING:0|B!DEC:4\n## seqn = 5\n1|2\n3\n4|5|6\n") == [
        {"a": "1", "b": "2"},
        {"a": "3"},
        {"a": "4", "b": "5"},
    ]
