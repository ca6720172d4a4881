"""The house rules hold: imports go one way, and each import stands where it is meant to."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "att_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))


def module_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def imports_of(path: Path) -> set[str]:
    """The names of all modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_a_module_keeps_the_house_rules(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says what it is for"
    if len(tree.body) > 1:
        assert "from __future__ import annotations" in text
    room = path.relative_to(PACKAGE).as_posix()
    top = {name.partition(".")[0] for name in imports_of(path)}
    if not room.startswith(("sources/http/", "sources/")):
        assert "httpx" not in top
    if not room.startswith(("ui/", "app.py")):
        assert "PySide6" not in top
    if room not in ("system/keyring_access.py", "config/credentials.py"):
        assert "keyring" not in top


def test_the_game_room_needs_no_other() -> None:
    for path in (PACKAGE / "game").glob("*.py"):
        ours = {name for name in imports_of(path) if name.startswith("att_desktop")}
        assert all(name.startswith("att_desktop.game") for name in ours), path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("att_desktop.cli", ("PySide6", "httpx", "keyring")),
        ("att_desktop.game.import_codes", ("httpx", "keyring", "platformdirs")),
        ("att_desktop.config.settings", ("httpx", "keyring", "PySide6")),
        ("att_desktop.app", ("httpx", "keyring", "yaml", "asyncio")),
        ("att_desktop.ui.update.page", ("httpx", "keyring", "yaml", "asyncio", "nacl")),
        ("att_desktop.ui.builds.page", ("httpx", "keyring", "yaml", "asyncio", "nacl")),
    ],
)
def test_what_starts_first_stays_light(module: str, heavy: tuple[str, ...]) -> None:
    script = f"import sys, {module}\nprint(*[n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == ""
