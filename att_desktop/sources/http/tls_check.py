"""Can a secure connection be made to a host, with the certificates that this system trusts?"""

from __future__ import annotations

import socket
import ssl
from typing import Final
from urllib.parse import urlsplit

import truststore

from att_desktop.system.errors import AttError

__all__ = ["InsecureConnection", "NoConnection", "check_tls"]

_SECONDS: Final = 10.0


class NoConnection(AttError):
    """The host can not be reached."""


class InsecureConnection(AttError):
    """The host was reached, but nothing vouches for it, or it does not speak TLS."""


def check_tls(url: str, *, timeout_s: float = _SECONDS) -> str:
    """Shake hands with the host of an https address; a sentence on what came of it.

    Nothing is asked of the host. Raises NoConnection and InsecureConnection. A proxy that the
    system is set to use is not used here.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        with (
            socket.create_connection((host, port), timeout=timeout_s) as connection,
            context.wrap_socket(connection, server_hostname=host) as secure,
        ):
            return f"{host} answers with {secure.version()}, trusted by this system."
    except ssl.SSLCertVerificationError as error:
        raise InsecureConnection(
            f"The certificate of {host} is not trusted here ({error.verify_message}). A virus "
            "scanner or proxy may stand between; its certificate belongs into the system's store."
        ) from error
    except ssl.SSLError as error:
        raise InsecureConnection(
            f"{host} does not speak TLS as expected ({error.reason})."
        ) from error
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise NoConnection(f"{host} can not be reached ({reason}). Check the network.") from error
