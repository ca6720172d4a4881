"""The log holds what happened, and no secret, in one line per event."""

from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
import threading
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import pytest

from att_desktop.system.crash_reports import CrashReporter, crash_reports
from att_desktop.system.folders import Folders, find_folders
from att_desktop.system.logs import (
    hide_secret,
    last_problems,
    log_path,
    start_logging,
    without_secrets,
)
from att_desktop.system.redaction import HIDDEN, Redactor, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from att_desktop.system.errors import AttError

CANARY = 'canary/"+7fe1 c0ffee'
JWT = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiI5YTFiIn0.c2lnbmF0dXJl-_x"
WCL_SECRET = "q7Zk2mVx9Lr4Tb1Yw8Nc3Jd6Hf5Gs0PaEuRiOtXy"
IMPORT_CODE = (
    "CoPAAAAAAAAAAAAAAAAAAAAAAwgZmZmZzYGzMzYMmZmZAAAAAAAAAAgZmxMzMzMDDz2MDzMjZGAAAAAAgxsMzMDAAAAA"
)


@pytest.fixture
def folders(own_home: Path) -> Iterator[Folders]:
    hooks = sys.excepthook, threading.excepthook
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    found = find_folders()
    start_logging(found)
    yield found
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


def written(folders: Folders) -> str:
    return log_path(folders).read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        CANARY,
        f"before{CANARY}after",
        quote_plus(CANARY),
        b64encode(CANARY.encode()).decode(),
        repr(CANARY),
        'canary/\\"+7fe1 c0ffee',
    ],
)
def test_a_known_secret_is_hidden_in_every_form(folders: Folders, text: str) -> None:
    hide_secret(CANARY)
    logging.getLogger("att_desktop.test").warning("asked with %s", text)
    assert "c0ffee" not in written(folders)
    assert b64encode(CANARY.encode()).decode() not in written(folders)
    assert HIDDEN in written(folders)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {JWT}",
        "authorization: Basic aWQ6Y2FuYXJ5",
        "headers=[(b'authorization', b'Basic aWQ6Y2FuYXJ5')]",
        "{'Authorization': 'Basic aWQ6Y2FuYXJ5'}",
        '{"access_token":"aWQ6Y2FuYXJ5","expires_in":3600}',
        "POST /token?client_secret=aWQ6Y2FuYXJ5&x=1",
        "client_secret='aWQ6Y2FuYXJ5'",
        "Proxy-Authorization: Digest aWQ6Y2FuYXJ5",
        f"a token {JWT} alone",
        f"a secret {WCL_SECRET} alone",
        "WCL_CLIENT_SECRET=aWQ6Y2FuYXJ5",
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    cleaned = Redactor().clean(text)
    assert HIDDEN in cleaned
    for secret in (JWT, JWT[:30], WCL_SECRET, "aWQ6Y2FuYXJ5"):
        assert secret not in cleaned


@pytest.mark.parametrize(
    "text",
    [
        "unit 23 of 80, 310 points left",
        f"the code {IMPORT_CODE} does not decode",
        "https://www.warcraftlogs.com/api/v2/client",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "the password was not asked for",
        "Warcraft Logs does not accept the client id and secret.",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redactor().clean(text) == text


def test_exceptions_and_their_causes_are_cleaned(folders: Folders) -> None:
    hide_secret(CANARY)
    try:
        try:
            raise OSError(f"could not keep {CANARY}")  # noqa: TRY301 - a chain of causes is meant
        except OSError as error:
            raise RuntimeError(f"token {JWT}") from error
    except RuntimeError:
        logging.getLogger("att_desktop.test").exception("failed for %s", CANARY)
    text = written(folders)
    assert "RuntimeError" in text
    assert "OSError" in text
    assert "c0ffee" not in text
    assert JWT not in text


def test_a_secret_in_the_arguments_survives_nowhere(folders: Folders) -> None:
    hide_secret(CANARY)
    logging.getLogger("att_desktop.test").error("%r %s", {"secret": CANARY}, [CANARY])
    assert "c0ffee" not in written(folders)


def test_a_name_cannot_forge_a_line(folders: Folders) -> None:
    hostile = "Bob\n2026-11-22 12:00:00,000 ERROR   att_desktop: all lost\x1b[2J\u202eabc\u2028x"
    log = logging.getLogger("att_desktop.test")
    log.info("player %s", hostile)
    try:
        raise ValueError(hostile)  # noqa: TRY301 - its traceback is meant
    except ValueError:
        log.info("again", exc_info=True)
    lines = written(folders).splitlines()
    assert not [line for line in lines if line.startswith("2026-11-22 12:00:00")]
    for character in ("\x1b", "\u202e", "\u2028"):
        assert character not in written(folders)
    assert last_problems(folders) == []


def test_one_line_keeps_every_script() -> None:
    assert one_line("Åsa Жанна 玩家 🐉 ä\t") == "Åsa Жанна 玩家 🐉 ä\\t"


def test_the_last_problems_are_found(folders: Folders) -> None:
    log = logging.getLogger("att_desktop.test")
    for number in range(30):
        log.info("fine %d", number)
        log.warning("odd %d", number)
    log.error("bad WARNING in its text")
    found = last_problems(folders, 3)
    assert [line.split(": ", 1)[1] for line in found] == [
        "odd 28",
        "odd 29",
        "bad WARNING in its text",
    ]


def test_the_last_problems_outlive_the_turn_of_the_file(folders: Folders) -> None:
    log = logging.getLogger("att_desktop.test")
    log.info("x" * 990_000)
    log.error("the disk is full")
    log.info("y" * 20_000)
    assert "the disk is full" not in written(folders)
    assert [line.split(": ", 1)[1] for line in last_problems(folders)] == ["the disk is full"]


@pytest.mark.slow
def test_the_file_rotates_and_stays_bounded(folders: Folders) -> None:
    log = logging.getLogger("att_desktop.test")
    for _ in range(60):
        log.info("x" * 100_000)
    files = sorted(path.name for path in folders.logs.iterdir())
    assert files == ["att-desktop.log", *(f"att-desktop.log.{n}" for n in (1, 2, 3))]
    assert sum(path.stat().st_size for path in folders.logs.iterdir()) < 4_500_000


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_the_file_is_for_the_player_only(folders: Folders) -> None:
    assert log_path(folders).stat().st_mode & 0o077 == 0


def test_a_file_of_another_user_is_put_aside(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """'sudo' leaves one; without it the log and the doctor would know of nothing."""
    path = log_path(folders)
    for handler in logging.getLogger().handlers:
        handler.close()
    path.write_text("theirs\n", "utf-8")
    theirs, plain = path.stat().st_ino, os.open

    def open_as_user(name: str, flags: int, *more: int) -> int:
        if name == str(path) and path.exists() and path.stat().st_ino == theirs:
            raise PermissionError(errno.EACCES, "Permission denied", name)
        return plain(name, flags, *more)

    monkeypatch.setattr(os, "open", open_as_user)
    logging.getLogger("att_desktop.test").warning("what happened")
    assert written(folders).endswith("what happened\n")
    assert path.with_name(f"{path.name}.1").read_text("utf-8") == "theirs\n"


def test_without_a_place_to_write_nothing_is_printed(
    own_home: Path, folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = Folders(
        config=own_home,
        cache=own_home,
        logs=own_home / "file" / "logs",
        data=own_home,
        sandbox=own_home,
    )
    (own_home / "file").write_text("in the way", "utf-8")
    start_logging(blocked)
    logging.getLogger("att_desktop.test").error("where to?")
    assert capsys.readouterr().err == ""
    assert last_problems(blocked) == []


def test_starting_again_moves_the_log_and_keeps_the_secrets(
    folders: Folders, own_home: Path
) -> None:
    hide_secret(CANARY)
    elsewhere = Folders(
        config=own_home,
        cache=own_home,
        logs=own_home / "elsewhere",
        data=own_home,
        sandbox=own_home,
    )
    start_logging(elsewhere)
    logging.getLogger("att_desktop.test").info("now %s here", CANARY)
    assert "now" not in written(folders)
    assert f"now {HIDDEN} here" in written(elsewhere)


@pytest.mark.parametrize(
    "value",
    [
        "http://jdoe:Sommer#2026@proxy.example:8080",
        "http://jdoe:Sommer%232026@proxy.example:8080",
        "socks5h://jdoe:Sommer#2026@127.0.0.1:1080",
        "jdoe:Sommer#2026@proxy.example",
        "http://jdoe:Sommer#20/26?x@[::1",
    ],
)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "all_proxy", "Http_Proxy"])
def test_nothing_of_a_proxys_credentials_is_kept(name: str, value: str) -> None:
    redactor = Redactor({name: value, "NO_PROXY": "localhost", "PATH": "/usr/bin"})
    texts = [
        f"Unknown scheme for proxy URL URL({value!r})",
        "Invalid port: 'Sommer'",
        f"ProxyError: cannot connect to {value.rpartition('://')[2]}",
        "user jdoe is not allowed",
        "Sommer#2026",
    ]
    for text in texts:
        assert "Sommer" not in redactor.clean(text)
        assert "jdoe" not in redactor.clean(text)
    assert redactor.clean("localhost in /usr/bin") == "localhost in /usr/bin"


def test_a_proxy_without_credentials_hides_no_words() -> None:
    redactor = Redactor(
        {"HTTPS_PROXY": "http://proxy.example:8080", "ALL_PROXY": "socks5://127.0.0.1:1"}
    )
    assert redactor.clean("proxy.example at 127.0.0.1") == "proxy.example at 127.0.0.1"


def test_text_for_others_has_no_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.home", lambda: "/home/thrall")
    assert without_secrets("in /home/thrall/games") == "in ~/games"


CRASH = """
import sys, threading
from att_desktop.system.folders import find_folders
from att_desktop.system.logs import hide_secret, start_logging
start_logging(find_folders(), on_crash=lambda error: print(error, file=sys.stderr))
hide_secret({canary!r})
def fail():
    secret = {canary!r}
    raise RuntimeError("with " + secret + " in hand")
if sys.argv[1] == "thread":
    thread = threading.Thread(target=fail, name="worker")
    thread.start(); thread.join()
else:
    fail()
"""


@pytest.mark.parametrize(("where", "code"), [("main", 1), ("thread", 0)])
def test_a_crash_leaves_a_report_without_secrets(own_home: Path, where: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH.format(canary=CANARY), where],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code
    (report,) = crash_reports(own_home / "logs")
    text = report.read_text("utf-8")
    assert "RuntimeError: with [hidden] in hand" in text
    assert "worker" in text if where == "thread" else "main thread" in text
    assert report.name in done.stderr
    for place in (text, done.stderr, done.stdout, (own_home / "logs/att-desktop.log").read_text()):
        assert "c0ffee" not in place
        assert "Traceback" not in done.stderr


def test_ctrl_c_is_no_crash(own_home: Path) -> None:
    script = "from att_desktop.system.folders import find_folders as f\n"
    script += "from att_desktop.system.logs import start_logging\nstart_logging(f())\n"
    done = subprocess.run(
        [sys.executable, "-c", script + "raise KeyboardInterrupt"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "KeyboardInterrupt" in done.stderr
    assert crash_reports(own_home / "logs") == []


def test_a_crash_after_the_programs_files_were_replaced_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[AttError] = []
    monkeypatch.setattr("att_desktop.system.program_files._AT_START", (1, 2, 3))
    reporter = CrashReporter(tmp_path, Redactor(), told.append)
    reporter._report_crash(AttributeError("gone"), where="a test")
    assert [error.code for error in told] == ["app.replaced"]
    assert len(crash_reports(tmp_path)) == 1


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"crash-20260101-0000{number:02}-1.txt").write_text("old", "utf-8")
    reporter = CrashReporter(tmp_path, Redactor(), lambda _error: None)
    path = reporter.report(ValueError("new"), where="a test")
    assert path in crash_reports(tmp_path)
    assert len(crash_reports(tmp_path)) == 5
