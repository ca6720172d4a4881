"""The publisher's key comes from a private file or the environment, and is in no output."""

from __future__ import annotations

import base64
import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from att_desktop.sources.feed import keys
from att_desktop.sources.feed.address import decode_key
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.keys import load_key, public_key, write_new_key

if TYPE_CHECKING:
    from pathlib import Path

SEED = bytes(range(32))
TEXT = base64.b64encode(SEED).decode()


def test_a_new_key_is_private_and_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "feed.key"
    public = write_new_key(path)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = load_key(path, {})
    assert decode_key(public) == bytes(key.verify_key)
    with pytest.raises(FileExistsError):
        write_new_key(path)
    assert public_key(load_key(path, {})) == public


def test_a_disk_without_fsync_keeps_a_key_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As some network and FUSE file systems refuse it; the key is written all the same."""

    def refuse(_handle: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)
    public = write_new_key(tmp_path / "key")
    assert public_key(load_key(tmp_path / "key", {})) == public


def test_a_full_disk_leaves_no_half_of_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "feed.key"
    with monkeypatch.context() as patch:
        patch.setattr(keys, "sync_file", full)
        with pytest.raises(OSError, match="No space"):
            write_new_key(path)
    assert not path.exists()
    write_new_key(path)


def test_the_environment_carries_the_key() -> None:
    assert bytes(load_key(None, {"ATT_FEED_KEY": f" {TEXT}\n"})) == SEED


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "feed.no_key"),
        ("", "feed.no_key"),
        ("hunter2", "feed.key_broken"),
        (base64.b64encode(SEED[:31]).decode(), "feed.key_broken"),
        ("\udcff" * 44, "feed.key_broken"),
    ],
)
def test_a_key_that_is_none_is_said_without_showing_it(value: str | None, code: str) -> None:
    environ = {} if value is None else {"ATT_FEED_KEY": value}
    with pytest.raises(FeedRefused) as refused:
        load_key(None, environ)
    assert refused.value.code == code
    assert not value or value not in repr(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.key"
    write_new_key(path)
    path.chmod(0o640)
    with pytest.raises(FeedRefused) as refused:
        load_key(path, {})
    assert refused.value.code == "feed.key_file_open"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        load_key(tmp_path / "none", {})
    assert refused.value.code == "feed.key_file_missing"
