"""All measurements in one run: ``python -m tests.bench`` writes ``tests/bench/RESULTS.md``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from att_desktop import __version__
from tests.bench import (
    bench_aggregate,
    bench_core,
    bench_decode,
    bench_raid_night,
    bench_refresh,
)
from tests.bench.rows import Row

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OTHERS = ("bench_start", "bench_stall", "bench_tree", "bench_addon")
_FAULT_LINES = re.compile(r"^(?:fault campaign|hostile names|limits:|\d+ passed).*$", re.MULTILINE)
EXPLAINED = """\
*Before* is the refresh as it was: one request for each spec and encounter, ten requests a zone to
find the partition, two more for the code of each build, one after the other. It runs for 2 of 40
specs without pacing; its requests and points at full size are counted, not measured; its time at
full size is each request's own time, but not less than 500 ms, taken times the full number of
requests. *Now* is the real `att-desktop sync` of all 40 specs in a process of its own, in real
time with its real 500 ms between request starts. Both talk to a server on loopback: pages of 100
rows with gear, about 0.7 MB each, gzip; points are 2 for a page, 3 for the players of a fight,
2.05 for an import code. Memory is the most that the process held."""


def machine() -> str:
    """Processor, memory, system and Python; nothing that names the machine."""
    model, memory = platform.processor() or platform.machine(), ""
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
        model = found[1] if found else model
        kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
        memory = f", {kilobytes / 1e6:.0f} GB of memory"
    except OSError:
        pass
    return (
        f"{os.cpu_count()} cores of {model}{memory}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def decoding() -> Row:
    """The app's decoder against ``json.loads``: the median of five rounds of each."""
    body = asyncio.run(bench_decode.body_of_a_unit())
    pairs = [
        (
            bench_decode.best_of(lambda: json.loads(body)),
            bench_decode.best_of(lambda: bench_decode.read(body)),
        )
        for _ in range(5)
    ]
    times = statistics.median(plain / ours for plain, ours in pairs)
    size = len(body) / 1e6
    speeds = [size / min(column) for column in zip(*pairs, strict=True)]
    return Row.times("pages decoded, MB/s (before: `json.loads`)", *speeds, times, 5)


def said_by(module: str) -> str:
    """What a measurement of its own prints."""
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout.strip() or f"exit code {ran.returncode}"


def faults() -> list[str]:
    """The lines that the tests of faults and hostile input end with."""
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/faults", "-q"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return _FAULT_LINES.findall(ran.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--without-faults", action="store_true", help="leave the campaign out")
    arguments = parser.parse_args()
    rows = bench_refresh.measure()
    growth = bench_refresh.measure_growth()
    rows += [decoding(), *bench_core.measure(), *bench_aggregate.measure()]
    rows += bench_raid_night.measure()
    others = {module: said_by(module) for module in OTHERS}
    for what, said in (
        ("start to first paint, from source, s", "start to first paint"),
        ("start of the packaged app to its window, s", "packaged, to its window"),
    ):
        if paint := re.search(rf"{said}: median ([\d.]+) s", others["bench_start"]):
            rows.append(Row.limit(what, float(paint[1]), 0.7))
    lines = [
        "# Measured",
        "",
        f"Version {__version__}, {datetime.now(UTC):%Y-%m-%d}. Made by",
        f"`python -m tests.bench{' --without-faults' if arguments.without_faults else ''}`",
        f"on {machine()}.",
        "",
        EXPLAINED,
        "",
        "| | before | now | ratio | goal | reached |",
        "| --- | --- | --- | --- | --- | --- |",
        *(row.line for row in rows),
        "",
        "## How the cost grows",
        "",
        "Without pacing and latency: what is left is work.",
        "",
        "| specs | encounters | top n | requests | points | MB | s | CPU s | MB of memory |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *(f"| {' | '.join(line)} |" for line in growth),
        "",
    ]
    for module, said in others.items():
        lines += [f"## {module}", "", "```", said, "```", ""]
    if not arguments.without_faults:
        lines += ["## Faults and hostile input", "", "```", *faults(), "```", ""]
    notes = HERE / "notes.md"
    if notes.is_file():
        lines += [notes.read_text("utf-8").rstrip(), ""]
    (HERE / "RESULTS.md").write_text("\n".join(lines), "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
