"""Settings survive everything that can happen to their file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from att_desktop.config.environment import BadEnvironment, Environment
from att_desktop.config.settings import (
    LoadedSettings,
    Settings,
    known_settings,
    load_settings,
    save_settings,
    settings_path,
)
from att_desktop.system.folders import Folders, find_folders
from att_desktop.text import say

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folders(own_home: Path) -> Folders:
    return find_folders()


def write(folders: Folders, content: str | bytes) -> Path:
    path = settings_path(folders)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_without_a_file_everything_has_its_default(folders: Folders) -> None:
    loaded = load_settings(folders)
    assert loaded.settings == Settings()
    assert loaded.problems == ()
    assert not settings_path(folders).exists()


def test_what_is_saved_is_loaded(folders: Folders) -> None:
    changed = Settings(
        content="raid",
        difficulty="mythic",
        top_n=100,
        raid_zone_id=44,
        game_folders=("/games/Wörld of Warcraft/_retail_",),
        window_geometry=bytes(range(256)),
        last_spec_id=1480,
        first_run_done=True,
    )
    save_settings(changed, folders)
    assert load_settings(folders).settings == changed
    assert load_settings(folders).problems == ()


def test_saving_leaves_one_readable_file(folders: Folders) -> None:
    save_settings(Settings(), folders)
    save_settings(Settings(top_n=20), folders)
    path = settings_path(folders)
    assert [item.name for item in path.parent.iterdir()] == ["settings.json"]
    assert json.loads(path.read_text("utf-8"))["top_n"] == 20


def test_folders_in_any_script_or_none_are_kept(folders: Folders) -> None:
    changed = Settings(game_folders=("/mnt/Игры/WoW", "/mnt/no text \udcff"))
    save_settings(changed, folders)
    assert load_settings(folders) == LoadedSettings(settings=changed)


def test_a_file_from_an_editor_of_windows_is_read(folders: Folders) -> None:
    write(folders, b'\xef\xbb\xbf{\r\n "top_n": 20\r\n}\r\n')
    assert load_settings(folders) == LoadedSettings(settings=Settings(top_n=20))


def test_what_a_killed_run_left_is_cleared_away(folders: Folders) -> None:
    write(folders, "{}")
    left = settings_path(folders).with_name(".settings.json.abcd1234.tmp")
    left.write_text("half", "utf-8")
    save_settings(Settings(), folders)
    assert not left.exists()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '"text"', b"\xff\xfe\x00", "[" * 100_000, '{"top_n": 20', b"\x00" * 64],
)
def test_a_broken_file_is_kept_aside(folders: Folders, content: str | bytes) -> None:
    path = write(folders, content)
    before = path.read_bytes()
    loaded = load_settings(folders)
    assert loaded.settings == Settings()
    (aside,) = path.parent.glob("settings.broken-*.json")
    assert aside.read_bytes() == before
    assert loaded.problems[0].fields == {"name": aside.name}
    assert load_settings(folders).problems == ()


def test_a_file_that_cannot_be_read_is_not_replaced(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another user, or on a disk with a fault: the next save must not be its end."""
    path = write(folders, '{"top_n": 20}')

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(type(path), "open", refuse)
        loaded = load_settings(folders)
    assert loaded.settings == Settings()
    assert say(loaded.problems[0]).startswith("The settings could not be read (Permission denied)")
    save_settings(Settings(top_n=30), folders)
    (aside,) = path.parent.glob("settings.broken-*.json")
    assert aside.read_text("utf-8") == '{"top_n": 20}'


def test_a_folder_that_may_not_be_looked_into_is_told(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the home of another user: what Path.exists cannot look at it raises for."""
    path = write(folders, '{"top_n": 20}')

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    for name in ("open", "stat", "replace"):
        monkeypatch.setattr(type(path), name, refuse)
    loaded = load_settings(folders)
    assert loaded.settings == Settings()
    assert [problem.code for problem in loaded.problems] == ["settings.unreadable"]


def test_two_broken_files_in_one_second_are_both_kept(folders: Folders) -> None:
    for content in ("{1", "{2", "{3"):
        write(folders, content)
        load_settings(folders)
    kept = settings_path(folders).parent.glob("settings.broken-*.json")
    assert sorted(path.read_text("utf-8") for path in kept) == ["{1", "{2", "{3"]


@pytest.mark.parametrize(
    ("name", "value", "becomes"),
    [
        ("top_n", 3, 10),
        ("top_n", 10**30, 100),
        ("top_n", -1e300, 10),
        ("freshness_hours", 0, 1),
        ("raid_zone_id", -4, 1),
        ("scheduled_update_hours", 999, 168),
    ],
)
def test_a_number_out_of_range_becomes_the_nearest(
    folders: Folders, name: str, value: float, becomes: int
) -> None:
    write(folders, json.dumps({name: value, "content": "raid"}))
    loaded = load_settings(folders)
    assert getattr(loaded.settings, name) == becomes
    assert loaded.settings.content == "raid"
    assert len(loaded.problems) == 1
    assert loaded.problems[0].fields["name"] == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top_n", "fifty"),
        ("top_n", True),
        ("top_n", 20.5),
        ("top_n", None),
        ("difficulty", "lfr"),
        ("difficulty", "\ud800"),
        ("game_folders", "C:\\Games"),
        ("game_folders", [1]),
        ("window_geometry", "not base64!"),
        ("window_geometry", "A" * 400_000),
        ("tray", 1),
        ("feed_address", "x" * 3000),
    ],
)
def test_a_wrong_value_costs_that_setting_only(folders: Folders, name: str, value: object) -> None:
    write(folders, json.dumps({name: value, "mplus_metric": "role"}))
    loaded = load_settings(folders)
    assert loaded.settings == Settings(mplus_metric="role")
    assert len(loaded.problems) == 1
    assert loaded.problems[0].fields["name"] == name


def test_what_a_newer_version_wrote_is_kept(folders: Folders) -> None:
    newer = {"top_n": 30, "hologram": {"depth": [1, 2]}, "unknown": "also a name"}
    write(folders, json.dumps(newer))
    loaded = load_settings(folders)
    assert loaded.problems == ()
    save_settings(msgspec.structs.replace(loaded.settings, top_n=40), folders)
    written = json.loads(settings_path(folders).read_text("utf-8"))
    assert written["hologram"] == {"depth": [1, 2]}
    assert written["unknown"] == "also a name"
    assert written["top_n"] == 40


def test_a_folder_in_place_of_the_file_is_told(folders: Folders) -> None:
    settings_path(folders).mkdir(parents=True)
    loaded = load_settings(folders)
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(
    fields=st.dictionaries(
        st.sampled_from([info.name for info in known_settings()]) | st.text(max_size=12),
        json_values,
    )
)
def test_any_values_give_usable_settings(folders: Folders, fields: dict[str, Any]) -> None:
    write(folders, msgspec.json.encode(fields))
    loaded = load_settings(folders)
    for info in known_settings():
        value = getattr(loaded.settings, info.name)
        if info.kind == "number":
            assert info.minimum is not None
            assert info.maximum is not None
            assert info.minimum <= value <= info.maximum
        if info.kind == "choice":
            assert value in info.choices
    save_settings(loaded.settings, folders)
    assert load_settings(folders) == type(loaded)(settings=loaded.settings)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_any_flipped_byte_gives_usable_settings(folders: Folders, at: int, byte: int) -> None:
    save_settings(Settings(window_geometry=b"geometry", game_folders=("/a", "/b")), folders)
    path = settings_path(folders)
    data = bytearray(path.read_bytes())
    data[at % len(data)] = byte
    path.write_bytes(data)
    assert isinstance(load_settings(folders).settings, Settings)


def test_each_setting_has_a_default_in_its_range() -> None:
    infos = known_settings()
    assert {"top_n", "difficulty", "freshness_hours", "raid_zone_id"} <= {i.name for i in infos}
    for info in infos:
        if info.kind == "choice":
            assert info.default in info.choices
        if info.kind == "number":
            assert info.minimum is not None
            assert info.maximum is not None
            assert info.minimum <= info.default <= info.maximum


def test_the_environment_sets_what_it_names() -> None:
    found = Environment.read(
        {
            "WCL_RAID_ZONE_ID": " 44 ",
            "WCL_MPLUS_ZONE_ID": "45",
            "WCL_TOP_N_PLAYERS": "20",
            "WCL_OUTPUT_PATH": "/tmp/out/TalentData.lua",
            "ATT_REQUEST_INTERVAL_MS": "0",
            "WCL_API_URL": "http://127.0.0.1:8080/api",
        }
    )
    assert (found.raid_zone_id, found.mplus_zone_id, found.top_n) == (44, 45, 20)
    assert found.request_interval_ms == 0
    assert found.output_path is not None
    assert found.output_path.name == "TalentData.lua"
    assert found.other_hosts == ("127.0.0.1:8080",)


def test_an_empty_environment_sets_nothing() -> None:
    found = Environment.read({"WCL_TOP_N_PLAYERS": "", "WCL_API_URL": "  "})
    assert found == Environment()
    assert found.other_hosts == ()
    assert found.request_interval_ms == 500


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WCL_TOP_N_PLAYERS", "many"),
        ("WCL_TOP_N_PLAYERS", "9"),
        ("WCL_TOP_N_PLAYERS", "101"),
        ("WCL_TOP_N_PLAYERS", "٥٠"),
        ("WCL_RAID_ZONE_ID", "-1"),
        ("WCL_RAID_ZONE_ID", "4_4"),
        ("WCL_MPLUS_ZONE_ID", "9" * 5000),
        ("ATT_REQUEST_INTERVAL_MS", "0.5"),
        ("WCL_API_URL", "http://example.com/api"),
        ("WCL_API_URL", "warcraftlogs.com"),
        ("WCL_API_URL", "https://"),
        ("WCL_API_URL", "https://host:port/"),
        ("WCL_TOKEN_URL", "https://user:pass@example.com/token"),
        ("WCL_TOKEN_URL", "file:///etc/passwd"),
    ],
)
def test_an_unusable_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(BadEnvironment, match=name) as caught:
        Environment.read({name: value})
    assert "pass@" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://warcraftlogs.com.example.org/", "https://notwarcraftlogs.com/"]
)
def test_a_look_alike_host_is_not_warcraft_logs(url: str) -> None:
    assert Environment.read({"WCL_API_URL": url}).other_hosts
