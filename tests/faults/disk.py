"""The file layer between the app and the disk: it counts, fails on order, and loses power."""

from __future__ import annotations

import contextlib
import io
import os
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from tests.faults.kinds import CHANGE
from tests.windows_errors import in_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.faults.plans import DiskFault, Moment

_REAL: Final = {
    name: getattr(os, name)
    for name in (
        "open", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "chmod", "fsync",
        "fdopen", "listdir",
    )
}  # fmt: skip
_REAL_IO_OPEN: Final = io.open


class Steps:
    """Counts the steps of a run; ``at`` holds what happens at which step."""

    def __init__(self) -> None:
        self.count = 0
        self.lock = threading.RLock()
        self.at: dict[int, Callable[[], None]] = {}

    def step(self) -> None:
        with self.lock:
            self.count += 1
            happen = self.at.pop(self.count, None)
            if happen is not None:
                happen()


@dataclass
class _Change:
    """A change of names that the disk has not been told to keep. ``undo`` takes it back."""

    folders: frozenset[str]
    undo: Callable[[], None]


@dataclass
class Disk:
    """Fails operations on files below ``root``; everything else is passed through."""

    root: str
    home: str
    faults: tuple[DiskFault, ...]
    steps: Steps
    injected: Counter[str] = field(default_factory=Counter)
    moments: list[tuple[Moment, Callable[[], None]]] = field(default_factory=list)
    _seen: Counter[tuple[int, str]] = field(default_factory=Counter)
    _paths: dict[int, str] = field(default_factory=dict)
    _dirty: set[str] = field(default_factory=set)
    _changes: list[_Change] = field(default_factory=list)
    _local: threading.local = field(default_factory=threading.local)

    def install(self) -> None:
        """Take the place of the system's calls, in this process for good."""
        for name in _REAL:
            if name not in ("rmdir", "listdir"):
                setattr(os, name, getattr(self, f"_{name}"))
        io.open = self._io_open  # what pathlib calls

    @contextlib.contextmanager
    def untouched(self) -> Iterator[None]:
        """What happens inside is not the app's doing: not counted, never failing."""
        before = self._is_untouched()
        self._local.inside = True
        try:
            yield
        finally:
            self._local.inside = before

    def _is_untouched(self) -> bool:
        return getattr(self._local, "inside", False)

    # --- power loss --------------------------------------------------------------------------

    def lose_power(self, rng: Random) -> None:
        """Leave on the disk what a machine would find after its power failed just now.

        Of the changes of names that no fsync made durable the first few are there, as on a file
        system with a journal; of data that no fsync made durable a part, or zeros.
        """
        with self.untouched():
            kept = rng.randint(0, len(self._changes))
            for change in reversed(self._changes[kept:]):
                change.undo()
            for path in self._dirty:
                if os.path.isfile(path):
                    size = os.path.getsize(path)
                    left = rng.randint(0, size)
                    with _REAL_IO_OPEN(path, "r+b") as file:
                        file.truncate(left)
                        if rng.random() < 0.5:
                            file.truncate(size)

    def _kept(self, path: str) -> None:
        """An fsync of ``path``: its data, its changes of names, and the folders above it."""
        self._dirty.discard(path)
        above = set()
        folder = path
        while len(folder) > len(self.root):
            above.add(folder)
            folder = os.path.dirname(folder)
        self._changes = [
            change
            for change in self._changes
            if path not in change.folders and not (change.folders & {"mkdir:" + a for a in above})
        ]

    # --- failing -----------------------------------------------------------------------------

    def _ours(self, path: Any) -> str | None:
        if self._is_untouched() or isinstance(path, int):
            return None
        text = os.path.abspath(os.fsdecode(path))
        return text if text.startswith(self.root) else None

    def _rooms(self, path: str) -> set[str]:
        rooms = {"any", "home" if path.startswith(self.home) else "game"}
        name = os.path.basename(path)
        if "checkpoint" in name:
            rooms.add("checkpoint")
        if "TalentData" in name:
            rooms.add("data")
        return rooms

    def _meet(self, operation: str, path: str) -> None:
        """One operation: a step of the run, and maybe a failure."""
        with self.steps.lock:
            self.steps.step()
            rooms = self._rooms(path)
            for at, (moment, happen) in enumerate(self.moments):
                if moment.operation == operation and moment.room in rooms:
                    self._seen[-1 - at, operation] += 1
                    if self._seen[-1 - at, operation] == moment.at + 1:
                        happen()
            for index, fault in enumerate(self.faults):
                changes = fault.operation == CHANGE and operation != "read"
                if not (changes or fault.operation == operation) or fault.room not in rooms:
                    continue
                number = self._seen[index, fault.operation]
                self._seen[index, fault.operation] += 1
                if fault.first <= number < fault.first + fault.times:
                    what = f"read-only {fault.room}" if fault.operation == CHANGE else operation
                    self.injected[f"{what} {fault.error_name}"] += 1
                    raise _error(fault, path)

    # --- the calls ---------------------------------------------------------------------------

    def _open(self, path: Any, flags: int, *args: Any, **more: Any) -> int:
        ours = self._ours(path)
        if ours is None:
            handle = int(_REAL["open"](path, flags, *args, **more))
            self._paths.pop(handle, None)
            return handle
        is_folder = os.path.isdir(ours)
        if not is_folder:
            self._meet("open" if flags & (os.O_WRONLY | os.O_RDWR) else "read", ours)
        with self.steps.lock:
            existed = os.path.lexists(ours)
            handle = int(_REAL["open"](path, flags, *args, **more))
            self._paths[handle] = ours
            if not existed:
                folder = os.path.dirname(ours)
                self._changes.append(_Change(frozenset({folder}), lambda: _remove(ours)))
            return handle

    def _fdopen(self, handle: int, *args: Any, **more: Any) -> Any:
        file = _REAL["fdopen"](handle, *args, **more)
        path = self._paths.get(handle)
        return file if path is None or self._is_untouched() else _File(file, self, path)

    def _io_open(self, path: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
        ours = self._ours(path)
        if ours is not None:
            reads = set(mode) <= set("rbt")
            self._meet("read" if reads else "open", ours)
            if not reads:
                return _File(_REAL_IO_OPEN(path, mode, *args, **more), self, ours)
        return _REAL_IO_OPEN(path, mode, *args, **more)

    def _fsync(self, handle: int) -> None:
        path = self._paths.get(handle)
        if path is None or self._is_untouched():
            _REAL["fsync"](handle)
            return
        self._meet("fsync", path)
        with self.steps.lock:  # durable by our own book: the real disk need not work for it
            self._kept(path)

    def _replace(self, source: Any, target: Any) -> None:
        ours = self._ours(target)
        if ours is None:
            _REAL["replace"](source, target)
            return
        self._meet("replace", ours)
        with self.steps.lock, self.untouched():
            came = os.path.abspath(os.fsdecode(source))
            before, new = _bytes_of(ours), _bytes_of(came)
            _REAL["replace"](source, target)

            def undo() -> None:
                _put(ours, before)
                _put(came, new)

            folders = {os.path.dirname(ours), os.path.dirname(came)}
            self._changes.append(_Change(frozenset(folders), undo))
            self._dirty.discard(ours)
            if came in self._dirty:
                self._dirty.discard(came)
                self._dirty.add(ours)

    def _rename(self, source: Any, target: Any) -> None:
        self._replace(source, target)

    def _unlink(self, path: Any, **more: Any) -> None:
        ours = self._ours(path)
        if ours is None:
            _REAL["unlink"](path, **more)
            return
        self._meet("unlink", ours)
        with self.steps.lock, self.untouched():
            before = _bytes_of(ours)
            _REAL["unlink"](path, **more)
            folder = os.path.dirname(ours)
            self._changes.append(_Change(frozenset({folder}), lambda: _put(ours, before)))

    _remove = _unlink

    def _mkdir(self, path: Any, *args: Any, **more: Any) -> None:
        ours = self._ours(path)
        if ours is not None and not os.path.isdir(ours):
            self._meet("mkdir", ours)
            with self.steps.lock:
                _REAL["mkdir"](path, *args, **more)
                names = frozenset({os.path.dirname(ours), "mkdir:" + ours})
                self._changes.append(_Change(names, lambda: _remove_folder(ours)))
            return
        _REAL["mkdir"](path, *args, **more)

    def _chmod(self, path: Any, *args: Any, **more: Any) -> None:
        ours = self._ours(path)
        if ours is not None:
            self._meet("chmod", ours)
        _REAL["chmod"](path, *args, **more)

    def wrote(self, path: str) -> None:
        with self.steps.lock:
            self._dirty.add(path)


class _File:
    """An open file whose writes may fail, or end with the process, halfway."""

    def __init__(self, file: Any, disk: Disk, path: str) -> None:
        self._file = file
        self._disk = disk
        self._path = path

    def write(self, data: Any) -> int:
        half = len(data) // 2
        self._file.write(data[:half])
        self._file.flush()
        self._disk.wrote(self._path)
        self._disk._meet("write", self._path)
        self._file.write(data[half:])
        return len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _error(fault: DiskFault, path: str) -> OSError:
    if not fault.windows:
        return OSError(fault.error, os.strerror(fault.error), path)
    return in_use(fault.error, path)


def _bytes_of(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def _put(path: str, data: bytes | None) -> None:
    if data is None:
        _remove(path)
    elif os.path.isdir(os.path.dirname(path)):
        Path(path).write_bytes(data)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        _REAL["unlink"](path)


def _remove_folder(path: str) -> None:
    with contextlib.suppress(OSError):
        for name in _REAL["listdir"](path):
            below = os.path.join(path, name)
            (_remove_folder if os.path.isdir(below) else _remove)(below)
        _REAL["rmdir"](path)
