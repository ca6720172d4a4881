"""``att-desktop credentials``: the keyring, from a terminal."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from att_desktop.credentials import (
    WITHOUT_KEYRING,
    ClientCredentials,
    KeyringStore,
    NoKeyring,
)
from att_desktop.logs import hide_secret

if TYPE_CHECKING:
    import argparse

__all__ = ["run_credentials"]


def run_credentials(arguments: argparse.Namespace) -> int:
    """Set, show the state of, or clear the stored credentials. Raises AttError."""
    store = KeyringStore(on_secret=hide_secret)
    if arguments.action == "set":
        try:
            store.save(_ask())
        except NoKeyring as error:
            raise NoKeyring(f"{error} {WITHOUT_KEYRING}") from error
        print("The credentials are stored in the keyring.")
        return 0
    if arguments.action == "clear":
        store.clear()
        print("No credentials are stored any more.")
        return 0
    state = store.state()
    print(state.sentence)
    return 0 if state.usable else 1


def _ask() -> ClientCredentials:
    """Two lines, the secret without echo; from a pipe they are read as they come."""
    if not sys.stdin.isatty():
        return ClientCredentials(
            client_id=sys.stdin.readline().strip(), client_secret=sys.stdin.readline().strip()
        )
    print("An API client is made at https://www.warcraftlogs.com/api/clients")
    client_id = input("Client id: ")
    return ClientCredentials(client_id=client_id, client_secret=getpass.getpass("Client secret: "))
