"""One writer for each AddOns folder, in this process and in others."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.errors import InstallBusy, InstallError
from att_desktop.wow.installer import install, write_talent_data
from att_desktop.wow.lock import folder_lock
from att_desktop.wow.manifest import MANIFEST_FILE
from tests.wow.addon_copy import DATA, make_addons, make_template, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLD = """
import pathlib, sys
from att_desktop.wow.lock import folder_lock
locks = pathlib.Path(sys.argv[2]) if sys.argv[2:] else None
with folder_lock(pathlib.Path(sys.argv[1]), locks=locks):
    print("held", flush=True)
    sys.stdin.read()
"""


INSTALL_OFTEN = """
import pathlib, sys
from att_desktop.wow import lock
from att_desktop.wow.installer import install
from tests.wow.addon_copy import DATA
lock._WAIT_S = 60  # whoever asks again at once is often the first
template, addons = map(pathlib.Path, sys.argv[1:])
for turn in range(12):
    install(template, addons, DATA + b"-- %d" % turn)
install(template, addons, DATA)
"""


@contextmanager
def holding(folder: Path, *locks: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds ``folder``, and is killed at the end."""
    command = [sys.executable, "-c", HOLD, str(folder), *map(str, locks)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline().strip() == b"held"
            yield other
        finally:
            other.kill()


def test_the_holder_in_another_process_is_named(tmp_path: Path) -> None:
    addons, locks = make_addons(tmp_path), tmp_path / "locks"
    with holding(addons, locks) as other:
        link = tmp_path / "link"
        link.symlink_to(addons)
        with (
            pytest.raises(InstallBusy, match=r"wow\.busy") as caught,
            folder_lock(link, locks=locks, wait_s=0.1),
        ):
            pytest.fail("both hold the lock")
        assert caught.value.pid == other.pid
    # The system frees the lock of a killed process, whatever it left beside it.
    with folder_lock(addons, locks=locks, wait_s=0.1):
        pass


def test_an_install_waits_for_nobody_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addons, locks = make_addons(tmp_path), tmp_path / "locks"
    monkeypatch.setattr("att_desktop.wow.lock._WAIT_S", 0.1)
    with folder_lock(addons, locks=locks):
        with pytest.raises(InstallBusy, match=r"wow\.busy_here"):
            install(make_template(tmp_path), addons, DATA, locks=locks)
        with pytest.raises(InstallBusy):
            write_talent_data(addons / "AzerothsTopTalent" / "TalentData.lua", DATA, locks=locks)
    assert list(addons.iterdir()) == []
    install(make_template(tmp_path), addons, DATA, locks=locks)


def test_locks_lie_in_the_state_folder_and_nowhere_else(tmp_path: Path, own_home: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons, DATA)
    assert [path.name for path in addons.iterdir()] == ["AzerothsTopTalent"]
    assert [path.name for path in own_home.iterdir()] == ["state"]
    left = {path.suffix for path in (own_home / "state" / "locks").iterdir()}
    # filelock takes its file away on Windows, where nobody can be opening it meanwhile.
    assert left == (set() if sys.platform == "win32" else {".lock"})


def test_two_folders_do_not_wait_for_each_other(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    with (
        folder_lock(one, locks=tmp_path / "locks", wait_s=0),
        folder_lock(two, locks=tmp_path / "locks", wait_s=0),
    ):
        assert len(list((tmp_path / "locks").glob("*.holder"))) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["locks"]


def test_the_addons_own_folder_stands_for_addons(tmp_path: Path) -> None:
    addons, locks = make_addons(tmp_path), tmp_path / "locks"
    with (
        folder_lock(addons, locks=locks),
        pytest.raises(InstallBusy),
        folder_lock(addons / "AzerothsTopTalent", locks=locks, wait_s=0),
    ):
        pytest.fail("both hold the lock")


@pytest.mark.parametrize("there", [".", "Interface", "Interface/AddOns"])
def test_a_copy_with_another_home_is_waited_for(
    tmp_path: Path, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a first install has yet to make the folders."""
    flavour = tmp_path / "_retail_"
    (flavour / there).mkdir(parents=True)
    addons = flavour / "Interface" / "AddOns"
    monkeypatch.setenv("ATT_HOME", str(tmp_path / "their home"))
    with holding(addons):
        monkeypatch.setenv("ATT_HOME", str(tmp_path / "our home"))
        addons.mkdir(parents=True, exist_ok=True)
        with (
            pytest.raises(InstallBusy, match=r"wow\.busy_somewhere"),
            folder_lock(addons, wait_s=0.1),
        ):
            pytest.fail("both hold the lock")
    with folder_lock(addons, wait_s=0.1):
        pass
    assert not list(addons.iterdir())


def test_flavours_that_share_an_addons_folder_share_its_lock(tmp_path: Path) -> None:
    addons, ptr = make_addons(tmp_path), tmp_path / "_ptr_" / "Interface" / "AddOns"
    ptr.parent.mkdir(parents=True)
    ptr.symlink_to(addons)
    with (
        folder_lock(addons),
        pytest.raises(InstallBusy),
        folder_lock(ptr, wait_s=0),
    ):
        pytest.fail("both hold the lock")


def test_two_homes_install_into_one_folder_in_turn(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    runs, versions = [], []
    for home in ("one", "two"):
        template = make_template(tmp_path / home)
        (template / "Core.lua").write_text(f"-- {home}\n" * 100)
        versions.append(tree(template))
        command = [sys.executable, "-c", INSTALL_OFTEN, str(template), str(addons)]
        environ = {**os.environ, "ATT_HOME": str(tmp_path / home)}
        runs.append(subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True))
    assert [run.communicate()[1] for run in runs] == ["", ""]

    installed = tree(addons / "AzerothsTopTalent")
    assert installed.pop("TalentData.lua") == DATA
    assert installed.pop(MANIFEST_FILE)
    for version in versions:
        del version["TalentData.lua"]
    assert installed in versions


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no new files on Linux")
def test_a_cache_that_takes_no_file_is_no_other_run(tmp_path: Path) -> None:
    with (
        pytest.raises(InstallError, match=r"wow\.no_lock") as caught,
        folder_lock(tmp_path, locks=Path("/proc/self/fd"), wait_s=0),
    ):
        pytest.fail("there is no lock")
    assert not isinstance(caught.value, InstallBusy)


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with (
        pytest.raises(InstallError, match=r"wow\.no_lock"),
        folder_lock(tmp_path, locks=tmp_path / "cache" / "locks"),
    ):
        pytest.fail("there is no lock")
