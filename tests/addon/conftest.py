"""What the addon's tests share."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(params=[None, "raid"], ids=["plain values", "secret values"])
def secrets(request: pytest.FixtureRequest) -> Any:
    return request.param
