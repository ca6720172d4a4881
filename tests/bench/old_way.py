"""The refresh as it was done before, step by step: the reference that the ratios are against.

One request for each spec and encounter; ten requests a zone to find the partition; for each build
(per encounter, and general for raid and Mythic+) two more requests: the players of the best
player's fight, then the import code of that player. One after the other, JSON with ``json.loads``.
Full size: 20 + 40 * 17 + 2 * 40 * 19 = 2,220 requests, and 10 more for tokens and zones.

``python -m tests.bench.old_way BASE_URL SPECS`` prints one JSON object; it does not pace itself.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from typing import Any

import httpx

from att_desktop.game.specs import SPECS
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES

TOP_N = 20
PARTITION_PROBES = 10
PAGE = """query Rankings($className: String!, $specName: String!, $e0: Int!, $d0: Int) {
  worldData { b0: encounter(id: $e0) { characterRankings(className: $className,
  specName: $specName, difficulty: $d0, includeCombatantInfo: true) } } }"""
PLAYERS = "query Players($code: String!) { reportData { report(code: $code) { fights { id } } } }"
CODE = "query ImportCode($code: String!) { reportData { report(code: $code) { fights { id } } } }"


def full_size_requests(specs: int = 40, encounters: int = 17) -> int:
    """How many requests a refresh takes: a token, the zones, probes, pages, codes."""
    return 2 + 2 * PARTITION_PROBES + specs * encounters + 2 * specs * (encounters + 2)


class OldWay:
    def __init__(self, base: str) -> None:
        self.http = httpx.Client(base_url=base, headers={"Accept-Encoding": "gzip"}, timeout=60)
        self.bytes = 0
        self.requests = 0
        # Seconds of each request, its decoding included: for pacing afterwards.
        self.took: list[float] = []

    def ask(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        begun = time.perf_counter()
        with self.http.stream("POST", path, json=content) as response:
            body = response.read()
            self.bytes += response.num_bytes_downloaded
        said: dict[str, Any] = json.loads(body)
        self.requests += 1
        self.took.append(time.perf_counter() - begun)
        return said

    def graphql(self, operation: str, document: str, **variables: Any) -> dict[str, Any]:
        asked = {"operationName": operation, "query": document, "variables": variables}
        data: dict[str, Any] = self.ask("/api/v2/client", asked)["data"]
        return data

    def refresh(self, specs: int) -> None:
        self.ask("/oauth/token", {})
        self.graphql("Zones", "query Zones { worldData { expansions { id } } }")
        for encounters in (RAID_BOSSES, DUNGEONS):
            for _ in range(PARTITION_PROBES):
                self.page("Mage", "Arcane", encounters[0])
        for spec in list(SPECS.values())[:specs]:
            for encounters in (RAID_BOSSES, DUNGEONS):
                pooled: Counter[tuple[tuple[int, int], ...]] = Counter()
                for encounter in encounters:
                    found = self.page(spec.class_slug, spec.slug, encounter)
                    self.code_of(found)
                    pooled.update(found)
                self.code_of(pooled)

    def page(
        self, class_name: str, spec_name: str, encounter: int
    ) -> Counter[tuple[tuple[int, int], ...]]:
        data = self.graphql(
            "Rankings", PAGE, className=class_name, specName=spec_name, e0=encounter, d0=5
        )
        rows = data["worldData"]["b0"]["characterRankings"]["rankings"][:TOP_N]
        return Counter(
            tuple(sorted((each["talentID"], each["points"]) for each in row["talents"]))
            for row in rows
        )

    def code_of(self, builds: Counter[tuple[tuple[int, int], ...]]) -> None:
        assert builds
        self.graphql("Players", PLAYERS, code="report")
        self.graphql("ImportCode", CODE, code="report")


def main(base: str, specs: int) -> None:
    old = OldWay(base)
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF)
    old.refresh(specs)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        json.dumps(
            {
                "requests": old.requests,
                "bytes": old.bytes,
                "seconds": time.perf_counter() - begun,
                "cpu": cpu,
                "took": old.took,
                "peak": after.ru_maxrss,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
