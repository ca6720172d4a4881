"""The envelope of a GraphQL answer: data, errors, and the points that ride along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.sources.errors import BadResponse
from att_desktop.sources.warcraftlogs.points import RateLimit
from att_desktop.system.json_data import UnreadableJson, decode_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.sources.http.transfer import Response

_LONGEST_QUOTE: Final = 200
_NULL: Final = msgspec.Raw(b"null")


class GraphQLError(msgspec.Struct, frozen=True):
    """One error of an answer; ``path`` leads to the field that failed."""

    message: str = ""
    path: tuple[str | int, ...] | None = None


class _RateLimit(msgspec.Struct, rename="camel"):
    limit_per_hour: float
    points_spent_this_hour: float
    points_reset_in: float


class _Envelope(msgspec.Struct):
    data: dict[str, msgspec.Raw] | None = None
    errors: list[GraphQLError] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``fields`` are the root fields as they came, still packed; ``rate_limit`` the points."""

    fields: Mapping[str, msgspec.Raw]
    errors: tuple[GraphQLError, ...]
    rate_limit: RateLimit | None

    def field(self, name: str) -> msgspec.Raw:
        """A root field, ``null`` where it did not come."""
        return self.fields.get(name, _NULL)

    def message_for(self, alias: str) -> str | None:
        """The error that names this alias, or one that names no field at all."""
        for error in self.errors:
            if error.path is not None and alias in error.path:
                return quote(error.message)
        for error in self.errors:
            if not error.path or len(error.path) < 2:
                return quote(error.message)
        return None


def quote(message: str) -> str:
    """A foreign message fit to end one line of ours, with a full stop."""
    plain = " ".join(message.split())
    if len(plain) > _LONGEST_QUOTE:
        plain = plain[: _LONGEST_QUOTE - 1] + "…"
    return plain if not plain or plain.endswith((".", "!", "?", "…")) else f"{plain}."


_ENVELOPE: Final = msgspec.json.Decoder(_Envelope)
_RATE_LIMIT: Final = msgspec.json.Decoder(_RateLimit | None, strict=False)


def read_answer(received: Response) -> Answer:
    """The envelope of an answer, once ``raise_for_status`` let it pass.

    Raises BadResponse; it is transient for truncated JSON and for ``{"data": null}`` without a
    lasting reason.
    """
    if received.status != 200:
        raise BadResponse("wcl.query_refused", status=received.status)
    try:
        envelope = decode_with(_ENVELOPE, received.body)
    except UnreadableJson as error:
        raise BadResponse("wcl.unreadable", transient=True) from error
    errors = tuple(envelope.errors or ())
    if envelope.data is None:
        _refuse(errors)
    return Answer(
        fields=envelope.data or {},
        errors=errors,
        rate_limit=_reading((envelope.data or {}).get("rateLimitData")),
    )


def _refuse(errors: tuple[GraphQLError, ...]) -> None:
    said = quote(errors[0].message) if errors else ""
    if not said:
        raise BadResponse("wcl.no_data", transient=True)
    passes = "internal server error" in said.casefold()
    raise BadResponse("wcl.says", message=said, transient=passes)


def _reading(raw: msgspec.Raw | None) -> RateLimit | None:
    """Points that cannot be read are no reason to throw the answer away."""
    if raw is None:
        return None
    try:
        limit = decode_with(_RATE_LIMIT, raw)
    except UnreadableJson:
        return None
    if limit is None:
        return None
    return RateLimit(
        limit=limit.limit_per_hour,
        spent=limit.points_spent_this_hour,
        resets_in=limit.points_reset_in,
    )
