"""The talents of a character by name, from its public profile at Raider.IO.

``GET /api/v1/characters/profile?region&realm&name&fields=talents``; the answer's ``talentLoadout``
has ``loadout_text``, an import code. A character that is not there is answered with HTTP 400 and a
``message``. Asked only when the player wants it: one request, with these four fields.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import urlencode

import msgspec

from att_desktop.config.addresses import RAIDER_IO_URL
from att_desktop.config.characters import REGIONS, OwnCharacter
from att_desktop.game.import_codes import CodeError, EncodeError, decode, encode
from att_desktop.sources.errors import BadResponse, NoSuchPlayer, OutOfPoints, SourceError
from att_desktop.sources.http.client import HttpClient
from att_desktop.sources.http.retries import RetryPolicy, retry
from att_desktop.sources.http.transfer import Limits
from att_desktop.system.errors import AttError
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.system.times import parse_time

if TYPE_CHECKING:
    from att_desktop.config.characters import CharacterName
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.http.clock import Clock
    from att_desktop.sources.http.transfer import Response

SITE: Final = "Raider.IO"
PROFILE_PATH: Final = "/api/v1/characters/profile"

# A profile with talents has some 60 kB; the player waits in front of the window.
_LIMITS: Final = Limits(
    connect_s=10.0, read_s=15.0, total_s=30.0, wire_bytes=2 * 1024 * 1024, body_bytes=8 * 1024**2
)
_POLICY: Final = RetryPolicy(attempts=3)
_LONGEST_NAME: Final = 24
_LONGEST_REALM: Final = 60
_FIRST_YEAR: Final = 2004
_OK: Final = 200
_UNKNOWN: Final = frozenset({400, 404, 410, 422})
_HIDDEN: Final = frozenset({401, 403, 451})


class _Loadout(msgspec.Struct):
    loadout_text: str | None = None


class _Profile(msgspec.Struct):
    name: str | None = None
    realm: str | None = None
    last_crawled_at: str | None = None
    talent_loadout: _Loadout | None = msgspec.field(name="talentLoadout", default=None)


def checked_name(name: CharacterName) -> CharacterName:
    """The name without what a player may paste along. Raises AttError where it can be none."""
    plain = msgspec.structs.replace(name, realm=_words(name.realm), name=_words(name.name))
    if not plain.name or not plain.realm:
        raise AttError("raiderio.incomplete")
    is_name = plain.name.isprintable() and len(plain.name) <= _LONGEST_NAME
    if not is_name or not all(ch.isalpha() or unicodedata.combining(ch) for ch in plain.name):
        raise AttError("raiderio.no_name", name=plain.name[: 2 * _LONGEST_NAME])
    if len(plain.realm) > _LONGEST_REALM or not plain.realm.isprintable():
        raise AttError("raiderio.no_realm", realm=plain.realm[: 2 * _LONGEST_REALM])
    if plain.region not in REGIONS:
        raise AttError("raiderio.incomplete")
    return plain


async def fetch_character(
    name: CharacterName,
    trees: TalentTrees,
    *,
    base_url: str = RAIDER_IO_URL,
    policy: RetryPolicy = _POLICY,
    clock: Clock | None = None,
) -> OwnCharacter:
    """The talents of a character as it was last seen; the code is written anew.

    Raises AttError: a name that can be none, NoSuchPlayer, other SourceErrors, and talents that do
    not fit ``trees``.
    """
    name = checked_name(name)
    query = {
        "region": name.region,
        "realm": _slug(name.realm),
        "name": name.name,
        "fields": "talents",
    }
    url = f"{base_url.rstrip('/')}{PROFILE_PATH}?{urlencode(query)}"
    http = HttpClient(SITE, url, limits=_LIMITS, clock=clock)

    async def attempt() -> Response:
        return await http.request("GET", url)

    async with http:
        response = await retry(attempt, policy=policy, on_429=_refused)
    return _character(name, response, trees)


def _refused(error: OutOfPoints, _seconds: float) -> NoReturn:
    """The player can ask again: nothing is waited for behind a button."""
    raise SourceError("raiderio.too_many_requests") from error


def _character(name: CharacterName, response: Response, trees: TalentTrees) -> OwnCharacter:
    if response.status in _UNKNOWN:
        raise _no_player("raiderio.not_found", name)
    if response.status in _HIDDEN:
        raise _no_player("raiderio.hidden", name)
    if response.status != _OK:
        raise BadResponse("raiderio.http_status", status=response.status)
    try:
        profile = decode_json(response.body, _Profile)
    except UnreadableJson as error:
        raise BadResponse("raiderio.unreadable") from error
    code = profile.talent_loadout.loadout_text if profile.talent_loadout else None
    if not code:
        raise _no_player("raiderio.no_talents", name)
    spec_id, own_code = _read_code(code, name, trees)
    return OwnCharacter(
        region=name.region,
        realm=_named(profile.realm, name.realm, _LONGEST_REALM),
        name=_named(profile.name, name.name, _LONGEST_NAME),
        spec_id=spec_id,
        code=own_code,
        time=_seen(profile.last_crawled_at),
    )


def _no_player(code: str, name: CharacterName) -> NoSuchPlayer:
    return NoSuchPlayer(code, name=name.name, realm=name.realm)


def _seen(crawled: str | None) -> int:
    """When the site last looked at the character, in seconds since 1970; now, if it does not say
    so."""
    now = datetime.now(UTC)
    try:
        seen = parse_time(crawled or "")
    except ValueError:
        return int(now.timestamp())
    return int(min(seen, now).timestamp()) if seen.year > _FIRST_YEAR else int(now.timestamp())


def _read_code(code: str, name: CharacterName, trees: TalentTrees) -> tuple[int, str]:
    """Spec id and the code in our own writing. Raises BadResponse for other talents than ours."""
    try:
        decoded = decode(code, trees)
        if decoded.fits:
            return decoded.spec_id, encode(trees.tree(decoded.spec_id), decoded.selection)
    except (CodeError, EncodeError):
        pass  # said below: to a player all of these are talents that do not fit
    raise BadResponse("raiderio.other_talents", name=name.name)


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _slug(realm: str) -> str:
    """'Tarren Mill' as 'tarren-mill', 'Kil'jaeden' as 'kiljaeden': how Raider.IO names realms."""
    kept = "".join(ch for ch in realm.casefold() if ch.isalnum() or ch in " -")
    return "-".join(kept.replace("-", " ").split())


def _named(answered: str | None, asked: str, most: int) -> str:
    """The name in the site's spelling, if it is one that can be shown."""
    if answered and len(answered) <= most and answered.isprintable():
        return answered
    return asked
