"""What must hold after every plan, whatever failed in it."""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from lupa.lua51 import LuaRuntime

from tests.addon.client.toc import Toc
from tests.faults.kinds import CHANGE, MOMENTS
from tests.faults.network import CANARY_ID, CANARY_SECRET, CANARY_TOKEN
from tests.faults.plans import DataFault, DiskFault, HttpFault, Moment, Obstacle, Plan
from tests.faults.sentences import is_one_sentence, is_true
from tests.faults.world import ADDON, Place, Results, entries_below, read_results

if TYPE_CHECKING:
    from tests.faults.runs import Ran

_TEMP: Final = re.compile(r"\..+\.tmp$")
_ENDED_FROM_OUTSIDE: Final = ("kill", "power loss", "terminate", "interrupt")
_MEDDLED: Final = frozenset({"other writer", "addon deleted", "game vanishes"})
# Results that are damaged, or of another choice than the damaged files make, may be set aside.
_COSTS_UNITS: Final = frozenset({"checkpoint", "seasons", "trees"})
_HIDES_UNITS: Final = frozenset(
    {"cache is a link loop", "cache is a file", "checkpoint is a folder"}
)
_HIDES_ADDON: Final = frozenset(
    {
        "addon is a link loop", "addon is a link to elsewhere", "addon is a file",
        "toc is a folder", "locale folder is a link", "game is gone", "addons is a dangling link",
    }
)  # fmt: skip
_CANARIES: Final = tuple(
    form.encode()
    for form in (
        CANARY_SECRET,
        CANARY_TOKEN,
        CANARY_SECRET[::-1],
        CANARY_SECRET.encode().hex(),
        quote(CANARY_SECRET),
        b64encode(CANARY_SECRET.encode()).decode()[:40],
        b64encode(f"{CANARY_ID}:{CANARY_SECRET}".encode()).decode()[:60],
        b64encode(CANARY_TOKEN.encode()).decode()[:40],
    )
)


def violations_after(
    plan: Plan,
    place: Place,
    ran: Ran,
    before: Results | None,
    foreign: dict[str, tuple[int, bytes]],
    expected: Results,
) -> list[str]:
    """What the run of a plan itself broke."""
    found = [f"after: {problem}" for problem in _told(plan, ran)]
    if ran.second is not None:
        found += [f"second copy: {problem}" for problem in _told_second(ran.second)]
    now = read_results(place)
    found += _kept(plan, ran, before, now, expected)
    if ran.code == 0 and not plan.data_may_differ and not plan.kinds & _MEDDLED:
        found += _right(place, now, *_to_expect(plan, expected), "said it was done")
    found += _loads(place, had_toc=before is not None and before.lua != b"", plan=plan)
    cleaning_failed = plan.kinds & {"unlink", CHANGE} or plan.in_the_way & _HIDES_ADDON
    if ran.code >= 0 and not cleaning_failed:
        # On a disk that was taken off nobody can tidy up.
        temps = [path for path in _temps(place) if not path.startswith("elsewhere")]
        found += [f"left behind: {path}" for path in temps]
    found += _foreign(place, foreign)
    found += canaries_in(place, ran)
    return found


def violations_at_the_end(
    plan: Plan,
    place: Place,
    ran: Ran,
    foreign: dict[str, tuple[int, bytes]],
    expected: Results,
) -> list[str]:
    """What a later, undisturbed run did not put right."""
    found = []
    if ran.hung or ran.code != 0:
        found.append(f"the next run ended with {ran.code}: {ran.said[-400:]}")
    now = read_results(place)
    wanted, exact = _to_expect(plan, expected)
    found += _right(place, now, wanted, exact and not plan.data_may_differ, "the next run")
    found += _loads(place, had_toc=True, plan=None)
    found += [f"the next run left behind: {path}" for path in _temps(place)]
    found += _foreign(place, foreign)
    return found + canaries_in(place, ran)


def may_leave_work(plan: Plan) -> bool:
    """Whether a run of this plan that says 'done' may leave something to the next run.

    Of the plans where it may not, one in four is followed by another run all the same.
    """
    return (
        plan.number % 4 == 0
        or plan.data_may_differ
        or bool(plan.in_the_way)
        or bool(plan.kinds & {*MOMENTS, "unlink", CHANGE})
    )


def refused_yet_changed(
    plan: Plan, place: Place, ran: Ran, before: tuple[bytes, bytes]
) -> list[str]:
    """What a feed or parses.gg says is taken as a whole or not at all."""
    only_http = all(isinstance(fault, HttpFault) for fault in plan.faults)
    if plan.source == "warcraftlogs" or plan.data_may_differ or ran.code == 0 or not only_http:
        return []
    pairs = zip(("the results", "TalentData.lua"), before, place.results(), strict=True)
    return [f"refused, but {what} changed" for what, was, now in pairs if was != now]


def half_updated(
    plan: Plan, place: Place, ran: Ran, before: dict[str, bytes], template: Path
) -> list[str]:
    """An install that failed in the middle has put back what it had replaced."""
    lasting = any(isinstance(f, DiskFault) and f.times > 1 for f in plan.faults)
    several = sum(isinstance(f, DiskFault) for f in plan.faults) > 1
    blocked = any(isinstance(f, Obstacle | DataFault) for f in plan.faults)
    if ran.code < 0 or lasting or several or blocked or plan.kinds & _MEDDLED:
        return []
    now = place.code()
    new = {name: (template / name).read_bytes() for name in now if (template / name).is_file()}
    as_new = all(now[name] == new.get(name) for name in now if name not in before or name in new)
    if now == before or as_new:
        return []
    mixed = sorted(name for name in now if now[name] != before.get(name))
    return [f"the addon is half updated: {mixed[:5]} are new, others are not"]


def canaries_in(place: Place, *runs: Ran) -> list[str]:
    """Where a secret or a token can be read that must be nowhere."""
    found = []
    texts = [(run.said + run.out).encode() for run in runs]
    files = [e.path for e in entries_below(place.root) if e.is_file(follow_symlinks=False)]
    names = "\n".join(files).encode()
    for canary in _CANARIES:
        if any(canary in text for text in texts):
            found.append("secret in the output")
        if canary in names:
            found.append("secret in a file name")
    for path in files:
        data = Path(path).read_bytes()
        if any(canary in data for canary in _CANARIES):
            found.append(f"secret in {Path(path).name}")
    return found


def _told(plan: Plan, ran: Ran) -> list[str]:
    if ran.hung:
        return ["the run hung"]
    if ran.code < 0:
        allowed = any(
            isinstance(fault, Moment) and fault.kind in _ENDED_FROM_OUTSIDE for fault in plan.faults
        )
        return [] if allowed else [f"the run died by signal {-ran.code}"]
    if "Traceback" in ran.said:
        return [f"an error that nobody thought of: {ran.said[-1500:]}"]
    found = []
    last = ran.said.strip().rpartition("\n")[2]
    if ran.code in (0, 1, 3):
        found += _summed_up(ran)
        if not is_one_sentence(last):
            found.append(f"not one sentence: {last!r}")
        elif ran.code == 1 and not is_true(last, plan):
            found.append(f"not true: {last!r}")
        elif last.startswith("Nothing could be learned") and "trees" in plan.damaged:
            found.append(f"not why there is nothing: {last!r}")
        elif ran.code == 3 and not last.startswith(("Stopped", "Out of points.")):
            found.append(f"not why it stopped: {last!r}")
    if ran.code == 3 and not _may_stop(plan):
        found.append(f"stopped for no reason: {last!r}")
    if ran.code not in (0, 1, 3):
        found.append(f"exit code {ran.code}: {last!r}")
    return found


def _summed_up(ran: Ran) -> list[str]:
    """The object that ends the output says the same as the exit code."""
    if ran.code == 3 and ran.said.strip() == "Stopped.":  # before the command even began
        return []
    try:
        said = json.loads(ran.out)
    except ValueError:
        return [f"no summary: {ran.out[-200:]!r}"]
    fits = {
        0: not (said["failed"] or said["stopped"] or said["error"]),
        1: bool(said["failed"] or said["error"]),
        3: bool(said["stopped"]) and bool(said["error"]) == bool(said["failed"]),
    }[ran.code]
    return [] if fits else [f"ended with {ran.code}, but the summary is {said}"]


def _may_stop(plan: Plan) -> bool:
    return plan.no_wait or bool(plan.kinds & {"terminate", "interrupt"})


def _told_second(ran: Ran) -> list[str]:
    if ran.code == 0:
        return []
    last = ran.said.strip().rpartition("\n")[2]
    if ran.code == 1 and re.match(r"The app is updating in a terminal right now \(", last):
        return []
    # The first one has the lock, and has not written down yet who it is; or it could not.
    if ran.code == 1 and last.startswith("Another copy of the app is updating right now."):
        return []
    return [f"ended with {ran.code}: {last!r}"]


def _kept(
    plan: Plan, ran: Ran, before: Results | None, now: Results | None, expected: Results
) -> list[str]:
    """What was complete is still there: as it was, or as it is today; its encounters as well."""
    if plan.damaged & _COSTS_UNITS or plan.in_the_way & _HIDES_UNITS:
        return []
    if _loses_results(plan):
        return []
    complete = set(before.units) if before is not None else set()
    complete |= ran.done
    lost = complete - set(now.units if now is not None else ())
    if lost:
        return [f"complete units lost: {sorted(lost)}"]
    if now is None or plan.data_may_differ:
        return []
    found = []
    for name in ("units", "encounters"):
        was = getattr(before, name, {})
        known, good, have = set(was), getattr(expected, name), getattr(now, name)
        found += [f"{name} lost: {sorted(known - set(have))}"] if known - set(have) else []
        wrong = [
            key
            for key, record in have.items()
            if not _same(record, was.get(key)) and not _same(record, good.get(key))
        ]
        found += [f"{name} neither as before nor as they should be: {wrong}"] if wrong else []
    return found


def _same(one: dict[str, Any], other: dict[str, Any] | None) -> bool:
    """An encounter of a unit that is not complete is held against the general build of before."""
    return other is not None and {**one, "general_fits": 0} == {**other, "general_fits": 0}


def _loses_results(plan: Plan) -> bool:
    return "cache vanishes" in plan.kinds or plan.loses_written("home", "checkpoint")


def _to_expect(plan: Plan, expected: Results) -> tuple[Results, bool]:
    """What must be there in the end, and whether nothing else may be.

    Results that are lost cannot come back in a run for other content.
    """
    if not _loses_results(plan) or plan.content == "both":
        return expected, True
    units = {key: r for key, r in expected.units.items() if r["content_type"] == plan.content}
    encounters = {
        key: r for key, r in expected.encounters.items() if r["content_type"] == plan.content
    }
    return replace(expected, units=units, encounters=encounters), False


def _right(
    place: Place,
    now: Results | None,
    expected: Results,
    exact: bool,
    who: str,
) -> list[str]:
    """The results are those of a run that nothing disturbed; more may be there if not exact."""
    if now is None:
        return [f"{who}, but there are no results"]
    found = []
    for name, want, have in (
        ("unit", expected.units, now.units),
        ("encounter", expected.encounters, now.encounters),
    ):
        wrong = [key for key, record in want.items() if have.get(key) != record]
        if wrong:
            found.append(f"{who}, but the {name}s {wrong} are not right")
        if exact and set(have) != set(want):
            found.append(f"{who}, but there are {name}s {sorted(set(have) - set(want))} too many")
    if exact and now.lua != expected.lua:
        found.append(f"{who}, but TalentData.lua is not right")
    if not exact:
        lua = now.lua.decode("ascii", "replace")
        missing = [
            key
            for key, record in expected.units.items()
            if record["best_build"]["talent_code"] not in lua
        ]
        if missing:
            found.append(f"{who}, but TalentData.lua has no build of {missing}")
    return found


def _loads(place: Place, *, had_toc: bool, plan: Plan | None) -> list[str]:
    """The game could load what is there: the toc, each file it names, and the data."""
    if plan is not None and plan.loses_written("game", "data"):
        return []
    kinds = plan.kinds if plan is not None else frozenset()
    if place.addon.is_symlink() or not place.addon.is_dir():
        gone = kinds & ({"addon deleted", "game vanishes"} | _HIDES_ADDON)
        return [] if gone or not had_toc else ["the addon is gone"]
    if kinds & _HIDES_ADDON:
        return []
    if not (place.addon / f"{ADDON}.toc").is_file():
        return [] if not had_toc else ["the .toc is missing"]
    found = []
    try:
        toc = Toc.read(place.addon)
    except ValueError as error:
        return [f"the .toc cannot be read: {error}"]
    for path in toc.files:
        name = path.path.relative_to(place.addon)
        try:
            source = path.path.read_bytes()
        except OSError:
            if "addon deleted" not in kinds:  # between two files of an install
                found.append(f"{name} of the .toc is missing")
            continue
        if not _compiles(source) and not _damaged(plan, path.path):
            found.append(f"{name} does not load in Lua 5.1")
    if not found and not _damaged(plan, place.talent_data):
        found += _runs(place.talent_data.read_bytes())
    return found


@cache  # most files of the addon are the same in every plan
def _compiles(source: bytes) -> bool:
    lua = LuaRuntime(encoding=None)
    return bool(lua.eval(b"function(s) return loadstring(s) ~= nil end")(source))


def _damaged(plan: Plan | None, path: Path) -> bool:
    """Damage that this run did not come to repair."""
    return (
        plan is not None
        and path.name == "TalentData.lua"
        and any(isinstance(f, DataFault) and f.file == "talent data" for f in plan.faults)
    )


@cache
def _runs(talent_data: bytes) -> list[str]:
    load = LuaRuntime(encoding=None).eval(
        b"function(s) local addon = {} local ok, e = pcall(loadstring(s), 'x', addon) "
        b"return ok, addon.TalentData ~= nil or addon.other ~= nil end"
    )
    good = load(talent_data)
    return [] if good == (True, True) else ["TalentData.lua does not run in Lua 5.1"]


def _temps(place: Place) -> list[str]:
    return [
        os.path.relpath(entry.path, place.root)
        for entry in entries_below(place.root)
        if _TEMP.fullmatch(entry.name) and not entry.path.endswith(f"OfAnother/{entry.name}")
    ]


def _is_check(name: str) -> bool:
    return name == "att-write-test.txt" or _TEMP.fullmatch(name) is not None


def _foreign(place: Place, before: dict[str, tuple[int, bytes]]) -> list[str]:
    now = place.foreign()
    game, gone = place.game.name, "elsewhere"
    if gone in now and game in now:
        return ["a folder was made where the game was"]
    if gone in now and gone not in before:  # its disk was taken off in the middle of the run
        ours = str(place.addon.relative_to(place.root)).replace(game, gone, 1)
        now = {
            name.replace(gone, game, 1): kept
            for name, kept in now.items()
            if name != ours and not name.startswith(f"{ours}/")
        }
    changed = [name for name in before if now.get(name) != before[name]]
    # A check for rights that was killed leaves its file; the next one removes it.
    new = [name for name in now if name not in before and not _is_check(Path(name).name)]
    return [f"not ours, but changed: {name}" for name in changed] + [
        f"not ours, but there now: {name}" for name in new
    ]
