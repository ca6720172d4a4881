"""The player's machine of a plan: its folders, what earlier runs left, and what must come out."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from att_desktop.game.specs import SPECS
from tests.faults.hosts import Hosts
from tests.sources.warcraftlogs.rows import zone
from tests.update.harness import messy_rows
from tests.wow.game_folders import make_retail

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from tests.faults.network import CanaryServer
    from tests.faults.plans import Plan, Source

ADDON: Final = "AzerothsTopTalent"
SPEC_IDS: Final = (577, 581, 1480)
CLASS: Final = "Demon Hunter"
BOSSES: Final = (3470, 3445)
KEYS: Final = (12993, 12825)
ROWS: Final = 12

Key: TypeAlias = tuple[Any, ...]
_FETCHED: Final = re.compile(r'("fetched_at":\s?)"[^"]*"')
_STAMP: Final = re.compile(rb"^addon\.TalentDataTimestamp = .*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Folders of one plan; everything below ``root`` is under observation."""

    root: Path
    source: Source = "warcraftlogs"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def game(self) -> Path:
        return self.root / "World of Warcraft"

    @property
    def addons(self) -> Path:
        return self.game / "_retail_" / "Interface" / "AddOns"

    @property
    def addon(self) -> Path:
        return self.addons / ADDON

    @property
    def results_folder(self) -> Path:
        cache = self.home / "cache"
        return cache if self.source == "warcraftlogs" else cache / self.source

    @property
    def checkpoint(self) -> Path:
        return self.results_folder / "checkpoint.json"

    @property
    def talent_data(self) -> Path:
        return self.addon / "TalentData.lua"

    def make(self) -> None:
        """A game with another addon and settings of the player's, and a user's folder."""
        make_retail(self.game)
        other = self.addons / "AzerothsTopTalentOfAnother"
        other.mkdir()
        (other / "AzerothsTopTalentOfAnother.toc").write_text("## Interface: 120100\nCore.lua\n")
        (other / "Core.lua").write_text("-- not ours\n")
        (other / ".Core.lua.abcdefgh.tmp").write_text("-- not ours either\n")
        saved = self.game / "_retail_" / "WTF" / "Account" / "ME" / "SavedVariables"
        saved.mkdir(parents=True)
        (saved / f"{ADDON}.lua").write_text('AzerothsTopTalentDB = { ["a"] = 1 }\n')
        user = self.root / "user" / "Documents"
        user.mkdir(parents=True)
        (self.root / "user" / "tmp").mkdir()
        (user / "thesis.txt").write_text("not ours\n")

    def code(self) -> dict[str, bytes]:
        """The addon's files without the data and the list of files."""
        own = {"TalentData.lua", "installed-files.json"}
        return {
            os.path.relpath(entry.path, self.addon): Path(entry.path).read_bytes()
            for entry in entries_below(self.addon)
            if entry.is_file() and entry.name not in own and entry.name.endswith((".lua", ".toc"))
        }

    def results(self) -> tuple[bytes, bytes]:
        """The very bytes of the results and of the game's data; empty where there are none."""
        files = (self.checkpoint, self.talent_data)
        return tuple(path.read_bytes() if path.is_file() else b"" for path in files)

    def foreign(self) -> dict[str, tuple[int, bytes]]:
        """Mode and contents of everything that is not the app's: files, folders and links."""
        found = {}
        for entry in entries_below(self.root, but={str(self.home), str(self.addon)}):
            contents = b""
            if entry.is_symlink():
                contents = os.fsencode(os.readlink(entry.path))  # noqa: PTH115 - no Path is made
            elif entry.is_file():
                contents = Path(entry.path).read_bytes()
            name = entry.path[len(str(self.root)) + 1 :]
            found[name] = (entry.stat(follow_symlinks=False).st_mode, contents)
        return found


def entries_below(folder: Path | str, but: Collection[str] = ()) -> Iterator[os.DirEntry[str]]:
    """All files, folders and links below a folder, without ``but`` and what lies in it.

    Each plan walks its folders several times: DirEntry knows without a call what pathlib asks for.
    """
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.path not in but:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from entries_below(entry.path, but)


@dataclass(frozen=True, kw_only=True)
class Results:
    """What a checkpoint holds, without times; ``lua`` is the data file without its time."""

    units: dict[Key, dict[str, Any]]
    encounters: dict[Key, dict[str, Any]]
    lua: bytes


def read_results(place: Place) -> Results | None:
    """The results on disk; None where there are none that can be read."""
    try:
        said = json.loads(place.checkpoint.read_bytes())
        units = {(r["spec_id"], r["content_type"]): r for r in said["results"]}
        encounters = {(r["spec_id"], r["encounter_id"]): r for r in said["encounter_results"]}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    for record in [*units.values(), *encounters.values()]:
        record.pop("fetched_at", None)
    try:
        lua = _STAMP.sub(b"", place.talent_data.read_bytes())
    except OSError:
        lua = b""
    return Results(units=units, encounters=encounters, lua=lua)


@dataclass
class World:
    """What all plans of one worker share: the server, its truth, and the priors."""

    base: Path
    template: Path
    server: CanaryServer
    hosts: Hosts = field(default_factory=Hosts)
    expected: dict[tuple[Source, str, str], Results] = field(default_factory=dict)

    def tell_truth(self, version: int) -> None:
        """Fill the server's rankings; players of another ``version`` use other builds."""
        self.server.expansions = [
            {
                "id": 7,
                "name": "Midnight",
                "zones": [
                    zone(55, "Mythic+ Season 2", KEYS, keystones=True),
                    zone(53, "The Venomous Abyss", BOSSES),
                ],
            }
        ]
        self.server.rankings.clear()
        self.server.forget_answers()
        for spec_id in SPEC_IDS[:-1]:  # nobody plays the last one
            spec = SPECS[spec_id]
            who = (spec.class_slug, spec.slug)
            seed = spec_id * 10 + version
            # The last boss has too few Mythic rankings: Heroic ones are taken.
            self.server.rankings[*who, BOSSES[0], 5] = messy_rows(spec_id, seed, ROWS)
            self.server.rankings[*who, BOSSES[1], 5] = messy_rows(spec_id, seed + 1, 4)
            self.server.rankings[*who, BOSSES[1], 4] = messy_rows(spec_id, seed + 2, ROWS)
            for at, key in enumerate(KEYS):
                self.server.rankings[*who, key, 0] = messy_rows(spec_id, seed + 3 + at, ROWS)

    def prepare(self, run: Callable[[Place, str], None]) -> None:
        """Grow the priors by clean runs; ``run`` makes one of a content into a place."""
        for source, names in PRIORS.items():
            for name in names:
                self._prior(source, name).make()
        self.tell_truth(1)
        run(self._prior("warcraftlogs", "old"), "both")
        run(self._prior("warcraftlogs", "future"), "both")
        of_yesterday = self._prior("warcraftlogs", "old").checkpoint.read_bytes()
        self.hosts.publish(of_yesterday)
        self.hosts.export(SPEC_IDS, 1)
        run(self._prior("feed", "old"), "both")
        run(self._prior("parses", "old"), "both")
        for source in PRIORS:
            _grow_old(self._prior(source, "old"), -2)
        _grow_old(self._prior("warcraftlogs", "future"), 400)
        self.tell_truth(0)
        run(self._prior("warcraftlogs", "half"), "raid")
        run(self._prior("warcraftlogs", "whole"), "both")
        of_today = self._prior("warcraftlogs", "whole").checkpoint.read_bytes()
        self.hosts.publish(of_today, old=of_yesterday)
        self.hosts.export(SPEC_IDS, 0)
        run(self._prior("feed", "whole"), "both")
        run(self._prior("parses", "whole"), "both")
        for source, names in PRIORS.items():
            for name in names:
                for content in ("raid", "both"):
                    self.expected[source, name, content] = self._result_of(
                        run, source, name, content
                    )
            # Whatever was there before, there is one truth of today.
            today = self.expected[source, "nothing", "both"]
            assert all(self.expected[source, name, "both"] == today for name in names)

    def _prior(self, source: Source, name: str) -> Place:
        return Place(root=self.base / "priors" / f"{source} {name}", source=source)

    def _result_of(
        self, run: Callable[[Place, str], None], source: Source, name: str, content: str
    ) -> Results:
        place = Place(root=self.base / "expected" / f"{source} {name} {content}", source=source)
        shutil.copytree(self._prior(source, name).root, place.root, symlinks=True)
        run(place, content)
        results = read_results(place)
        assert results is not None
        return results

    def copy_of(self, source: Source, prior: str, root: Path) -> Place:
        """A machine as earlier runs have left it."""
        shutil.copytree(self._prior(source, prior).root, root, symlinks=True)
        return Place(root=root, source=source)

    def place_of(self, plan: Plan) -> Place:
        """A fresh copy of the plan's prior."""
        root = self.base / "plans" / str(plan.number)
        if plan.place == "odd":
            root /= "sp  ace ümlaut 血色 'q' $x;& %s"
        while plan.place == "long" and len(str(root)) < 300:
            root /= "a folder of many that make the path long"[: 300 - len(str(root))] or "x"
        return self.copy_of(plan.source, plan.prior, root)


PRIORS: Final[dict[Source, tuple[str, ...]]] = {
    "warcraftlogs": ("nothing", "half", "old", "future", "whole"),
    "feed": ("nothing", "old", "whole"),
    "parses": ("nothing", "old", "whole"),
}


def _grow_old(place: Place, days: int) -> None:
    """Results of so many ``days`` from now, in an addon of an earlier version.

    Of the day before yesterday; or of the future, by a clock that was wrong.
    """
    when = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
    paths = [place.checkpoint]
    if place.source == "warcraftlogs":
        paths.append(place.home / "cache" / "seasons.json")
    for path in paths:
        path.write_text(_FETCHED.sub(rf'\1"{when}"', path.read_text("utf-8")), "utf-8")
    for path in sorted(place.addon.glob("[A-M]*.lua")):
        path.write_text("local _, addon = ...\naddon.old = true\n")
    dropped = b"local _, addon = ...\naddon.dropped = true\n"
    (place.addon / "Dropped.lua").write_bytes(dropped)
    toc = place.addon / f"{ADDON}.toc"
    toc.write_text(toc.read_text("utf-8") + "Dropped.lua\n", "utf-8")
    manifest = place.addon / "installed-files.json"
    said = json.loads(manifest.read_bytes())
    said["files"]["Dropped.lua"] = sha256(dropped).hexdigest()
    manifest.write_text(json.dumps(said))
