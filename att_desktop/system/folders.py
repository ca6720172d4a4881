"""Where the app keeps what is its own."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from att_desktop.system.errors import AttError

_APP = "AzerothsTopTalent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The app's folders; none need exist yet.

    ``config`` holds the settings, ``cache`` the checkpoint and the zones, ``logs`` the log,
    ``data`` refreshed talent trees and the sandbox game folder of the sample source. Below
    ``sandbox`` the app may make folders of its own for sample data. ``state`` holds locks.
    """

    config: Path
    cache: Path
    logs: Path
    data: Path
    sandbox: Path
    state: Path = field(default_factory=lambda: _dirs().user_state_path)

    @property
    def sample_cache(self) -> Path:
        """Cache of the sample source, apart so that trying it out never costs real results."""
        return self.cache / "sample"

    @property
    def sample_game(self) -> Path:
        """The sandbox that stands for a World of Warcraft folder with sample data."""
        return self.data / "sample-game" / "World of Warcraft"


def _dirs() -> platformdirs.PlatformDirs:
    return platformdirs.PlatformDirs(_APP, appauthor=False)


def folders_below(root: Path) -> Folders:
    """All of them below one folder."""
    return Folders(
        config=root / "config",
        cache=root / "cache",
        logs=root / "logs",
        data=root / "data",
        sandbox=root,
        state=root / "state",
    )


def find_folders() -> Folders:
    """Folders of this user, all below ``ATT_HOME`` when that is set (portable use, tests).

    Raises AttError when there is none: the user has no home folder, or ``ATT_HOME`` leads nowhere.
    """
    home = os.environ.get("ATT_HOME")
    if home:
        # For '~somebody' who is not here Path.expanduser raises.
        root = Path(os.path.expanduser(home))  # noqa: PTH111 - see above
        try:
            return folders_below(root.absolute())
        except FileNotFoundError as error:  # it is relative, and the working folder is gone
            raise AttError("system.no_home") from error
    if os.path.expanduser("~") == "~":  # noqa: PTH111 - the same
        # Neither HOME nor an entry in the list of users: paths would begin with '~' as they are.
        raise AttError("system.no_home")
    dirs = _dirs()
    return Folders(
        config=dirs.user_config_path,
        cache=dirs.user_cache_path,
        logs=dirs.user_log_path,
        data=dirs.user_data_path,
        sandbox=dirs.user_data_path,
        state=dirs.user_state_path,
    )
