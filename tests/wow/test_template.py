"""The app's own copy of the addon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.errors import BrokenTemplate
from att_desktop.wow.template import read_template, toc_version
from tests.wow.addon_copy import make_template

if TYPE_CHECKING:
    from pathlib import Path


def test_conditions_variables_and_comments_of_a_toc(tmp_path: Path) -> None:
    template = make_template(tmp_path)
    toc = template / "AzerothsTopTalent.toc"
    toc.write_bytes(
        "\ufeff".encode()
        + b"## Version: 1.0\r\n# a comment\r\nLocales\\enUS.lua\r\n\r\n  Core.lua  \r\n"
        b"Locales\\deDE.lua [AllowLoadTextLocale deDE]\r\nLocales\\[TextLocale].lua\r\n"
    )
    assert set(read_template(template)) == {
        "AzerothsTopTalent.toc",
        "Core.lua",
        "Locales/enUS.lua",
        "TalentData.lua",
    }
    toc.write_bytes(toc.read_bytes() + b"Missing\\File.lua\r\n")
    with pytest.raises(BrokenTemplate, match=r"wow\.template_incomplete file='Missing/File\.lua'"):
        read_template(template)


def test_what_tools_leave_is_not_part_of_the_addon(tmp_path: Path) -> None:
    template = make_template(tmp_path)
    before = set(read_template(template))
    for path in (".DS_Store", ".git/HEAD", "__pycache__/x.pyc", "Locales/.swp"):
        (template / path).parent.mkdir(exist_ok=True)
        (template / path).write_text("x")
    assert set(read_template(template)) == before


@pytest.mark.parametrize("make", ["missing", "empty toc"])
def test_no_addon_at_all(tmp_path: Path, make: str) -> None:
    template = tmp_path / "none"
    if make == "empty toc":
        template = make_template(tmp_path)
        (template / "AzerothsTopTalent.toc").write_text("")
    with pytest.raises(BrokenTemplate, match=r"wow\.template_"):
        read_template(template)


@pytest.mark.parametrize(
    ("toc", "version"),
    [
        ("## Version: 1.2.3\n", "1.2.3"),
        ("## Title: x\r\n##Version:  2.0-beta  \r\n", "2.0-beta"),
        ("## X-Version: 3\n## version: 1\n", "1"),
        ("## Version:\n## Notes: x\n", None),
        ("# Version: 1\n", None),
        ("", None),
    ],
)
def test_the_version_of_a_toc(toc: str, version: str | None) -> None:
    assert toc_version(toc) == version
