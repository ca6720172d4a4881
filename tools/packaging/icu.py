"""A smaller ``libicudata``: without the data that Qt never asks ICU for (15 of 32 MB).

Qt6Core calls ICU for converters, collation, time zones' names and case mapping alone, as
``nm --dynamic --undefined-only libQt6Core.so.6`` shows; its own CLDR has the languages, units,
currencies and the rules of line breaks.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

UNUSED: Final = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit")
TOOLS: Final = ("objcopy", "icupkg", "gcc")  # Debian: binutils, icu-devtools, gcc

_ASSEMBLY: Final = """
.section .rodata
.globl {symbol}
.type {symbol}, @object
.balign 16
{symbol}: .incbin "{data}"
.size {symbol}, . - {symbol}
.section .note.GNU-stack, "", @progbits
"""


def shrink(library: Path, folder: Path) -> Path:
    """Write ``library`` (libicudata.so.NN of little-endian ELF) anew into ``folder``, and check it.

    Returns ``library`` itself when a tool is not here. Raises CalledProcessError.
    """
    if not all(shutil.which(tool) for tool in TOOLS):
        print(f"All of ICU's data is packed: it takes {', '.join(TOOLS)} to leave some out.")
        return library
    number = re.search(r"\.so\.(\d+)", library.name)
    if number is None:
        raise ValueError(f"{library.name} names no version of ICU")
    folder.mkdir(parents=True, exist_ok=True)
    # The file is one read-only object, the package of all data (ICU user guide, 'ICU Data').
    package = folder / f"icudt{number[1]}l.dat"
    _run("objcopy", "-O", "binary", "--only-section=.rodata", str(library), str(package))
    names = _run("icupkg", "-l", str(package)).splitlines()
    unused = folder / "unused.txt"
    unused.write_text("\n".join(name for name in names if name.split("/")[0] in UNUSED), "utf-8")
    _run("icupkg", "-r", str(unused), str(package))
    source, target = folder / "icudata.s", folder / library.name
    source.write_text(_ASSEMBLY.format(symbol=f"icudt{number[1]}_dat", data=package), "utf-8")
    soname = f"-Wl,-soname,{library.name}"
    _run("gcc", "-shared", "-nostdlib", soname, "-o", str(target), str(source))
    return target


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
