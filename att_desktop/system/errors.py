"""The root of the app's own errors."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Field: TypeAlias = str | int | float | list[str] | dict[str, int] | None
"""A field as it is kept and sent: what JSON has."""
FieldValue: TypeAlias = "Field | Path | datetime | Exception"

UNEXPECTED: Final = "unexpected"
"""The code of an unexpected exception, after it was logged."""


class AttError(Exception):
    """Something the player is told about: a code, and the fields that its message names.

    ``text.say(error)`` makes the sentence. ``str(error)`` is for logs: the code and its fields.
    Subclasses exist where somebody catches them by type.
    """

    def __init__(self, code: str, **fields: FieldValue) -> None:
        """``code`` is a key of ``text.messages``. Paths, errors and aware times become text."""
        super().__init__(code)
        self.code = code
        self.fields: dict[str, Field] = {name: _plain(value) for name, value in fields.items()}

    def __str__(self) -> str:
        """``code name='value' ...``, never a sentence."""
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.fields.items())])


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it was raised from or while handling, back to the first."""
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def os_reason(error: OSError) -> str:
    """The system's own words for an error; its kind, where there are none."""
    return error.strerror or type(error).__name__


def _plain(value: FieldValue) -> Field:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, Path | Exception):
        return str(value)
    return value
