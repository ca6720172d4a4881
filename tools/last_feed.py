"""Fetches the feed that is published now, so that the next one can follow it.

    python -m tools.last_feed https://host/path#KEY FOLDER

``publish`` compares with the feed in its folder: the serial rises, and coverage does not fall.
Exit code 0 also when nothing is published yet (404); any other failure is 1, since publishing
without knowing the last serial would give one out twice.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urljoin

import httpx


class LastFeedError(Exception):
    """The published feed cannot be fetched; the message says why."""


def fetch_last_feed(address: str, folder: Path) -> list[str]:
    """Write ``index.json`` and its blob into ``folder``; returns their names, [] if there is none.

    Signature and hash are not looked at here: ``publish`` and ``feed verify`` do that.
    """
    # The app takes the address of the index itself, too.
    base = urldefrag(address).url.removesuffix("/index.json").rstrip("/") + "/"
    with httpx.Client(timeout=60, follow_redirects=True) as client:
        index = client.get(urljoin(base, "index.json"))
        if index.status_code == httpx.codes.NOT_FOUND:
            return []
        name = _blob_name(_checked(index).content)
        blob = _checked(client.get(urljoin(base, name)))
    for path, content in ((name, blob.content), ("index.json", index.content)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return ["index.json", name]


def _checked(response: httpx.Response) -> httpx.Response:
    if response.status_code != httpx.codes.OK:
        raise LastFeedError(f"{response.url} answered {response.status_code}.")
    return response


def _blob_name(envelope: bytes) -> str:
    """The blob's path in a DSSE envelope (payload: JSON in base64)."""
    try:
        payload = json.loads(base64.b64decode(json.loads(envelope)["payload"], validate=True))
        name = payload["blob"]["path"]
    except (ValueError, KeyError, TypeError) as error:
        raise LastFeedError("The published index.json is no feed.") from error
    if not isinstance(name, str) or PurePosixPath(name).is_absolute() or ".." in name:
        raise LastFeedError("The published index.json names a path outside of the feed.")
    return name


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    try:
        names = fetch_last_feed(arguments[0], folder)
    except (LastFeedError, httpx.HTTPError) as error:
        print(f"The published feed could not be fetched: {error}", file=sys.stderr)
        return 1
    print(*(names or ["Nothing is published yet."]), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
