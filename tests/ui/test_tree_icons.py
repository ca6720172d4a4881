"""The icon cache: memory, disk, a host on this machine, and never a stop of the window."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Literal

import pytest
from PySide6.QtGui import QImage
from PySide6.QtNetwork import QNetworkAccessManager

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.ui.network import follow_proxy
from att_desktop.ui.theme import dark_palette
from att_desktop.ui.tree import icons as icons_module
from att_desktop.ui.tree.icons import RENDER_HOST, IconCache, icon_name, icons_of
from att_desktop.ui.tree.style import CanvasStyle
from tests.sources.proxies import HOST, Proxy, certificate_for
from tests.ui.icon_host import IconHost, jpeg
from tests.ui.pages import context_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[IconHost]:
    host = IconHost()
    yield host
    host.close()


@pytest.fixture
def cache(qtbot: QtBot, tmp_path: Path, host: IconHost) -> Iterator[IconCache]:
    cache = IconCache(tmp_path / "icons", allow_network=True, host=host.url)
    yield cache
    cache.close()


def fetched(qtbot: QtBot, cache: IconCache, *names: str) -> None:
    """Ask for icons and wait until all are there."""
    qtbot.waitUntil(lambda: None not in [cache.pixmap(name) for name in names])


def test_an_icon_is_fetched_once_and_kept_on_disk(
    qtbot: QtBot, cache: IconCache, host: IconHost, tmp_path: Path
) -> None:
    with qtbot.waitSignal(cache.arrived) as arrived:
        assert cache.pixmap("spell_one") is None
        assert cache.pixmap("spell_one") is None
    assert arrived.args == ["spell_one"]
    picture = cache.pixmap("spell_one")
    assert picture is not None
    assert picture.width() == 56
    assert host.asked == ["spell_one"]


@pytest.mark.parametrize("name", ["spell_one", "spell_stale"])
def test_offline_what_is_on_disk_is_shown_also_when_it_is_old(
    qtbot: QtBot, cache: IconCache, host: IconHost, tmp_path: Path, name: str
) -> None:
    fetched(qtbot, cache, name)
    cache.close()
    later = IconCache(tmp_path / "icons", allow_network=False, host=host.url)
    with qtbot.waitSignal(later.arrived) as arrived:
        assert later.pixmap(name) is None
    assert arrived.args == [name]
    assert host.asked == [name]
    later.close()


def test_without_leave_nothing_is_fetched_until_it_is_given(
    qtbot: QtBot, cache: IconCache, host: IconHost, tmp_path: Path
) -> None:
    fetched(qtbot, cache, "known")
    cache.close()
    later = IconCache(tmp_path / "icons", allow_network=False, host=host.url)
    assert later.pixmap("spell_three") is None
    with qtbot.waitSignal(later.arrived) as first:
        later.pixmap("known")  # asked for later: when it is there, the other was looked at
    assert first.args == ["known"]
    assert host.asked == ["known"]
    later.set_allow_network(allow=True)
    fetched(qtbot, later, "spell_three")
    later.close()


def test_a_slow_host_never_holds_the_window(qtbot: QtBot, cache: IconCache, host: IconHost) -> None:
    host.go_on.clear()
    start = time.monotonic()
    for number in range(200):
        assert cache.pixmap(f"spell_{number}") is None
    qtbot.waitUntil(lambda: len(host.asked) > 0, timeout=20_000)
    assert len(host.asked) <= 6
    cache.close()
    assert time.monotonic() - start < 30  # the host would make it wait for a minute


def test_switching_off_ends_what_is_under_way(
    qtbot: QtBot, cache: IconCache, host: IconHost
) -> None:
    host.go_on.clear()
    for number in range(20):
        cache.pixmap(f"spell_{number}")
    qtbot.waitUntil(lambda: len(host.asked) > 0)
    cache.set_allow_network(allow=False)
    host.go_on.set()
    with qtbot.assertNotEmitted(cache.arrived, wait=150):
        pass
    # Qt opens six connections to a host at once: those had left, the others of the twenty not.
    assert len(host.asked) <= 6


@pytest.mark.parametrize(
    "name", ["spell_gone", "spell_page", "spell_png", "spell_broken", "spell_huge"]
)
def test_what_is_no_icon_is_refused_not_kept_and_not_asked_again(
    qtbot: QtBot, cache: IconCache, host: IconHost, tmp_path: Path, name: str
) -> None:
    cache.pixmap(name)
    fetched(qtbot, cache, "spell_fine")
    qtbot.waitUntil(lambda: name in cache._missing)
    cache._asked.clear()
    cache.pixmap(name)
    fetched(qtbot, cache, "spell_other")
    assert cache.pixmap(name) is None
    assert host.asked.count(name) == 1
    assert not cache._disk_cache.metaData(cache._url(name)).isValid()


def test_a_redirect_is_not_followed(qtbot: QtBot, cache: IconCache, host: IconHost) -> None:
    cache.pixmap("spell_moved")
    qtbot.waitUntil(lambda: cache._quiet_until > 0)
    assert host.asked == ["spell_moved"]


def test_a_host_that_is_down_is_left_alone_for_a_while(
    qtbot: QtBot, cache: IconCache, host: IconHost
) -> None:
    host.down = True
    cache.pixmap("spell_one")
    qtbot.waitUntil(lambda: cache._quiet_until > 0)
    asked = len(host.asked)
    cache.pixmap("spell_two")
    qtbot.waitUntil(lambda: not cache._timer.isActive())
    assert len(host.asked) == asked
    host.down = False
    cache._quiet_until = 0.0
    cache._asked.clear()
    fetched(qtbot, cache, "spell_one", "spell_two")


def test_names_that_are_none_are_not_looked_for(
    qtbot: QtBot, cache: IconCache, host: IconHost
) -> None:
    assert cache.pixmap("../../settings") is None
    fetched(qtbot, cache, "fine")
    assert host.asked == ["fine"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Ability_Rogue_FeignDeath", "ability_rogue_feigndeath"),
        ("spell_fire.tga", "spell_fire"),
        ("spell_fire.BLP", "spell_fire"),
        ("spell/../fire", None),
        ("", None),
        ("x" * 101, None),
        ("sp ell", None),
    ],
)
def test_the_hosts_names(raw: str, name: str | None) -> None:
    assert icon_name(raw) == name


def test_every_icon_of_the_trees_has_a_name_for_the_host() -> None:
    trees = TalentTrees.embedded()
    icons = {e.icon for spec in SPECS for e in trees.tree(spec).entries.values() if e.icon}
    assert len(icons) > 1500
    assert [icon for icon in icons if icon_name(icon) is None] == []


def test_icons_come_by_https_only(qtbot: QtBot, tmp_path: Path) -> None:
    assert RENDER_HOST.startswith("https://")
    with pytest.raises(ValueError, match="https"):
        IconCache(tmp_path, allow_network=True, host="http://example.org/icons/")


def test_the_cache_of_a_window_is_one_and_follows_the_settings(
    qtbot: QtBot, host: IconHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(icons_module, "RENDER_HOST", host.url)
    context = context_with(None, icon_download=False)
    icons = icons_of(context)
    assert icons_of(context) is icons
    assert not icons.allow_network
    context.change_settings(icon_download=True)
    assert icons.allow_network
    fetched(qtbot, icons, "spell_one")
    context.change_settings(icon_download=False)
    assert not icons.allow_network


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


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.casefold().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.mark.usefixtures("no_proxies", "qtbot")
@pytest.mark.parametrize(
    ("kind", "variable", "address"),
    [
        ("http", "HTTPS_PROXY", "http://jdoe:Sommer%232026@"),
        ("http", "https_proxy", ""),
        ("socks", "ALL_PROXY", "socks://"),
    ],
)
def test_icons_come_by_the_proxy_and_certificates_of_updates(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: Literal["http", "socks"],
    variable: str,
    address: str,
) -> None:
    certificate = certificate_for(HOST, tmp_path / "host.pem")
    with Proxy(kind, certificate, body=jpeg("red"), content_type="image/jpeg") as proxy:
        monkeypatch.setenv(variable, f"{address}{proxy.address}")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        cache = IconCache(tmp_path / "icons", allow_network=True, host=f"https://{HOST}/")
        with qtbot.waitSignal(cache.arrived):
            cache.pixmap("spell_one")
        cache.close()
    assert set(proxy.asked) == {HOST}
    # Qt tells user and password once the proxy asks for them.
    network = QNetworkAccessManager()
    follow_proxy(network, f"https://{HOST}/")
    known = (network.proxy().user(), network.proxy().password())
    assert known == (("jdoe", "Sommer#2026") if "jdoe" in address else ("", ""))


@pytest.mark.usefixtures("no_proxies")
def test_a_proxy_that_cannot_be_read_leaves_what_is_on_disk(
    qtbot: QtBot,
    cache: IconCache,
    tmp_path: Path,
    host: IconHost,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fetched(qtbot, cache, "spell_one")
    monkeypatch.setenv("HTTPS_PROXY", "http://jdoe:Sommer#2026@proxy.example:8080")
    caplog.set_level("INFO")
    later = IconCache(tmp_path / "icons", allow_network=True, host=f"https://{HOST}/")
    assert later.pixmap("spell_two") is None
    qtbot.waitUntil(lambda: "HTTPS_PROXY" in caplog.text)
    assert "Sommer" not in caplog.text
    later.close()
