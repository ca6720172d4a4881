"""``att-desktop publish DIR``: the results at hand as a signed static feed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from att_desktop.sources.feed.keys import load_key
from att_desktop.sources.talent_trees import load_trees
from att_desktop.text import say_code
from att_desktop.update.checkpoint import Contents, read_checkpoint
from att_desktop.update.merging import youngest
from att_desktop.update.publish import APPROVED_VARIABLE, publish
from att_desktop.update.result_folders import checkpoints_of

if TYPE_CHECKING:
    import argparse

    from att_desktop.config.settings import Settings
    from att_desktop.system.folders import Folders


def run_publish(arguments: argparse.Namespace, folders: Folders, settings: Settings) -> int:
    """Write the feed and say what is in it. Raises FeedRefused, AttError."""
    key = load_key(arguments.key_file, os.environ)
    paths = checkpoints_of(folders, arguments.source or settings.source)
    results = [read_checkpoint(path) for path in paths]
    units, encounters = youngest(results)
    config = next((result.config for result in results if result.config is not None), None)
    approved = os.environ.get(APPROVED_VARIABLE, "").split(",")
    published = publish(
        arguments.folder,
        Contents(config=config, units=units, encounters=encounters),
        load_trees(folders),
        key,
        approved=[name.strip() for name in approved],
    )
    fields = {
        "units": published.units,
        "encounters": published.encounters,
        "key": published.key,
    }
    print(say_code("publish.done", fields))
    return 0
