"""``python -m tests.faults --plans N --seed S``: the fault campaign by hand."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec

from tests.faults.campaign import run_campaign
from tests.faults.drawing import draw_plan


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--plans", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--first", type=int, default=0, metavar="PLAN", help="begin with this one")
    parser.add_argument("--only", type=int, action="append", metavar="PLAN", help="one plan again")
    parser.add_argument("--source", action="append", help="only plans that ask this source")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--report", type=Path, help="write all outcomes as JSON")
    parser.add_argument("--kinds", action="store_true", help="list what was injected")
    arguments = parser.parse_args()
    numbers = arguments.only or range(arguments.first, arguments.first + arguments.plans)
    if arguments.source:
        seed, wanted = arguments.seed, arguments.source
        numbers = [number for number in numbers if draw_plan(seed, number).source in wanted]
    report = run_campaign(
        numbers,
        arguments.seed,
        1 if arguments.only else arguments.jobs,
    )
    if arguments.kinds:
        for kind, count in sorted(report.injected.items()):
            print(f"{count:7} {kind}")
    shown = report.outcomes if arguments.only else report.broken
    for outcome in shown[:40]:
        print(f"plan {outcome.number}: {outcome.plan}")
        for violation in outcome.violations:
            print(f"    {violation}")
        if arguments.only:
            print(draw_plan(arguments.seed, outcome.number))
            print(outcome.said)
    if arguments.report:
        arguments.report.write_bytes(
            msgspec.json.encode({"line": report.line, "outcomes": report.outcomes})
        )
    print(report.line)
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main())
