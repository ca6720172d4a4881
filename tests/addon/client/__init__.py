"""A headless World of Warcraft client for tests: real Lua 5.1, the real toc, the real trees."""

from __future__ import annotations

from tests.addon.client.game_client import GameClient
from tests.addon.client.toc import Toc, TocFile
from tests.addon.client.trees import class_specs, tree_tables

__all__ = ["GameClient", "Toc", "TocFile", "class_specs", "tree_tables"]
