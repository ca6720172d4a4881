"""What full-size data cost in Lua memory: 40 specs, 17 encounters, every build another one."""

from __future__ import annotations

import pytest

from tests.bench.bench_addon import full_size_data, memory

TWO_MEGABYTES = 2048  # KB


@pytest.mark.slow
def test_full_size_data_stay_small() -> None:
    data = full_size_data()
    assert data.count("talentCode") == 40 * (17 * 2 + 2)
    assert memory(data) < TWO_MEGABYTES
