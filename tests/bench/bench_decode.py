"""How fast a page of rankings is decoded, against ``json.loads`` of the same bytes.

Run: python -m tests.bench.bench_decode
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

import httpx
import msgspec

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.http.transfer import Response
from att_desktop.sources.sample.source import sample_transport
from att_desktop.sources.sample.zones import SAMPLE_RAID
from att_desktop.sources.warcraftlogs.queries import rankings_query
from att_desktop.sources.warcraftlogs.rankings_decoder import read_rankings
from att_desktop.sources.warcraftlogs.rankings_page import RankingsPage, RankingsRequest
from att_desktop.sources.warcraftlogs.responses import read_answer

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
BOARDS = [
    RankingsRequest(encounter_id=encounter_id, difficulty=4, metric="dps")
    for encounter_id, _, _ in SAMPLE_RAID.encounters
]


async def body_of_a_unit() -> bytes:
    """The answer for nine bosses, with gear: as large as a real one."""
    source = sample_transport(TalentTrees.embedded(), real_size=True)
    query = rankings_query(SPECS[62], BOARDS)
    async with httpx.AsyncClient(transport=source, base_url="https://sample.invalid") as http:
        token = (await http.post("/oauth/token")).json()["access_token"]
        answer = await http.post(
            "/api/v2/client",
            headers={"Authorization": f"Bearer {token}"},
            content=msgspec.json.encode(
                {"operationName": query.operation, "variables": query.variables}
            ),
        )
        return answer.content


def read(body: bytes) -> int:
    """Rows that the app's own decoder makes of a body."""
    answer = read_answer(Response(status=200, headers={}, body=body))
    pages = read_rankings(answer, BOARDS)
    return sum(len(page.rows) for page in pages if isinstance(page, RankingsPage))


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Print megabytes a second of both, and how many times faster ours is."""
    body = asyncio.run(body_of_a_unit())
    size = len(body) / 1e6
    assert read(body) == 100 * len(BOARDS)
    ours = best_of(lambda: read(body))
    plain = best_of(lambda: json.loads(body))
    print(f"body of one unit      {size:8.2f} MB, {100 * len(BOARDS)} rows")
    print(f"decoder of the app    {size / ours:8.0f} MB/s, {ours * 1000:6.1f} ms")
    print(f"json.loads            {size / plain:8.0f} MB/s, {plain * 1000:6.1f} ms")
    print(f"times faster          {plain / ours:8.2f}")


if __name__ == "__main__":
    main()
