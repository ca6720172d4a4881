"""The smaller ICU data of the Linux package: what Qt asks for is in it, and it loads."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import PySide6
import pytest

from tests.portable import linux_only
from tests.shared_data import require
from tools.packaging.icu import TOOLS, UNUSED, shrink

pytestmark = linux_only

LIBRARIES = Path(PySide6.__file__).parent / "Qt" / "lib"


@pytest.fixture
def library() -> Path:
    (library,) = LIBRARIES.glob("libicudata.so.*")
    return library


def test_qt_asks_icu_for_nothing_that_is_left_out() -> None:
    """Calls of ICU begin with the name of their part; a new one wants another look at the list."""
    require(shutil.which("nm") is not None, "nm is not here")
    (core,) = LIBRARIES.glob("libQt6Core.so.*")
    command = ["nm", "--dynamic", "--undefined-only", str(core)]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    calls = re.findall(r"\bU? (u\w+)_\d\d\b", names, re.IGNORECASE)
    assert len(calls) > 20
    parts = {re.match(r"ucnv|ucol|ucal|u_strTo", call, re.IGNORECASE) is not None for call in calls}
    assert parts == {True}, calls


def test_the_smaller_library_loads_and_keeps_the_rest(library: Path, tmp_path: Path) -> None:
    for tool in TOOLS:
        require(shutil.which(tool) is not None, f"{tool} is not here")
    smaller = shrink(library, tmp_path)
    assert smaller.name == library.name
    assert smaller.stat().st_size < 0.6 * library.stat().st_size
    number = library.name.rpartition(".")[2]
    (package,) = tmp_path.glob("*.dat")
    names = subprocess.run(
        ["icupkg", "-l", package], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"coll/de.res", "zone/en.res", "root.res", "uemoji.icu"} <= set(names)
    assert not [name for name in names if name.split("/")[0] in UNUSED]
    # Its symbol is the package itself: header size, then ICU's magic number (ucmndata.h).
    symbol = (ctypes.c_ubyte * 4).in_dll(ctypes.CDLL(str(smaller)), f"icudt{number}_dat")
    assert bytes(symbol)[2:] == b"\xda\x27"


def test_without_the_tools_all_of_it_is_packed(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shrink(library, tmp_path / "icu") == library
