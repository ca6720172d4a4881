"""One run of the real ``att-desktop sync`` in this process, with what it took on top.

``python -m tests.bench.one_refresh ARGUMENTS`` prints the run's own JSON with ``cpu`` (seconds)
and ``peak`` (bytes of memory held at most) added.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from pathlib import Path

from att_desktop import cli


def peak_bytes() -> int:
    """The most memory this process has held. ``ru_maxrss`` may be that of the parent."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> int:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = cli.main(["sync", "--json", *sys.argv[1:]])
    used = resource.getrusage(resource.RUSAGE_SELF)
    said = json.loads(out.getvalue() or "{}")
    print(json.dumps({**said, "cpu": used.ru_utime + used.ru_stime, "peak": peak_bytes()}))
    return code


if __name__ == "__main__":
    sys.exit(main())
