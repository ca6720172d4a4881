"""Which sentence is true of which fault."""

from __future__ import annotations

import errno
import os
import re
from typing import Final

from tests.faults.plans import DataFault, DiskFault, KeyringFault, Moment, Obstacle, Plan

_SENTENCE: Final = re.compile(r"([A-Z'/\d]|parses\.gg ).*[.!]")

_TROUBLE: Final = r"Warcraft Logs has trouble at the moment \(HTTP {code}\)"
_SIGNING: Final = "|Signing in to Warcraft Logs"
_NO_UNITS: Final = r"\d+ units? could not be fetched"
_OUT_OF_POINTS: Final = "Out of points|takes no more requests|points of this hour"

_HTTP: Final = {
    "status 400": r"refused the question \(HTTP 400\)|does not accept the client id",
    "status 403": r"refused the question \(HTTP 403\)|refuses to sign in this computer",
    "status 404": r"refused the question \(HTTP 404\)|HTTP 404",
    "redirect": "another address",
    "html 200": "web page instead of data",
    "challenge 403": "asks whether you are human",
    "challenge 503": "asks whether you are human",
    "reset before headers": "cannot be reached",
    "no route": "cannot be reached",
    "slow name lookup": "does not answer in time",
    "stall": "does not answer in time",
    "hang": "does not answer in time",
    "reset in body": "cannot be reached",
    "cut body": "cannot be reached|damaged",
    "cut packed body": "damaged",
    "truncated json": "cannot be read|damaged",
    "no json": "cannot be read",
    "data null": "without data|cannot be read",
    "data null with error": "Something of theirs",
    "alias error": "Internal server error",
    "alias null": "does not know this encounter|no rankings",
    "in-band error": "Invalid difficulty",
    "unauthorized": "does not accept the client id",
    "token revoked": "does not accept the client id",
    "points spent": _OUT_OF_POINTS,
    "announces 5 GB": "more than is accepted at once",
    "unknown packing": "damaged",
    "drip": "does not answer in time",
}
_STATIC: Final = {
    "status 404": "no feed at this address|mixes old and new files|\\(HTTP 404\\)",
    "truncated json": "not a feed of|changed on its way|damaged",
    "no json": "not a feed of|changed on its way|damaged|in a form that this version",
    "mutated json": (
        "not a feed of|not signed by|changed on its way|damaged|in a form that|"
        "more than is accepted|far fewer builds|newer version of this app"
    ),
    "wrong types": "in a form that|far fewer builds",
    "thin export": "far fewer builds",
    "older serial": "older builds than",
    "other blob": "two different contents",
    "expired": "has expired",
    "from the future": "made in the future",
    "wrong key": "not signed by",
    "newer format": "newer version of this app",
    "bomb": "larger than any honest one",
    # Where today's feed was seen already, these have its number.
    "other trees": "another version of the talents|two different contents",
    "no results": "not a feed of|two different contents",
}
_KEYRING: Final = {
    "absent": "no keyring",
    "locked": "keyring is locked",
    "denied": "keyring .* failed",
    "slow": "keyring does not answer",
    "empty": "no Warcraft Logs credentials",
    "garbage": "stored in the keyring is not readable",
}
_OBSTACLE: Final = {
    "addon is a link loop": "is a link to another place",
    "addon is a link to elsewhere": "is a link to another place",
    "addon is a file": "is a file|is no folder",
    "toc is a folder": "is a folder|is no file",
    "locale folder is a link": "is a link to another place",
    "cache is a link loop": "cannot write into|cannot be",
    "cache is a file": "cannot write into|cannot be",
    # A feed replaces them as a whole, whatever they were.
    "checkpoint is a folder": "saved results cannot be read|results cannot be saved in",
    "lock is a folder": "cannot write into",
    "game is gone": "There is no folder|not a folder of the game",
    "addons is a dangling link": "leads to a folder that is not there",
}
_DISK: Final = (
    "is full|may not write|cannot write|cannot be (written|saved|read|used)|"
    "cannot be moved aside|did not work|is missing|not there|has the file open"
)


def is_one_sentence(text: str) -> bool:
    """What happened, and maybe what to do: whole sentences on one line, no inside words."""
    return bool(_SENTENCE.fullmatch(text)) and "Errno" not in text and "Error(" not in text


def is_true(text: str, plan: Plan) -> bool:
    """Whether some fault of the plan explains the text."""
    patterns = [_NO_UNITS] if plan.faults else []
    if plan.points < 3600:
        patterns.append(_OUT_OF_POINTS)
    for fault in plan.faults:
        match fault:
            case DiskFault():
                patterns.append(_of_disk(fault))
            case KeyringFault():
                patterns.append(_KEYRING.get(fault.kind, "$^"))
            case Obstacle():
                patterns.append(_OBSTACLE.get(fault.kind, "$^"))
            case Moment():
                patterns.append(_of_moment(fault.kind))
            case DataFault():
                patterns.append(_of_damage(fault))
                if plan.source == "feed" and fault.file == "trees":
                    patterns.append("another version of the talents|not a feed of")
            case _ if plan.source == "warcraftlogs":
                patterns.append(_of_http(fault.kind))
            case _:
                patterns.append(_of_static_host(fault.kind))
    return any(re.search(pattern, text) for pattern in patterns)


def _of_http(kind: str) -> str:
    if kind.startswith("429"):
        return _OUT_OF_POINTS
    if kind in _HTTP:
        return _HTTP[kind] + _SIGNING
    if kind.startswith("status "):
        return _TROUBLE.format(code=kind[7:])
    # Data that were made up by the fault: any way to say that they are not understood.
    return "Warcraft Logs|cannot be read|No boss or dungeon"


def _of_static_host(kind: str) -> str:
    if kind in _STATIC:
        return _STATIC[kind]
    if kind.startswith("status "):
        return rf"\(HTTP {kind[7:]}\)"
    return _of_http(kind)


def _of_disk(fault: DiskFault) -> str:
    if fault.error in (errno.ENOSPC, errno.EDQUOT):
        return f"is full|{re.escape(os.strerror(fault.error))}|cannot write into|cannot write to"
    return f"{_DISK}|{re.escape(os.strerror(fault.error))}"


def _of_moment(kind: str) -> str:
    return {
        "game vanishes": "is not there|There is no folder|not a folder of the game",
        "cache vanishes": "cannot be saved in|cannot write into|cannot write to its own folder",
        "second copy": "Another copy|process",
    }.get(kind, "$^")


def _of_damage(fault: DataFault) -> str:
    return {
        "trees": "talent trees",  # of another season; broken ones are not used
        "settings": "folder",
        "seasons": "Warcraft Logs|could not be fetched",
    }.get(fault.file, "$^")
