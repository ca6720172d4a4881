"""The sample source: answers our requests in process, with rankings made from the real trees.

It stands behind the same client as Warcraft Logs: same documents, same variables, same
kinds of bad rows. All of it is made up and the same in each run: random numbers are seeded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import httpx
import msgspec

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.game.import_codes import EncodeError, encode
from att_desktop.game.specs import SPECS
from att_desktop.sources.sample.rankings import SampleRankings
from att_desktop.sources.sample.zones import expansions_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.game.specs import Spec
    from att_desktop.game.trees import TalentTrees

SAMPLE_CREDENTIALS: Final = ClientCredentials("sample", "sample")

_LIMIT: Final = 3600
_RESETS_IN: Final = 3600
_COST_PER_PAGE: Final = 1.01
_TOKEN: Final = "sample-token"  # noqa: S105 - opens nothing
_SPEC_OF: Final = {(spec.class_slug, spec.slug): spec for spec in SPECS.values()}


class _Request(msgspec.Struct, rename="camel"):
    operation_name: str
    variables: dict[str, Any] = {}


def sample_transport(trees: TalentTrees, *, real_size: bool = False) -> SampleSource:
    """The transport to hand to WarcraftLogs; ``real_size`` pages carry gear like real ones."""
    return SampleSource(trees, real_size=real_size)


class SampleSource(httpx.AsyncBaseTransport):
    """Answers the token endpoint and every document of ``queries``."""

    def __init__(
        self, trees: TalentTrees, *, seed: str = "sample", real_size: bool = False
    ) -> None:
        self._trees = trees
        self._rankings = SampleRankings(trees, seed, real_size=real_size)
        self._spent = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer like the two endpoints of Warcraft Logs."""
        body = await request.aread()
        if request.url.path.endswith("/oauth/token"):
            return _json(200, {"access_token": _TOKEN, "token_type": "Bearer", "expires_in": 86400})
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            return _json(401, {"error": "Unauthenticated."})
        asked = msgspec.json.decode(body, type=_Request)
        return _json(200, {"data": self._answer(asked.operation_name, asked.variables)})

    def _answer(self, operation: str, variables: Mapping[str, Any]) -> dict[str, object]:
        data: dict[str, object] = {
            "rateLimitData": {
                "limitPerHour": _LIMIT,
                "pointsSpentThisHour": round(self._spent % _LIMIT, 2),
                "pointsResetIn": _RESETS_IN,
            }
        }
        asked = [int(name[1:]) for name in variables if name[0] == "e"]
        self._spent += len(asked) * _COST_PER_PAGE or 1.0
        if operation == "Zones":
            data["worldData"] = {"expansions": expansions_json()}
        elif operation == "Live":
            data["worldData"] = {
                f"{alias}{at}": self._page(None, variables, at) for at in asked for alias in "pq"
            }
        elif operation == "Rankings":
            spec = _SPEC_OF.get((variables["className"], variables["specName"]))
            data["worldData"] = {f"b{at}": self._page(spec, variables, at) for at in asked}
        elif operation in ("Actors", "ImportCode"):
            data["reportData"] = {"report": self._report(str(variables["code"]))}
        return data

    def _page(self, spec: Spec | None, variables: Mapping[str, Any], at: int) -> dict[str, object]:
        return {
            "characterRankings": self._rankings.page(
                spec, variables[f"e{at}"], variables.get(f"d{at}", 0), variables.get(f"p{at}", 1)
            )
        }

    def _report(self, code: str) -> dict[str, object] | None:
        """A report of the sample holds one player, and his code as Warcraft Logs writes it."""
        for spec, row in self._rankings.rows_of_report(code):
            try:
                talents: str | None = encode(self._trees.tree(spec.spec_id), row.selection)
            except EncodeError:
                talents = None
            actor = {
                "id": 1,
                "name": row.player.name,
                "server": row.player.server,
                "subType": spec.class_slug,
            }
            return {
                "masterData": {"actors": [actor]},
                "fights": [{"id": 1, "talentImportCode": talents}],
            }
        return None


def _json(status: int, content: dict[str, object]) -> httpx.Response:
    return httpx.Response(
        status,
        headers={"content-type": "application/json"},
        stream=httpx.ByteStream(msgspec.json.encode(content)),
    )
