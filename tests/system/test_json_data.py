"""JSON from outside with text that is no text, and numbers that are none."""

from __future__ import annotations

from typing import Any

import pytest

from att_desktop.system.json_data import UnreadableJson, decode_json


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (rb'["a\ud83d", 1]', ["a\ufffd", 1]),
        (rb'["\uDE00", 1]', ["\ufffd", 1]),
        (rb'["\ud83d\ud83d\ude00"]', ["\ufffd\U0001f600"]),
        (rb'["\\ud83d", NaN]', ["\\ud83d", None]),
        (b'["NaN", NaN, -Infinity, Infinity, "a NaN \\" Infinity"]',
         ["NaN", None, None, None, 'a NaN " Infinity']),
        ('["\ud800", NaN]', ["?", None]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_costs_nothing_beside_it(data: bytes | str, found: Any) -> None:
    assert decode_json(data, Any) == found


@pytest.mark.parametrize(
    "data", [b"", b"[", b'["', b"[NaN", b"nan", b"[" * 100_000, b'["\xff', b"NaNs", b'"\\ud83d']
)
def test_what_is_no_json_stays_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableJson):
        decode_json(data, Any)
