"""The network between the app and Warcraft Logs: right answers, spoilt on order."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import httpx

from tests.faults import hostile
from tests.faults.hosts import endpoint_of, etag_of, thin
from tests.faults.plans import HttpFault, Plan
from tests.sources.warcraftlogs import faults as answers
from tests.sources.warcraftlogs.server import FakeWarcraftLogs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.faults.disk import Steps
    from tests.faults.hosts import Hosts

CANARY_ID: Final = "9b1f0c7e-cana-4ry0-a1d2-5e6f7a8b9c0d"
CANARY_SECRET: Final = "CanarySecretThatMustNeverBeSeen0123456789"
CANARY_TOKEN: Final = "CanaryTokenThatMustNeverBeSeen9876543210"
OTHER_HOST: Final = "https://attacker.example/steal"


class CanaryServer(FakeWarcraftLogs):
    """Warcraft Logs with a client and tokens that can be searched for afterwards."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock=clock)
        self.client = (CANARY_ID, CANARY_SECRET)
        self._answers: dict[str, tuple[dict[str, bytes], float]] = {}

    def refill(self, clock: Callable[[], float], points: int) -> None:
        """A new hour by this clock, with so many points, of which half an hour is left."""
        self.limit, self.spent = points, 0.0
        self._clock = clock
        self._resets_at = clock() + 1800.0

    def forget_answers(self) -> None:
        """What is asked from now on is looked up anew."""
        self._answers.clear()

    def _graphql(self, asked: dict[str, Any], fault: answers.AliasError | None) -> bytes:
        """As the real one; what was asked before is the same again, but for the points."""
        key = json.dumps(asked)
        if fault is not None:
            return super()._graphql(asked, fault)
        if key not in self._answers:
            before = self.spent
            said = json.loads(super()._graphql(asked, None))
            if said.keys() != {"data"}:
                return json.dumps(said).encode()
            parts = {
                name: json.dumps(value, ensure_ascii=False).encode()
                for name, value in said["data"].items()
            }
            self._answers[key] = parts, self.spent - before
            self.spent = before
        parts, cost = self._answers[key]
        points = json.dumps(self._root(None)["rateLimitData"]).encode()
        self.spent += cost
        fields = [
            b'"%s":%s' % (name.encode(), points if name == "rateLimitData" else value)
            for name, value in parts.items()
        ]
        return b'{"data":{%s}}' % b",".join(fields)

    def _token(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        status, said = super()._token(headers, body)
        if status != 200:
            return status, said
        token = f"{CANARY_TOKEN}-{self._issued}"
        self._tokens.add(token)
        return 200, json.dumps({**json.loads(said), "access_token": token}).encode()

    def answer(self, endpoint: Any, request: httpx.Request, spoilt: Any) -> tuple[int, bytes]:
        """Status and body, without a socket between."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        return self._right_answer(endpoint, headers, request.content, spoilt)


class FaultyNetwork(httpx.AsyncBaseTransport):
    """Carries requests to the servers in this process; each may meet a fault of the plan."""

    def __init__(self, server: CanaryServer, hosts: Hosts, plan: Plan, steps: Steps) -> None:
        self._server = server
        self._hosts = hosts
        self._plan = plan
        self._steps = steps
        self._seen: Counter[str] = Counter()
        self._rng = plan.rng("wire")
        self.injected: Counter[str] = Counter()
        self.foreign_hosts: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._steps.step()
        if request.url.host != "127.0.0.1":
            self.foreign_hosts.append(str(request.url))
            raise httpx.ConnectError("no such host")
        signs_in = request.url.path.endswith("/oauth/token")
        endpoint = endpoint_of(request.url.path) or ("token" if signs_in else "api")
        fault = self._fault(endpoint)
        if fault is None:
            return self._right(endpoint, request)
        self.injected[f"{endpoint} {fault.kind}"] += 1
        return await self._spoilt(endpoint, request, fault.kind)

    def _fault(self, endpoint: str) -> HttpFault | None:
        number = self._seen[endpoint]
        self._seen[endpoint] += 1
        for fault in self._plan.faults:
            if (
                isinstance(fault, HttpFault)
                and fault.endpoint == endpoint
                and fault.first <= number < fault.first + fault.times
            ):
                return fault
        return None

    def _right(self, endpoint: str, request: httpx.Request, spoilt: Any = None) -> httpx.Response:
        if endpoint in ("index", "blob", "export"):
            return self._file(request, self._hosts.files.get(request.url.raw_path.decode()))
        status, body = self._server.answer(endpoint, request, spoilt)
        return self._whole(status, body)

    def _file(self, request: httpx.Request, body: bytes | None) -> httpx.Response:
        if body is None:
            return _response(404, b"<!DOCTYPE html><h1>404</h1>", **HTML)
        if request.headers.get("if-none-match") == etag_of(body):
            return _response(304, b"", etag=etag_of(body))
        return self._whole(200, body, etag=etag_of(body))

    def _whole(self, status: int, body: bytes, **headers: str) -> httpx.Response:
        packed = zlib.compressobj(1, wbits=16 + zlib.MAX_WBITS)
        data = packed.compress(body) + packed.flush()
        return _response(status, data, **{"content-encoding": "gzip", **headers})

    async def _spoilt(self, endpoint: str, request: httpx.Request, kind: str) -> httpx.Response:  # noqa: C901 - a list of kinds
        server, rng = self._server, self._rng
        if kind.startswith("status "):
            return _response(int(kind.split()[1]), b'{"error":"scripted"}')
        match kind:
            case "redirect":
                return _response(rng.choice((301, 302, 307, 308)), b"", location=OTHER_HOST)
            case "429":
                return _response(429, b"{}")
            case "429 with seconds":
                return _response(429, b"{}", **{"retry-after": str(rng.choice((0, 3, 900, 1e9)))})
            case "429 with a date":
                return _response(429, b"{}", **{"retry-after": "Sun, 22 Nov 2026 12:40:00 GMT"})
            case "429 with nonsense":
                return _response(429, b"{}", **{"retry-after": "soon\x7f"})
            case "html 200":
                return _response(200, b"<!DOCTYPE html><p>maintenance", **HTML)
            case "challenge 403" | "challenge 503":
                more = {**HTML, "cf-mitigated": "challenge"}
                return _response(int(kind[-3:]), b"<!DOCTYPE html>Just a moment...", **more)
            case "reset before headers":
                raise httpx.ReadError("connection reset by peer", request=request)
            case "no route":
                raise httpx.ConnectError("no route to host", request=request)
            case "slow name lookup":
                raise httpx.ConnectTimeout("name lookup", request=request)
            case "stall":
                raise httpx.ReadTimeout("nothing came", request=request)
            case "hang":
                await asyncio.sleep(60)
                raise AssertionError("the whole exchange has no time limit")
            case "unauthorized":
                return _response(401, b'{"error":"Unauthenticated."}')
            case "token revoked":
                server.revoke_tokens()
            case "points spent":
                server.spent = float(server.limit)
            case "announces 5 GB":
                return _response(200, b"{}", **{"content-length": str(5 << 30)})
            case "unknown packing":
                return _response(200, b"\x1b\x00", **{"content-encoding": "br"})
            case "data null" | "data null with error":
                errors = ("Something of theirs",) if "error" in kind else ()
                return self._right(endpoint, request, answers.DataNull(errors=errors))
            case "alias error":
                alias = rng.choice(("b0", "b1", "p0"))
                return self._right(endpoint, request, answers.AliasError(alias=alias))
        if endpoint in ("index", "blob", "export"):
            return self._spoilt_file(kind, endpoint, request)
        status, body = server.answer(endpoint, request, None)
        return self._spoilt_body(kind, status, body)

    def _spoilt_file(self, kind: str, endpoint: str, request: httpx.Request) -> httpx.Response:
        if kind in self._hosts.wrong_index:
            return self._file(request, self._hosts.wrong_index[kind])
        body = self._hosts.files[request.url.raw_path.decode()]
        if kind == "thin export":
            return self._file(request, thin(body))
        answer = self._spoilt_body(kind, 200, body)
        # A cache on the way that spoils a file has most likely kept its ETag. What no signature
        # protects would be believed for as long.
        answer.headers["etag"] = etag_of(body) if endpoint == "index" else '"spoilt"'
        return answer

    def _spoilt_body(self, kind: str, status: int, body: bytes) -> httpx.Response:
        rng = self._rng
        whole = self._whole(status, body)
        packed = whole.extensions["body"]
        match kind:
            case "reset in body" | "cut body":
                error = httpx.ReadError if kind == "reset in body" else httpx.RemoteProtocolError
                part = packed[: rng.randrange(len(packed))]
                return _response(
                    status, part, breaks=error("in the body"), **{"content-encoding": "gzip"}
                )
            case "cut packed body":
                part = packed[: rng.randrange(len(packed))]
                return _response(status, part, **{"content-encoding": "gzip"})
            case "truncated json":
                return self._whole(status, body[: rng.randrange(len(body))])
            case "no json":
                return self._whole(status, rng.randbytes(300))
            case "drip":
                return _response(status, packed, drip=True, **{"content-encoding": "gzip"})
            case "mutated json":
                return self._whole(status, hostile.mutate(body, rng))
            case _:
                return self._whole(status, hostile.spoil_json(kind, body, rng))


HTML: Final = {"content-type": "text/html; charset=UTF-8"}


class _Body(httpx.AsyncByteStream):
    def __init__(self, data: bytes, *, drip: bool, breaks: Exception | None) -> None:
        self._data = data
        self._drip = drip
        self._breaks = breaks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 1 if self._drip else 4096
        for at in range(0, len(self._data), size):
            if self._drip and at % 50 == 0:
                await asyncio.sleep(0)
            yield self._data[at : at + size]
        if self._breaks is not None:
            raise self._breaks


def _response(
    status: int, body: bytes, *, drip: bool = False, breaks: Exception | None = None, **headers: str
) -> httpx.Response:
    headers.setdefault("content-type", "application/json")
    return httpx.Response(
        status,
        headers=headers,
        stream=_Body(body, drip=drip, breaks=breaks),
        extensions={"body": body},
    )
