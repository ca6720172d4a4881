"""A machine and a server for an update that is run for real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.sources.http.retries import RetryPolicy
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.update.harness import Machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUICK = {"retry_policy": RetryPolicy(attempts=3, first_s=0.0, slow_down_s=0.0, longest_s=0.0)}


@pytest.fixture
def wcl() -> Iterator[FakeWarcraftLogs]:
    with FakeWarcraftLogs() as server:
        yield server
        assert server.invalid == []


@pytest.fixture
def machine(tmp_path: Path, wcl: FakeWarcraftLogs) -> Machine:
    return Machine(home=tmp_path, wcl=wcl, client_options=dict(QUICK))
