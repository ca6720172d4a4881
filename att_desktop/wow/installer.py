"""Installing and updating the addon in an AddOns folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.system.files import make_writable, remove_leftovers, write_atomic
from att_desktop.wow.addon_folder import (
    TOC_FILE,
    find_addon_folder,
    resolve_addons,
    safe_target,
)
from att_desktop.wow.errors import InstallError, install_error
from att_desktop.wow.lock import folder_lock
from att_desktop.wow.manifest import MANIFEST_FILE, digest_of, read_manifest, render_manifest
from att_desktop.wow.replace_files import FileChange, make_folders, replace_all, undo_folders
from att_desktop.wow.talent_data import TALENT_DATA_FILE
from att_desktop.wow.template import read_template, toc_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

UPDATED: Final = "wow.updated"
"""Code of what to do in the game after new data."""

UPDATED_NEW_FILES: Final = "wow.updated_new_files"
"""The same after files were added, which /reload may not find."""

_MOST_PASSES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallResult:
    """What an install did.

    ``written`` and ``removed`` are paths relative to ``folder``, ``/`` between names; both are
    empty when all was up to date. ``code`` says what to do in the game (``text.say_code``).
    """

    folder: Path
    first_install: bool
    written: tuple[str, ...]
    removed: tuple[str, ...]
    addon_version: str | None
    code: str

    @property
    def changed(self) -> bool:
        """Whether anything on the disk is different now."""
        return bool(self.written or self.removed)


def install(
    template: Path,
    addons: Path,
    talent_data: bytes | None = None,
    *,
    locks: Path | None = None,
) -> InstallResult:
    """Bring the addon in ``addons`` to the state of ``template``, with ``talent_data``.

    Files with equal bytes are left alone. Without ``talent_data`` a ``TalentData.lua`` that is
    there stays; only a first install gets the template's empty one. Missing ``Interface`` and
    ``AddOns`` are made in an existing flavour folder. Files of an earlier install that the
    addon has no more are removed where they are as they were installed; no other file is, and
    the ``.toc`` never is. ``locks`` is the folder of the lock (default: the user's state folder).

    Raises BrokenTemplate, GameFolderGone, AddOnsNotWritable, DiskFull, UnsafeAddonFolder,
    InstallBusy or their base InstallError; what was installed before still loads then.
    """
    files = read_template(template)
    if talent_data is not None:
        files[TALENT_DATA_FILE] = talent_data
    try:
        addons = resolve_addons(addons)
        with folder_lock(addons, locks=locks):
            for _ in range(_MOST_PASSES):
                result = _install(files, addons, keep_data=talent_data is None)
                # Somebody may have removed the folder meanwhile, as the player or a manager does.
                if all(safe_target(result.folder, path).is_file() for path in files):
                    return result
    except OSError as error:
        raise install_error(error, addons) from error
    raise InstallError("wow.removed_meanwhile", folder=addons)


def write_talent_data(path: Path, data: bytes, *, locks: Path | None = None) -> bool:
    """Write the ``TalentData.lua`` of an addon alone, with the same care as ``install``.

    ``path`` is the file in the addon's folder. Returns True if it was written, False if it was
    equal. Raises the same errors as ``install``.
    """
    try:
        addons = resolve_addons(path.parent.parent)
        with folder_lock(addons, locks=locks):
            return _write_data(find_addon_folder(addons), path.name, data)
    except OSError as error:
        raise install_error(error, path.parent) from error


def _write_data(folder: Path, name: str, data: bytes) -> bool:
    target = safe_target(folder, name)
    made = [] if folder.is_dir() else [folder]
    folder.mkdir(exist_ok=True)
    try:
        remove_leftovers(folder, name)
        if _read(target) == data:
            return False
        write_atomic(target, data)
    except BaseException:
        undo_folders(made)
        raise
    installed = read_manifest(folder)
    if name in installed:
        manifest = safe_target(folder, MANIFEST_FILE)
        write_atomic(manifest, render_manifest({name: data}, installed))
    return True


def _install(files: dict[str, bytes], addons: Path, *, keep_data: bool) -> InstallResult:
    folder = find_addon_folder(addons)
    installed = read_manifest(folder)
    targets = {path: safe_target(folder, path) for path in (*files, MANIFEST_FILE)}
    before = {path: _read(target) for path, target in targets.items()}
    if keep_data and (data := before.get(TALENT_DATA_FILE)):
        files[TALENT_DATA_FILE] = data
    known = {path.casefold() for path in files}
    stale = {path: installed[path] for path in installed if path.casefold() not in known}
    wanted = {**files, MANIFEST_FILE: render_manifest(files, stale)}

    for parent in {target.parent for target in targets.values()}:
        remove_leftovers(parent)
    changed = [path for path in wanted if before[path] != wanted[path]]
    changed.sort(key=lambda path: _turn(path, is_new=before[path] is None))
    made: list[Path] = []
    try:
        for parent in sorted({targets[path].parent for path in changed}):
            made += make_folders(parent, below=addons.parent.parent)
        replace_all(
            [
                FileChange(target=targets[path], data=wanted[path], before=before[path])
                for path in changed
            ]
        )
    except BaseException:
        undo_folders(made)
        raise
    removed, left = _remove_stale(folder, stale)
    if left != stale:
        write_atomic(targets[MANIFEST_FILE], render_manifest(files, left))
    return _result(
        folder,
        version=toc_version(files[TOC_FILE].decode("utf-8", "replace")),
        written=tuple(sorted(path for path in changed if path != MANIFEST_FILE)),
        removed=removed,
        before=before,
    )


def _turn(path: str, *, is_new: bool) -> tuple[int, str]:
    """When a file's turn comes: at no moment the ``.toc`` on disk may load what is not there.

    New files first (no ``.toc`` knows them yet), then the data, which older code reads as well,
    then the code, the ``.toc`` last: until then a first install is no addon to the game.
    """
    if path == TOC_FILE:
        return 3, path
    if is_new:
        return 0, path
    return (1 if path == TALENT_DATA_FILE else 2), path


def _remove_stale(folder: Path, stale: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Remove files of an earlier install, after the new ``.toc`` forgot them.

    Those removed, and those that could not be, for the next time. A file that is not what was
    installed is not ours, whatever the manifest says: it stays and is forgotten.
    """
    removed = []
    left = {}
    for path, digest in sorted(stale.items()):
        try:
            target = safe_target(folder, path)
            if not target.exists() or digest_of(target) != digest:
                continue
            if target.suffix.casefold() == ".toc":
                left[path] = digest
                continue
            make_writable(target)
            target.unlink()
        except (OSError, InstallError):
            left[path] = digest
            continue
        removed.append(path)
        parent = target.parent
        while parent != folder:
            try:
                parent.rmdir()
            except OSError:
                break
            parent = parent.parent
    return tuple(removed), left


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _result(
    folder: Path,
    *,
    version: str | None,
    written: tuple[str, ...],
    removed: tuple[str, ...],
    before: Mapping[str, bytes | None],
) -> InstallResult:
    first_install = before[TOC_FILE] is None
    if first_install:
        code = "wow.installed"
    elif not (written or removed):
        code = "wow.unchanged"
    elif any(before[path] is None for path in written):
        code = UPDATED_NEW_FILES
    else:
        code = UPDATED
    return InstallResult(
        folder=folder,
        first_install=first_install,
        written=written,
        removed=removed,
        addon_version=version,
        code=code,
    )
