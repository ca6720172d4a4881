"""One writer for each AddOns folder, in this process and in others."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow import system_lock
from att_desktop.wow.errors import InstallBusy, InstallError
from att_desktop.wow.installer import install, write_talent_data
from att_desktop.wow.lock import folder_lock
from att_desktop.wow.manifest import MANIFEST_FILE
from att_desktop.wow.system_lock import holder_in
from tests.wow.addon_copy import DATA, make_addons, make_template, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

HOLD = """
import pathlib, sys
from att_desktop.wow.lock import folder_lock
with folder_lock(pathlib.Path(sys.argv[1]), locks=pathlib.Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


INSTALL_OFTEN = """
import pathlib, sys
from att_desktop.wow import lock
from att_desktop.wow.installer import install
from tests.wow.addon_copy import DATA
lock._PATIENCE_S = 60  # whoever asks again at once is often the first
template, addons = map(pathlib.Path, sys.argv[1:])
for turn in range(12):
    install(template, addons, DATA + b"-- %d" % turn)
install(template, addons, DATA)
"""


@contextmanager
def holding(folder: Path, locks: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds ``folder``, and is killed at the end."""
    command = [sys.executable, "-c", HOLD, str(folder), str(locks)]
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
            pytest.raises(InstallBusy, match=rf"process {other.pid}") as caught,
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
    left = [path.name for path in (own_home / "cache" / "locks").iterdir()]
    assert [name for name in left if not name.endswith(".lock")] == []


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
def test_a_copy_with_another_home_is_waited_for(tmp_path: Path, there: str) -> None:
    """Also where a first install has yet to make the folders."""
    flavour = tmp_path / "_retail_"
    (flavour / there).mkdir(parents=True)
    addons = flavour / "Interface" / "AddOns"
    with holding(addons, tmp_path / "their locks") as other:
        addons.mkdir(parents=True, exist_ok=True)
        with (
            pytest.raises(InstallBusy, match="Another run of the app") as caught,
            folder_lock(addons, locks=tmp_path / "locks", wait_s=0.1),
        ):
            pytest.fail("both hold the lock")
        if sys.platform == "linux":
            assert caught.value.pid == other.pid
    with folder_lock(addons, locks=tmp_path / "locks", wait_s=0.1):
        pass
    assert not list(addons.iterdir())


def test_flavours_that_share_an_addons_folder_share_its_lock(tmp_path: Path) -> None:
    addons, ptr = make_addons(tmp_path), tmp_path / "_ptr_" / "Interface" / "AddOns"
    ptr.parent.mkdir(parents=True)
    ptr.symlink_to(addons)
    with (
        folder_lock(addons, locks=tmp_path / "one"),
        pytest.raises(InstallBusy),
        folder_lock(ptr, locks=tmp_path / "two", wait_s=0),
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


class FakeKernel:
    """Named objects as Windows keeps them: one is there as long as somebody has a handle to it."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.of_another_user: set[str] = set()
        self.error = 0
        self.CreateMutexW, self.CloseHandle = _Function(self.create), _Function(self.close)

    def create(self, _security: None, _owned: bool, name: str) -> int | None:
        self.error = 0
        if name in self.of_another_user:
            self.error = 5
            return None
        if name in self.names.values():
            self.error = 183
        handle = max(self.names, default=0) + 4
        self.names[handle] = name
        return handle

    def close(self, handle: int) -> None:
        del self.names[handle]


class _Function:
    """Has a type for its arguments, as functions of a library have."""

    def __init__(self, call: Callable[..., int | None]) -> None:
        self.call = call

    def __call__(self, *arguments: object) -> int | None:
        return self.call(*arguments)


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, FakeKernel]:
    """The module as Windows loads it, and the kernel that it asks."""
    kernel = FakeKernel()
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: kernel.error, raising=False)
    monkeypatch.setattr(ctypes, "set_last_error", lambda _error: 0, raising=False)
    spec = importlib.util.spec_from_file_location("system_lock_of_windows", system_lock.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as windows:
        windows.setattr(sys, "platform", "win32")
        spec.loader.exec_module(module)
    return module, kernel


def test_on_windows_an_object_of_the_kernel_stands_for_the_folder(
    on_windows: tuple[ModuleType, FakeKernel], tmp_path: Path
) -> None:
    module, kernel = on_windows
    with module.hold(tmp_path, until=0):
        for again in (tmp_path, tmp_path / "." / "x" / ".."):
            with pytest.raises(module.HeldElsewhere) as caught, module.hold(again, until=0):
                pytest.fail("both hold the folder")
            assert caught.value.pid is None
        with module.hold(tmp_path / "another", until=0):
            assert len(kernel.names) == 2
        (name,) = kernel.names.values()
    assert kernel.names == {}
    with module.hold(tmp_path, until=0):
        pass
    kernel.of_another_user.add(name)
    with pytest.raises(module.HeldElsewhere), module.hold(tmp_path, until=0):
        pytest.fail("another user holds the folder")
    assert kernel.names == {}


HELD_42 = "1: FLOCK  ADVISORY  WRITE 4711 fd:01:42 0 EOF\n"


@pytest.mark.parametrize(
    ("locks", "pid"),
    [
        (HELD_42, 4711),
        ("1: FLOCK  ADVISORY  WRITE 4711 fd:01:142 0 EOF\n", None),
        ("1: POSIX  ADVISORY  WRITE 4711 fd:01:42 0 EOF\n", None),
        ("1: FLOCK  ADVISORY  WRITE 0 fd:01:42 0 EOF\n", None),
        ("1: FLOCK  ADVISORY  WRITE -1 fd:01:42 0 EOF\n", None),
        (f"{HELD_42}1: -> FLOCK  ADVISORY  WRITE 4712 fd:01:42 0 EOF\n", 4711),
        (f"{HELD_42}2: FLOCK  ADVISORY  WRITE 4712 fd:02:42 0 EOF\n", None),
        ("", None),
        ("FLOCK\n\n1: FLOCK", None),
    ],
)
def test_who_holds_a_folder_by_the_list_of_linux(locks: str, pid: int | None) -> None:
    assert holder_in(locks, 42) == pid


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no new files on Linux")
def test_a_cache_that_takes_no_file_is_no_other_run(tmp_path: Path) -> None:
    with (
        pytest.raises(InstallError, match="its own folder") as caught,
        folder_lock(tmp_path, locks=Path("/proc/self/fd"), wait_s=0),
    ):
        pytest.fail("there is no lock")
    assert not isinstance(caught.value, InstallBusy)


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with (
        pytest.raises(InstallError, match="its own folder"),
        folder_lock(tmp_path, locks=tmp_path / "cache" / "locks"),
    ):
        pytest.fail("there is no lock")
