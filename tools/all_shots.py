"""All pictures of the window by one command: ``python -m tools.all_shots FOLDER``.

``states``: each page in its states and each dialog; ``trees``: six specs on the pages with trees;
both light and dark on four screens. ``languages``: each page in each language; ``film``: a new
player's first minutes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

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
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
