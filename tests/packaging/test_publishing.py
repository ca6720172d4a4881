"""The last step of the release workflow, with a GitHub that is a folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")

# As gh 2: drafts of one tag may be several, a published release is one; `view` takes the oldest.
GH = """
import json, os, sys
from pathlib import Path

state = Path(os.environ["FAKE_GITHUB"])
releases = json.loads(state.read_text())
_, verb, tag, *rest = sys.argv[1:]
mine = [each for each in releases if each["tag"] == tag]
if verb == "create":
    assert "--draft" in rest and "--verify-tag" in rest
    if any(not each["draft"] for each in mine):
        sys.exit("a release with the same tag name already exists")
    files = [name for name in rest if name.startswith("files/")]
    lost = int(os.environ.get("FAKE_LOST", "0"))
    releases.append({"tag": tag, "draft": True, "assets": files[lost:]})
elif not mine:
    sys.exit("release not found")
elif verb == "view":
    print(json.dumps(mine[0]["draft"]) if "isDraft" in rest else len(mine[0]["assets"]))
elif verb == "delete":
    releases.remove(mine[0])
elif verb == "edit":
    mine[0]["draft"] = False
state.write_text(json.dumps(releases))
"""


@pytest.fixture
def github(tmp_path: Path) -> Path:
    """The releases that there are, and a folder with the files of another one beside it."""
    (tmp_path / "files").mkdir()
    for name in ("a.zip", "b.dmg", "SHA256SUMS"):
        (tmp_path / "files" / name).write_text(name, "utf-8")
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin" / "gh"
    gh.write_text(f"#!{sys.executable}{GH}", "utf-8")
    gh.chmod(0o755)
    state = tmp_path / "releases.json"
    state.write_text("[]", "utf-8")
    return state


def publish(github: Path, **more: str) -> tuple[int, list[tuple[bool, int]]]:
    """Exit code of the step; of each release whether it is a draft, and how many files it has."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    (step,) = (s for s in workflow["jobs"]["release"]["steps"] if "gh release create" in str(s))
    environ = {
        **os.environ,
        "PATH": f"{github.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_REF_NAME": "v1.2.3",
        "FAKE_GITHUB": str(github),
        **more,
    }
    # As the runner does for `run` without `shell`.
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=github.parent, env=environ, check=False, timeout=60
    )
    releases = json.loads(github.read_text("utf-8"))
    return done.returncode, [(each["draft"], len(each["assets"])) for each in releases]


def test_a_release_is_published_once_all_files_are_there(github: Path) -> None:
    assert publish(github) == (0, [(False, 3)])
    # Run again: what players have is not touched.
    code, releases = publish(github, FAKE_LOST="1")
    assert code
    assert releases == [(False, 3)]


def test_a_draft_that_lacks_a_file_stays_one_and_is_made_anew(github: Path) -> None:
    code, releases = publish(github, FAKE_LOST="1")
    assert code
    assert releases == [(True, 2)]
    assert publish(github) == (0, [(False, 3)])
