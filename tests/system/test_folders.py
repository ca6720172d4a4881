"""Where the app keeps what is its own."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from att_desktop.system.errors import AttError
from att_desktop.system.folders import find_folders

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("home", ["/portable/att", "portable", "~/att", "~nobody-here/att"])
def test_all_folders_are_below_the_home_that_is_set(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also below one of a user who is not here: that is a name like any other then."""
    monkeypatch.chdir(tmp_path)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "me"))
    monkeypatch.setenv("ATT_HOME", home)
    folders = find_folders()
    root = tmp_path / home.replace("~/", "me/")
    for field in fields(folders):
        assert getattr(folders, field.name).is_relative_to(root)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such list of users")
def test_a_user_without_a_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_uid: int) -> None:
        raise KeyError

    for name in ("ATT_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    with pytest.raises(AttError) as raised:
        find_folders()
    assert raised.value.code == "system.no_home"
