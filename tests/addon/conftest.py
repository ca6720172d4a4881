"""What the addon's tests share."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(
    params=[
        pytest.param(None, id="plain values"),
        pytest.param("raid", id="secret values", marks=pytest.mark.slow),
    ]
)
def secrets(request: pytest.FixtureRequest) -> Any:
    return request.param
