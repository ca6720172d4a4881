"""Sentences by code: ``say`` makes one of a problem or an error.

A room of the core has its table in ``text/message_tables``. A message names the fields it shows;
a format behind the colon says how:

    {until:clock}  {left:number}  {bytes:size}  {seconds:duration}  {spec_id:spec}
    {content_type:content}  {difficulty:difficulty}  {share:percent}  {setting:proxy}
    {skipped:rows}  {name:section}
"""

from __future__ import annotations

import string
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from att_desktop.system.times import parse_time
from att_desktop.text.formats import (
    clock,
    duration,
    in_a_row,
    listed,
    number,
    percent,
    size,
)
from att_desktop.text.language import _, ngettext
from att_desktop.text.message_tables import MESSAGES
from att_desktop.text.message_tables.plural import Plural
from att_desktop.text.names import (
    content_name,
    difficulty_name,
    found_by_name,
    section_word,
    source_name,
    spec_and_class,
)
from att_desktop.text.units import skip_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Coded(Protocol):
    """What ``say`` can say: ``Problem``, ``AttError`` and events that carry a code."""

    @property
    def code(self) -> str:
        """A key of ``MESSAGES``."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """What the message names."""


class Caused(Coded, Protocol):
    """A code with another one that explains it."""

    @property
    def cause(self) -> Caused | None:
        """Why it is so, where that is known."""


def say(coded: Coded) -> str:
    """The sentence of a problem or an error, in the language in use."""
    return say_code(coded.code, coded.fields)


def say_fully(caused: Caused) -> str:
    """The sentence, and those of its causes after it."""
    sentences = [say(caused)]
    while caused.cause is not None:
        caused = caused.cause
        sentences.append(say(caused))
    return in_a_row(*sentences)


def say_code(code: str, fields: Mapping[str, Any]) -> str:
    """The sentence of a code. An unknown code is shown as it is: a newer file may carry one."""
    message = MESSAGES.get(code)
    if message is None:
        return code
    if isinstance(message, Plural):
        text = ngettext(message.one, message.many, int(fields.get(message.by) or 0))
    else:
        text = _(message)
    return _FORMATTER.vformat(text, (), fields)


def _proxy_setting(value: str) -> str:
    """The variable that names a proxy, or where else the system keeps it."""
    return _("the system's proxy settings") if value == "system" else value


def _clock(value: str | datetime) -> str:
    return clock(value if isinstance(value, datetime) else parse_time(value))


_FORMATS: Final[Mapping[str, Callable[[Any], str]]] = {
    "clock": _clock,
    "number": number,
    "percent": percent,
    "size": size,
    "duration": duration,
    "spec": spec_and_class,
    "content": content_name,
    "difficulty": difficulty_name,
    "source": source_name,
    "list": listed,
    "proxy": _proxy_setting,
    "found_by": found_by_name,
    "section": section_word,
    "rows": lambda counts: listed(skip_lines(counts)),
}


class _Formatter(string.Formatter):
    def get_value(
        self,
        key: int | str,
        args: Sequence[Any],  # noqa: ARG002 - string.Formatter's signature
        kwargs: Mapping[str, Any],
    ) -> Any:
        # A missing field must not lose the sentence.
        return kwargs.get(str(key), "")

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None or value == "":
            return ""
        shown = _FORMATS.get(format_spec)
        return shown(value) if shown else str(value)


_FORMATTER: Final = _Formatter()
