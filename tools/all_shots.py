"""All pictures of the window by one command: ``python -m tools.all_shots FOLDER``.

``states``: each page in its states and each dialog; ``trees``: six specs on the pages with trees;
both light and dark on four screens. ``languages``: each page in each language; ``film``: a new
player's first minutes.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tools.screens import folder_for_pictures

if TYPE_CHECKING:
    from pathlib import Path

_MAKERS: Final = {
    "states": "tools.shots",
    "trees": "tools.shots_of_trees",
    "languages": "tools.shots_of_languages",
    "film": "tools.film",
}


def main(folder: Path) -> None:
    for name, module in _MAKERS.items():
        subprocess.run([sys.executable, "-m", module, str(folder / name)], check=True)


if __name__ == "__main__":
    main(folder_for_pictures(sys.argv[1:], __doc__))
