"""One server and one client for each test, and trees read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.game.trees import TalentTrees
from tests.warcraftlogs.clocks import FakeClock
from tests.warcraftlogs.server import FakeWarcraftLogs

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def trees() -> TalentTrees:
    return TalentTrees.embedded()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def wcl(clock: FakeClock) -> Iterator[FakeWarcraftLogs]:
    """A server that shares the client's clock and asserts that it understood every document."""
    with FakeWarcraftLogs(clock=clock.monotonic) as server:
        yield server
        assert server.invalid == []
