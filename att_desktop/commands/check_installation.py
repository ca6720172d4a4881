"""Checks of the installation alone: is everything there that the app needs?

What a package leaves out shows only when it is used. Nothing leaves the computer.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final

from nacl.signing import SigningKey

from att_desktop.commands.findings import Finding, Verdict, finding
from att_desktop.game.trees import TreeDataError
from att_desktop.sources.feed.envelope import open_envelope, seal
from att_desktop.sources.http.client import HttpClient
from att_desktop.system.bundled import ADDON_TEMPLATE, bundled_path
from att_desktop.system.crash_reports import describe_system
from att_desktop.system.keyring_access import KeyringAccess, KeyringError
from att_desktop.update.child_process import UpdateRequest, run_update
from att_desktop.update.events import UnitDone
from att_desktop.wow.template import read_template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from att_desktop.commands.surroundings import Surroundings
    from att_desktop.text.messages import Coded
    from att_desktop.update.events import Event

_SPECS: Final = 40
_KEYRING_SECONDS: Final = 10.0
_BROKEN_SHOWN: Final = 5
_RESOURCES: Final = ("icon.svg", "icon.png", "emblems.json")


def check_app(_here: Surroundings) -> Iterable[Finding]:
    """Versions of the app and of what it runs on."""
    yield finding("app", "ok", "check.text", text=describe_system())


def check_trees(here: Surroundings) -> Iterable[Finding]:
    """Every spec's talent tree can be read."""
    trees = here.trees
    broken: list[Coded] = []
    for spec_id in trees.spec_ids:
        try:
            trees.tree(spec_id)
        except TreeDataError as error:
            broken.append(error)
    count = len(trees.spec_ids) - len(broken)
    verdict: Verdict = "problem" if broken or count < _SPECS else "ok"
    yield finding(
        "trees",
        verdict,
        "check.trees.read",
        count=count,
        version=trees.version,
        details=broken[:_BROKEN_SHOWN],
    )


def check_addon(_here: Surroundings) -> Iterable[Finding]:
    """The addon's files that an update installs."""
    count = len(read_template(bundled_path(ADDON_TEMPLATE)))
    yield finding("addon", "ok", "check.addon.files", count=count)


def check_resources(_here: Surroundings) -> Iterable[Finding]:
    """Icons and emblems."""
    names = [bundled_path(f"resources/{name}").name for name in _RESOURCES]
    yield finding("resources", "ok", "check.list", names=names)


def check_keyring(_here: Surroundings) -> Iterable[Finding]:
    """Which keyring answers here; that there is none is no fault of the installation."""
    access = KeyringAccess()
    try:
        access.read("Azeroth's Top Talent (test)", "smoke test", timeout=_KEYRING_SECONDS)
    except KeyringError as error:
        yield Finding(check="keyring", verdict="ok", what=error)
        return
    yield finding("keyring", "ok", "check.text", text=access.name)


def check_client(_here: Surroundings) -> Iterable[Finding]:
    """The HTTP client of the work, with certificates and proxies of this system."""

    async def open_and_close() -> None:
        async with HttpClient("Warcraft Logs", "https://www.warcraftlogs.com/"):
            pass

    asyncio.run(open_and_close())
    yield finding("client", "ok", "check.client.opens")


def check_signature(_here: Surroundings) -> Iterable[Finding]:
    """A feed's envelope is sealed and opened: PyNaCl's library is there and works."""
    key = SigningKey.generate()
    opened = open_envelope(seal(b"{}", key), bytes(key.verify_key))
    yield finding("signature", "ok" if opened == b"{}" else "problem", "check.signature.verified")


def check_window(here: Surroundings) -> Iterable[Finding]:
    """The window of a fresh installation, drawn once; in memory where there is no screen."""
    yield finding("window", "ok", "check.text", text=here.draw_window(here.scratch))


def check_update(here: Surroundings) -> Iterable[Finding]:
    """An update of the sample source in its own process, stopped after its first unit."""
    cancel = threading.Event()

    def report(event: Event) -> None:
        if isinstance(event, UnitDone):
            cancel.set()

    request = UpdateRequest(sample=True, variables={"ATT_HOME": str(here.scratch)})
    summary = run_update(request, report, cancel)
    verdict: Verdict = "ok" if summary.done else "problem"
    yield finding("update", verdict, "check.update.ran", done=summary.done, units=summary.units)
