"""What stays when an install fails."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from att_desktop.text import say
from att_desktop.wow import replace_files
from att_desktop.wow.errors import (
    AddOnsNotWritable,
    BrokenTemplate,
    DiskFull,
    GameFolderGone,
    InstallError,
)
from att_desktop.wow.installer import install
from att_desktop.wow.manifest import MANIFEST_FILE
from att_desktop.wow.replace_files import FileChange
from att_desktop.wow.write_check import check_writable
from tests.portable import posix_only
from tests.windows_errors import in_use
from tests.wow.addon_copy import DATA, make_addons, make_template, tree

if TYPE_CHECKING:
    from pathlib import Path

NAME = "AzerothsTopTalent"


@pytest.mark.parametrize(
    ("code", "expected", "words"),
    [
        (errno.ENOSPC, DiskFull, r"wow\.disk_full"),
        (errno.EACCES, AddOnsNotWritable, r"wow\.not_writable"),
        (errno.EROFS, AddOnsNotWritable, r"wow\.not_writable"),
        (errno.ENOENT, GameFolderGone, r"wow\.folder_gone"),
        (errno.EIO, InstallError, r"wow\.write_failed"),
    ],
)
@pytest.mark.parametrize("step", ["write_beside", "replace_with_retries"])
@pytest.mark.parametrize("nth", [1, 2, 4])
def test_a_failed_update_leaves_all_files_as_they_were(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    expected: type[InstallError],
    words: str,
    step: str,
    nth: int,
) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    before = tree(addons)
    for path in template.rglob("*.*"):
        path.write_bytes(path.read_bytes() + b"# changed\n")
    real, calls = getattr(replace_files, step), []

    def failing(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == nth:
            raise OSError(code, os.strerror(code))
        return real(*arguments)

    monkeypatch.setattr(replace_files, step, failing)
    with pytest.raises(expected, match=words) as caught:
        install(template, addons, DATA + b"-- newer")

    assert type(caught.value) is expected
    assert isinstance(caught.value.__cause__, OSError)
    assert tree(addons) == before


def test_the_folder_that_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    (template / "Locales" / "enUS.lua").write_text("-- changed")
    monkeypatch.setattr(replace_files, "write_beside", refuse)

    with pytest.raises(AddOnsNotWritable) as caught:
        install(template, addons, DATA)

    assert caught.value.fields == {"folder": str(addons / NAME / "Locales")}


def refuse(path: Path, _data: bytes) -> Path:
    raise PermissionError(errno.EACCES, "Permission denied", str(path))


@pytest.mark.parametrize("nth", [1, 3, 5])
def test_a_failed_first_install_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    flavour = tmp_path / "_retail_"
    flavour.mkdir()
    real, calls = replace_files.replace_with_retries, []

    def failing(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(replace_files, "replace_with_retries", failing)
    with pytest.raises(DiskFull):
        install(make_template(tmp_path), flavour / "Interface" / "AddOns", DATA)
    assert list(flavour.iterdir()) == []


def test_the_last_name_comes_when_all_others_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power failure leaves no .toc without the files that it names (the .toc is last)."""
    steps: list[tuple[str, Path]] = []

    def rename(source: Path, target: Path) -> None:
        steps.append(("rename", target))
        source.replace(target)

    monkeypatch.setattr(replace_files, "replace_with_retries", rename)
    monkeypatch.setattr(replace_files, "sync_folder", lambda path: steps.append(("sync", path)))
    (tmp_path / "Locales").mkdir()
    targets = [tmp_path / "Core.lua", tmp_path / "Locales" / "enUS.lua", tmp_path / "a.toc"]
    changes = [FileChange(target=target, data=b"new", before=None) for target in targets]
    replace_files.replace_all(changes)
    assert [path for what, path in steps if what == "rename"] == targets
    last = steps.index(("rename", targets[-1]))
    assert set(steps[2:last]) == {("sync", tmp_path), ("sync", tmp_path / "Locales")}
    assert steps[last + 1 :] == [("sync", tmp_path)]


def test_temporary_files_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    left = [
        addons / NAME / ".TalentData.lua.abcd1234.tmp",
        addons / NAME / "Locales" / ".enUS.lua.z_z9zzzz.tmp",
        addons / NAME / ".FromAnotherVersion.lua.abcd1234.tmp",
    ]
    mine = [addons / NAME / "notes.tmp", addons / NAME / ".other.tmp"]
    for path in left + mine:
        path.write_text("half")

    install(template, addons, DATA)

    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in mine)


def test_a_vanished_game_is_said(tmp_path: Path) -> None:
    with pytest.raises(GameFolderGone, match=r"wow\.folder_gone"):
        install(make_template(tmp_path), tmp_path / "gone" / "Interface" / "AddOns", DATA)
    flavour = tmp_path / "_retail_"
    (flavour / "Interface").mkdir(parents=True)
    (flavour / "Interface" / "AddOns").symlink_to(tmp_path / "unplugged")
    with pytest.raises(GameFolderGone, match=r"wow\.dangling_link"):
        install(make_template(tmp_path), flavour / "Interface" / "AddOns", DATA)


@pytest.mark.parametrize("missing", [f"{NAME}.toc", "Core.lua", "Locales/enUS.lua"])
def test_an_incomplete_template_installs_nothing(tmp_path: Path, missing: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    (template / missing).unlink()
    with pytest.raises(BrokenTemplate, match=r"wow\.template_"):
        install(template, addons, DATA)
    assert not list(addons.iterdir())


SMALL_FILES_ONLY = """
import pathlib, resource, sys
from att_desktop.wow.errors import DiskFull
from att_desktop.wow.installer import install
template, addons = map(pathlib.Path, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    install(template, addons, b"-- " + b"x" * 10_000)
except DiskFull as error:
    print(error)
"""


@posix_only
def test_a_limit_of_the_system_stops_the_update_and_changes_nothing(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    (template / "Core.lua").write_text("-- changed")
    before = tree(addons)
    answer = subprocess.run(
        [sys.executable, "-c", SMALL_FILES_ONLY, str(template), str(addons)],
        capture_output=True,
        check=True,
    )
    assert b"wow.disk_full" in answer.stdout
    assert tree(addons) == before


def test_a_folder_that_is_removed_meanwhile_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    (template / "Core.lua").write_text("-- changed")
    real, times = replace_files.replace_with_retries, []

    def replace_and_lose(source: Path, target: Path) -> None:
        real(source, target)
        if len(times) < allowed and target.name == "TalentData.lua":
            times.append(target)
            for path in (addons / NAME).glob("*.*"):
                if not path.name.endswith(".tmp"):
                    path.unlink()

    monkeypatch.setattr(replace_files, "replace_with_retries", replace_and_lose)
    allowed = 1
    install(template, addons, DATA + b"-- newer")
    assert set(tree(addons / NAME)) == {*tree(template), MANIFEST_FILE}
    allowed = 9
    with pytest.raises(InstallError, match=r"wow\.removed_meanwhile"):
        install(template, addons, DATA + b"-- newest")


@pytest.mark.parametrize("winerror", [5, 32, 33, 1224])
def test_a_file_that_another_program_has_open_is_waited_for_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int
) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    real, slept = type(addons).replace, []
    monkeypatch.setattr("att_desktop.system.files.time.sleep", slept.append)

    def held(self: Path, target: Path) -> Path:
        if len(slept) < patience:
            raise in_use(winerror)
        return real(self, target)

    monkeypatch.setattr(type(addons), "replace", held)
    patience = 3
    assert install(template, addons, DATA).code == "wow.installed"
    slept.clear()
    patience = 99
    with pytest.raises(InstallError, match=r"wow\.file_in_use") as caught:
        install(template, addons, DATA + b"-- newer")
    assert "Another program has the file open" in say(caught.value)
    assert sum(slept) > 2


@pytest.mark.parametrize("call", ["fsync", "chmod"])
@pytest.mark.parametrize("code", [errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_file_system_without_such_a_call_takes_the_addon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    """Disks of another owner (NTFS, exFAT, CIFS): writing works, chmod gives EPERM."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    template, addons = make_template(tmp_path), make_addons(tmp_path)
    monkeypatch.setattr(os, call, refuse)
    assert check_writable(addons).ok
    install(template, addons, DATA)
    assert set(tree(addons / NAME)) == {*tree(template), MANIFEST_FILE}


def test_a_disk_that_loses_bytes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    template, addons = make_template(tmp_path), make_addons(tmp_path)
    monkeypatch.setattr(os, "fsync", fail)
    assert not check_writable(addons).ok
    with pytest.raises(InstallError, match=r"wow\.write_failed"):
        install(template, addons, DATA)


FOREVER = """
import itertools, pathlib, sys
from att_desktop.wow.installer import install
one, two, addons = map(pathlib.Path, sys.argv[1:])
print("begun", flush=True)
for turn in itertools.count():
    install((one, two)[turn % 2], addons, b"-- data %d" % turn * 2000)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_an_addon_that_loads(tmp_path: Path) -> None:
    one, two = make_template(tmp_path / "1"), make_template(tmp_path / "2", Brand="-- new")
    (two / "Core.lua").write_text("-- the second version\n" * 50)
    addons = make_addons(tmp_path)
    whole = {path: {tree(one).get(path), tree(two).get(path)} for path in tree(two)}
    rng = random.Random(3)
    for _ in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", FOREVER, str(one), str(two), str(addons)],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"begun"
        time.sleep(rng.random() * 0.1)
        child.kill()
        child.communicate()

        installed = tree(addons / NAME) if (addons / NAME).exists() else {}
        for path in whole:
            if path != "TalentData.lua" and path in installed:
                assert installed[path] in whole[path]
        if f"{NAME}.toc" in installed:
            lines = installed[f"{NAME}.toc"].decode().replace("\\", "/").splitlines()
            loaded = [line for line in lines if not line.startswith("#")]
            assert set(loaded) <= set(installed)

    install(two, addons, DATA)
    assert set(tree(addons / NAME)) == {*tree(two), MANIFEST_FILE}
    install(one, addons, DATA)
    assert set(tree(addons / NAME)) == {*tree(one), MANIFEST_FILE}
