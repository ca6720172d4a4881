"""Names of the game: specs, classes, content types, difficulties, as the client writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.game.content_types import CONTENT
from att_desktop.game.specs import SPECS
from att_desktop.text.language import N_, _, pgettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.game.content_types import Content
    from att_desktop.game.trees import TalentTree

_CONTENT: Final[Mapping[str, Content]] = {row.id: row for row in CONTENT.values()}
_TITLES: Final = {
    "content.raid": N_("Raid"),
    "content.raid.general": N_("All raid bosses"),
    "content.mythicplus": N_("Mythic+"),
    "content.mythicplus.general": N_("All dungeons"),
}
_DIFFICULTIES: Final = {
    "normal": N_("Normal"),
    "heroic": N_("Heroic"),
    "mythic": N_("Mythic"),
    "lfr": N_("Raid Finder"),
}

_FOUND_BY: Final = {
    "usual folder": N_("usual folder"),
    "picked by hand": N_("chosen by hand"),
    "Windows registry": N_("Windows registry"),
}
_SOURCES: Final = {"parses": "parses.gg", "warcraftlogs": "Warcraft Logs"}


def spec_name(spec_id: int) -> str:
    """'Frost'. The context names the spec id: one English name can have two translations."""
    spec = SPECS.get(spec_id)
    context = f"spec {spec_id}"
    return pgettext(context, spec.name) if spec else str(spec_id)


def class_name(english: str) -> str:
    """'Death Knight' in the language in use."""
    return pgettext("class", english)


def hero_tree_name(english: str) -> str:
    """'San'layn' in the language in use; English names of hero trees are unique."""
    return pgettext("hero tree", english)


def spec_and_class(spec_id: int) -> str:
    """'Frost Mage'; the order is the language's own."""
    spec = SPECS.get(spec_id)
    if spec is None:
        return str(spec_id)
    # TRANSLATORS: a specialization with its class, e.g. 'Frost Mage' (TALENT_SPEC_AND_CLASS).
    pattern = pgettext("spec and class", "{spec} {class_}")
    return pattern.format(spec=spec_name(spec_id), class_=class_name(spec.class_name))


def short_spec_name(spec_id: int) -> str:
    """'Devourer'; with its class where two classes have a spec of that name: 'Frost Mage'."""
    spec = SPECS.get(spec_id)
    if spec is None or sum(each.name == spec.name for each in SPECS.values()) > 1:
        return spec_and_class(spec_id)
    return spec_name(spec_id)


def tree_name(tree: TalentTree) -> str:
    """Spec and class of a tree; of a spec that is newer than this app, as the trees name it."""
    return spec_and_class(tree.spec_id) if tree.spec_id in SPECS else tree.full_name


def content_name(content_type: str) -> str:
    """'Raid' or 'Mythic+'."""
    row = _CONTENT.get(content_type)
    return _(_TITLES[row.title]) if row else content_type


def general_title(content_type: str) -> str:
    """What the general build of a content type is for: 'All raid bosses'."""
    row = _CONTENT.get(content_type)
    return _(_TITLES[row.general_title]) if row else content_type


def difficulty_name(difficulty: str) -> str:
    """'Heroic', by our word for it."""
    known = _DIFFICULTIES.get(difficulty)
    return _(known) if known else difficulty


def found_by_name(found_by: str) -> str:
    """Where an installation was found; launchers have names of their own."""
    known = _FOUND_BY.get(found_by)
    return _(known) if known else found_by


def game_title(name: str, *, supported: bool) -> str:
    """'Retail 12.1.0', with the reason where the addon is not for that game."""
    return name if supported else _("{game} (not supported by the addon)").format(game=name)


def source_name(source: str) -> str:
    """'parses.gg', 'Warcraft Logs': sources have names of their own. '' for others."""
    return _SOURCES.get(source, "")


def section_word(section: str) -> str:
    """'class': which of the talent points are meant, inside a sentence."""
    words = {
        "class": pgettext("talent points", "class"),
        "spec": pgettext("talent points", "spec"),
        "hero": pgettext("talent points", "hero"),
    }
    return words.get(section, section)
