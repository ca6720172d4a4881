"""One server and one client for each test, and trees read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphql
import pytest

from att_desktop.game.trees import TalentTrees
from tests.shared_data import shared_data
from tests.sources.warcraftlogs.clocks import FakeClock
from tests.sources.warcraftlogs.server import FakeWarcraftLogs

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def trees() -> TalentTrees:
    return TalentTrees.embedded()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def real_schema() -> graphql.GraphQLSchema | None:
    """Warcraft Logs' own schema, None on machines that do not have it."""
    try:
        path = shared_data("wcl/schema.graphql")
    except pytest.skip.Exception:
        return None
    return graphql.build_schema(path.read_text("utf-8"))


@pytest.fixture
def wcl(clock: FakeClock, real_schema: graphql.GraphQLSchema | None) -> Iterator[FakeWarcraftLogs]:
    """A server that shares the client's clock and asserts that it understood every document."""
    with FakeWarcraftLogs(clock=clock.monotonic, real_schema=real_schema) as server:
        yield server
        assert server.invalid == []
