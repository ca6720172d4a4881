"""Linux: every launcher's prefixes below a made home."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from att_desktop.wow.installations import Installation, find_installations
from att_desktop.wow.places.linux import LinuxPlaces
from att_desktop.wow.places.steam import steam_libraries
from tests.portable import not_on_windows
from tests.shared_data import shared_data
from tests.wow.game_folders import make_retail, write_agent

pytestmark = not_on_windows  # names and links that Windows' disks do not take

IN_PREFIX = "drive_c/Program Files (x86)/World of Warcraft"


def find(tmp_path: Path, **environment: str) -> list[Installation]:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    return find_installations(
        LinuxPlaces(root=tmp_path / "disk", home=home, environment=environment)
    )


@pytest.mark.parametrize(
    ("prefix", "found_by"),
    [
        (".wine", "Wine"),
        (".wine-wow", "Wine"),
        (".local/share/wineprefixes/wow", "Wine"),
        ("snap/wine-platform/common/.wine", "Wine (snap)"),
        (".local/share/Steam/steamapps/compatdata/3133075461/pfx", "Steam"),
        (".steam/steam/steamapps/compatdata/NonSteamLaunchers/pfx", "Steam"),
        (".local/Steam/steamapps/compatdata/NonSteamLaunchers/pfx", "Steam"),
        (".var/app/com.valvesoftware.Steam/data/Steam/steamapps/compatdata/1/pfx", "Steam"),
        (
            ".var/app/com.valvesoftware.Steam/.local/share/Steam/steamapps/compatdata/1/pfx",
            "Steam",
        ),
        ("snap/steam/common/.local/share/Steam/steamapps/compatdata/1/pfx", "Steam"),
        (".local/share/bottles/bottles/WoW", "Bottles"),
        (".var/app/com.usebottles.bottles/data/bottles/bottles/WoW", "Bottles"),
        ("Faugus/battlenet", "Faugus"),
        ("PortProton/data/prefixes/BATTLE_NET", "PortProton"),
        (".local/share/PortProton/data/prefixes/DEFAULT", "PortProton"),
        (".var/app/ru.linux_gaming.PortProton/data/prefixes/DEFAULT", "PortProton"),
        ("Games/Heroic/Prefixes/default/Battle.net", "Heroic"),
        ("Games/Heroic/Prefixes/Battle.net/pfx", "Heroic"),
        ("Games/battlenet", "Games"),
        (".PlayOnLinux/wineprefix/wow", "PlayOnLinux"),
        (".cxoffice/Battle.net", "CrossOver"),
    ],
)
def test_the_prefixes_of_each_launcher(tmp_path: Path, prefix: str, found_by: str) -> None:
    root = make_retail(tmp_path / "home" / prefix / IN_PREFIX)
    (found,) = find(tmp_path)
    assert (found.root, found.found_by) == (root, found_by)


@pytest.mark.parametrize(
    "folder",
    [
        "home/Games/World of Warcraft",
        "home/Games/world-of-warcraft/drive_c/Program Files (x86)/World of Warcraft",
        "home/World of Warcraft",
        "disk/mnt/games/World of Warcraft",
        "disk/mnt/games/Games/World of Warcraft",
        "disk/media/me/Fast/World of Warcraft",
        "disk/run/media/me/Windows/Program Files (x86)/World of Warcraft",
        "disk/opt/games/World of Warcraft",
    ],
)
def test_usual_folders(tmp_path: Path, folder: str) -> None:
    root = make_retail(tmp_path / folder)
    assert [i.root for i in find(tmp_path)] == [root]


def test_wineprefix_of_the_environment(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "my prefix" / IN_PREFIX)
    assert [i.root for i in find(tmp_path, WINEPREFIX=str(tmp_path / "my prefix"))] == [root]
    assert find(tmp_path, WINEPREFIX="relative") == []


def test_the_agent_in_a_prefix_and_other_drives(tmp_path: Path) -> None:
    prefix = tmp_path / "home" / ".wine"
    write_agent(prefix / "drive_c" / "ProgramData", ("wow", "G:\\Blizz\\WoW"))
    (prefix / "dosdevices").mkdir()
    (prefix / "dosdevices" / "c:").symlink_to("../drive_c")
    (prefix / "dosdevices" / "g:").symlink_to(tmp_path / "ssd")
    (prefix / "dosdevices" / "z:").symlink_to("/")
    (prefix / "dosdevices" / "h:").symlink_to(prefix / "dosdevices" / "h:")
    root = make_retail(tmp_path / "ssd" / "Blizz" / "WoW")
    (found,) = find(tmp_path)
    assert (found.root, found.found_by) == (root, "Wine")


def test_the_agent_names_a_place_on_the_whole_disk(tmp_path: Path) -> None:
    prefix = tmp_path / "home" / ".wine"
    root = make_retail(tmp_path / "elsewhere" / "WoW")
    write_agent(prefix / "drive_c" / "ProgramData", ("wow", "Z:" + str(root)))
    (prefix / "dosdevices").mkdir()
    (prefix / "dosdevices" / "z:").symlink_to("/")
    assert [i.root for i in find(tmp_path)] == [root]


@pytest.mark.parametrize(
    "folder",
    [
        ".local/share/lutris",
        ".config/lutris",
        ".var/app/net.lutris.Lutris/data/lutris",
        ".var/app/net.lutris.Lutris/config/lutris",
    ],
)
@pytest.mark.parametrize("quotes", ["", "'", '"'])
def test_lutris_games(tmp_path: Path, folder: str, quotes: str) -> None:
    prefix = tmp_path / "Jaina's games" / "battlenet"
    root = make_retail(prefix / IN_PREFIX)
    games = tmp_path / "home" / folder / "games"
    games.mkdir(parents=True)
    written = str(prefix).replace("'", "''") if quotes == "'" else str(prefix)
    (games / "battlenet-1699999999.yml").write_text(
        f"game:\n  arch: win64\n  exe: x.exe\n  prefix: {quotes}{written}{quotes}\n"
        "system: {}\nwine:\n  overrides: {}\n"
    )
    (games / "other.yml").write_text("game:\n  prefix:\n")
    (games / "broken.yml").write_bytes(b"\xff\0")
    (found,) = find(tmp_path)
    assert (found.root, found.found_by) == (root, "Lutris")


def test_lutris_by_the_program_and_by_its_games_folder(tmp_path: Path) -> None:
    lutris = tmp_path / "home" / ".config" / "lutris"
    (lutris / "games").mkdir(parents=True)
    one = make_retail(tmp_path / "p1" / IN_PREFIX)
    launcher = tmp_path / "p1" / "drive_c/Program Files (x86)/Battle.net/Battle.net.exe"
    (lutris / "games" / "a.yml").write_text(f"game:\n  exe: {launcher}\n")
    two = make_retail(tmp_path / "bare" / "WoW")
    (lutris / "games" / "b.yml").write_text(f"game:\n  exe: {two}/_retail_/Wow.exe\n")
    three = make_retail(tmp_path / "lutris games" / "wow" / IN_PREFIX)
    (lutris / "system.yml").write_text(f"system:\n  game_path: {tmp_path / 'lutris games'}\n")
    assert {i.root for i in find(tmp_path)} == {one, two, three}


LONG = "My very long folder name for all the games that I have ever bought on this computer"
LAUNCHERS = [
    # (file of the collected cases, where it lies, what it names, found by)
    ("lutris-nonascii.yml", ".config/lutris/games/a.yml", "/mnt/Spiele für Jörg/battlenet",
     "Lutris"),
    ("lutris-folded.yml", ".config/lutris/games/a.yml", f"/mnt/data/{LONG}/battlenet", "Lutris"),
    ("lutris-system-nonascii.yml", ".config/lutris/system.yml", "/mnt/Ігри/battlenet", "Lutris"),
    ("bottles-data-nonascii.yml", ".local/share/bottles/data.yml", "/mnt/Flaschen für Spiele/WoW",
     "Bottles"),
    ("bottles-placeholder.yml", ".local/share/bottles/bottles/WoW/placeholder.yml",
     "/mnt/disk/Bottles/Battle-net", "Bottles"),
    ("heroic-GamesConfig.json", ".config/heroic/GamesConfig/aHMC1.json",
     "/mnt/disk/prefixes/Battle.net", "Heroic"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "place", "named", "found_by"), LAUNCHERS)
def test_files_of_launchers_as_players_have_them(
    tmp_path: Path, case: str, place: str, named: str, found_by: str
) -> None:
    text = shared_data(f"../cases/launchers/{case}").read_text("utf-8")
    file = tmp_path / "home" / place
    file.parent.mkdir(parents=True)
    file.write_text(text.replace("/mnt", str(tmp_path / "mnt")), "utf-8")
    root = make_retail(tmp_path / named.lstrip("/") / IN_PREFIX)
    (found,) = find(tmp_path)
    assert (found.root, found.found_by) == (root, found_by)


def test_a_program_of_lutris_named_within_its_prefix(tmp_path: Path) -> None:
    games = tmp_path / "home" / ".local" / "share" / "lutris" / "games"
    games.mkdir(parents=True)
    (games / "a.yml").write_text(
        f"game:\n  exe: World of Warcraft/_retail_/Wow.exe\n  working_dir: {tmp_path / 'bare'}\n"
    )
    root = make_retail(tmp_path / "bare" / "World of Warcraft")
    assert [i.root for i in find(tmp_path)] == [root]


@pytest.mark.parametrize("folder", ["Games/Prefixes/Battle.net", "Games/Prefixes/default/bn/pfx"])
def test_prefixes_of_heroic_in_its_older_folder(tmp_path: Path, folder: str) -> None:
    root = make_retail(tmp_path / "home" / folder / IN_PREFIX)
    assert [i.root for i in find(tmp_path)] == [root]


@pytest.mark.parametrize(
    "text", ["", "[", "- a", "game: 3", "game: [1, 2]", "game: {prefix: [x]}", "a: &a [*a]",
             "game: {prefix: !!python/object/apply:os.system [x]}", "{" * 9999,
             "game: {exe: 2026-01-01}"]
)  # fmt: skip
def test_files_of_launchers_that_are_none(tmp_path: Path, text: str) -> None:
    for place in (".config/lutris/games/a.yml", ".local/share/bottles/data.yml",
                  ".config/heroic/GamesConfig/a.json"):  # fmt: skip
        file = tmp_path / "home" / place
        file.parent.mkdir(parents=True)
        file.write_text(text)
    root = make_retail(tmp_path / "home" / ".wine" / IN_PREFIX)
    assert [i.root for i in find(tmp_path)] == [root]


@pytest.mark.parametrize("place", ["steamapps", "config"])
@pytest.mark.parametrize("old", [False, True])
def test_other_steam_libraries(tmp_path: Path, place: str, old: bool) -> None:
    library = tmp_path / 'disk "two"' / "SteamLibrary"
    root = make_retail(library / "steamapps" / "compatdata" / "42" / "pfx" / IN_PREFIX)
    folder = tmp_path / "home" / ".local" / "share" / "Steam" / place
    folder.mkdir(parents=True)
    written = str(library).replace('"', '\\"')
    entry = f'\t"1"\t\t"{written}"\n'
    if not old:
        entry = f'\t"1"\n\t{{\n\t\t"path"\t\t"{written}"\n\t\t"label"\t\t""\n\t}}\n'
    (folder / "libraryfolders.vdf").write_text(f'"libraryfolders"\n{{\n{entry}}}\n')
    (found,) = find(tmp_path)
    assert (found.root, found.found_by) == (root, "Steam")


def test_a_broken_library_list_leaves_the_first(tmp_path: Path) -> None:
    (tmp_path / "steamapps").mkdir()
    (tmp_path / "steamapps" / "libraryfolders.vdf").write_bytes(b'"path" "/unclosed\n\xff\0')
    assert steam_libraries(tmp_path) == [tmp_path]


def test_a_launchers_file_that_names_no_path_hides_no_game(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "home" / ".wine" / IN_PREFIX)
    steam = tmp_path / "home" / ".local" / "share" / "Steam" / "steamapps"
    steam.mkdir(parents=True)
    (steam / "libraryfolders.vdf").write_bytes(b'"path" "/mnt/\0"\n"path" "/\xff"')
    bottles = tmp_path / "home" / ".local" / "share" / "bottles"
    bottles.mkdir()
    (bottles / "data.yml").write_bytes(b"custom_bottles_path: /mnt/\0\n")
    (found,) = find(tmp_path)
    assert found.root == root


def test_bottles_in_a_folder_of_the_players_choice(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "my bottles" / "WoW" / IN_PREFIX)
    data = tmp_path / "home/.var/app/com.usebottles.bottles/data/bottles"
    data.mkdir(parents=True)
    (data / "data.yml").write_text(f"custom_bottles_path: {tmp_path / 'my bottles'}\nx: y\n")
    (found,) = find(tmp_path)
    assert (found.root, found.found_by) == (root, "Bottles")


@pytest.mark.parametrize(
    "folder",
    [".config/faugus-launcher", ".var/app/io.github.Faugus.faugus-launcher/config/faugus-launcher"],
)
def test_faugus_games(tmp_path: Path, folder: str) -> None:
    root = make_retail(tmp_path / "prefix" / IN_PREFIX)
    config = tmp_path / "home" / folder
    config.mkdir(parents=True)
    games = [{"gameid": "x"}, 5, {"prefix": 3}, {"prefix": str(tmp_path / "prefix")}]
    (config / "games.json").write_text(json.dumps(games))
    assert [i.root for i in find(tmp_path)] == [root]
    for broken in ("", "{", "{}", "null", "[" * 50_000):
        (config / "games.json").write_text(broken)
        assert find(tmp_path) == []


def test_xdg_folders_of_the_player(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "data" / "bottles" / "bottles" / "b" / IN_PREFIX)
    assert [i.root for i in find(tmp_path, XDG_DATA_HOME=str(tmp_path / "data"))] == [root]


def test_lower_case_folders_in_a_prefix(tmp_path: Path) -> None:
    prefix = tmp_path / "home" / ".wine" / "drive_c" / "program files (x86)"
    root = make_retail(prefix / "world of warcraft")
    assert [i.root for i in find(tmp_path)] == [root]


def test_one_game_by_many_ways_is_found_once(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "home" / ".wine" / IN_PREFIX)
    (tmp_path / "home" / "Games").mkdir()
    (tmp_path / "home" / "Games" / "World of Warcraft").symlink_to(root)
    write_agent(
        tmp_path / "home/.wine/drive_c/ProgramData",
        ("wow", "C:\\Program Files (x86)\\World of Warcraft"),
    )
    assert len(find(tmp_path, WINEPREFIX=str(tmp_path / "home" / ".wine"))) == 1


def test_a_home_of_loops_and_odd_names_is_searched_to_the_end(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("Games", ".wine", "Faugus", "PortProton", ".cxoffice", "snap"):
        (home / name).mkdir(parents=True)
        (home / name / "loop").symlink_to(home / name)
    (home / ".local" / "share").mkdir(parents=True)
    (home / ".local" / "share" / "Steam").symlink_to(home / ".local" / "share" / "Steam")
    (home / ".steam").symlink_to(home)
    os.mkdir(os.fsencode(home / "Games") + b"/\xff\xfe")  # noqa: PTH102 - no text for that name
    root = make_retail(home / "Games" / "World of Warcraft")
    assert [i.root for i in find(tmp_path)] == [root]


def test_a_user_without_a_home_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)  # raises KeyError, as for such a user
    assert LinuxPlaces().home == Path("/")
