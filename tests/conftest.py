"""Every test lives in its own home, offscreen, and never sees the player's settings."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTEST_QT_API", "pyside6")

import keyring
import keyring.backends.fail
import pytest
import stamina

from tests.sample_update import SampleUpdate, run_once
from tests.shared_data import require

try:
    import PySide6.QtWidgets
except ImportError as error:  # a bare machine: Qt needs some system libraries
    WITHOUT_QT = f"Qt cannot be loaded here, see 'System libraries' in the README ({error})"
    pytest_plugins = []
else:
    assert PySide6.QtWidgets
    WITHOUT_QT = ""
    # Loaded here and not by itself: where Qt is missing it would end the run before it begins.
    pytest_plugins = ["pytestqt.plugin"]


# Not the player's, and none of the classes in tests: keyring takes every backend that is defined.
keyring.set_keyring(keyring.backends.fail.Keyring())

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # As in a job that a shell runs in the background: the children of tests would ignore Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class NeedsQt(pytest.Module):
    """A file or folder of tests that cannot even be imported without Qt: skipped with reason."""

    def collect(self) -> list[pytest.Item]:
        """Nothing to run."""
        try:
            require(condition=False, reason=WITHOUT_QT)
        except pytest.skip.Exception as skipped:
            raise pytest.skip.Exception(str(skipped), allow_module_level=True) from None
        return []


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Take test files that speak of Qt out of a run that has none."""
    if WITHOUT_QT and _speaks_of_qt(module_path):
        return NeedsQt.from_parent(parent, path=module_path)
    return None


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The same for a folder of tests whose conftest speaks of Qt: it cannot be imported."""
    conftest = path / "conftest.py"
    is_other = conftest != Path(__file__) and conftest.exists()
    if WITHOUT_QT and is_other and _speaks_of_qt(conftest):
        return NeedsQt.from_parent(parent, path=path)
    return None


def _speaks_of_qt(source: Path) -> bool:
    words = ("PySide6", "qtbot", "att_desktop.ui", "att_desktop.app", "QApplication")
    return any(word in source.read_text("utf-8") for word in words)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Captured text of hostile names can hold lone surrogates, which xdist cannot send."""
    report.sections = [
        (title, text.encode("utf-8", "backslashreplace").decode())
        for title, text in report.sections
    ]


@pytest.fixture(autouse=True, scope="session")
def no_pauses() -> None:
    """Attempts are counted as ever, but nothing sleeps between them."""
    stamina.set_testing(True, attempts=100, cap=True)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``ATT_HOME`` in the test's own folder; nothing of the caller's environment leaks in."""
    kept = {"ATT_REQUIRE_ALL", "ATT_SHARED_DATA", "ATT_FROZEN", "ATT_INSTALLER"}
    for name in set(os.environ) - kept:
        if name.startswith(("WCL_", "ATT_")):
            monkeypatch.delenv(name)
    # English, whatever the machine speaks; a test may choose another.
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    home = tmp_path / "att-home"
    monkeypatch.setenv("ATT_HOME", str(home))
    # Nobody answers there: a test that needs parses.gg brings its own.
    monkeypatch.setenv("ATT_PARSES_URL", "http://127.0.0.1:9")
    return home


@pytest.fixture(scope="session")
def sample_update(tmp_path_factory: pytest.TempPathFactory) -> SampleUpdate:
    """The update with all the sample data, shared by all processes of this run."""
    folder = tmp_path_factory.getbasetemp()
    return run_once(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


if sys.platform == "win32":

    @pytest.fixture(scope="session")
    def links_work(tmp_path_factory: pytest.TempPathFactory) -> bool:
        """Windows wants a privilege for symbolic links, and Wine makes some that lead nowhere."""
        folder = tmp_path_factory.mktemp("links")
        try:
            (folder / "link").symlink_to(folder, target_is_directory=True)
            return (folder / "link").is_dir()
        except OSError:
            return False

    @pytest.fixture(autouse=True)
    def links(links_work: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A test that makes a link is skipped where there are none."""
        plain = Path.symlink_to

        def symlink_to(self: Path, target: Path | str, target_is_directory: bool = False) -> None:
            if not links_work:
                pytest.skip("no symbolic links here")
            plain(self, target, target_is_directory or (self.parent / target).is_dir())

        monkeypatch.setattr(Path, "symlink_to", symlink_to)
