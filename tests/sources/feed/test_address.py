"""Addresses of feeds: what is one, and what is refused with which code."""

from __future__ import annotations

import pytest

from att_desktop.sources.feed.address import (
    KEY_CHARACTERS,
    decode_key,
    encode_key,
    parse_address,
)
from att_desktop.sources.feed.errors import FeedRefused

KEY_BYTES = bytes(range(32))
KEY = encode_key(KEY_BYTES)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        (f"https://guild.example/att#{KEY}", "https://guild.example/att/index.json"),
        (f"https://guild.example/att/#{KEY}", "https://guild.example/att/index.json"),
        (f" https://guild.example/att/index.json#{KEY}\n", "https://guild.example/att/index.json"),
        (f"https://guild.example:8443#{KEY}", "https://guild.example:8443/index.json"),
        (
            f"https://guild.example/my-index.json#{KEY}",
            "https://guild.example/my-index.json/index.json",
        ),
        (f"http://localhost:9/a#{KEY}", "http://localhost:9/a/index.json"),
        (f"http://127.0.0.1:9/a#{KEY}", "http://127.0.0.1:9/a/index.json"),
        (f"http://[::1]:9/a#{KEY}", "http://[::1]:9/a/index.json"),
    ],
)
def test_an_address_names_an_index_and_a_key(text: str, index: str) -> None:
    address = parse_address(text)
    assert (address.index_url, address.key) == (index, KEY_BYTES)
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "feed.address"),
        ("guild.example", "feed.address"),
        (f"http://guild.example/att#{KEY}", "feed.address"),
        (f"http://127.0.0.1.example/att#{KEY}", "feed.address"),
        (f"ftp://guild.example/att#{KEY}", "feed.address"),
        (f"file:///att#{KEY}", "feed.address"),
        (f"https://user:word@guild.example/att#{KEY}", "feed.address"),
        (f"https://guild.example/att?x=1#{KEY}", "feed.address"),
        (f"https://guild.example:port/#{KEY}", "feed.address"),
        (f"https://[::1/#{KEY}", "feed.address"),
        (f"https://guild.example/a\u202eb#{KEY}", "feed.address"),
        ("https://guild.example/" + "a" * 3000, "feed.address"),
        ("https://guild.example/att", "feed.address_key"),
        (f"https://guild.example/att#{KEY[:-1]}", "feed.address_key"),
        (f"https://guild.example/att#{KEY}A", "feed.address_key"),
        (f"https://guild.example/att#{KEY[:-1]}!", "feed.address_key"),
        (f"https://guild.example/att#{KEY[:-1]}+", "feed.address_key"),
    ],
)
def test_what_is_no_address_is_refused(text: str, code: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        parse_address(text)
    assert refused.value.code == code


def test_a_key_has_one_spelling_only() -> None:
    # The last of 43 characters carries four bits of the key and two that must be zero.
    assert len(KEY) == KEY_CHARACTERS
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    good = 0
    for last in alphabet:
        try:
            decode_key(KEY[:-1] + last)
            good += 1
        except FeedRefused:
            pass
    assert good == 16
