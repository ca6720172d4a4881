"""One writer for each AddOns folder, in this process and in others."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.errors import InstallBusy, InstallError
from att_desktop.wow.installer import install, write_talent_data
from att_desktop.wow.lock import folder_lock
from tests.wow.addon_copy import DATA, make_addons, make_template

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import pathlib, sys
from att_desktop.wow.lock import folder_lock
with folder_lock(pathlib.Path(sys.argv[1]), locks=pathlib.Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_holder_in_another_process_is_named(tmp_path: Path) -> None:
    addons, locks = make_addons(tmp_path), tmp_path / "locks"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(addons), str(locks)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        link = tmp_path / "link"
        link.symlink_to(addons)
        with (
            pytest.raises(InstallBusy, match=rf"process {other.pid}") as caught,
            folder_lock(link, locks=locks, wait_s=0.1),
        ):
            pytest.fail("both hold the lock")
        assert caught.value.pid == other.pid
    finally:
        other.kill()
        other.communicate()
    # The system frees the lock of a killed process, whatever it left beside it.
    with folder_lock(addons, locks=locks, wait_s=0.1):
        pass


def test_an_install_waits_for_nobody_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addons, locks = make_addons(tmp_path), tmp_path / "locks"
    monkeypatch.setattr("att_desktop.wow.lock._PATIENCE_S", 0.1)
    with folder_lock(addons, locks=locks):
        with pytest.raises(InstallBusy, match="Another update in this app"):
            install(make_template(tmp_path), addons, DATA, locks=locks)
        with pytest.raises(InstallBusy):
            write_talent_data(addons / "AzerothsTopTalent" / "TalentData.lua", DATA, locks=locks)
    assert list(addons.iterdir()) == []
    install(make_template(tmp_path), addons, DATA, locks=locks)


def test_locks_lie_in_the_cache_and_nowhere_else(tmp_path: Path, own_home: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons, DATA)
    assert [path.name for path in addons.iterdir()] == ["AzerothsTopTalent"]
    assert not list((own_home / "cache" / "locks").glob("*.json"))


def test_two_folders_do_not_wait_for_each_other(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    with (
        folder_lock(one, locks=tmp_path / "locks", wait_s=0),
        folder_lock(two, locks=tmp_path / "locks", wait_s=0),
    ):
        assert len(list((tmp_path / "locks").glob("*.json"))) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["locks"]


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with (
        pytest.raises(InstallError, match="its own folder"),
        folder_lock(tmp_path, locks=tmp_path / "cache" / "locks"),
    ):
        pytest.fail("there is no lock")
