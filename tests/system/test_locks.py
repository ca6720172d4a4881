"""Two copies of the app never write at once, and the second says who does."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.system.folders import find_folders
from att_desktop.system.locks import (
    AlreadyRunning,
    LockUnavailable,
    current_holder,
    single_writer,
    writer_lock_path,
)
from att_desktop.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLD = """
import sys
from pathlib import Path
from att_desktop.system.locks import single_writer
with single_writer(Path(sys.argv[1]), what="terminal"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def lock(own_home: Path) -> Path:
    return writer_lock_path(find_folders())


@pytest.fixture
def other_process(lock: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_is_told_who_writes(lock: Path, other_process: subprocess.Popen[str]) -> None:
    with pytest.raises(AlreadyRunning) as caught, single_writer(lock, what="window"):
        pytest.fail("both were let in")
    holder = caught.value.holder
    assert holder is not None
    assert (holder.pid, holder.what) == (other_process.pid, "terminal")
    assert f"(process {other_process.pid}, since " in say(caught.value)
    assert current_holder(lock) == holder


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_writer_holds_nothing(lock: Path, other_process: subprocess.Popen[str]) -> None:
    os.kill(other_process.pid, signal.SIGKILL)
    other_process.wait()
    assert current_holder(lock) is None
    with single_writer(lock, what="window"):
        holder = current_holder(lock)
        assert holder is not None
        assert (holder.pid, holder.what) == (os.getpid(), "window")


def test_two_threads_are_two_writers(lock: Path) -> None:
    seen: list[BaseException] = []

    def second() -> None:
        try:
            with single_writer(lock, what="the second"):
                pass
        except AlreadyRunning as error:
            seen.append(error)

    with single_writer(lock, what="the first"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(seen) == 1


def test_a_writer_that_soon_ends_is_waited_for(lock: Path) -> None:
    held, never = threading.Event(), threading.Event()

    def hold() -> None:
        with single_writer(lock, what="the first"):
            held.set()
            never.wait(0.05)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(60)
    with single_writer(lock, what="the second", wait_s=60):
        pass
    thread.join()


def test_a_half_written_note_of_a_killed_run_is_removed(lock: Path) -> None:
    lock.parent.mkdir(parents=True)
    left = lock.with_name(".writer.lock.holder.abcd1234.tmp")
    of_another = lock.with_name(".checkpoint.json.abcd1234.tmp")
    for path in (left, of_another):
        path.write_bytes(b"")
    with single_writer(lock, what="terminal"):
        assert not left.exists()
    assert of_another.exists(), "its own writer removes it"


def test_it_is_free_again_after_a_failure(lock: Path) -> None:
    with pytest.raises(ZeroDivisionError), single_writer(lock, what="window"):
        raise ZeroDivisionError
    with single_writer(lock, what="window"):
        pass
    assert [path.name for path in lock.parent.iterdir()] in ([], ["writer.lock"])


@pytest.mark.parametrize("note", [b"", b"{", b'{"pid":"x"}', b"\xff" * 9000])
def test_a_broken_note_does_not_matter(
    lock: Path, other_process: subprocess.Popen[str], note: bytes
) -> None:
    lock.with_name("writer.lock.holder").write_bytes(note)
    with (
        pytest.raises(AlreadyRunning, match=r"lock\.held") as caught,
        single_writer(lock, what="window"),
    ):
        pytest.fail("both were let in")
    assert caught.value.holder is None
    assert current_holder(lock) is not None


def test_a_note_left_behind_holds_nothing(lock: Path) -> None:
    lock.parent.mkdir(parents=True)
    lock.touch()
    lock.with_name("writer.lock.holder").write_text(
        '{"pid":1,"since":"2026-01-01T00:00:00+00:00","what":"a ghost"}', "utf-8"
    )
    assert current_holder(lock) is None


def test_a_folder_that_can_hold_no_lock_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.lock").mkdir()
    for lock in (tmp_path / "file" / "writer.lock", tmp_path / "folder.lock"):
        with (
            pytest.raises(LockUnavailable, match=r"lock\.unavailable"),
            single_writer(lock, what="x"),
        ):
            pytest.fail("there is no lock here")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no new files on Linux")
def test_a_file_system_that_takes_no_file_is_no_other_writer(tmp_path: Path) -> None:
    with (
        pytest.raises(LockUnavailable),
        single_writer(Path("/proc/writer.lock"), what="window"),
    ):
        pytest.fail("there is no lock here")


@pytest.fixture(params=[errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EPERM])
def no_flock(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A home on a file system whose server keeps no locks."""
    if sys.platform == "win32":
        pytest.skip("flock is of POSIX")
    import fcntl

    def flock(*_: object) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.mark.usefixtures("no_flock")
def test_a_home_without_locks_has_one_writer_all_the_same(lock: Path) -> None:
    with single_writer(lock, what="window"):
        holder = current_holder(lock)
        assert holder is not None
        assert holder.pid == os.getpid()
        with pytest.raises(AlreadyRunning), single_writer(lock, what="terminal"):
            pytest.fail("both were let in")
    assert current_holder(lock) is None


@pytest.mark.usefixtures("no_flock")
@pytest.mark.parametrize("pid", [2**22 - 3, None])
def test_a_lock_of_a_killed_window_is_taken_over(lock: Path, pid: int | None) -> None:
    """Nobody has its process number by now, or another program has."""
    with single_writer(lock, what="window"):
        (soft,) = [path for path in lock.parent.iterdir() if "soft" in path.name]
        left = soft.read_text("utf-8").splitlines()
    if pid is not None:
        left[0] = str(pid)
    left[2] = str(int(left[2]) - 1)  # the start of the process, in ticks
    soft.write_text("\n".join(left) + "\n", "utf-8")
    with single_writer(lock, what="window"):
        pass


def test_each_home_has_its_own_lock(tmp_path: Path) -> None:
    with (
        single_writer(tmp_path / "a" / "writer.lock", what="window"),
        single_writer(tmp_path / "b" / "writer.lock", what="window"),
        pytest.raises(AlreadyRunning),
        single_writer(tmp_path / "a" / "writer.lock", what="window"),
    ):
        pytest.fail("both were let in")


@pytest.fixture
def foreign(lock: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock file that 'sudo' has left: this user may read it and change its folder."""
    if sys.platform == "win32":
        pytest.skip("users of POSIX")
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    theirs = lock.stat().st_ino
    plain = os.open

    def open_as_user(path: Any, flags: int, *more: Any, **named: Any) -> int:
        wants_to_write = flags & (os.O_WRONLY | os.O_RDWR) and not flags & os.O_EXCL
        is_theirs = str(path) == str(lock) and lock.exists() and lock.stat().st_ino == theirs
        if wants_to_write and is_theirs:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return plain(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", open_as_user)
    return lock


def test_a_lock_file_of_another_user_is_replaced(foreign: Path) -> None:
    before = foreign.stat().st_ino
    with foreign.open("rb") as kept, single_writer(foreign, what="window"):
        assert os.fstat(kept.fileno()).st_ino == before != foreign.stat().st_ino
        with pytest.raises(AlreadyRunning), single_writer(foreign, what="terminal"):
            pytest.fail("both were let in")
    assert current_holder(foreign) is None


def test_a_lock_that_another_user_holds_is_held(foreign: Path) -> None:
    import fcntl

    with foreign.open("rb") as theirs:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        with pytest.raises(AlreadyRunning), single_writer(foreign, what="window"):
            pytest.fail("both were let in")
