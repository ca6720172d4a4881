"""``att-desktop credentials``: the keyring, from a terminal."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import CredentialsNotUsable, KeyringStore
from att_desktop.system.keyring_access import KeyringError
from att_desktop.system.logs import hide_secret
from att_desktop.text import _, say

if TYPE_CHECKING:
    import argparse

_CLIENTS = "https://www.warcraftlogs.com/api/clients"


def run_credentials(arguments: argparse.Namespace) -> int:
    """Set, show the state of, or clear the stored credentials. Raises AttError."""
    store = KeyringStore(on_secret=hide_secret)
    if arguments.action == "set":
        state = store.state()
        if state.kind == "no_keyring":
            # Before anything is typed: there would be nowhere to keep it.
            raise KeyringError(state.code, **state.fields)
        store.save(_ask())
        print(_("The credentials are stored in the keyring."))
        return 0
    if arguments.action == "clear":
        store.clear()
        print(_("No credentials are stored any more."))
        return 0
    state = store.state()
    print(say(state))
    return 0 if state.usable else 1


def _ask() -> ClientCredentials:
    """Two lines, the secret without echo; from a pipe they are read as they come.

    Raises CredentialsNotUsable when the input ends before, or is no text.
    """
    if sys.stdin is None:
        raise CredentialsNotUsable("credentials.no_input")
    try:
        if not sys.stdin.isatty():
            return ClientCredentials(
                client_id=sys.stdin.readline(), client_secret=sys.stdin.readline()
            )
        print(_("An API client is made at {address}").format(address=_CLIENTS))
        client_id = input(_("Client id: "))
        client_secret = getpass.getpass(_("Client secret: "))
    except EOFError:
        raise CredentialsNotUsable("credentials.input_ended") from None
    except UnicodeDecodeError:
        # Not chained: the cause would contain what was typed.
        raise CredentialsNotUsable("credentials.no_text") from None
    return ClientCredentials(client_id=client_id, client_secret=client_secret)
