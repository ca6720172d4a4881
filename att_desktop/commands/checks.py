"""The one list of checks: ``doctor`` runs all of it, ``--smoke-test`` the installation's part."""

from __future__ import annotations

from typing import Final

from att_desktop.commands import check_installation, check_live, check_state
from att_desktop.commands.findings import Check

CHECKS: Final[tuple[Check, ...]] = (
    Check(id="app", run=check_installation.check_app, smoke=True),
    Check(id="environment", run=check_state.check_environment),
    Check(id="folders", run=check_state.check_folders),
    Check(id="settings", run=check_state.check_settings),
    Check(id="credentials", run=check_state.check_credentials),
    Check(id="trees", run=check_installation.check_trees, smoke=True),
    Check(id="addon", run=check_installation.check_addon, smoke=True),
    Check(id="resources", run=check_installation.check_resources, smoke=True),
    Check(id="keyring", run=check_installation.check_keyring, smoke=True),
    Check(id="client", run=check_installation.check_client, smoke=True),
    Check(id="signature", run=check_installation.check_signature, smoke=True),
    Check(id="window", run=check_installation.check_window, smoke=True),
    Check(id="update", run=check_installation.check_update, smoke=True),
    Check(id="builds", run=check_state.check_builds),
    Check(id="game", run=check_state.check_games),
    Check(id="own_talents", run=check_state.check_own_talents),
    Check(id="log", run=check_state.check_last_problems),
    Check(id="connection", run=check_live.check_connection, online=True),
    Check(id="warcraftlogs", run=check_live.check_warcraft_logs, online=True),
)
