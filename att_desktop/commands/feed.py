"""``att-desktop feed keygen|verify|status``."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from att_desktop.sources.feed.address import KEY_CHARACTERS, decode_key, encode_key, parse_address
from att_desktop.sources.feed.client import fetch_feed
from att_desktop.sources.feed.envelope import named_key
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import check_index
from att_desktop.sources.feed.keys import KEY_VARIABLE, load_key, write_new_key
from att_desktop.sources.http.cached import EtagCache
from att_desktop.sources.talent_trees import load_trees
from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.times import parse_time
from att_desktop.text import say_code
from att_desktop.update.checkpoint import parse_checkpoint
from att_desktop.update.feed_note import read_note
from att_desktop.update.foreign_results import keep_sound
from att_desktop.update.publish import read_published
from att_desktop.update.result_folders import cache_folder

if TYPE_CHECKING:
    import argparse

    from att_desktop.sources.feed.index import Index
    from att_desktop.system.folders import Folders


def run_feed(arguments: argparse.Namespace, folders: Folders, address: str) -> int:
    """Run the action; ``address`` is the feed that is set, or ''. Raises AttError."""
    match arguments.action:
        case "keygen":
            return _keygen(arguments.file)
        case "verify":
            return _verify(arguments, folders)
        case _:
            return _status(arguments, folders, address)


def _keygen(path: Path) -> int:
    """The public key is the last line of the output."""
    try:
        public = write_new_key(path)
    except FileExistsError as error:
        raise AttError("feed.key_exists", path=path) from error
    except OSError as error:
        raise AttError("feed.key_not_written", path=path, reason=os_reason(error)) from error
    print(say_code("feed.new_key", {"path": str(path)}))
    print(public)
    return 0


def _verify(arguments: argparse.Namespace, folders: Folders) -> int:
    """Check a folder or an address as a player's app would."""
    where: str = arguments.where
    signer = None
    if "://" in where:
        with tempfile.TemporaryDirectory(prefix="att-feed-") as scratch:
            fetched = asyncio.run(
                fetch_feed(parse_address(where), EtagCache(Path(scratch)), seen=None)
            )
        index, data = fetched.index, fetched.data or b""
    else:
        try:
            key = _key_of(arguments)
            if key is None:
                key = signer = named_key((Path(where) / "index.json").read_bytes())
            index, data = read_published(Path(where), key)
        except OSError as error:
            raise FeedRefused("feed.missing_here", path=where) from error
        check_index(index, None, datetime.now(UTC))
    contents = parse_checkpoint(data)
    trees = load_trees(folders)
    now = datetime.now(UTC)
    sound = keep_sound(contents.units.values(), contents.encounters.values(), trees, now=now)
    if sound.is_of_other_trees:
        raise FeedRefused("feed.other_trees")
    if not sound.units or not sound.encounters:
        raise FeedRefused("feed.not_a_feed")
    if arguments.json:
        report = _described(index) | {
            "units": len(sound.units),
            "encounters": len(sound.encounters),
            "left_out": dict(sound.left_out),
        }
        if signer is not None:
            report["key"] = encode_key(signer)
        print(json.dumps(report))
    else:
        fields = {
            "encounters": len(sound.encounters),
            "sources": index.sources,
            "created_at": index.created,
            "expires_at": index.expires,
        }
        print(say_code("feed.verified", fields))
        if signer is not None:
            print(encode_key(signer))  # to be compared with the address that is handed out
    return 0


def _key_of(arguments: argparse.Namespace) -> bytes | None:
    """The public key that a folder must be signed with: given, or that of the publisher's key.

    None when neither is given.
    """
    if arguments.key:
        text: str = arguments.key.rpartition("#")[2]
        if len(text) != KEY_CHARACTERS:
            raise FeedRefused("feed.address_key")
        return decode_key(text)
    if arguments.key_file is None and not os.environ.get(KEY_VARIABLE):
        return None
    return bytes(load_key(arguments.key_file, os.environ).verify_key)


def _status(arguments: argparse.Namespace, folders: Folders, address: str) -> int:
    """What is known of the feed that is set. Exit code 1 when there is none, or it has expired."""
    if not address:
        if arguments.json:
            print(json.dumps({"address": None, "serial": None}))
            return 1
        raise FeedRefused("feed.none_set")
    feed = parse_address(address)
    note = read_note(cache_folder(folders, "feed"), feed)
    if note is None:
        if arguments.json:
            print(json.dumps({"address": str(feed), "serial": None}))
        else:
            print(say_code("feed.never_read", {}))
        return 1
    expired = parse_time(note.expires) <= datetime.now(UTC)
    if arguments.json:
        report = {
            "address": note.address,
            "serial": note.seen.serial,
            "created": note.created,
            "expires": note.expires,
            "checked": note.checked,
            "sources": note.sources,
            "expired": expired,
        }
        print(json.dumps(report))
    else:
        fields = {
            "sources": note.sources,
            "created_at": note.created,
            "checked_at": note.checked,
            "expires_at": note.expires,
        }
        print(say_code("feed.status_expired" if expired else "feed.status", fields))
    return 1 if expired else 0


def _described(index: Index) -> dict[str, Any]:
    return {
        "serial": index.serial,
        "created": index.created,
        "expires": index.expires,
        "channel": index.channel,
        "sources": index.sources,
        "blob": {"path": index.blob.path, "length": index.blob.length},
    }
