"""The Source card: what it says of each source, and what its button does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PySide6.QtWidgets import QDialog

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.sources.feed.address import parse_address
from att_desktop.sources.feed.index import Seen
from att_desktop.system.folders import find_folders
from att_desktop.ui.page_ids import PageId
from att_desktop.update.feed_note import FeedNote
from att_desktop.update.library import Library
from tests.keyrings import MemoryKeyring
from tests.ui.driven import SETTLED, opened
from tests.ui.pages import keep
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

FEED = "https://guild.example/builds#" + "A" * 43


def opened_with(qtbot: QtBot, source: str, **given: Any) -> WindowController:
    settings = msgspec.structs.replace(SETTLED, source=source)
    return opened(qtbot, settings=settings, **given)


def card_of(controller: WindowController) -> Any:
    page: Any = controller.window.page(PageId.UPDATE)
    return page.source_card


def remember_feed(expires_in: timedelta) -> None:
    now = datetime.now(UTC)
    note = FeedNote(
        address=str(parse_address(FEED)),
        seen=Seen(serial=1, sha256="0" * 64),
        created=(now - timedelta(hours=3)).isoformat(),
        expires=(now + expires_in).isoformat(),
        checked=now.isoformat(),
        sources=["parses"],
    )
    folder = find_folders().cache / "feed"
    folder.mkdir(parents=True)
    (folder / "feed.json").write_bytes(msgspec.json.encode(note))


def test_without_an_account_it_is_parses_and_the_own_account_is_one_click_away(
    qtbot: QtBot,
) -> None:
    controller = opened_with(qtbot, "auto")
    card = card_of(controller)
    assert card.title() == "Source"
    said = "parses.gg, which needs no account. Nothing is fetched yet."
    assert (card.message.state, card.message.sentence) == ("info", said)
    assert card.button.text() == "Use my own account…"
    card.button.click()
    titles = [d.windowTitle() for d in controller.window.findChildren(QDialog) if d.isVisible()]
    assert titles == ["Warcraft Logs account"]


def test_an_account_that_was_entered_is_used_from_then_on(qtbot: QtBot) -> None:
    controller = opened_with(qtbot, "parses", keyring=MemoryKeyring())
    dialog: Any = controller.use_own_client()
    qtbot.keyClicks(dialog.form.client_id, "my-id")
    qtbot.keyClicks(dialog.form.secret, "a-secret")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()
    assert controller.context.settings.source == "auto"
    card = card_of(controller)
    assert card.message.sentence.startswith("Warcraft Logs, with your own client. Credentials are")
    assert card.button.text() == "Change…"


@pytest.mark.parametrize(("source", "of"), [("parses", "parses"), ("auto", "warcraftlogs")])
def test_a_source_is_green_once_builds_have_come_from_it(
    qtbot: QtBot, source: str, of: str
) -> None:
    store = KeyringStore(backend=MemoryKeyring(), environ={})
    if source == "auto":
        store.save(ClientCredentials("an-id", "a-secret"))
    controller = opened_with(qtbot, source, store=store)
    card = card_of(controller)
    assert card.message.state == "info"
    library = library_of([250])
    records = {
        unit: msgspec.structs.replace(record, source=of) for unit, record in library.units.items()
    }
    keep(controller.context, Library(units=records))
    with qtbot.waitSignal(controller.context.library_changed):
        controller.context.reload_library()
    assert card.message.state == "ok"
    assert card.message.sentence.endswith("Fetched 3 hours ago.")


def test_a_feed_tells_its_publisher_age_and_end(qtbot: QtBot) -> None:
    remember_feed(timedelta(days=8))
    controller = opened_with(qtbot, "auto", environment=Environment(feed_address=FEED))
    card = card_of(controller)
    assert card.message.state == "ok"
    assert card.message.sentence.startswith("The feed of guild.example (key AAAAAA…), published 3")
    card.button.click()
    assert controller.window.shown_page is PageId.SETTINGS, "the settings have the address"


def test_an_expired_feed_and_a_wrong_address_are_warnings(qtbot: QtBot) -> None:
    remember_feed(timedelta(days=-1))
    controller = opened_with(qtbot, "feed", environment=Environment(feed_address=FEED))
    card = card_of(controller)
    assert card.message.state == "warning"
    assert "has expired on" in card.message.sentence
    other = opened_with(
        qtbot, "feed", environment=Environment(feed_address="https://guild.example")
    )
    assert card_of(other).message.state == "warning"
    none = opened_with(qtbot, "feed")
    assert card_of(none).message.state == "warning"


def test_sample_data_say_so(qtbot: QtBot) -> None:
    controller = opened_with(qtbot, "auto", sample=True)
    card = card_of(controller)
    assert card.message.sentence == "Sample data: made up, and never for your game."
    assert card.button.text() == "Get real builds…"
