"""The doctor tells what is wrong, and nothing that is secret."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import socket
import ssl
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import keyring.backends.fail
import keyring.errors
import pytest

from att_desktop.commands import check_live
from att_desktop.commands.check_installation import check_app, check_trees
from att_desktop.commands.check_state import (
    check_codes,
    check_credentials,
    check_environment,
    check_folders,
    check_games,
    check_last_problems,
    judge_game,
)
from att_desktop.commands.checks import CHECKS
from att_desktop.commands.findings import Check, Finding, detail, examine, finding
from att_desktop.commands.surroundings import Surroundings
from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.config.settings import LoadedSettings, Settings
from att_desktop.game.import_codes import encode
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.errors import Unreachable
from att_desktop.sources.http.tls_check import InsecureConnection, SecureConnection, check_tls
from att_desktop.system.errors import AttError
from att_desktop.system.folders import find_folders
from att_desktop.system.locks import single_writer, writer_lock_path
from att_desktop.wow.installations import Installation
from att_desktop.wow.write_check import WriteCheck
from tests.certificates import self_signed
from tests.keyrings import FailingKeyring, MemoryKeyring
from tests.shared_data import require

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "canary-77secret77-doctor"


@pytest.fixture(scope="module")
def trees() -> TalentTrees:
    return TalentTrees.embedded()


@pytest.fixture
def here(tmp_path: Path, trees: TalentTrees) -> Surroundings:
    """A machine where nothing was set up yet."""
    return Surroundings(
        folders=find_folders(),
        scratch=tmp_path / "scratch",
        environ={},
        environment=Environment(),
        loaded=LoadedSettings(settings=Settings()),
        store=KeyringStore(backend=MemoryKeyring(), environ={}),
        trees=trees,
        draw_window=lambda _home: "drawn",
    )


def one(findings: object) -> Finding:
    (finding,) = list(findings)
    return finding


def code_of(finding: Finding) -> str:
    return finding.what.code


def test_a_check_that_fails_leaves_the_others(here: Surroundings) -> None:
    def sorry(_here: Surroundings) -> list[Finding]:
        raise AttError("system.disk_full")

    def broken(_here: Surroundings) -> list[Finding]:
        raise ZeroDivisionError

    def gone(_here: Surroundings) -> list[Finding]:
        raise FileNotFoundError(2, "No such file or directory", "/x/y")

    checks = [
        Check(id="game", run=sorry),
        Check(id="log", run=broken),
        Check(id="builds", run=gone),
        Check(id="app", run=check_app),
    ]
    told: list[Finding] = []
    assert not examine(checks, here, told.append)
    assert [finding.verdict for finding in told] == ["problem"] * 3 + ["ok"]
    lines = [line for finding in told for line in finding.lines()]
    assert lines[0] == (
        "[FAIL] Game: There is no space left on the disk. Make some room, then try again."
    )
    assert "ZeroDivisionError" in lines[1]
    assert "/x/y" in lines[2]


def test_secrets_and_the_home_folder_stay_out(
    monkeypatch: pytest.MonkeyPatch, here: Surroundings
) -> None:
    monkeypatch.setattr("pathlib.Path.home", lambda: "/home/thrall")
    secret = "Authorization: Basic c2VjcmV0OnNlY3JldA== in /home/thrall/x"

    def talkative(_here: Surroundings) -> list[Finding]:
        return [finding("log", "ok", "check.text", text=secret, details=[detail(secret)])]

    told: list[Finding] = []
    examine([Check(id="log", run=talkative)], here, told.append)
    for line in told[0].lines():
        assert "c2Vj" not in line
        assert "~/x" in line


def test_each_check_has_a_title() -> None:
    titles = [Finding(check=check.id, verdict="ok", what=detail("x")).title for check in CHECKS]
    assert len(set(titles)) == len(CHECKS)
    assert not [title for title in titles if "." in title]


def test_variables_are_named_without_their_values(here: Surroundings) -> None:
    proxies = dict.fromkeys(("ALL_PROXY", "no_proxy", "https_proxy"), CANARY)
    environ = {"WCL_CLIENT_SECRET": CANARY, "ATT_HOME": "/somewhere", "PATH": "/bin", **proxies}
    environment = Environment(api_url="http://127.0.0.1:80/")
    there = dataclasses.replace(here, environ=environ, environment=environment)
    findings = list(check_environment(there))
    assert findings[0].sentence == "ALL_PROXY, ATT_HOME, WCL_CLIENT_SECRET, https_proxy, no_proxy"
    assert "127.0.0.1:80" in findings[1].sentence
    assert CANARY not in str([finding.lines() for finding in findings])


def test_folders_are_written_for_real(own_home: Path, here: Surroundings) -> None:
    (own_home).mkdir()
    (own_home / "logs").write_text("a file in the way", "utf-8")
    findings = list(check_folders(here))
    assert [finding.verdict for finding in findings] == ["ok", "ok", "problem", "ok", "ok"]
    assert code_of(findings[-1]) == "check.writer.none"
    assert list(here.folders.config.iterdir()) == []


def test_a_running_update_is_named(own_home: Path, here: Surroundings) -> None:
    with single_writer(writer_lock_path(here.folders), what="window"):
        sentence = list(check_folders(here))[-1].sentence
    assert f"(process {os.getpid()}, since " in sentence


def test_the_keyring_is_told(here: Surroundings) -> None:
    assert one(check_credentials(here)).verdict == "warning"
    here.store.save(ClientCredentials(client_id="an-id", client_secret=CANARY))
    stored = one(check_credentials(here))
    assert stored.verdict == "ok"
    assert CANARY not in str(stored.lines())
    locked = FailingKeyring(lambda: keyring.errors.KeyringLocked("locked"))
    store = KeyringStore(backend=locked, environ={})
    refused = one(check_credentials(dataclasses.replace(here, store=store)))
    assert refused.verdict == "problem"
    assert "FailingKeyring" in refused.lines()[1]


@pytest.mark.parametrize(("source", "verdict"), [("auto", "warning"), ("warcraftlogs", "problem")])
def test_no_keyring_is_a_problem_only_where_one_is_needed(
    here: Surroundings, source: Literal["auto", "warcraftlogs"], verdict: str
) -> None:
    nowhere = dataclasses.replace(
        here,
        store=KeyringStore(backend=keyring.backends.fail.Keyring(), environ={}),
        loaded=LoadedSettings(settings=Settings(source=source)),
    )
    told = one(check_credentials(nowhere))
    assert (told.verdict, code_of(told)) == (verdict, "keyring.none")


def test_trees_and_codes(here: Surroundings) -> None:
    trees = here.trees
    read = one(check_trees(here))
    assert read.verdict == "ok"
    assert read.sentence == f"40 specs, version {trees.version}."
    fine = encode(trees.tree(64), frozenset())
    told = check_codes("builds", trees, [fine, fine], none="check.builds.none")
    assert told.sentence.startswith("2 of 2 codes")
    stale = check_codes("builds", trees, [fine, "AAAA", "~"], none="check.builds.none")
    assert stale.verdict == "warning"
    assert stale.sentence.startswith("1 of 3 codes")
    assert len(stale.details) == 2
    assert check_codes("builds", trees, [], none="check.builds.none").verdict == "skipped"


def place(**changes: object) -> Installation:
    plain = Installation(
        root=Path("/games/wow"),
        folder=Path("/games/wow/_retail_"),
        product="wow",
        flavour="Retail",
        version="12.1.5.1",
        supported=True,
        addons_path=Path("/games/wow/_retail_/Interface/AddOns"),
        writable=WriteCheck(ok=True),
        found_by="Lutris",
        addon_version="1.0",
        data_timestamp=dt.datetime(2026, 11, 22, 13, tzinfo=dt.UTC),
    )
    return dataclasses.replace(plain, **changes)


def test_each_game_is_told(here: Surroundings) -> None:
    refused = WriteCheck(ok=False, code="wow.folder_gone", fields={"folder": "X"})
    games = [
        place(),
        place(addon_version="0.9", data_is_sample=True),
        place(writable=refused),
        place(writable=refused, supported=False),
        place(addon_version=None, data_timestamp=None),
    ]
    findings = [judge_game(game, "1.0") for game in games]
    assert [finding.verdict for finding in findings] == [
        "ok",
        "warning",
        "problem",
        "warning",
        "ok",
    ]
    details = [[each.code for each in finding.details] for finding in findings]
    assert "       data of 2026-11-22 13:00 UTC" in findings[0].lines()
    assert "check.game.newer_addon" in details[1]
    assert details[1][-1] == "check.game.sample_data"
    assert "check.game.no_addon" in details[4]
    assert code_of(one(check_games(here))) == "check.game.none"


def test_crashes_are_pointed_to(own_home: Path, here: Surroundings) -> None:
    here.folders.logs.mkdir(parents=True)
    assert [finding.check for finding in check_last_problems(here)] == ["log"]
    (here.folders.logs / "crash-20261122-130000-1.txt").write_text("x", "utf-8")
    assert list(check_last_problems(here))[-1].verdict == "warning"


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A loopback server with a certificate that nobody vouches for: its port and the file."""
    require(sys.platform == "linux", "the cryptography package, a part of the Linux keyring")
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(self_signed("127.0.0.1"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)

        def answer() -> None:
            try:
                connection, _ = server.accept()
                with context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(1)
            except OSError:
                return  # the client turned away, as it should

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1], certificate
        thread.join()


@pytest.mark.parametrize(
    ("chosen", "credentials", "hosts"),
    [
        ({}, False, ["wcl.example", "parses.example"]),
        ({}, True, ["wcl.example"]),
        ({"feed_address": "https://feed.example/a/#KEY"}, False, ["wcl.example", "feed.example"]),
        ({"source": "parses"}, True, ["wcl.example", "parses.example"]),
        ({"source": "warcraftlogs"}, False, ["wcl.example"]),
    ],
)
def test_the_hosts_are_those_that_an_update_asks(
    here: Surroundings,
    monkeypatch: pytest.MonkeyPatch,
    chosen: dict[str, Any],
    *,
    credentials: bool,
    hosts: list[str],
) -> None:
    asked = []

    def check(url: str) -> SecureConnection:
        host = url.split("/")[2]
        asked.append(host)
        if host == "parses.example":
            raise Unreachable("http.unreachable", site=host)
        return SecureConnection(host=host, version="TLSv1.3", setting="")

    monkeypatch.setattr(check_live, "check_tls", check)
    environment = Environment(
        token_url="https://wcl.example/token",
        api_url="https://wcl.example/api",
        parses_url="https://parses.example/x",
    )
    if credentials:
        here.store.save(ClientCredentials(client_id="an-id", client_secret="a-secret"))
    loaded = LoadedSettings(settings=Settings(**chosen))
    there = dataclasses.replace(here, environment=environment, loaded=loaded)
    findings = list(check_live.check_connection(there))
    assert asked == hosts
    lacking = ["ok", "warning" if "parses.example" in hosts else "ok"]
    assert [finding.verdict for finding in findings] == lacking[: len(hosts)]


def test_a_certificate_nobody_vouches_for_is_told(tls_server: tuple[int, Path]) -> None:
    with pytest.raises(InsecureConnection, match=r"http\.not_trusted"):
        check_tls(f"https://127.0.0.1:{tls_server[0]}/")


def test_a_certificate_of_the_systems_store_is_trusted(
    tls_server: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, certificate = tls_server
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    found = check_tls(f"https://127.0.0.1:{port}/")
    assert (found.host, found.version, found.setting) == ("127.0.0.1", "TLSv1.3", "")


def test_a_host_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable, match=r"http\.unreachable"):
        check_tls(f"https://127.0.0.1:{port}/", timeout_s=5)


def test_a_host_without_tls_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(InsecureConnection, match=r"http\.no_tls"):
            check_tls(f"https://127.0.0.1:{server.getsockname()[1]}/")
        thread.join()
