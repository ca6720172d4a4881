"""A Warcraft Logs of our own on loopback: real HTTP, real GraphQL, scripted rankings and faults."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import socket
import struct
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias
from urllib.parse import parse_qs

import graphql

from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES, row, seasons_of_today

Endpoint: TypeAlias = Literal["api", "token"]
Row: TypeAlias = dict[str, Any]
Rankings: TypeAlias = "list[Row] | dict[str, Any] | None"
RankingsSource: TypeAlias = Callable[[dict[str, Any]], Rankings]

PAGE_ROWS = 100
OWN_SCHEMA = Path(__file__).with_name("wcl.graphql")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One request as the server saw it. ``at`` is its time.monotonic()."""

    at: float
    endpoint: Endpoint
    headers: dict[str, str]
    operation: str = ""
    variables: dict[str, Any] = field(default_factory=dict)


class FakeWarcraftLogs:
    """Both endpoints on one loopback port, in a thread of its own; use as context manager.

    ``rankings`` maps (class slug, spec slug, encounter id, difficulty) to all rows (cut
    into pages of 100) or to a ready ``characterRankings``; difficulty 0 stands for any. What is
    not in it goes to ``other_rankings`` (all arguments, with ``encounter_id``), else it is empty.
    Without a class, rankings of the encounters in ``played`` have rows, others none.
    ``fail(...)`` scripts faults, one for each coming request. Points count like the real ones: a
    rate_limit tells the spend before its own query, and above the limit all is answered with 429.
    Every document is held against our schema, and against the real one when it is given; what is
    wrong with one stands in ``invalid``.
    """

    def __init__(
        self,
        *,
        real_schema: graphql.GraphQLSchema | None = None,
        limit: int = 3600,
        cost_per_page: float = 1.0,
        resets_in: float = 3600.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.rankings: dict[tuple[str, str, int, int], Rankings] = {}
        self.other_rankings: RankingsSource = lambda _: []
        self.unknown_encounters: set[int] = set()
        self.played: set[int] = {*RAID_BOSSES, *DUNGEONS, 3159, 3176}
        self.expansions: list[dict[str, Any]] = seasons_of_today()
        self.reports: dict[str, dict[str, Any]] = {}
        self.client = ("test-client", "test-secret")
        self.token_lifetime = 3600
        self.seen: list[Seen] = []
        self.invalid: list[str] = []
        self.limit = limit
        self.spent = 0.0
        self.refused = 0
        self.cost_per_page = cost_per_page
        self.gzip = True
        self._clock = clock
        self._resets_at = clock() + resets_in
        self._schema = graphql.build_schema(OWN_SCHEMA.read_text("utf-8"))
        self._real_schema = real_schema
        self._faults: dict[Endpoint, deque[faults.Fault]] = {"api": deque(), "token": deque()}
        self._tokens: set[str] = set()
        self._issued = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="fake-wcl", daemon=True)
        self._ready = threading.Event()
        self._arrived = threading.Condition()
        self._done = asyncio.Event()
        self.port = 0

    # --- for tests ---------------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v2/client"

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/oauth/token"

    def fail(self, *scripted: faults.Fault, at: Endpoint = "api", times: int = 1) -> None:
        """The next requests at an endpoint meet these faults, in order, ``times`` over."""
        self._faults[at].extend(scripted * times)

    def revoke_tokens(self) -> None:
        """All tokens that were given out are worth nothing from now on."""
        self._tokens.clear()

    def requests(self, endpoint: Endpoint | None = None) -> list[Seen]:
        """The requests so far, of one endpoint or of both."""
        return [seen for seen in self.seen if endpoint in (None, seen.endpoint)]

    def wait_for_requests(self, endpoint: Endpoint, count: int) -> None:
        """Block until so many requests have come to an endpoint."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.requests(endpoint)) >= count, 60)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    # --- HTTP --------------------------------------------------------------------------------

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=1 << 22)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._done.wait()
        server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            if self._done.is_set():
                writer.transport.abort()
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        endpoint: Endpoint = "token" if path.endswith("/oauth/token") else "api"
        asked = json.loads(body) if endpoint == "api" else {}
        with self._arrived:
            self.seen.append(
                Seen(
                    at=time.monotonic(),
                    endpoint=endpoint,
                    headers=headers,
                    operation=asked.get("operationName", ""),
                    variables=asked.get("variables", {}),
                )
            )
            self._arrived.notify_all()
        fault = self._faults[endpoint].popleft() if self._faults[endpoint] else None
        return await self._reply(writer, headers, endpoint, fault, body)

    async def _reply(
        self,
        writer: asyncio.StreamWriter,
        headers: dict[str, str],
        endpoint: Endpoint,
        fault: faults.Fault | None,
        body: bytes,
    ) -> bool:
        match fault:
            case faults.Reset(after_headers=False):
                return _reset(writer)
            case faults.Stall(after_headers=False):
                await self._done.wait()
                return False
            case faults.Answer():
                status, answer = fault.status, fault.body
                extra = {"Content-Type": fault.content_type, **fault.headers}
            case _:
                alone = fault if isinstance(fault, faults.DataNull | faults.AliasError) else None
                status, answer = self._right_answer(endpoint, headers, body, alone)
                extra = {"Content-Type": "application/json"}
                if self.gzip and "gzip" in headers.get("accept-encoding", ""):
                    packer = zlib.compressobj(1, wbits=16 + zlib.MAX_WBITS)
                    answer = packer.compress(answer) + packer.flush()
                    extra["Content-Encoding"] = "gzip"
        length = len(answer)
        if isinstance(fault, faults.CutShort):
            answer = answer[: int(length * fault.share)]
            length = length if fault.tell else len(answer)
        lines = [f"HTTP/1.1 {status} Scripted", f"Content-Length: {length}"]
        lines += [f"{name}: {value}" for name, value in extra.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        match fault:
            case faults.Reset():
                await writer.drain()
                await asyncio.sleep(0.05)
                return _reset(writer)
            case faults.Stall():
                await writer.drain()
                await self._done.wait()
                return False
            case faults.Drip():
                for at in range(len(answer)):
                    writer.write(answer[at : at + 1])
                    await writer.drain()
                    await asyncio.sleep(fault.pause_s)
            case _:
                writer.write(answer)
        await writer.drain()
        return length == len(answer)

    # --- what it says ------------------------------------------------------------------------

    def _right_answer(
        self,
        endpoint: Endpoint,
        headers: dict[str, str],
        body: bytes,
        fault: faults.DataNull | faults.AliasError | None,
    ) -> tuple[int, bytes]:
        if endpoint == "token":
            return self._token(headers, body)
        if headers.get("authorization", "").removeprefix("Bearer ") not in self._tokens:
            return 401, b'{"error":"Unauthenticated."}'
        now = self._clock()
        if now >= self._resets_at:
            self._resets_at = now + 3600.0
            self.spent = 0.0
        if self.spent >= self.limit:
            self.refused += 1
            return 429, b'{"status":429,"error":"Too many requests"}'
        if isinstance(fault, faults.DataNull):
            said: dict[str, Any] = {"data": None}
            if fault.errors:
                said["errors"] = [{"message": message} for message in fault.errors]
            return 200, json.dumps(said).encode()
        return 200, self._graphql(json.loads(body), fault)

    def _token(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        given = headers.get("authorization", "").removeprefix("Basic ")
        if base64.b64decode(given).decode() != ":".join(self.client):
            return 401, b'{"error":"invalid_client","error_description":"Client failed"}'
        if parse_qs(body.decode()).get("grant_type") != ["client_credentials"]:
            return 400, b'{"error":"unsupported_grant_type"}'
        self._issued += 1
        token = f"token-{self._issued}"
        self._tokens.add(token)
        said = {"token_type": "Bearer", "expires_in": self.token_lifetime, "access_token": token}
        return 200, json.dumps(said).encode()

    def _graphql(self, asked: dict[str, Any], fault: faults.AliasError | None) -> bytes:
        document = graphql.parse(asked["query"])
        errors = graphql.validate(self._schema, document)
        if self._real_schema is not None:
            errors += graphql.validate(self._real_schema, document)
        if errors:
            self.invalid += [error.message for error in errors]
            return json.dumps({"errors": [{"message": errors[0].message}]}).encode()
        result = graphql.execute_sync(
            self._schema,
            document,
            root_value=self._root(fault),
            variable_values=asked.get("variables"),
            operation_name=asked.get("operationName"),
        )
        self.invalid += [error.message for error in result.errors or () if not error.path]
        return json.dumps(result.formatted, ensure_ascii=False).encode()

    def _root(self, fault: faults.AliasError | None) -> dict[str, Any]:
        rate_limit = {
            "limitPerHour": self.limit,
            "pointsSpentThisHour": self.spent,
            "pointsResetIn": max(0, int(self._resets_at - self._clock())),
        }

        def encounter(info: graphql.GraphQLResolveInfo, id: int) -> dict[str, Any] | None:  # noqa: A002 - the schema's name
            if fault is not None and info.path.key == fault.alias:
                raise graphql.GraphQLError(fault.message)
            if id in self.unknown_encounters:
                return None
            return {"characterRankings": lambda _info, **asked: self._rankings(id, asked)}

        def world(_info: graphql.GraphQLResolveInfo) -> dict[str, Any]:
            return {"encounter": encounter, "expansions": self.expansions}

        def report(_info: graphql.GraphQLResolveInfo, code: str) -> dict[str, Any]:
            if code not in self.reports:
                raise graphql.GraphQLError("This report does not exist.")
            return self.reports[code]

        return {
            "rateLimitData": rate_limit,
            "worldData": world,
            "reportData": {"report": report},
        }

    def _rankings(self, encounter_id: int, asked: dict[str, Any]) -> dict[str, Any] | None:
        self.spent += self.cost_per_page
        who = (asked.get("className", ""), asked.get("specName", ""))
        difficulty = asked.get("difficulty", 0)
        rankings: Rankings = []
        for key in ((*who, encounter_id, difficulty), (*who, encounter_id, 0)):
            if key in self.rankings:
                rankings = self.rankings[key]
                break
        else:
            if who == ("", ""):
                played = encounter_id in self.played
                some = [row(f"Player{number}") for number in range(PAGE_ROWS if played else 0)]
                return self._page(some, asked)
            rankings = self.other_rankings({**asked, "encounter_id": encounter_id})
        if not isinstance(rankings, list):
            return rankings
        return self._page(rankings, asked)

    @staticmethod
    def _page(rankings: list[Row], asked: dict[str, Any]) -> dict[str, Any]:
        page = asked.get("page", 1)
        rows = rankings[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        if not asked.get("includeCombatantInfo"):
            bare = {"talents", "gear"}
            rows = [{key: row[key] for key in row if key not in bare} for row in rows]
        return {
            "page": page,
            "hasMorePages": len(rankings) > page * PAGE_ROWS,
            "count": len(rows),
            "rankings": rows,
        }


def _reset(writer: asyncio.StreamWriter) -> bool:
    """Close so that the other side sees a reset, not an end."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False
