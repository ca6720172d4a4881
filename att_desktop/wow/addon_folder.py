"""The addon's own folder in AddOns, and nothing but that folder."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

from att_desktop.wow.errors import (
    AddOnsNotWritable,
    GameFolderGone,
    InstallError,
    UnsafeAddonFolder,
    install_error,
)
from att_desktop.wow.paths import find_child, is_dir, is_file

if TYPE_CHECKING:
    from pathlib import Path

ADDON_NAME: Final = "AzerothsTopTalent"
TOC_FILE: Final = f"{ADDON_NAME}.toc"

# Reparse tags of Windows that lead elsewhere: symbolic links and junctions. Others (files kept
# in a cloud, deduplicated files) are ordinary files to us.
_LEADS_ELSEWHERE: Final = frozenset({0xA000000C, 0xA0000003})


def is_link(path: Path) -> bool:
    """True for a symbolic link or a junction, also a dangling one."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) in _LEADS_ELSEWHERE


def resolve_addons(addons: Path) -> Path:
    """``addons`` with its last two names in the case that the disk has. It may not exist yet.

    Raises GameFolderGone when the flavour folder above ``Interface`` is not there, or AddOns
    leads to a place that is not; AddOnsNotWritable when it cannot be looked at; UnsafeAddonFolder
    when a file stands in the way.
    """
    flavour = addons.parent.parent
    if is_dir(addons):
        return addons
    if not is_dir(flavour):
        raise _why_not(flavour)
    found = flavour
    for name in (addons.parent.name, addons.name):
        found = find_child(found, name) or found / name
        if is_link(found) and not is_dir(found):
            raise GameFolderGone("wow.dangling_link", folder=found)
        if _is_there(found) and not is_dir(found):
            raise UnsafeAddonFolder("wow.file_in_the_way", path=found)
    return found


def _why_not(folder: Path) -> InstallError:
    """A folder that cannot be looked at is not one that is not there."""
    try:
        folder.stat()
    except PermissionError:
        return AddOnsNotWritable("wow.not_readable", folder=folder)
    except OSError as error:
        return install_error(error, folder)
    return GameFolderGone("wow.folder_gone", folder=folder)


def find_addon_folder(addons: Path) -> Path:
    """The addon's folder in ``addons``; it may not exist yet.

    Raises UnsafeAddonFolder for a file of that name, and for a link: ``AddOns`` itself may be
    one (players share it between installations), but behind ours we would write into the
    checkout or the copy that it leads to. Raises AddOnsNotWritable when it cannot be looked at.
    """
    folder = find_child(addons, ADDON_NAME) or addons / ADDON_NAME
    _no_link(folder)
    if _is_there(folder) and not is_dir(folder):
        raise UnsafeAddonFolder("wow.file_in_the_way", path=folder)
    return folder


def safe_target(folder: Path, relative: str) -> Path:
    """The place of ``relative`` (``/`` between names) below ``folder``, in the disk's own case.

    Raises UnsafeAddonFolder when the path would leave the folder, a link is on the way, or
    something else than a folder or a file is where one belongs; AddOnsNotWritable when that
    cannot be looked at.
    """
    names = relative_parts(relative)
    if names is None:
        raise UnsafeAddonFolder("wow.path_outside", path=relative)
    target = folder
    for place, name in enumerate(names, start=1):
        target = find_child(target, name) or target / name
        _no_link(target)
        is_last = place == len(names)
        if _is_there(target) and not (is_file(target) if is_last else is_dir(target)):
            code = "wow.no_file" if is_last else "wow.file_in_the_way"
            raise UnsafeAddonFolder(code, path=target)
    return target


def relative_parts(relative: str) -> tuple[str, ...] | None:
    """The names of a plain relative path, None for anything that could lead out of a folder.

    Nor with a dot or space at the end of a name: Windows takes ``Name.toc.`` for ``Name.toc``.
    """
    names = tuple(relative.split("/"))
    if any(not name or name.endswith((".", " ")) for name in names):
        return None
    if set(relative) & set('\\:\0<>|"?*'):
        return None
    return names


def _is_there(path: Path) -> bool:
    """Is there anything of that name? Raises AddOnsNotWritable where nobody may look for it."""
    try:
        path.stat()
    except PermissionError as error:
        raise AddOnsNotWritable("wow.not_readable", folder=path.parent) from error
    except (OSError, ValueError):
        return False
    return True


def _no_link(path: Path) -> None:
    if is_link(path):
        raise UnsafeAddonFolder("wow.link_in_the_way", path=path)
