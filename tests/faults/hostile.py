"""Input that nobody means well with: names, JSON, bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from random import Random

_PIECES: Final = (
    '"', "'", "\\", "]]", "]=]", "--[[", "]]--", "\n", "\r", "\r\n", "\0", "\x1b[2J",
    "\x1b]0;x\x07", "\u2028", "\u2029", "\u202e", "\u200b", "\ufeff", "\ud800", "\udfff",
    "|cffff0000", "|r", "|n", "|Hplayer:x|h[x]|h", "%s", "%n", "{0}", "${jndi:x}", "$(reboot)",
    "`x`", ";", "&&", "||", "../", "..\\", "/etc/passwd", "C:\\", "CON", "NUL", ":", "<b>",
    "<img src=x onerror=y>", "<script>", "&lt;", "&#0;", "=cmd|'/C calc'!A0", "+1", "-1", "@x", ",",
    "\t", "end", "os.exit()", "\\n", "\\065", "1", "0", "Ѐ", "ﷺ", "血色十字军", "Críms", "İ",
    "ß", "😀", "a\u0301" * 5, " " * 9,
)  # fmt: skip


def name(rng: Random) -> str:
    """A name made to break out of whatever it is put into."""
    kind = rng.random()
    if kind < 0.7:
        return "".join(rng.choice(_PIECES) for _ in range(rng.randint(1, 6)))
    if kind < 0.95:
        return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randint(0, 12)))
    return rng.choice(_PIECES) * rng.randint(10, 300)


def mutate(data: bytes, rng: Random) -> bytes:
    """``data`` with a few bytes changed, cut out, repeated or put in."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        at = rng.randrange(len(out)) if out else 0
        match rng.randrange(5):
            case 0 if out:
                out[at] = rng.randrange(256)
            case 1 if out:
                out[at] ^= 1 << rng.randrange(8)
            case 2:
                del out[at : at + rng.randint(1, 30)]
            case 3:
                out[at:at] = out[at : at + rng.randint(1, 60)]
            case _:
                out[at:at] = rng.randbytes(rng.randint(1, 8))
    return bytes(out)


def damage(data: bytes, kind: str, rng: Random) -> bytes:
    """What may have become of a file."""
    at = rng.randrange(len(data)) if data else 0
    match kind:
        case "flip":
            return mutate(data, rng)
        case "cut":
            return data[:at]
        case "zeros":
            return data[:at] + bytes(len(data) - at)
        case "swap":
            return data[at:] + data[:at]
        case "drop":
            return data[:at] + data[at + rng.randint(1, 400) :]
        case "repeat":
            return data[:at] + data[max(0, at - 500) :]
        case "empty":
            return b""
        case "noise":
            return rng.randbytes(rng.randint(1, 2000))
        case _:
            return rng.choice(_OTHER_SHAPES)


_OTHER_SHAPES: Final = (
    b"null", b"[]", b"{}", b"0", b'"x"', b"[" * 100_000, b'{"version":1}', b'{"version":99}',
    b'{"version":1,"config":null,"results":null}', b'{"version":1,"results":[[],{},1,"x",null]}',
    b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b'{"files":{"../../x":"y"}}', b'{"content":1e999}',
    b'{"version":1e308,"config":{}}', b"\x00" * 5000,
)  # fmt: skip


def spoil_json(kind: str, body: bytes, rng: Random) -> bytes:
    """A right answer made wrong, yet well-formed; as it is when there is nothing to spoil."""
    try:
        said = json.loads(body)
    except ValueError:
        return body
    if kind == "wrong types":
        return json.dumps(_other_types(said, rng)).encode()
    world = (said.get("data") or {}).get("worldData") or {}
    for alias, encounter in world.items():
        if isinstance(encounter, dict) and "characterRankings" in encounter:
            world[alias] = _spoil_page(kind, encounter, rng)
    return json.dumps(said).encode()


def _spoil_page(kind: str, encounter: dict[str, Any], rng: Random) -> dict[str, Any] | None:
    page = encounter["characterRankings"]
    match kind:
        case "alias null":
            return rng.choice((None, {"characterRankings": None}))
        case "in-band error":
            return {"characterRankings": {"error": "Invalid difficulty setting or size specified."}}
        case "empty rankings":
            return {"characterRankings": {**page, "rankings": [], "count": 0}}
        case "hostile names":
            for row in page["rankings"]:
                row["name"] = name(rng)
                row["server"] = {"id": rng.randrange(3), "name": name(rng), "region": name(rng)}
        case "odd rows":
            page["rankings"] = [_odd(row, rng) for row in page["rankings"]]
    return encounter


def _odd(row: dict[str, Any], rng: Random) -> Any:
    match rng.randrange(9):
        case 0:
            return None
        case 1:
            return {**row, "talents": None}
        case 2:
            return {**row, "talents": [{"talentID": -1, "points": 1}, {"talentID": 2**70}]}
        case 3:
            return {**row, "talents": row.get("talents", []) * 2}
        case 4:
            return {**row, "talents": [{**each, "points": -3} for each in row.get("talents", [])]}
        case 5:
            return {**row, "server": {"id": None}, "report": None, "startTime": None}
        case 6:
            return {key: value for key, value in row.items() if rng.random() < 0.6}
        case _:
            return row


def _other_types(value: Any, rng: Random, depth: int = 0) -> Any:
    if depth > 2 and rng.random() < 0.03:
        return rng.choice((None, 0, -1, 1e300, "x", [], {}, True, [[]], {"id": {}}, 2**80))
    if isinstance(value, dict):
        return {key: _other_types(inner, rng, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_other_types(inner, rng, depth + 1) for inner in value]
    return value
