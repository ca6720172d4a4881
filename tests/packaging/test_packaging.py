"""What is shipped: the parts found wherever the app was started from, the icon, the recipe."""

from __future__ import annotations

import ast
import re
import struct
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import PySide6
import pytest

from att_desktop import __version__
from att_desktop.app import draw_window
from att_desktop.cli import main
from att_desktop.commands.smoke import smoke_test
from att_desktop.system import bundled
from att_desktop.system.bundled import ADDON_TEMPLATE, BundledFileMissing, bundled_path, is_frozen
from att_desktop.text.language import LANGUAGES
from tests.shared_data import ROOT

RESOURCES = ROOT / "resources"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PNG = b"\x89PNG\r\n\x1a\n"


def spec_value(name: str) -> Any:
    """A literal of att.spec: the argument of ``re.compile``, or the words of ``excludes``."""
    for node in ast.walk(ast.parse((ROOT / "att.spec").read_text("utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            assert isinstance(node.value, ast.Call)
            return ast.literal_eval(node.value.args[0])
        if isinstance(node, ast.keyword) and node.arg == name:
            assert isinstance(node.value, ast.List)
            return [item.value for item in node.value.elts if isinstance(item, ast.Constant)]
    raise LookupError(name)


def qt_modules_used() -> set[str]:
    found = set()
    for path in (ROOT / "att_desktop").rglob("*.py"):
        found |= set(re.findall(r"PySide6\.(Qt\w+)", path.read_text("utf-8")))
    return found


def test_no_qt_module_in_use_is_left_out() -> None:
    used = qt_modules_used()
    assert {"QtCore", "QtGui", "QtWidgets"} <= used
    excluded = {name.partition(".")[2] for name in spec_value("excludes")}
    assert not used & excluded
    unused = re.compile(spec_value("UNUSED"))
    for module in used:
        for library in (
            f"/PySide6/Qt6{module[2:]}.dll",
            f"/PySide6/Qt/lib/libQt6{module[2:]}.so.6",
        ):
            assert not unused.search(library)
        assert not unused.search(f"/PySide6/{module}.abi3.so")


@pytest.mark.parametrize(
    "path",
    [
        *(f"translations/qtbase_{code}.qm" for code in LANGUAGES if code != "en"),
        "plugins/platforms/libqxcb.so",
        "plugins/platforms/libqwayland.so",
        "plugins/platforms/libqoffscreen.so",
        "plugins/platforms/qwindows.dll",
        "plugins/platforms/qoffscreen.dll",
        "plugins/platforms/libqcocoa.dylib",
        "plugins/styles/qmodernwindowsstyle.dll",
        "plugins/styles/libqmacstyle.dylib",
        "plugins/iconengines/libqsvgicon.so",
        "plugins/tls/libqopensslbackend.so",
        "plugins/tls/qschannelbackend.dll",
        "plugins/tls/libqsecuretransportbackend.dylib",
        "plugins/imageformats/libqsvg.so",
        "plugins/imageformats/qjpeg.dll",
        "plugins/imageformats/libqico.dylib",
        "plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "plugins/platformthemes/libqxdgdesktopportal.so",
        "plugins/wayland-shell-integration/libxdg-shell.so",
        "plugins/wayland-decoration-client/libadwaita.so",
        "lib/libQt6Svg.so.6",
        "lib/libQt6DBus.so.6",
        "lib/libQt6XcbQpa.so.6",
        "Qt6Core.dll",
    ],
)
def test_what_a_desktop_needs_is_kept(path: str) -> None:
    assert not re.search(spec_value("UNUSED"), f"/PySide6/Qt/{path}")


@pytest.mark.parametrize(
    "path",
    [
        "translations/qtbase_fi.qm",
        "translations/qt_help_de.qm",
        "plugins/platformthemes/libqgtk3.so",
        "plugins/imageformats/qwebp.dll",
        "plugins/imageformats/libqtiff.so",
        "plugins/platforms/libqvnc.so",
        "plugins/platforms/libqminimal.so",
        "plugins/tls/qopensslbackend.dll",
        "plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll",
        "plugins/vectorimageformats/libqlottievectorimage.so",
        "lib/libQt6Qml.so.6",
        "lib/libQt6EglFSDeviceIntegration.so.6",
        "Qt6Pdf.dll",
        "opengl32sw.dll",
    ],
)
def test_what_no_player_needs_is_left_out(path: str) -> None:
    assert re.search(spec_value("UNUSED"), f"/PySide6/Qt/{path}")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files as they are on Linux")
def test_the_plugins_that_are_kept_are_those_of_this_qt() -> None:
    """A new Qt may rename its plugins: then the recipe wants another look."""
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins"
    kept = {
        path.name
        for path in plugins.rglob("*.so")
        if not re.search(
            spec_value("UNUSED"), "/" + path.relative_to(plugins.parents[2]).as_posix()
        )
    }
    assert {"libqxcb.so", "libqoffscreen.so", "libqsvgicon.so", "libqjpeg.so"} <= kept
    assert "libqopensslbackend.so" in kept
    assert any(name.startswith("libqwayland") for name in kept)
    assert len(kept) < 30, sorted(kept)


def test_the_installer_speaks_the_languages_of_the_window() -> None:
    script = (ROOT / "tools" / "packaging" / "windows.nsi").read_text("utf-8")
    spoken = re.findall(r'^!insertmacro MUI_LANGUAGE "(\w+)"$', script, re.MULTILINE)
    assert len(spoken) == len(LANGUAGES) == script.count("LangString IN_USE ")
    for language in spoken:
        assert f"LangString IN_USE ${{LANG_{language.upper()}}} " in script


def test_parts_are_found_in_a_checkout() -> None:
    assert bundled_path(ADDON_TEMPLATE) == ROOT / ADDON_TEMPLATE
    assert bundled_path("resources/icon.svg").is_file()
    assert not is_frozen()


def test_parts_are_found_in_a_wheel_and_in_a_binary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "att_desktop"
    wheel = package / "_bundled" / "resources" / "icon.svg"
    binary = tmp_path / "internal" / "resources" / "icon.svg"
    for path in (wheel, binary):
        path.parent.mkdir(parents=True)
        path.touch()
    monkeypatch.setattr(bundled, "__file__", str(package / "system" / "bundled.py"))
    assert bundled_path("resources/icon.svg") == wheel
    frozen = SimpleNamespace(frozen=True, _MEIPASS=str(tmp_path / "internal"))
    monkeypatch.setattr(bundled, "sys", frozen)
    assert bundled_path("resources/icon.svg") == binary
    with pytest.raises(BundledFileMissing, match=r"system\.part_missing"):
        bundled_path("resources/nothing.svg")


@pytest.mark.parametrize("path", ["../secrets", "resources/../../x", "/etc/passwd"])
def test_no_way_leads_out_of_the_app(path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        bundled_path(path)


def test_the_wheel_carries_what_the_app_looks_for() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["addon_template"] == "att_desktop/_bundled/addon_template"
    assert included["resources"] == "att_desktop/_bundled/resources"


def test_there_is_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == f"att-desktop {__version__}"
    toc = (ROOT / ADDON_TEMPLATE / "AzerothsTopTalent.toc").read_text("utf-8")
    assert f"\n## Version: {__version__}\n" in toc


def test_the_windows_icon_holds_every_size() -> None:
    data = (RESOURCES / "icon.ico").read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    assert (kind, count) == (1, 7)
    sizes = []
    for number in range(count):
        width, height, *_, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        picture = data[offset : offset + length]
        assert picture.startswith(PNG)
        assert struct.unpack(">II", picture[16:24]) == (width or 256, height or 256)
        sizes.append(width or 256)
    assert sizes == [16, 24, 32, 48, 64, 128, 256]


def test_the_mac_icon_is_whole() -> None:
    data = (RESOURCES / "icon.icns").read_bytes()
    assert (data[:4], struct.unpack(">I", data[4:8])[0]) == (b"icns", len(data))
    at, kinds = 8, []
    while at < len(data):
        length = struct.unpack(">I", data[at + 4 : at + 8])[0]
        assert data[at + 8 : at + 16] == PNG
        kinds.append(data[at : at + 4])
        at += length
    assert {b"ic07", b"ic08", b"ic09", b"ic10"} <= set(kinds)


def test_the_icon_needs_nothing_from_elsewhere() -> None:
    text = (RESOURCES / "icon.svg").read_text("utf-8")
    ET.fromstring(text)
    assert "href" not in text
    assert "<script" not in text


@pytest.mark.parametrize("name", ["quick start", "tests"])
def test_the_readme_has_its_commands(name: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(rf"<!-- {name} -->\n```sh\n(.+?)```\n<!-- /{name} -->", readme, re.DOTALL)
    assert block
    lines = block[1].strip().splitlines()
    assert lines[0].startswith("python3 -m venv .venv")
    assert all(".venv" in line for line in lines)


def test_the_readme_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    ([a-z]+)(?:\s|$)", capsys.readouterr().out, re.MULTILINE)
    assert "sync" in commands
    for command in commands:
        assert f"`att-desktop {command}" in readme
    with pytest.raises(SystemExit):
        main(["sync", "--help"])
    for option in set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}:
        assert f"`{option}`" in readme


@pytest.mark.slow
def test_this_installation_passes_the_smoke_test(
    capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    assert smoke_test(draw_window) == 0, capsys.readouterr().out
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "ok app",
        "ok trees",
        "ok addon",
        "ok resources",
        "ok keyring",
        "ok client",
        "ok signature",
        "ok window",
        "ok update",
    ]
