"""The tables of messages: every one can be said, whatever fields come along."""

from __future__ import annotations

import string

import pytest

from att_desktop.text.message_tables import MESSAGES
from att_desktop.text.message_tables.plural import Plural
from att_desktop.text.messages import _FORMATS, say_code


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_is_whole_and_names_known_formats(code: str) -> None:
    message = MESSAGES[code]
    texts = [message.one, message.many] if isinstance(message, Plural) else [message]
    for text in texts:
        for _, field, shown_as, _ in string.Formatter().parse(text):
            assert field is None or field.isidentifier()
            assert not shown_as or shown_as in _FORMATS
    assert say_code(code, {}) != code
