"""Publish, serve, read on a second home: equal data; whatever is wrong leaves the old in use."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop import cli
from att_desktop.game.trees import embedded_tree_data
from att_desktop.sources.feed.address import KEY_CHARACTERS
from att_desktop.sources.talent_trees import refreshed_trees_path
from att_desktop.system.folders import find_folders
from tests.sources.static_server import StaticServer
from tests.update.test_parses_update import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(list(words))
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[tuple[StaticServer, Path, str]]:
    """A host that serves a feed of two specs, its folder, and the public key."""
    with StaticServer() as parses, StaticServer() as host:
        serve(parses, specs=[250, 64])
        monkeypatch.setenv("ATT_PARSES_URL", parses.url)
        monkeypatch.setenv("ATT_HOME", str(tmp_path / "publisher"))
        words = ["sync", "--source", "parses", "--output", str(tmp_path / "theirs.lua")]
        for spec in ("250", "64"):
            assert run(capsys, *words, "--spec", spec)[0] == 0
        code, out, _ = run(capsys, "feed", "keygen", str(tmp_path / "feed.key"))
        key = out.splitlines()[-1]
        assert (code, len(key)) == (0, KEY_CHARACTERS)
        folder = tmp_path / "public"
        publish = ["publish", str(folder), "--key-file", str(tmp_path / "feed.key")]
        code, out, err = run(capsys, *publish)
        assert code == 0, err
        assert key in out
        host.files = {f"/{path.name}": path.read_bytes() for path in folder.iterdir()}
        monkeypatch.setenv("ATT_HOME", str(tmp_path / "reader"))
        monkeypatch.setenv("ATT_FEED_ADDRESS", f"{host.url}/#{key}")
        yield host, folder, key


def read(capsys: pytest.CaptureFixture[str], output: Path, *words: str) -> tuple[int, Any]:
    code, out, _ = run(capsys, "sync", "--json", "--output", str(output), *words)
    return code, json.loads(out)


def test_a_second_home_gets_equal_data(
    published: tuple[StaticServer, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    host, _, _ = published
    output = tmp_path / "ours.lua"
    code, summary = read(capsys, output)  # auto: no account, a feed is set
    assert (code, summary["source"], summary["done"]) == (0, "feed", 4)
    assert output.read_bytes() == (tmp_path / "theirs.lua").read_bytes()
    asked = len(host.asked)
    code, summary = read(capsys, output, "--source", "feed")
    assert (code, summary["up_to_date"], summary["requests"]) == (0, 4, 1)
    assert len(host.asked) == asked + 1
    code, out, _ = run(capsys, "feed", "status", "--json")
    assert code == 0
    assert json.loads(out)["sources"] == ["parses"]


@pytest.mark.parametrize(
    "spoilt", [{"expires": "x"}, {"checked": ""}, {"created": "0001-01-01T00+14"}]
)
def test_a_spoilt_note_is_as_good_as_none(
    spoilt: dict[str, str],
    published: tuple[StaticServer, Path, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    read(capsys, tmp_path / "ours.lua")
    (note,) = (tmp_path / "reader" / "cache").rglob("feed.json")
    note.write_text(json.dumps(json.loads(note.read_bytes()) | spoilt), encoding="utf-8")
    code, out, err = run(capsys, "feed", "status")
    assert (code, "was not read yet" in out, err) == (1, True, "")
    assert read(capsys, tmp_path / "ours.lua")[0] == 0
    assert run(capsys, "feed", "status")[0] == 0


def test_a_feed_cannot_fall_back_while_another_is_read(
    published: tuple[StaticServer, Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    host, folder, key = published
    old = {f"/a/{path.name}": path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setenv("ATT_HOME", str(tmp_path / "publisher"))
    publish = ["publish", str(folder), "--key-file", str(tmp_path / "feed.key")]
    assert run(capsys, *publish)[0] == 0
    monkeypatch.setenv("ATT_HOME", str(tmp_path / "reader"))
    new = {f"/{way}/{path.name}": path.read_bytes() for path in folder.iterdir() for way in "ab"}
    for files, way, expected in ((new, "a", 0), (new, "b", 0), (old, "a", 1), (new, "a", 0)):
        host.files = dict(files)
        monkeypatch.setenv("ATT_FEED_ADDRESS", f"{host.url}/{way}#{key}")
        assert read(capsys, tmp_path / "ours.lua", "--source", "feed")[0] == expected


def test_new_trees_bring_what_the_old_ones_left_out(
    published: tuple[StaticServer, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trees = json.loads(embedded_tree_data())
    for tree in trees:
        if tree["specId"] == 64:
            tree["treeHash"] = "0" * 31 + "1"  # as before a patch
    path = refreshed_trees_path(find_folders())
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(trees), encoding="utf-8")
    output = tmp_path / "ours.lua"
    code, summary = read(capsys, output)
    assert (code, summary["done"], summary["empty"]) == (0, 2, 78)
    path.unlink()
    code, summary = read(capsys, output)
    assert (code, summary["done"]) == (0, 4)
    assert output.read_bytes() == (tmp_path / "theirs.lua").read_bytes()
    assert read(capsys, output)[1]["up_to_date"] == 4


def test_what_is_refused_leaves_the_old_in_use(
    published: tuple[StaticServer, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    host, _, _ = published
    output = tmp_path / "ours.lua"
    read(capsys, output)
    home = {
        path: path.read_bytes()
        for path in (tmp_path / "reader" / "cache").rglob("*.json")
        if path.name == "checkpoint.json"
    }
    before = output.read_bytes()
    good = dict(host.files)
    blob = next(name for name in good if name.endswith(".xz"))
    index = good["/index.json"]
    assert home
    for spoilt, said in (
        ({}, "no feed at this address any more"),
        ({"/index.json": b"<html>"}, "answered with a web page"),
        ({"/index.json": index[:-20]}, "is not a feed of this app"),
        ({"/index.json": index.replace(b'"sig":"', b'"sig":"A')}, "is not a feed of this app"),
    ):
        host.files = spoilt
        asked = len(host.asked)
        code, summary = read(capsys, output, "--source", "feed")
        assert (code, summary["requests"]) == (1, len(host.asked) - asked)
        assert summary["requests"]
        assert summary["bytes"]
        assert said in summary["error"]
        assert output.read_bytes() == before
        assert all(path.read_bytes() == data for path, data in home.items())
    host.files = good | {blob: good[blob][:-1] + b"x"}
    assert read(capsys, output, "--source", "feed")[0] == 0  # seen already: not fetched again


def test_verify_says_good_and_bad(
    published: tuple[StaticServer, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    host, folder, key = published
    assert run(capsys, "feed", "verify", str(folder), "--key", key)[0] == 0
    code, out, _ = run(capsys, "feed", "verify", f"{host.url}/#{key}", "--json")
    assert code == 0
    assert json.loads(out)["encounters"] == 34
    assert run(capsys, "feed", "verify", str(tmp_path / "none"), "--key", key)[0] == 1
    other = "A" * (KEY_CHARACTERS - 1) + "A"
    for wrong in (other, f"-{other[1:]}"):
        assert run(capsys, "feed", "verify", str(folder), "--key", wrong)[0] == 1
    code, out, _ = run(capsys, "feed", "verify", str(folder))
    assert (code, out.splitlines()[-1]) == (0, key)  # good in itself, and whose it says it is
    index = folder / "index.json"
    body = index.read_bytes()
    index.write_bytes(body.replace(key.encode(), b""))
    code, _, err = run(capsys, "feed", "verify", str(folder))
    assert (code, "--key" in err) == (1, True)
    index.write_bytes(body.replace(b'"sig":"', b'"sig":"A'))
    assert run(capsys, "feed", "verify", str(folder))[0] == 1


def test_the_key_of_the_environment_is_in_no_output(
    published: tuple[StaticServer, Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    secret = (tmp_path / "feed.key").read_text("ascii").strip()
    monkeypatch.setenv("ATT_FEED_KEY", secret)
    monkeypatch.setenv("ATT_HOME", str(tmp_path / "publisher"))
    folder = tmp_path / "again"
    code, out, err = run(capsys, "publish", str(folder))
    assert code == 0
    assert secret not in out + err
    for root in (folder, tmp_path / "publisher"):
        for path in root.rglob("*"):
            assert path.is_dir() or secret.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("publish", "f", "--key-file", "{}"),
        ("publish", "f", "--key", "{}"),
        ("publish", "f", "--key={}"),
        ("publish", "f", "{}"),
        ("publish", "f", "--seed", "{}"),
        ("feed", "verify", "f", "--key-file", "{}"),
        ("feed", "sign", "{}"),
        ("{}",),
    ],
)
def test_a_key_given_as_an_argument_is_refused_and_not_repeated(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    seed = b64encode(bytes(range(200, 232))).decode("ascii")
    with pytest.raises(SystemExit) as usage:
        cli.main([word.format(seed) for word in words])
    out = capsys.readouterr()
    assert usage.value.code == 2
    assert seed[:12] not in out.out + out.err


def test_without_key_feed_or_results_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "publish", str(tmp_path / "f"))
    assert (code, "ATT_FEED_KEY" in err) == (1, True)
    assert run(capsys, "feed", "keygen", str(tmp_path / "k"))[0] == 0
    code, _, err = run(capsys, "publish", str(tmp_path / "f"), "--key-file", str(tmp_path / "k"))
    assert (code, "no results" in err) == (1, True)
    assert run(capsys, "feed", "keygen", str(tmp_path / "k"))[0] == 1
    assert run(capsys, "feed", "status")[0] == 1
    code, out, _ = run(capsys, "feed", "status", "--json")
    assert (code, json.loads(out)) == (1, {"address": None, "serial": None})
    code, out, _ = run(capsys, "sync", "--source", "feed", "--json", "--output", os.devnull)
    assert (code, json.loads(out)["source"]) == (1, "feed")
