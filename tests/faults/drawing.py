"""The plans of a campaign, drawn from a seed and from nothing else."""

from __future__ import annotations

import errno
from random import Random
from typing import Final, Literal

from tests.faults.kinds import (
    CHANGE,
    CHANGED_DATA,
    CHANGED_EXPORTS,
    DAMAGED,
    DAMAGED_OF,
    DAMAGES,
    DISK_ERRORS,
    HTTP_KINDS,
    KEYRINGS,
    MOMENTS,
    OBSTACLES,
    OPERATIONS,
    ROOMS,
    STATIC_KINDS,
    TREE_DAMAGES,
    WINDOWS_ERRORS,
    WRONG_INDEXES,
)
from tests.faults.plans import (
    DataFault,
    DiskFault,
    Fault,
    HttpFault,
    KeyringFault,
    Moment,
    Obstacle,
    Plan,
    Prior,
    Source,
)

FOR_EVER: Final = 1_000_000
BOUNDARIES: Final = ("http", "files", "process", "keyring", "data", "place")


def _each_once() -> tuple[tuple[Source, Fault], ...]:
    """One plain fault of every kind, at a moment that every run reaches."""
    from_windows = [
        DiskFault(operation="replace", room="any", error=number, first=3, times=1, windows=True)
        for number in WINDOWS_ERRORS
    ]
    faults: tuple[Fault, ...] = (
        *(HttpFault(endpoint="api", kind=kind, first=2, times=1) for kind in HTTP_KINDS),
        *(HttpFault(endpoint="api", kind=kind, first=2, times=1) for kind in CHANGED_DATA),
        *(HttpFault(endpoint="token", kind=kind, first=0, times=1) for kind in HTTP_KINDS),
        *(
            DiskFault(operation=operation, room="any", error=error, first=0, times=1)
            for operation in ("write", "fsync", "replace", "unlink")
            for error in DISK_ERRORS
        ),
        *from_windows,
        *(
            DiskFault(operation=CHANGE, room=room, error=errno.EROFS, first=0, times=FOR_EVER)
            for room in ("game", "home")
        ),
        *(Moment(kind=kind, at=60) for kind in MOMENTS),
        *(KeyringFault(kind=kind) for kind in KEYRINGS),
        *(DataFault(file=file, damage=damage) for file in DAMAGED for damage in DAMAGES),
        *(DataFault(file="trees", damage=damage) for damage in TREE_DAMAGES[len(DAMAGES) :]),
        *(Obstacle(kind=kind) for kind in OBSTACLES),
    )
    return (
        *(("warcraftlogs", fault) for fault in faults),
        *(("feed", fault) for fault in _each_of_a_feed()),
        *(("parses", fault) for fault in _each_of_parses()),
    )


def _each_of_a_feed() -> tuple[Fault, ...]:
    # For good: five attempts would overcome less.
    return (
        *(
            HttpFault(endpoint="index", kind=kind, first=0, times=FOR_EVER)
            for kind in (*STATIC_KINDS, *WRONG_INDEXES)
        ),
        *(
            HttpFault(endpoint="blob", kind=kind, first=0, times=FOR_EVER)
            for kind in ("status 404", "html 200", "cut body", "truncated json", "mutated json")
        ),
        *_each_while_written("feed"),
    )


def _each_of_parses() -> tuple[Fault, ...]:
    return (
        *(
            HttpFault(endpoint="export", kind=kind, first=3, times=FOR_EVER)
            for kind in dict.fromkeys((*STATIC_KINDS, *CHANGED_EXPORTS))
        ),
        *_each_while_written("parses"),
    )


def _each_while_written(source: Source) -> tuple[Fault, ...]:
    """Faults while the results are written, and of the files that are kept."""
    return (
        *(
            DiskFault(operation="write", room=room, error=errno.ENOSPC, first=0, times=FOR_EVER)
            for room in ("checkpoint", "data", "game")
        ),
        *(
            Moment(kind=kind, at=0, operation="replace", room=room)
            for kind in ("kill", "power loss", "terminate")
            for room in ("checkpoint", "data")
        ),
        *(DataFault(file=file, damage="cut") for file in DAMAGED_OF[source]),
    )


EACH_ONCE: Final = _each_once()


def draw_plan(seed: int, number: int) -> Plan:
    """Plan ``number`` of a campaign: first every kind of fault once and alone, then by chance.

    By chance each boundary comes in turn, and some plans mix two.
    """
    rng = Random(f"{seed}/{number}")
    if number < len(EACH_ONCE):
        source, fault = EACH_ONCE[number]
        seen = getattr(fault, "kind", "") == "other blob"  # two of one serial
        return Plan(
            seed=seed, number=number, source=source, prior="whole" if seen else "old",
            content="both", place="plain", fresh=False, no_wait=False, threads=False, points=3600,
            faults=(fault,),
        )  # fmt: skip
    source = rng.choices(("warcraftlogs", "feed", "parses"), (14, 3, 3))[0]
    weights = (32, 28, 24, 4 if source == "warcraftlogs" else 0, 8, 4)
    boundary = rng.choices(BOUNDARIES, weights)[0]
    faults = [_draw(rng, boundary, source) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    if rng.random() < 0.2:
        faults.append(_draw(rng, rng.choice(("http", "files", "process")), source))
    if boundary in ("keyring", "place"):
        faults = faults[:1]
    # One moment a run: after a kill there is no second one.
    moments = [fault for fault in faults if isinstance(fault, Moment)]
    faults = [fault for fault in faults if fault not in moments[1:]]
    return Plan(
        seed=seed,
        number=number,
        source=source,
        prior=_prior(rng, source, faults),
        content="both" if any(isinstance(f, DataFault) for f in faults) else _content(rng),
        place=rng.choices(("plain", "odd", "long"), (6, 3, 1))[0],
        fresh=rng.random() < 0.3,
        no_wait=rng.random() < 0.2,
        threads=rng.random() < 0.3,
        points=rng.choice((3600, 3600, 3600, 14, 9)) if boundary == "http" else 3600,
        faults=tuple(faults),
    )


def _prior(rng: Random, source: Source, faults: list[Fault]) -> Prior:
    if any(isinstance(f, HttpFault) and f.kind == "other blob" for f in faults):
        return "whole"
    if source != "warcraftlogs":
        return rng.choice(("nothing", "old", "old", "old", "whole"))
    return rng.choice(("nothing", "half", "old", "old", "old", "future", "whole"))


def _content(rng: Random) -> Literal["raid", "both"]:
    return "raid" if rng.random() < 0.75 else "both"


def _draw_of_static_host(rng: Random, source: Source) -> HttpFault:
    endpoint: Literal["index", "blob", "export"] = "export"
    kinds = (*STATIC_KINDS, *CHANGED_EXPORTS)
    if source == "feed":
        endpoint = rng.choice(("index", "index", "blob"))
        kinds = STATIC_KINDS if endpoint == "blob" else (*STATIC_KINDS, *WRONG_INDEXES)
    return HttpFault(
        endpoint=endpoint,
        kind=rng.choice(kinds),
        first=rng.randrange(6) if source == "parses" else rng.choice((0, 0, 1)),
        times=rng.choice((1, 2, 4, FOR_EVER, FOR_EVER)),
    )


def _draw_of_warcraft_logs(rng: Random) -> HttpFault:
    if rng.random() < 0.12:  # asked once, and again when the token is refused
        return HttpFault(
            endpoint="token",
            kind=rng.choice(HTTP_KINDS),
            first=rng.choice((0, 0, 0, 1)),
            times=rng.choice((1, 1, 2, 4, FOR_EVER)),
        )
    kinds = CHANGED_DATA if rng.random() < 0.15 else HTTP_KINDS
    return HttpFault(
        endpoint="api",
        kind=rng.choice(kinds),
        first=rng.randrange(8),
        times=rng.choice((1, 1, 1, 2, 4, 6, FOR_EVER)),
    )


def _draw_of_disk(rng: Random) -> DiskFault:
    if rng.random() < 0.06:
        return DiskFault(
            operation=CHANGE,
            room=rng.choice(("game", "game", "home")),
            error=rng.choice((errno.EACCES, errno.EROFS)),
            first=0,
            times=FOR_EVER,
        )
    windows = rng.random() < 0.2
    operation = rng.choices(OPERATIONS, (2, 3, 2, 4, 2, 1, 1, 1))[0]
    if windows:  # a file that another program has open
        operation = rng.choices(("replace", "unlink", "open"), (4, 1, 1))[0]
    # Little is ever removed: notes of locks, what a killed run or an old version left.
    rare = operation == "unlink"
    return DiskFault(
        operation=operation,
        room=rng.choices(ROOMS, (2, 3, 0, 0, 1) if rare else (2, 3, 2, 2, 1))[0],
        error=rng.choice(WINDOWS_ERRORS if windows else DISK_ERRORS),
        first=rng.randrange(3 if rare else 12),
        times=rng.choice((1, 1, 1, 2, 5, FOR_EVER)),
        windows=windows,
    )


def _draw_of_process(rng: Random) -> Moment:
    kind = rng.choices(MOMENTS, (6, 12, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1))[0]
    if rng.random() < 0.5:
        return Moment(kind=kind, at=rng.randrange(1, 240))
    # Where it hurts most: while something is being replaced.
    room = rng.choice(("checkpoint", "checkpoint", "data", "game", "game", "home"))
    return Moment(
        kind=kind,
        at=rng.randrange(30 if room == "game" else 7),
        operation=rng.choice(("write", "fsync", "replace", "replace", "unlink")),
        room=room,
    )


def _draw(rng: Random, boundary: str, source: Source) -> Fault:
    match boundary:
        case "http" if source != "warcraftlogs":
            return _draw_of_static_host(rng, source)
        case "http":
            return _draw_of_warcraft_logs(rng)
        case "files":
            return _draw_of_disk(rng)
        case "process":
            return _draw_of_process(rng)
        case "keyring":
            return KeyringFault(kind=rng.choice(KEYRINGS))
        case "data":
            file = rng.choice(DAMAGED_OF[source])
            damages = TREE_DAMAGES if file == "trees" else DAMAGES
            return DataFault(file=file, damage=rng.choice(damages))
        case _:
            return Obstacle(kind=rng.choice(OBSTACLES))
