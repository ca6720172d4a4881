"""The static hosts beside Warcraft Logs: a feed and parses.gg, with right files and wrong ones."""

from __future__ import annotations

import hashlib
import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from nacl.signing import SigningKey

from att_desktop.game.seasons import shipped_season
from att_desktop.sources.feed.address import encode_key
from att_desktop.sources.feed.blob import pack
from att_desktop.sources.feed.envelope import seal
from att_desktop.sources.parses.client import EXPORT_PATH
from att_desktop.sources.parses.export import COHORTS, TIERS
from att_desktop.update.checkpoint import parse_checkpoint
from att_desktop.update.publish import publish, read_published
from tests.own_codes import TREES, own_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from att_desktop.sources.feed.index import Index

HOST: Final = "http://127.0.0.1:9"
_KEY: Final = SigningKey(bytes(range(32)))
FEED_ADDRESS: Final = f"{HOST}/feed/#{encode_key(bytes(_KEY.verify_key))}"
_INDEX: Final = "/feed/index.json"


def endpoint_of(path: str) -> str:
    """The kind of a file, by its path."""
    if path == _INDEX:
        return "index"
    if path.startswith("/feed/"):
        return "blob"
    return "export" if path.startswith(EXPORT_PATH) else ""


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


class Hosts:
    """Files by path, query included; ``wrong_index`` by the kind of what is wrong with it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.wrong_index: dict[str, bytes] = {}
        self._begun = datetime.now(UTC)

    def publish(self, results: bytes, *, old: bytes = b"") -> None:
        """Publish a checkpoint of today; with the one of the day before, also what is wrong."""
        if not old:
            self._publish(results, self._begun - timedelta(days=2))
            return
        day = timedelta(days=1)
        for kind, when in (
            ("older serial", self._begun - 3 * day),
            ("expired", self._begun - 9 * day),
            ("from the future", self._begun + 2 * day),
            ("other blob", self._begun),
        ):
            self._publish(old, when)
            self.wrong_index[kind] = self.files[_INDEX]
        self._publish(results, self._begun, SigningKey(bytes(32)))
        self.wrong_index["wrong key"] = self.files[_INDEX]
        index, data = self._publish(results, self._begun)
        self._sign_wrong_ones(index, data)

    def _publish(
        self, results: bytes, when: datetime, key: SigningKey = _KEY
    ) -> tuple[Index, bytes]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            contents = parse_checkpoint(results)
            publish(folder, contents, TREES, key, approved={"warcraftlogs"}, now=when)
            for path in folder.iterdir():
                self.files[f"/feed/{path.name}"] = path.read_bytes()
            return read_published(folder, bytes(key.verify_key))

    def _sign_wrong_ones(self, index: Index, data: bytes) -> None:
        """Indexes that only somebody with the key can make."""
        said = msgspec.to_builtins(index)
        fewer = {**said["blob"], "unpacked": index.blob.unpacked // 2}
        trees = json.loads(data)
        for record in (*trees["results"], *trees["encounter_results"]):
            record["tree_hash"] = "0" * 32
        for kind, change in (
            ("newer format", {"format": 2}),
            ("bomb", {"blob": fewer}),
            ("other trees", {"blob": self._put(json.dumps(trees).encode())}),
            ("no results", {"blob": self._put(b"[]")}),
        ):
            self.wrong_index[kind] = seal(msgspec.json.encode({**said, **change}), _KEY)

    def _put(self, data: bytes) -> Any:
        blob, packed = pack(data)
        self.files[f"/feed/{blob.path}"] = packed
        return msgspec.to_builtins(blob)

    def export(self, spec_ids: Iterable[int], version: int) -> None:
        """Fill parses.gg; players of another ``version`` use other builds."""
        for tier in TIERS:
            season = shipped_season("mythicplus" if tier == "b10" else "raid")
            for cohort in COHORTS:
                specs = [
                    {
                        "specId": spec_id,
                        "classId": 12,
                        "partition": 1,
                        "encounters": [
                            {
                                "encounterId": encounter.encounter_id,
                                "label": encounter.name,
                                "exportCode": own_code(spec_id, (number + version) % 3),
                                # The last one has too few among the best.
                                "count": 3 if cohort == "top10" and number == 0 else 9,
                                "sample": 60,
                            }
                            for number, encounter in enumerate(season.encounters)
                        ],
                    }
                    for spec_id in spec_ids
                ]
                body = {"gameBuild": "12.1.0", "tier": tier, "cohort": cohort, "specs": specs}
                path = f"{EXPORT_PATH}?tier={tier}&cohort={cohort}"
                self.files[path] = json.dumps(body).encode()


def thin(export: bytes) -> bytes:
    """An export that has lost most of its encounters."""
    said = json.loads(export)
    for spec in said["specs"]:
        spec["encounters"] = spec["encounters"][:1]
    return json.dumps(said).encode()
