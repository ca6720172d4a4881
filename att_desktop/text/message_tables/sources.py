"""Messages for codes of ``att_desktop/sources``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.text.message_tables.plural import Plural

MESSAGES: Final[Mapping[str, str | Plural]] = {
    # any site: {site} is its name, {setting:proxy} the variable that names a proxy
    "http.unsafe_address": N_(
        "The address {url} is not used, because your credentials would travel unencrypted. "
        "Use one that begins with https://."
    ),
    "http.bad_address": N_("The address of {site} cannot be used. Check the settings."),
    "http.no_certificates": N_(
        "The certificates of this system cannot be read, so {site} is not asked. Check the "
        "variables SSL_CERT_FILE and SSL_CERT_DIR."
    ),
    "http.proxy_unreadable": N_(
        "The address of the proxy in {setting:proxy} cannot be read. Characters such as # / ? @ "
        "in a user name or password must be percent-encoded there."
    ),
    "http.proxy_kind": N_(
        "The proxy in {setting:proxy} is of a kind that this app does not know. It knows "
        "http://, https:// and socks5://."
    ),
    "http.proxy_wants_password": N_(
        "The proxy in {setting:proxy} asks for a user name and password (HTTP {status}). "
        "Put them into its address there, or ask who runs this network."
    ),
    "http.proxy_refuses": N_(
        "The proxy in {setting:proxy} refuses the connection (HTTP {status}). "
        "Ask who runs this network to allow it, or remove the proxy from the settings."
    ),
    "http.proxy_fails": N_(
        "The proxy in {setting:proxy} does not make the connection. Check that it runs, "
        "or remove it from the settings."
    ),
    "http.unreachable": N_("{site} cannot be reached. Check the internet connection."),
    "http.unreachable_by_proxy": N_(
        "{site} cannot be reached through the proxy in {setting:proxy}. "
        "Check the proxy and the internet connection."
    ),
    "http.timeout": N_("{site} does not answer in time. Try again later."),
    "http.not_trusted": N_(
        "The connection to {site} is not trusted: its certificate is not valid here ({reason}). "
        "Check the clock of this computer. A virus scanner or proxy may stand between; then its "
        "certificate belongs into the system's store."
    ),
    "http.no_tls": N_(
        "{site} does not speak TLS as expected ({reason}). Something in this network may stand "
        "between."
    ),
    "http.blocked": N_(
        "A protection in front of {site} asks whether you are human and blocks this computer at "
        "the moment. Open the site in a browser once, or try again in an hour."
    ),
    "http.redirect": N_(
        "{site} redirects to another address (HTTP {status}). It is not followed, so that your "
        "credentials stay where they belong. Open the site in a browser: a sign-in page of this "
        "network may stand between. Otherwise look for an update of this app."
    ),
    "http.too_many_requests": N_(
        "{site} takes no more requests for now. Start again within the hour; it goes on where "
        "it stopped."
    ),
    "http.server_trouble": N_(
        "{site} has trouble at the moment (HTTP {status}). Try again in some minutes."
    ),
    "http.empty": N_("{site} answered without content (HTTP {status}). Try again later."),
    "http.web_page": N_(
        "{site} answered with a web page instead of data. It may be in maintenance: try again "
        "later."
    ),
    "http.damaged": N_("The answers of {site} arrive damaged. Try again later."),
    "http.too_large": N_(
        "{site} sent more than is accepted at once ({size:size}). Try again later; if it stays "
        "so, report it."
    ),
    # Warcraft Logs
    "wcl.bad_credentials": N_(
        "Warcraft Logs does not accept the client id and secret. "
        "Check them on warcraftlogs.com/api/clients and enter them again."
    ),
    "wcl.sign_in_refused": N_(
        "Warcraft Logs refuses to sign in this computer (HTTP {status}). It says nothing about "
        "the client id and secret: a firewall or a block of your address may be the reason. "
        "Open warcraftlogs.com in a browser, or try again in an hour."
    ),
    "wcl.sign_in_failed": N_("Signing in to Warcraft Logs failed (HTTP {status})."),
    "wcl.sign_in_unreadable": N_(
        "Signing in to Warcraft Logs gave an answer that cannot be read. Try again later."
    ),
    "wcl.out_of_points": N_(
        "The points of this hour are used up. Start the update again after the reset at "
        "{resets_at:clock}; it goes on where it stopped."
    ),
    "wcl.query_refused": N_(
        "Warcraft Logs refused the question (HTTP {status}). Look for an update of this app."
    ),
    "wcl.unreadable": N_("The answer of Warcraft Logs cannot be read. Try again later."),
    "wcl.no_data": N_("Warcraft Logs answered without data. Try again later."),
    "wcl.says": N_("Warcraft Logs answered: {message}"),
    "wcl.no_points": N_("Warcraft Logs did not say how many points are left."),
    "wcl.zones_incomplete": N_(
        "The list of raids and dungeons arrived incomplete. Try again later."
    ),
    "wcl.zones_unreadable": N_("The list of raids and dungeons cannot be read. Try again later."),
    "wcl.no_zones": N_("Warcraft Logs sent no list of raids and dungeons. Try again later."),
    "wcl.season_unknown": N_(
        "Warcraft Logs did not say which season is played now. Try again later."
    ),
    "wcl.no_such_zone": N_(
        "Warcraft Logs has no zone {zone_id}. Choose another, or none: then the current season "
        "is taken."
    ),
    "wcl.zone_is_no_raid": N_(
        "Zone {zone_id} of Warcraft Logs is '{zone}', no raid. Choose another, or none: then the "
        "current season is taken."
    ),
    "wcl.zone_is_no_mythicplus": N_(
        "Zone {zone_id} of Warcraft Logs is '{zone}', no Mythic+ season. Choose another, or "
        "none: then the current season is taken."
    ),
    "wcl.zone_is_empty": N_(
        "Zone {zone_id} of Warcraft Logs, '{zone}', has no bosses or dungeons. Choose another, "
        "or none: then the current season is taken."
    ),
    "wcl.no_such_encounter": N_("Warcraft Logs does not know this encounter."),
    "wcl.rankings_unreadable": N_("The rankings of Warcraft Logs cannot be read."),
    "wcl.no_rankings": N_("Warcraft Logs sent no rankings."),
    "wcl.difficulty_refused": N_("Warcraft Logs answered: {message}"),
    "wcl.player_not_in_report": N_("The report does not show {name} of {server}."),
    "wcl.no_import_code": N_("Warcraft Logs has no import code for this player in this fight."),
    "wcl.report_unreadable": N_("The report cannot be read."),
    "wcl.report_hidden": N_("The report cannot be seen."),
    # a character's public profile at Raider.IO
    "raiderio.incomplete": N_("Enter region, realm and name of a character."),
    "raiderio.no_name": N_("'{name}' cannot be the name of a character. Enter it without a realm."),
    "raiderio.no_realm": N_("'{realm}' cannot be the name of a realm."),
    "raiderio.not_found": N_(
        "Raider.IO does not know {name} on {realm}. Check spelling and region. A character is "
        "there once it was seen in a raid or dungeon, unless its player hides it."
    ),
    "raiderio.hidden": N_("The profile of {name} on {realm} is not public at Raider.IO."),
    "raiderio.no_talents": N_(
        "Raider.IO shows no talents of {name} on {realm} yet. Log in and out of the game once, "
        "then ask again in some hours."
    ),
    "raiderio.other_talents": N_(
        "The talents that Raider.IO shows of {name} do not fit the talent trees of this app. After "
        "a patch log in and out of the game once, and refresh the talent trees in the settings."
    ),
    "raiderio.too_many_requests": N_(
        "Raider.IO takes no more requests for now. Try again in some minutes."
    ),
    "raiderio.http_status": N_(
        "Raider.IO does not give the profile (HTTP {status}). Try again later."
    ),
    "raiderio.unreadable": N_("The answer of Raider.IO cannot be read. Try again later."),
    # talent trees of Raidbots
    "trees.http_status": N_(
        "Raidbots did not send new talent trees (HTTP {status}). The trees that are here stay in "
        "use."
    ),
    "trees.not_saved": N_(
        "The new talent trees cannot be saved in {folder}. The trees that are here stay in use."
    ),
    "trees.unreadable": N_(
        "The new talent trees cannot be read ({reason}). The trees that are here stay in use."
    ),
    "trees.spec_missing": N_(
        "The new talent trees lack {spec_id:spec}. The trees that are here stay in use."
    ),
    "trees.hero_trees": N_(
        "The new talent trees have {count} hero trees for {spec_id:spec}. The trees that are here "
        "stay in use."
    ),
    "trees.no_points": N_(
        "The new talent trees give {spec_id:spec} no points to spend. The trees that are here "
        "stay in use."
    ),
    "trees.unplayable": N_(
        "Builds of {spec_id:spec} cannot be made with the new talent trees. The trees that are "
        "here stay in use."
    ),
    "trees.foreign_codes": N_(
        "Only {good} of {total} builds that players use fit the new talent trees. The trees that "
        "are here stay in use."
    ),
}
