"""The signature around a feed's index: DSSE with one Ed25519 signature.

Format: https://github.com/secure-systems-lab/dsse, envelope and protocol v1.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from att_desktop.sources.feed.address import KEY_CHARACTERS, decode_key, encode_key
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.system.json_data import UnreadableJson, decode_json

PAYLOAD_TYPE: Final = "application/vnd.azeroths-top-talent.feed+json"

# DSSE allows several signatures; ours has one. More are refused before any is checked.
_MAX_SIGNATURES: Final = 8
_TO_STANDARD: Final = str.maketrans("-_", "+/")


# Strict, against DSSE's advice: a changed byte in the name of a field shall be noticed too.
class _Signature(msgspec.Struct, forbid_unknown_fields=True):
    sig: str
    keyid: str = ""


class _Envelope(msgspec.Struct, rename="camel"):
    payload: str
    payload_type: str
    signatures: list[_Signature]


def pre_authentication(payload_type: str, body: bytes) -> bytes:
    """What is signed: PAE of DSSE v1, lengths in bytes."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(body), body)


def seal(body: bytes, key: SigningKey) -> bytes:
    """An envelope around ``body``, signed. Equal input gives equal bytes."""
    signature = key.sign(pre_authentication(PAYLOAD_TYPE, body)).signature
    envelope = _Envelope(
        payload=base64.b64encode(body).decode("ascii"),
        payload_type=PAYLOAD_TYPE,
        signatures=[
            _Signature(
                sig=base64.b64encode(signature).decode("ascii"),
                keyid=encode_key(bytes(key.verify_key)),
            )
        ],
    )
    return msgspec.json.encode(envelope)


def open_envelope(data: bytes, key: bytes) -> bytes:
    """The body, once a signature of ``key`` (32 bytes) is found good.

    ``keyid`` is a hint that nobody signs (DSSE): a signature that names another of our keys is
    skipped, other hints are not looked at. Raises FeedRefused: ``feed.not_a_feed`` for what is no
    envelope of ours, ``feed.signature`` for a wrong signature.
    """
    try:
        envelope = decode_json(data, _Envelope)
        body = _decoded(envelope.payload)
        signatures = [
            _decoded(each.sig)
            for each in envelope.signatures[:_MAX_SIGNATURES]
            if len(each.keyid) != KEY_CHARACTERS or each.keyid == encode_key(key)
        ]
    except (UnreadableJson, binascii.Error, ValueError) as error:
        raise FeedRefused("feed.not_a_feed") from error
    if envelope.payload_type != PAYLOAD_TYPE:
        raise FeedRefused("feed.not_a_feed")
    signed = pre_authentication(envelope.payload_type, body)
    if not any(_is_good(signature, signed, key) for signature in signatures):
        raise FeedRefused("feed.signature")
    return body


def named_key(data: bytes) -> bytes:
    """The key that an envelope says it is signed with: no proof of who that is.

    Raises FeedRefused: ``feed.not_a_feed``, ``feed.verify_needs_key`` when it names none.
    """
    try:
        signatures = decode_json(data, _Envelope).signatures
    except UnreadableJson as error:
        raise FeedRefused("feed.not_a_feed") from error
    try:
        return decode_key(signatures[0].keyid)
    except (IndexError, FeedRefused) as error:
        raise FeedRefused("feed.verify_needs_key") from error


def _decoded(text: str) -> bytes:
    """Base64, standard or URL-safe (DSSE allows both), in its one spelling."""
    text = text.translate(_TO_STANDARD)
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("bits behind the last byte")
    return data


def _is_good(signature: bytes, signed: bytes, key: bytes) -> bool:
    try:
        VerifyKey(key).verify(signed, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
