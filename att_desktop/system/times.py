"""Times as files and other computers write them."""

from __future__ import annotations

from datetime import UTC, datetime


def parse_time(text: str) -> datetime:
    """An aware time in UTC from ISO 8601; without an offset it is UTC. Raises ValueError."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        return time.replace(tzinfo=UTC)
    try:
        return time.astimezone(UTC)
    except OverflowError as error:  # the first or last day that there is, with an offset
        raise ValueError(f"no time in UTC: {text}") from error
