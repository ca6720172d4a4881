"""``installs``: the games on this computer, for people and for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from att_desktop.config.settings import Settings, save_settings
from att_desktop.system.folders import find_folders
from att_desktop.wow.installer import install
from tests.wow.addon_copy import make_template
from tests.wow.game_folders import ERA, RETAIL, make_game, make_retail

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the games lie in a Linux home")

IN_WINE = ".wine/drive_c/Program Files (x86)/World of Warcraft"


def installs(home: Path, *argv: str) -> str:
    """What the command prints for a user with ``home``; nothing else is said."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "WINE"))}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "att_desktop", "installs", *argv],
        env={**environ, "HOME": str(home)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def installs_json(home: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(installs(home, "--json"))
    return found


def fetched(age: timedelta) -> bytes:
    stamp = (datetime.now(UTC) - age).strftime("%Y-%m-%dT%H:%M:%S")
    return f'local _, addon = ...\naddon.TalentDataTimestamp = "{stamp}"\n'.encode()


def test_no_game_is_an_answer_too(tmp_path: Path) -> None:
    assert installs(tmp_path).startswith("No World of Warcraft folder was found.")
    assert installs_json(tmp_path) == []


def test_several_games(tmp_path: Path) -> None:
    root = make_game(
        tmp_path / IN_WINE, retail=("wow", RETAIL), classic_era=("wow_classic_era", ERA)
    )
    addons = root / "_retail_" / "Interface" / "AddOns"
    install(make_template(tmp_path), addons, fetched(timedelta(days=3, hours=1)))

    retail, era = installs_json(tmp_path)

    assert retail["path"] == str(root / "_retail_")
    assert retail["addons"] == str(addons)
    assert (retail["flavour"], retail["version"], retail["writable"]) == ("Retail", RETAIL, True)
    assert (retail["addonVersion"], retail["foundBy"]) == ("1.2.3", "Wine")
    assert retail["dataAgeSeconds"] // 86_400 == 3
    assert (era["supported"], era["addonVersion"], era["dataTimestamp"]) == (False, None, None)
    assert installs(tmp_path).splitlines() == [
        f"Retail 12.1.0: {root / '_retail_'}",
        "  addon 1.2.3, data 3 days old; writable",
        f"Classic Era 1.15.8 (not supported by the addon): {root / '_classic_era_'}",
        "  addon not installed; writable",
    ]


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(days=1, hours=1), "data 1 day old"),
        (timedelta(minutes=1), "data of today"),
        (timedelta(days=-2), "data of today"),  # fetched before the clock was set back
    ],
)
def test_the_age_in_words(tmp_path: Path, age: timedelta, words: str) -> None:
    addons = make_retail(tmp_path / IN_WINE) / "_retail_" / "Interface" / "AddOns"
    install(make_template(tmp_path), addons, fetched(age))
    assert f"addon 1.2.3, {words}; writable" in installs(tmp_path)


def test_the_sources_of_the_data_are_named(tmp_path: Path) -> None:
    addons = make_retail(tmp_path / IN_WINE) / "_retail_" / "Interface" / "AddOns"
    mixed = b'    raid = { count = 1, source = "warcraftlogs" },\n'
    source = b'addon.TalentDataSource = "parses"\n'
    data = fetched(timedelta(minutes=1))
    install(make_template(tmp_path), addons, mixed + data + source)
    assert "data of today, parses.gg, Warcraft Logs; writable" in installs(tmp_path)
    (found,) = installs_json(tmp_path)
    assert found["dataSources"] == ["parses", "warcraftlogs"]
    install(make_template(tmp_path), addons, data + source + b"addon.TalentDataSample = true\n")
    assert "data of today (sample data); writable" in installs(tmp_path)


def test_an_addon_without_data_is_said(tmp_path: Path) -> None:
    addons = make_retail(tmp_path / IN_WINE) / "_retail_" / "Interface" / "AddOns"
    install(make_template(tmp_path), addons)
    assert "addon 1.2.3, no data yet; writable" in installs(tmp_path)


def test_a_folder_that_was_picked_by_hand_is_among_them(tmp_path: Path) -> None:
    folder = make_retail(tmp_path / "anywhere") / "_retail_"
    save_settings(Settings(game_folders=(str(folder),)), find_folders())
    (found,) = installs_json(tmp_path)
    assert (found["path"], found["foundBy"]) == (str(folder), "picked by hand")


def test_a_path_in_any_script_or_none_arrives(tmp_path: Path) -> None:
    home = tmp_path / "Игры é" / os.fsdecode(b"no text \xff")
    make_retail(home / IN_WINE)
    assert installs(home, "--json").isascii()
    (found,) = installs_json(home)
    assert Path(found["root"]) == home / IN_WINE
    assert "Игры é/no text ?/" in installs(home)
