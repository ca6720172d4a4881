"""What the player has set, in ``settings.json``; no secret is ever among it.

To add a setting: a field of ``Settings`` with a default and, where it needs one, a ``Meta``
(limits, the environment variable that goes first); in ``ui/settings/texts.py`` its words, its
place and those of its choices. File, window and environment follow.
"""

from __future__ import annotations

import json
import types
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
from msgspec import Meta

from att_desktop.game.content_types import ContentType
from att_desktop.system.files import keep_aside, write_own

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from att_desktop.system.errors import Field
    from att_desktop.system.folders import Folders

Difficulty: TypeAlias = Literal["auto", "normal", "heroic", "mythic"]
MplusMetric: TypeAlias = Literal["playerscore", "role"]
SettingKind: TypeAlias = Literal[
    "choice", "number", "zone", "flag", "folders", "language", "text", "specs"
]
_MAX_FILE_BYTES: Final = 1 << 20
_MAX_ZONE_ID: Final = 1_000_000


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings. Each field's ``Meta`` holds its range.

    Change one with ``msgspec.structs.replace(settings, top_n=20)``. ``unknown`` are fields that
    a newer version of the app has written: they are kept as they are.
    """

    source: Literal["auto", "warcraftlogs", "parses", "feed"] = "auto"
    feed_address: Annotated[str, Meta(max_length=2048)] = ""
    own_specs: Annotated[
        tuple[Annotated[int, Meta(ge=1, le=100_000)], ...], Meta(max_length=40)
    ] = ()
    """Spec ids in the player's order."""
    content: Literal["both", ContentType] = "both"
    difficulty: Difficulty = "auto"
    top_n: Annotated[
        int, Meta(ge=10, le=100, extra={"unit": "players", "variable": "WCL_TOP_N_PLAYERS"})
    ] = 50
    mplus_metric: MplusMetric = "playerscore"
    freshness_hours: Annotated[int, Meta(ge=1, le=168, extra={"unit": "hours"})] = 12
    raid_zone_id: (
        Annotated[int, Meta(ge=1, le=_MAX_ZONE_ID, extra={"variable": "WCL_RAID_ZONE_ID"})] | None
    ) = None
    mplus_zone_id: (
        Annotated[int, Meta(ge=1, le=_MAX_ZONE_ID, extra={"variable": "WCL_MPLUS_ZONE_ID"})] | None
    ) = None
    game_folders: tuple[str, ...] = ()
    scheduled_update_hours: Annotated[int, Meta(ge=0, le=168, extra={"unit": "hours"})] = 0
    notifications: bool = True
    tray: bool = False
    icon_download: bool = True
    language: Annotated[str, Meta(max_length=20)] = ""
    theme: Literal["system", "light", "dark"] = "system"
    last_spec_id: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    page: Annotated[str, Meta(max_length=20)] = ""
    """The id of the page that was in front when the window closed."""
    window_geometry: Annotated[bytes, Meta(max_length=65_536)] = b""
    window_state: Annotated[bytes, Meta(max_length=65_536)] = b""
    first_run_done: bool = False
    use_sample: bool = False
    """The player looks at sample data; the next start does, too."""
    unknown: dict[str, Any] = {}


_REMEMBERED: Final = frozenset(
    {
        "last_spec_id",
        "page",
        "window_geometry",
        "window_state",
        "first_run_done",
        "use_sample",
    }
)
"""What the window keeps for its next start: nothing that the Settings page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingInfo:
    """One setting that the player can see: its kind, default and limits.

    ``kind`` is what to draw: a ``choice`` has ``choices``, a ``number`` and a ``zone`` have
    ``minimum`` and ``maximum`` (a zone may also be None), ``folders`` is a list of paths,
    ``language`` the code of a language ('' for the system's), ``text`` one line, ``specs`` are
    spec ids.
    """

    name: str
    kind: SettingKind
    default: Any
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    variable: str = ""
    """The environment variable that goes first, '' for none."""


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """Something that was wrong with the file, by code and fields (``text.say``)."""

    code: str
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """Settings and, when the file was not all right, each thing that was wrong."""

    settings: Settings
    problems: tuple[SettingsProblem, ...] = ()


def settings_path(folders: Folders) -> Path:
    """Where the settings are kept."""
    return folders.config / "settings.json"


def known_settings() -> tuple[SettingInfo, ...]:
    """The settings of the player, in the order to show them."""
    defaults = Settings()
    return tuple(
        _info(name, hint, getattr(defaults, name))
        for name, hint in _hints().items()
        if name not in _REMEMBERED
    )


def load_settings(folders: Folders) -> LoadedSettings:
    """Read the settings; never raises.

    A file that cannot be read or is no JSON object is kept aside as
    ``settings.broken-<time>.json``. A number out of its range becomes the nearest one in it, any
    other wrong value its default; both are told.
    """
    path = settings_path(folders)
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return LoadedSettings(settings=Settings())
    except (OSError, ValueError) as error:
        # Not left in its place: the next save would replace what may be readable elsewhere.
        _set_aside(path)
        reason = getattr(error, "strerror", None) or type(error).__name__
        problem = SettingsProblem("settings.unreadable", {"reason": reason})
        return LoadedSettings(settings=Settings(), problems=(problem,))
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict):
        return LoadedSettings(settings=Settings(), problems=(_set_aside(path),))
    return _from_fields(raw)


def save_settings(settings: Settings, folders: Folders) -> None:
    """Write the settings in one piece. Raises OSError as the system gave it."""
    path = settings_path(folders)
    fields = msgspec.to_builtins(settings)
    unknown = fields.pop("unknown")
    # Not by msgspec: a folder's name may be no text, and a file from an editor begin with a BOM.
    write_own(path, json.dumps({**unknown, **fields}, indent=2).encode("ascii"))


def _from_fields(raw: Mapping[str, Any]) -> LoadedSettings:
    hints = _hints()
    values: dict[str, Any] = {}
    problems: list[SettingsProblem] = []
    for name in sorted(hints.keys() & raw.keys()):
        value = _clamped(raw[name], _meta(hints[name]))
        try:
            values[name] = msgspec.convert(value, hints[name])
        except (msgspec.ValidationError, UnicodeError):  # half a surrogate pair where choices are
            problems.append(SettingsProblem("settings.not_usable", {"name": name}))
            continue
        if value != raw[name]:
            fields: dict[str, Field] = {"name": name, "value": str(value)}
            problems.append(SettingsProblem("settings.out_of_range", fields))
    unknown = {name: value for name, value in raw.items() if name not in hints}
    return LoadedSettings(settings=Settings(**values, unknown=unknown), problems=tuple(problems))


def _clamped(value: object, meta: Meta) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if meta.ge is None or meta.le is None:
        return value
    return max(meta.ge, min(meta.le, value)) if not meta.ge <= value <= meta.le else value


def _set_aside(path: Path) -> SettingsProblem:
    try:
        aside = keep_aside(path)
    except OSError:
        return SettingsProblem("settings.broken", {})
    return SettingsProblem("settings.set_aside", {"name": aside.name})


def _hints() -> dict[str, Any]:
    """The annotated type of each setting."""
    hints = get_type_hints(Settings, include_extras=True)
    del hints["unknown"]
    return hints


def _annotated(hint: object) -> object:
    """The part that may carry a ``Meta``: the first of 'a number or None'."""
    return get_args(hint)[0] if get_origin(hint) in (Union, types.UnionType) else hint


def _meta(hint: object) -> Meta:
    extras = getattr(_annotated(hint), "__metadata__", ())
    return next((extra for extra in extras if isinstance(extra, Meta)), Meta())


def _info(name: str, hint: object, default: object) -> SettingInfo:
    meta = _meta(hint)
    base = _annotated(hint)
    if get_origin(base) is Annotated:
        base = get_args(base)[0]
    kind: SettingKind
    if _annotated(hint) is not hint:
        kind = "zone"
    elif get_origin(base) is Literal:
        kind = "choice"
    elif get_origin(base) is tuple:
        kind = "specs" if name == "own_specs" else "folders"
    else:
        kind = "flag" if base is bool else "text" if base is str else "number"
        if name == "language":
            kind = "language"
    return SettingInfo(
        name=name,
        kind=kind,
        default=default,
        choices=get_args(base) if kind == "choice" else (),
        minimum=None if meta.ge is None else int(meta.ge),
        maximum=None if meta.le is None else int(meta.le),
        unit=str((meta.extra or {}).get("unit", "")),
        variable=str((meta.extra or {}).get("variable", "")),
    )
