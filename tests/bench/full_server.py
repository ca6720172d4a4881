"""A Warcraft Logs of full size on loopback: real-size pages, latency, and a model of what costs.

Run as a process of its own: ``python -m tests.bench.full_server LATENCY_MS`` prints its port.
``GET /stats`` tells requests and points, ``POST /reset`` counts from zero. Points: a page of
rankings 2, the players of a fight 3, the import code of a player in a fight 2.05, another query 1.
"""

from __future__ import annotations

import asyncio
import json
import struct
import sys
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import msgspec

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.sample.rankings import SampleRankings
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES, zone

PAGE_POINTS: Final = 2.0
PLAYERS_POINTS: Final = 3.0
CODE_POINTS: Final = 2.05
# So many different rankings for each spec, dealt to its encounters.
VARIANTS: Final = 3
_SPECS: Final = {(spec.class_slug, spec.slug): spec for spec in SPECS.values()}
_RANKINGS: Final = SampleRankings(TalentTrees.embedded(), "bench", real_size=True)


@dataclass
class Count:
    requests: int = 0
    points: float = 0.0
    bytes: int = 0


@dataclass
class FullServer:
    latency_s: float
    count: Count = field(default_factory=Count)

    async def serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=1 << 20)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                lines = head.lower().split("\r\n")
                sizes = [line[15:] for line in lines if line.startswith("content-length:")]
                body = await reader.readexactly(int(sizes[0])) if sizes else b""
                answer = await self._answer(path, body)
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer
                )
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()

    async def _answer(self, path: str, body: bytes) -> bytes:
        if path == "/stats":
            return _packed([vars_json(self.count)])
        if path == "/reset":
            self.count = Count()
            return _packed([b"{}"])
        await asyncio.sleep(self.latency_s)
        self.count.requests += 1
        if path == "/oauth/token":
            parts = [b'{"access_token":"bench","token_type":"Bearer","expires_in":86400}']
        else:
            parts = self._graphql(json.loads(body))
        answer = _packed(parts)
        self.count.bytes += len(answer)
        return answer

    def _graphql(self, asked: dict[str, Any]) -> list[bytes]:
        variables = asked.get("variables") or {}
        reading = {
            "limitPerHour": 1_000_000,
            "pointsSpentThisHour": round(self.count.points, 2),
            "pointsResetIn": 3000,
        }
        parts = [b'{"data":{"rateLimitData":', json.dumps(reading).encode()]
        match asked["operationName"]:
            case "Zones":
                self.count.points += 1
                parts += [b',"worldData":', json.dumps({"expansions": _EXPANSIONS}).encode()]
            case "Rankings" | "Live":
                encounters = sorted(int(name[1:]) for name in variables if name[0] == "e")
                letter = "b" if asked["operationName"] == "Rankings" else "p"
                self.count.points += len(encounters) * PAGE_POINTS
                parts.append(b',"worldData":{')
                for index, at in enumerate(encounters):
                    comma = b"," if index else b""
                    parts += [b'%s"%s%d":{"characterRankings":' % (comma, letter.encode(), at)]
                    parts += [_page(variables, at), b"}"]
                parts.append(b"}")
            case "Players":
                self.count.points += PLAYERS_POINTS
                actors = [
                    {"id": n, "name": f"Player{n}", "server": "Draenor", "subType": "Mage"}
                    for n in range(25)
                ]
                parts += [b',"reportData":', json.dumps({"actors": actors}).encode()]
            case "ImportCode":
                self.count.points += CODE_POINTS
                parts += [b',"reportData":{"code":"', b"C" * 110, b'"}']
        return [*parts, b"}}"]


def vars_json(count: Count) -> bytes:
    return json.dumps(vars(count)).encode()


_EXPANSIONS: Final = [
    {
        "id": 7,
        "name": "Midnight",
        "zones": [
            zone(55, "Mythic+ Season 2", DUNGEONS, keystones=True),
            zone(53, "The Venomous Abyss", RAID_BOSSES),
        ],
    }
]


def _page(variables: dict[str, Any], at: int) -> bytes:
    spec = _SPECS.get((variables.get("className"), variables.get("specName")))
    encounter = variables[f"e{at}"]
    if spec is None:
        rows = b",".join([b'{"name":"a"}'] * 100)
        return b'{"page":1,"hasMorePages":true,"rankings":[%s]}' % rows
    raid = encounter in RAID_BOSSES
    known = (RAID_BOSSES if raid else DUNGEONS).index(encounter) % VARIANTS
    return _grown(spec.spec_id, raid, known, variables.get(f"p{at}", 1))


@cache
def _grown(spec_id: int, raid: bool, variant: int, page: int) -> bytes:
    encounter = (RAID_BOSSES if raid else DUNGEONS)[variant]
    difficulty = 5 if raid else 10
    return msgspec.json.encode(_RANKINGS.page(SPECS[spec_id], encounter, difficulty, page))


@cache
def _squeezed(part: bytes) -> bytes:
    """Part of a deflate stream that ends on a whole byte, so that parts can be joined."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def _packed(parts: list[bytes]) -> bytes:
    """One gzip body of all parts; large ones are compressed only once."""
    crc, size, out = 0, 0, [b"\x1f\x8b\x08\0\0\0\0\0\0\xff"]
    for part in parts:
        crc = zlib.crc32(part, crc)
        size += len(part)
        out.append(_squeezed(part) if len(part) > 10_000 else _squeezed.__wrapped__(part))
    return b"".join([*out, b"\x03\0", struct.pack("<II", crc, size & 0xFFFFFFFF)])


def warm_up() -> None:
    """Grow and compress all pages before anything is measured."""
    for spec_id in SPECS:
        for raid in (True, False):
            for variant in range(VARIANTS):
                _squeezed(_grown(spec_id, raid, variant, 1))


if __name__ == "__main__":
    warm_up()
    asyncio.run(FullServer(latency_s=float(sys.argv[1]) / 1000).serve())
