"""A full refresh against the old way of doing it, on one machine, as ratios.

Run: ``python -m tests.bench.bench_refresh``. The refresh is the real command in a process of its
own, with the real pacing of 500 ms between request starts, against a server on loopback. The old
way runs for some specs without pacing; its time at full size is each request's own time, but not
less than the same 500 ms, times the full number of requests (no sleeping is simulated beyond it).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.bench.full_server import CODE_POINTS, PAGE_POINTS, PLAYERS_POINTS
from tests.bench.old_way import PARTITION_PROBES, full_size_requests
from tests.bench.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP_N = 20
PACE_S = 0.5
LATENCIES_MS = (0, 100, 300)
OLD_SPECS = 2
MEGABYTE = 1_000_000


@contextlib.contextmanager
def full_server(latency_ms: int) -> Iterator[str]:
    """The base address of a server with that latency."""
    command = [sys.executable, "-m", "tests.bench.full_server", str(latency_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.terminate()


def server_count(base: str) -> dict[str, Any]:
    import gzip

    with urllib.request.urlopen(f"{base}/stats") as answer:
        found: dict[str, Any] = json.loads(gzip.decompress(answer.read()))
    return found


def refresh(base: str, *words: str, pace_ms: int = 500, top_n: int = TOP_N) -> dict[str, Any]:
    """One run of the real command into a fresh home."""
    with tempfile.TemporaryDirectory() as home:
        ran = subprocess.run(
            [
                sys.executable, "-m", "tests.bench.one_refresh", "--top-n", str(top_n),
                "--output", f"{home}/TalentData.lua", *words,
            ],
            env={
                **os.environ,
                "ATT_HOME": home,
                "WCL_CLIENT_ID": "bench-client",
                "WCL_CLIENT_SECRET": "bench-secret",
                "WCL_API_URL": f"{base}/api/v2/client",
                "WCL_TOKEN_URL": f"{base}/oauth/token",
                "ATT_REQUEST_INTERVAL_MS": str(pace_ms),
            },
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    assert not found["failed"], found
    return found


@dataclass(frozen=True, kw_only=True)
class Old:
    """The old way at full size."""

    requests: int
    points: float
    bytes: float
    seconds: float
    unpaced: float
    cpu: float
    peak: int


def old_way(base: str, specs: int = OLD_SPECS) -> Old:
    """Run the old way for some specs and take it to all 40."""
    command = [sys.executable, "-m", "tests.bench.old_way", base, str(specs)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert found["requests"] == full_size_requests(specs), found["requests"]
    full = full_size_requests()
    times = full / found["requests"]
    paced = sum(max(PACE_S, took) for took in found["took"])
    pages = 2 * PARTITION_PROBES + 40 * 17
    return Old(
        requests=full,
        points=1 + pages * PAGE_POINTS + 40 * 19 * (PLAYERS_POINTS + CODE_POINTS),
        bytes=found["bytes"] * times,
        seconds=paced * times,
        unpaced=found["seconds"] * times,
        cpu=found["cpu"] * times,
        peak=found["peak"] * 1024,
    )


def measure() -> list[Row]:
    rows: list[Row] = []
    for latency in LATENCIES_MS:
        with full_server(latency) as base:
            old = old_way(base)
            new = refresh(base)
            count = server_count(base)
        if latency == LATENCIES_MS[0]:
            rows += [
                Row.less("requests of a full refresh", old.requests, new["requests"], 20),
                Row.less("points of a full refresh", old.points, new["points"], 3.5),
                Row.less(
                    "MB received (packed)", old.bytes / MEGABYTE, new["bytes"] / MEGABYTE, None
                ),
                Row.less("CPU seconds", old.cpu, new["cpu"], None),
                Row.limit("peak memory of the refresh, MB", new["peak"] / MEGABYTE, 200),
            ]
            assert abs(count["points"] - _all_points(old, new)) < 60, (count, new)
        goal = 10 if latency == 300 else None
        rows.append(
            Row.less(f"wall seconds at {latency} ms latency", old.seconds, new["seconds"], goal)
        )
    return rows


def _all_points(old: Old, new: dict[str, Any]) -> float:
    """What the server must have counted: our run, and the part of the old way that ran."""
    part = 2 * PARTITION_PROBES + OLD_SPECS * 17
    codes = OLD_SPECS * 19 * (PLAYERS_POINTS + CODE_POINTS)
    return float(new["points"]) + 1 + part * PAGE_POINTS + codes


def measure_growth() -> list[tuple[str, ...]]:
    """Specs, encounters and top-n against requests, points, MB, seconds and CPU, without pacing."""
    found = []
    cases = [
        ("1", ("--spec", "577"), 9 + 8, 20),
        ("3", ("--class", "Demon Hunter"), 17, 20),
        ("40", ("--content", "mythicplus"), 8, 20),
        ("40", (), 17, 20),
        ("40", (), 17, 50),
        ("40", (), 17, 100),
    ]
    with full_server(0) as base:
        for specs, words, encounters, top_n in cases:
            ran = refresh(base, *words, pace_ms=0, top_n=top_n)
            found.append(
                (
                    specs, str(encounters), str(top_n), str(ran["requests"]),
                    f"{ran['points']:.0f}", f"{ran['bytes'] / MEGABYTE:.1f}",
                    f"{ran['seconds']:.1f}", f"{ran['cpu']:.1f}", f"{ran['peak'] / MEGABYTE:.0f}",
                )
            )  # fmt: skip
    return found


if __name__ == "__main__":
    for row in measure():
        print(row.line)
    for line in measure_growth():
        print(*line, sep="\t")
