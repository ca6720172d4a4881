"""The icon cache: memory, disk, network, and never a stop of the window."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from att_desktop.game.trees import TalentTrees
from att_desktop.sources.icon_names import IconMissing, IconsUnreachable
from att_desktop.sources.icons import IconHost
from att_desktop.ui.theme import dark_palette
from att_desktop.ui.tree.icons import IconCache, icons_of
from att_desktop.ui.tree.style import CanvasStyle
from tests.ui.pages import context_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def jpeg(colour: str) -> bytes:
    image = QImage(56, 56, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


class FakeHost(IconHost):
    """A host without a network: asks are noted, answers can be held back."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.error: Exception | None = None

    def fetch(self, raw: str) -> bytes:
        self.asked.append(raw)
        assert self.go_on.wait(5)
        if self.error is not None:
            raise self.error
        return jpeg("#cc3311")

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


@pytest.fixture
def cache(qtbot: QtBot, tmp_path: Path, host: FakeHost) -> Iterator[IconCache]:
    cache = IconCache(tmp_path / "icons", allow_network=True, make_host=lambda: host)
    yield cache
    cache.close()


def test_an_icon_is_fetched_once_and_kept_on_disk(
    qtbot: QtBot, cache: IconCache, host: FakeHost, tmp_path: Path
) -> None:
    with qtbot.waitSignal(cache.arrived) as arrived:
        assert cache.pixmap("spell_one") is None
        assert cache.pixmap("spell_one") is None
    assert arrived.args == ["spell_one"]
    picture = cache.pixmap("spell_one")
    assert picture is not None
    assert picture.width() == 56
    assert host.asked == ["spell_one"]
    assert [path.name for path in (tmp_path / "icons").iterdir()] == ["spell_one.jpg"]


def test_the_disk_comes_before_the_network(qtbot: QtBot, host: FakeHost, tmp_path: Path) -> None:
    folder = tmp_path / "icons"
    folder.mkdir()
    (folder / "spell_two.jpg").write_bytes(jpeg("#00aa00"))
    cache = IconCache(folder, allow_network=False, make_host=lambda: host)
    with qtbot.waitSignal(cache.arrived):
        cache.pixmap("spell_two")
    assert host.asked == []
    cache.close()


def test_without_leave_nothing_is_fetched_until_it_is_given(
    qtbot: QtBot, host: FakeHost, tmp_path: Path
) -> None:
    cache = IconCache(tmp_path / "icons", allow_network=False, make_host=lambda: host)
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "known.jpg").write_bytes(jpeg("#00aa00"))
    cache.pixmap("spell_three")
    with qtbot.waitSignal(cache.arrived) as first:
        cache.pixmap("known")  # asked for later: when it is there, the other was looked at
    assert first.args == ["known"]
    assert host.asked == []
    cache.set_allow_network(allow=True)
    with qtbot.waitSignal(cache.arrived) as second:
        cache.pixmap("spell_three")
    assert second.args == ["spell_three"]
    cache.close()


def test_a_slow_host_never_holds_the_window(qtbot: QtBot, cache: IconCache, host: FakeHost) -> None:
    host.go_on.clear()
    for number in range(200):
        assert cache.pixmap(f"spell_{number}") is None
    # Still nothing has come, and the calls are back already.
    with qtbot.waitSignal(cache.arrived):
        host.go_on.set()


def test_an_unreachable_host_is_left_alone(
    qtbot: QtBot, cache: IconCache, host: FakeHost, tmp_path: Path
) -> None:
    host.error = IconsUnreachable("no network")
    for number in range(20):
        cache.pixmap(f"spell_{number}")
    folder = tmp_path / "icons"
    folder.mkdir(exist_ok=True)
    qtbot.waitUntil(lambda: len(host.asked) == 1)
    (folder / "known.jpg").write_bytes(jpeg("#00aa00"))
    with qtbot.waitSignal(cache.arrived):
        cache.pixmap("known")
    assert len(host.asked) == 1


def test_what_is_missing_is_asked_for_once(qtbot: QtBot, cache: IconCache, host: FakeHost) -> None:
    host.error = IconMissing("no such icon")
    cache.pixmap("spell_gone")
    qtbot.waitUntil(lambda: host.asked == ["spell_gone"])
    host.error = None
    cache._asked.clear()
    cache.pixmap("spell_gone")
    with qtbot.waitSignal(cache.arrived) as arrived:
        cache.pixmap("spell_other")
    assert arrived.args == ["spell_other"]
    assert host.asked == ["spell_gone", "spell_other"]


def test_names_that_are_none_are_not_looked_for(
    qtbot: QtBot, cache: IconCache, host: FakeHost
) -> None:
    with qtbot.waitSignal(cache.arrived) as arrived:
        cache.pixmap("../../settings")
        cache.pixmap("fine")
    assert arrived.args == ["fine"]
    assert host.asked == ["fine"]


def test_a_broken_file_on_disk_is_no_icon(qtbot: QtBot, cache: IconCache, tmp_path: Path) -> None:
    folder = tmp_path / "icons"
    folder.mkdir()
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    with qtbot.waitSignal(cache.arrived) as arrived:
        cache.pixmap("broken")
    # It is fetched again, and then it is there.
    assert arrived.args == ["broken"]


def test_the_cache_of_a_window_is_one_and_follows_the_settings(qtbot: QtBot) -> None:
    context = context_with(None, icon_download=False)
    icons = icons_of(context)
    assert icons_of(context) is icons
    assert not icons._worker.allow_network
    context.change_settings(icon_download=True)
    assert icons._worker.allow_network
    context.change_settings(icon_download=False)
    assert not icons._worker.allow_network


def test_icons_are_cut_to_the_shape_and_greyed_when_not_taken(qtbot: QtBot) -> None:
    from PySide6.QtGui import QPixmap

    source = QPixmap.fromImage(QImage.fromData(jpeg("#cc3311")))
    style = CanvasStyle(dark_palette(), lambda _: source)
    entry = next(iter(TalentTrees.embedded().tree(250).entries.values()))
    lit = style.picture(entry, "circle", 112, lit=True)
    grey = style.picture(entry, "circle", 112, lit=False)
    assert lit is not None
    assert grey is not None
    image, dull = lit.toImage(), grey.toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(56, 56).saturation() > 100
    assert dull.pixelColor(56, 56).saturation() < 10


def test_an_emblem_stands_in_until_the_icon_is_there(qtbot: QtBot) -> None:
    from PySide6.QtGui import QPixmap

    icons: dict[str, QPixmap] = {}
    style = CanvasStyle(dark_palette(), icons.get)
    tree = TalentTrees.embedded().tree(250)
    entry = next(entry for entry in tree.entries.values() if entry.name == "Death Strike")
    assert style.picture(entry, "square", 56, lit=True) is None  # no tree is shown yet
    style.show_tree(tree)
    emblem = style.picture(entry, "square", 56, lit=True)
    assert emblem is not None
    colours = {emblem.toImage().pixelColor(x, 28).name() for x in range(8, 48)}
    assert len(colours) > 5
    icons[entry.icon] = QPixmap.fromImage(QImage.fromData(jpeg("#cc3311")))
    icon = style.picture(entry, "square", 56, lit=True)
    assert icon is not None
    assert icon.toImage().pixelColor(28, 28).red() > 190
