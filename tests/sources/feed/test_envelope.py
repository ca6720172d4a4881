"""The envelope, held against securesystemslib's DSSE both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest
from nacl.signing import SigningKey
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner, SSlibKey

from att_desktop.sources.feed.envelope import PAYLOAD_TYPE, open_envelope, seal
from att_desktop.sources.feed.errors import FeedRefused

KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key)
BODY = '{"format":1,"name":"Übung"}'.encode()


def test_ours_is_good_for_securesystemslib() -> None:
    envelope = Envelope.from_dict(json.loads(seal(BODY, KEY)))
    (keyid,) = envelope.signatures
    public = SSlibKey(keyid, "ed25519", "ed25519", {"public": PUBLIC.hex()})
    accepted = envelope.verify([public], threshold=1)
    assert list(accepted) == [keyid]
    assert (envelope.payload, envelope.payload_type) == (BODY, PAYLOAD_TYPE)


def test_theirs_is_good_for_us() -> None:
    signer = CryptoSigner.generate_ed25519()
    public = bytes.fromhex(signer.public_key.keyval["public"])
    envelope = Envelope(BODY, PAYLOAD_TYPE, {})
    envelope.sign(signer)
    data = json.dumps(envelope.to_dict()).encode()
    assert open_envelope(data, public) == BODY
    assert code_of(data, PUBLIC) == "feed.signature"


def test_equal_input_gives_equal_bytes() -> None:
    assert seal(BODY, KEY) == seal(BODY, KEY)
    assert open_envelope(seal(BODY, KEY), PUBLIC) == BODY


def code_of(data: bytes, key: bytes = PUBLIC) -> str:
    with pytest.raises(FeedRefused) as refused:
        open_envelope(data, key)
    return refused.value.code


def changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(seal(BODY, KEY)) | fields).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "feed.not_a_feed"),
        (b"<html>", "feed.not_a_feed"),
        (b"\xff\xfe", "feed.not_a_feed"),
        (b"[" * 100_000, "feed.not_a_feed"),
        (b"{}", "feed.not_a_feed"),
        (changed(payload="???"), "feed.not_a_feed"),
        (changed(payloadType="application/vnd.other"), "feed.not_a_feed"),
        (changed(payload="e30="), "feed.signature"),
        (changed(signatures=[]), "feed.signature"),
        (changed(signatures=[{"sig": "AAAA"}]), "feed.signature"),
        (changed(signatures=[{"sig": ""}]), "feed.signature"),
    ],
)
def test_what_is_not_signed_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_another_good_signature_does_no_harm() -> None:
    other = json.loads(seal(BODY, SigningKey.generate()))["signatures"]
    own = json.loads(seal(BODY, KEY))["signatures"]
    assert open_envelope(changed(signatures=other + own), PUBLIC) == BODY


def test_no_changed_byte_is_believed() -> None:
    data = seal(BODY, KEY)
    for place in range(len(data)):
        spoilt = data[:place] + bytes([data[place] ^ 0x01]) + data[place + 1 :]
        try:
            body = open_envelope(spoilt, PUBLIC)
        except FeedRefused:
            continue
        # The key id is a hint that nobody signs; everything that counts is unchanged.
        assert body == BODY


def test_both_alphabets_of_base64_are_read_and_one_spelling_only() -> None:
    envelope = json.loads(seal(BODY + b"\xff\xfe?>", KEY))
    signature = envelope["signatures"][0]
    url_safe = {**signature, "sig": signature["sig"].replace("+", "-").replace("/", "_")}
    assert open_envelope(json.dumps(envelope | {"signatures": [url_safe]}).encode(), PUBLIC)
    # The last of 86 characters carries four bits that must be zero.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = alphabet[alphabet.index(signature["sig"][85]) ^ 1]
    bent = {**signature, "sig": signature["sig"][:85] + last + "=="}
    assert code_of(json.dumps(envelope | {"signatures": [bent]}).encode()) == "feed.not_a_feed"


def test_a_signature_that_names_another_key_of_ours_is_skipped() -> None:
    envelope = json.loads(seal(BODY, KEY))
    (signature,) = envelope["signatures"]
    for keyid, good in (("", True), ("b" * 64, True), ("A" * 43, False)):
        named = envelope | {"signatures": [signature | {"keyid": keyid}]}
        data = json.dumps(named).encode()
        if good:
            assert open_envelope(data, PUBLIC) == BODY
        else:
            assert code_of(data) == "feed.signature"
