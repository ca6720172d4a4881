"""Everything that can fail: names of faults, by what they befall."""

from __future__ import annotations

import errno
from typing import Final

HTTP_KINDS: Final = (
    *(f"status {code}" for code in (400, 403, 404, 408, 425, 500, 502, 503, 504)),
    *(f"status {code}" for code in (520, 521, 522, 523, 524, 525, 526, 527)),
    "redirect",
    "429",
    "429 with seconds",
    "429 with a date",
    "429 with nonsense",
    "html 200",
    "challenge 403",
    "challenge 503",
    "reset before headers",
    "reset in body",
    "cut body",
    "cut packed body",
    "truncated json",
    "no json",
    "drip",
    "stall",
    "hang",
    "slow name lookup",
    "no route",
    "data null",
    "data null with error",
    "alias error",
    "alias null",
    "in-band error",
    "unauthorized",
    "token revoked",
    "points spent",
    "announces 5 GB",
    "unknown packing",
)
# What the server says wrongly but well-formed may be believed: a later run puts it right.
CHANGED_DATA: Final = ("mutated json", "odd rows", "hostile names", "empty rankings", "wrong types")
# A feed and parses.gg are files on web hosts.
STATIC_KINDS: Final = (
    *(f"status {code}" for code in (401, 403, 404, 500, 503, 522)),
    "redirect",
    "429",
    "429 with seconds",
    "html 200",
    "challenge 403",
    "reset before headers",
    "cut body",
    "cut packed body",
    "truncated json",
    "no json",
    "mutated json",
    "drip",
    "hang",
    "no route",
    "announces 5 GB",
    "unknown packing",
)
# Signed or not: what nobody may believe (design: The Update Framework's attacks).
WRONG_INDEXES: Final = (
    "older serial",
    "other blob",
    "expired",
    "from the future",
    "wrong key",
    "newer format",
    "bomb",
    "other trees",
    "no results",
)
CHANGED_EXPORTS: Final = ("mutated json", "wrong types", "thin export")
DISK_ERRORS: Final = (
    errno.ENOSPC,
    errno.EACCES,
    errno.EROFS,
    errno.EIO,
    errno.EDQUOT,
    errno.EMFILE,
)
WINDOWS_ERRORS: Final = (5, 32, 33)
OPERATIONS: Final = ("open", "write", "fsync", "replace", "unlink", "mkdir", "chmod", "read")
# What a folder that may only be read refuses.
CHANGE: Final = "change"
ROOMS: Final = ("home", "game", "checkpoint", "data", "any")
MOMENTS: Final = (
    "kill",
    "power loss",
    "terminate",
    "interrupt",
    "suspend",
    "second copy",
    "clock forward",
    "clock back",
    "other writer",
    "addon deleted",
    "game vanishes",
    "cache vanishes",
)
KEYRINGS: Final = ("absent", "locked", "denied", "slow", "empty", "vanished", "garbage", "fine")
DAMAGED: Final = (
    "checkpoint", "seasons", "settings", "manifest", "talent data", "trees", "lock", "history",
)  # fmt: skip
DAMAGES: Final = ("flip", "cut", "zeros", "swap", "drop", "repeat", "empty", "noise", "other shape")
DAMAGED_OF: Final = {
    "warcraftlogs": DAMAGED,
    "feed": ("checkpoint", "talent data", "trees", "history", "feed note", "index", "index etag"),
    "parses": ("checkpoint", "talent data", "trees", "history", "seasons", "export", "export etag"),
}
TREE_DAMAGES: Final = (*DAMAGES, "one spec broken", "wrong season")
OBSTACLES: Final = (
    "addon is a link loop",
    "addon is a link to elsewhere",
    "addon is a file",
    "toc is a folder",
    "locale folder is a link",
    "cache is a link loop",
    "cache is a file",
    "logs is a file",
    "config is a file",
    "checkpoint is a folder",
    "lock is a folder",
    "game is gone",
    "addons is a dangling link",
)
