"""``--smoke-test``: is everything in this installation that the app needs to start?

Meant for the packaged binary, where a part that is left out shows only when it is used. Nothing
leaves the computer, and nothing of the player's is read or written.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
import traceback
from typing import TYPE_CHECKING, Final

from att_desktop.game.trees import TalentTrees
from att_desktop.sources.http.client import HttpClient
from att_desktop.system.bundled import ADDON_TEMPLATE, bundled_path
from att_desktop.system.crash_reports import describe_system
from att_desktop.system.keyring_access import KeyringAccess, KeyringError
from att_desktop.update.child_process import UpdateRequest, run_update
from att_desktop.update.events import UnitDone
from att_desktop.wow.template import read_template

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.update.events import Event

__all__ = ["smoke_test"]

_SPECS: Final = 40
_KEYRING_SECONDS: Final = 10.0


def smoke_test(draw_window: Callable[[], str]) -> int:
    """Print a line for each part; 0 when all are there, else 1.

    ``draw_window`` opens the window once and returns what to print of it.
    """
    print(describe_system(), flush=True)
    parts: tuple[tuple[str, Callable[[], str]], ...] = (
        ("talent trees", _talent_trees),
        ("addon template", _addon_template),
        ("resources", _resources),
        ("keyring", _keyring),
        ("TLS client", _tls_client),
        ("window", draw_window),
        ("update process", _update_process),
    )
    before = os.environ.get("ATT_HOME")
    with tempfile.TemporaryDirectory(prefix="att-smoke-", ignore_cleanup_errors=True) as home:
        os.environ["ATT_HOME"] = home
        try:
            missing = [name for name, look in parts if not _is_there(name, look)]
        finally:
            if before is None:
                del os.environ["ATT_HOME"]
            else:
                os.environ["ATT_HOME"] = before
    return 1 if missing else 0


def _is_there(name: str, look: Callable[[], str]) -> bool:
    try:
        words = look()
    except Exception:  # noqa: BLE001 - whatever is missing is told, and the test fails
        print(f"MISSING {name}:", flush=True)
        traceback.print_exc(file=sys.stdout)
        return False
    print(f"ok {name}: {words}", flush=True)
    return True


def _talent_trees() -> str:
    trees = TalentTrees.embedded()
    nodes = sum(len(trees.tree(spec_id).nodes) for spec_id in trees.spec_ids)
    if len(trees.spec_ids) != _SPECS:
        raise LookupError(f"{len(trees.spec_ids)} specs instead of {_SPECS}")
    return f"{len(trees.spec_ids)} specs with {nodes} talents, version {trees.version}"


def _addon_template() -> str:
    return f"{len(read_template(bundled_path(ADDON_TEMPLATE)))} files"


def _resources() -> str:
    names = ("icon.svg", "icon.png", "emblems.json")
    return ", ".join(bundled_path(f"resources/{name}").name for name in names)


def _keyring() -> str:
    """Which keyring answers here; that there is none is no fault of the installation."""
    access = KeyringAccess()
    try:
        access.read("Azeroth's Top Talent (test)", "smoke test", timeout=_KEYRING_SECONDS)
    except KeyringError as error:
        return f"{access.name or 'none'} ({error})"
    return access.name


def _tls_client() -> str:
    async def open_and_close() -> str:
        async with HttpClient("Warcraft Logs", "https://www.warcraftlogs.com/"):
            return "httpx with the certificates of this system"

    return asyncio.run(open_and_close())


def _update_process() -> str:
    """An update of the sample source in its own process, stopped after its first unit."""
    cancel = threading.Event()

    def report(event: Event) -> None:
        if isinstance(event, UnitDone):
            cancel.set()

    summary = run_update(UpdateRequest(sample=True), report, cancel)
    if not summary.done:
        raise LookupError("the update came to nothing")
    return f"{summary.done} of {summary.units} units, then stopped"
