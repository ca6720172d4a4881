"""A server that sends too much, or sends us away, costs neither memory nor a secret."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable  # noqa: TC003 - pytest reads it
from pathlib import Path

import pytest

from tests.faults.raw_server import ENDLESS, RawServer, Talk, announced, bomb, redirect

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="Python tells the memory of a process on POSIX only"
    ),
]

ROOT = Path(__file__).resolve().parents[2]
MB = 1 << 20
# What a whole refresh may need of memory, above what Python and the app's code take.
MOST_MB = 130
CHILD = """
import asyncio, json, sys
from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.sources.errors import SourceError
from att_desktop.text import say
from tests.bench.one_refresh import peak_bytes

async def main():
    base = f"http://127.0.0.1:{sys.argv[1]}"
    async with WarcraftLogs(
        credentials=ClientCredentials("id", "CanarySecretOfLimits0123"),
        api_url=f"{base}/api", token_url=f"{base}/oauth/token", interval_s=0,
    ) as wcl:
        try:
            await wcl.points()
        except SourceError as error:
            return type(error).__name__, say(error), wcl.stats.bytes
    return "", "", 0

before = peak_bytes()
name, sentence, received = asyncio.run(main())
print(json.dumps([name, sentence, received, before, peak_bytes()]))
"""


def ask(server: RawServer) -> tuple[str, str, int, int]:
    """Error, sentence, bytes received and MB of memory needed on top, of a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(server.port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    name, sentence, received, before, after = json.loads(ran.stdout)
    assert not ran.stderr
    return name, sentence, received, (after - before) // MB


@pytest.mark.parametrize(
    ("name", "talk", "most_received"),
    [
        ("a body of 5 GB", announced(5 << 30), MB),
        ("chunks without an end", ENDLESS, 60 * MB),
        ("a gzip bomb of 4 GB", bomb(4 << 30), 5 * MB),
        ("a bomb in a bomb", bomb(4 << 30, nested=True), 5 * MB),
    ],
)
def test_too_much_is_refused_in_constant_memory(
    name: str, talk: Talk, most_received: int, tell: Callable[[str], None]
) -> None:
    with RawServer(talk) as server:
        error, sentence, received, megabytes = ask(server)
    tell(f"limits: {name}: {error}, {received / MB:.1f} MB received, {megabytes} MB of memory")
    assert error in ("TooLarge", "BadResponse")
    assert sentence.endswith(".")
    assert received < most_received
    assert megabytes < MOST_MB


@pytest.mark.parametrize("status", [b"301 Moved", b"302 Found", b"307 Temporary", b"308 Moved"])
def test_nobody_is_told_the_token_by_a_redirect(status: bytes) -> None:
    with RawServer(ENDLESS) as attacker:
        target = f"http://localhost:{attacker.port}/steal"
        with RawServer(redirect(status, target)) as server:
            error, sentence, _, _ = ask(server)
        assert error == "BadResponse"
        assert "redirects to another address" in sentence
        assert attacker.asked == []
        assert any(b"Bearer CanaryTokenOfTheRawServer" in asked for asked in server.asked)
