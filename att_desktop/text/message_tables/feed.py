"""Messages about feeds: reading, publishing, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_
from att_desktop.text.message_tables.plural import Plural

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str | Plural]] = {
    "feed.address": N_(
        "This is not the address of a feed. It begins with https:// and ends with # and a key of "
        "43 characters. Copy it again from whoever gave it to you."
    ),
    "feed.address_key": N_(
        "The address of the feed lacks its key: the 43 characters behind the #. Copy the whole "
        "address again from whoever gave it to you."
    ),
    "feed.http_status": N_(
        "The feed's server answered with an error (HTTP {status}). The builds that you have stay "
        "in use."
    ),
    "feed.missing": N_(
        "There is no feed at this address any more. Ask its publisher for a new address. The "
        "builds that you have stay in use."
    ),
    "feed.not_a_feed": N_(
        "What lies at this address is not a feed of this app. The builds that you have stay in use."
    ),
    "feed.signature": N_(
        "The feed is not signed by the publisher whose key is in its address. It is not used; the "
        "builds that you have stay in use. Ask the publisher."
    ),
    "feed.length": N_(
        "The feed arrived incomplete or was changed on its way. The builds that you have stay in "
        "use; it is tried again later."
    ),
    "feed.hash": N_(
        "The feed was changed on its way, or its server mixes old and new files. The builds that "
        "you have stay in use; it is tried again later."
    ),
    "feed.too_large": N_(
        "The feed is larger than any honest one. It is not used; the builds that you have stay in "
        "use."
    ),
    "feed.damaged": N_(
        "The feed cannot be unpacked. The builds that you have stay in use; ask its publisher."
    ),
    "feed.older": N_(
        "The feed's server offers older builds than those you have already. Yours stay in use."
    ),
    "feed.two_faces": N_(
        "The feed has two different contents under one number. It is not used; the builds that "
        "you have stay in use. Ask its publisher."
    ),
    "feed.expired": N_(
        "The feed has expired ({expires_at:clock}): its publisher has not renewed it. The builds "
        "that you have stay in use."
    ),
    "feed.from_future": N_(
        "The feed says it was made in the future ({created_at:clock}). Check the clock of this "
        "computer. The builds that you have stay in use."
    ),
    "feed.newer_format": N_(
        "The feed needs a newer version of this app. The builds that you have stay in use."
    ),
    "feed.other_trees": N_(
        "The feed's builds are for another version of the talents than this app has. The builds "
        "that you have stay in use."
    ),
    "feed.left_out": Plural(
        "{count:number} result of the feed is not sound and was left out.",
        "{count:number} results of the feed are not sound and were left out.",
        "count",
    ),
    "feed.no_key": N_(
        "There is no key to sign the feed with. Set ATT_FEED_KEY, or give --key-file FILE. "
        "'att-desktop feed keygen FILE' makes one."
    ),
    "feed.key_file_missing": N_("The key file {path} cannot be read."),
    "feed.key_file_open": N_(
        "Others on this computer may read the key file {path}. Run: chmod 600 {path}"
    ),
    "feed.key_broken": N_(
        "The key cannot be used: it must be the 32 bytes that 'att-desktop feed keygen' wrote, in "
        "base64."
    ),
    "publish.nothing": N_(
        "There are no results to publish. Run 'att-desktop sync --source parses' first."
    ),
    "publish.sample": N_("Sample data is made up and is never published."),
    "publish.not_approved": N_(
        "Warcraft Logs' data may be published only with their permission. If you have it, set "
        "ATT_FEED_APPROVED=warcraftlogs; otherwise publish results of another source."
    ),
    "publish.two_seasons": N_(
        "The results are of more than one season ({zones:list}). Update again, then publish."
    ),
    "publish.illegal": Plural(
        "{count} result is not legal on this app's talent trees ({skipped:rows}); nothing was "
        "published.",
        "{count} results are not legal on this app's talent trees ({skipped:rows}); nothing was "
        "published.",
        "count",
    ),
    "publish.floor": N_(
        "There are far fewer encounters of {source} than in the last feed ({now} instead of "
        "{before}); nothing was published. If that is right, publish into an empty folder."
    ),
    "publish.serial": N_(
        "The last feed was made at {created_at:clock}, which is still to come: check the clock of "
        "this computer. Nothing was published."
    ),
    "publish.not_writable": N_("The feed cannot be written to {path} ({reason})."),
    "publish.done": N_(
        "Published {units} specs and contents with {encounters} encounters, signed by {key}."
    ),
    "feed.verified": N_(
        "The feed is good: {encounters} encounters of {sources:list}, made {created_at:clock}, "
        "holds until {expires_at:clock}."
    ),
    "feed.new_key": N_(
        "The key is in {path}. Keep it to yourself. Its public half, for the end of the address:"
    ),
    "feed.key_exists": N_("{path} exists already; a key is never overwritten."),
    "feed.key_not_written": N_("The key cannot be written to {path} ({reason})."),
    "feed.missing_here": N_("There is no feed in {path} that can be read."),
    "feed.verify_needs_key": N_(
        "Which key must the feed be signed with? Give --key with the 43 characters of its address, "
        "or the publisher's key by --key-file or ATT_FEED_KEY."
    ),
    "feed.never_read": N_("The feed that is set was not read yet."),
    "feed.status": N_(
        "The feed of {created_at:clock} ({sources:list}) was read at {checked_at:clock} and holds "
        "until {expires_at:clock}."
    ),
    "feed.status_expired": N_(
        "The feed of {created_at:clock} ({sources:list}) was read at {checked_at:clock} and has "
        "expired at {expires_at:clock}."
    ),
    "feed.none_set": N_(
        "No feed is set. Paste its address under Settings, Source, or set ATT_FEED_ADDRESS."
    ),
}
