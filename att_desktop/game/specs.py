"""The 40 specs, in the game's and Warcraft Logs' own words."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Role: TypeAlias = Literal["tank", "healer", "dps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One specialization. ``spec_id`` is the game's (ChrSpecialization)."""

    spec_id: int
    class_name: str
    name: str
    role: Role

    @property
    def class_slug(self) -> str:
        """Warcraft Logs' ``className``: the display name without spaces."""
        return self.class_name.replace(" ", "")

    @property
    def slug(self) -> str:
        """Warcraft Logs' ``specName``: with a space it answers empty rankings and no error."""
        return self.name.replace(" ", "")

    @property
    def full_name(self) -> str:
        """As players say it: 'Beast Mastery Hunter'."""
        return f"{self.name} {self.class_name}"

    @property
    def colour(self) -> str:
        """The class colour as ``#rrggbb``."""
        return CLASS_COLOURS[self.class_slug]


_ALL: Final[tuple[tuple[str, tuple[tuple[int, str, Role], ...]], ...]] = (
    ("Death Knight", ((250, "Blood", "tank"), (251, "Frost", "dps"), (252, "Unholy", "dps"))),
    (
        "Demon Hunter",
        ((577, "Havoc", "dps"), (581, "Vengeance", "tank"), (1480, "Devourer", "dps")),
    ),
    (
        "Druid",
        (
            (102, "Balance", "dps"),
            (103, "Feral", "dps"),
            (104, "Guardian", "tank"),
            (105, "Restoration", "healer"),
        ),
    ),
    (
        "Evoker",
        (
            (1467, "Devastation", "dps"),
            (1468, "Preservation", "healer"),
            (1473, "Augmentation", "dps"),
        ),
    ),
    (
        "Hunter",
        ((253, "Beast Mastery", "dps"), (254, "Marksmanship", "dps"), (255, "Survival", "dps")),
    ),
    ("Mage", ((62, "Arcane", "dps"), (63, "Fire", "dps"), (64, "Frost", "dps"))),
    (
        "Monk",
        ((268, "Brewmaster", "tank"), (270, "Mistweaver", "healer"), (269, "Windwalker", "dps")),
    ),
    (
        "Paladin",
        ((65, "Holy", "healer"), (66, "Protection", "tank"), (70, "Retribution", "dps")),
    ),
    (
        "Priest",
        ((256, "Discipline", "healer"), (257, "Holy", "healer"), (258, "Shadow", "dps")),
    ),
    ("Rogue", ((259, "Assassination", "dps"), (260, "Outlaw", "dps"), (261, "Subtlety", "dps"))),
    (
        "Shaman",
        ((262, "Elemental", "dps"), (263, "Enhancement", "dps"), (264, "Restoration", "healer")),
    ),
    (
        "Warlock",
        ((265, "Affliction", "dps"), (266, "Demonology", "dps"), (267, "Destruction", "dps")),
    ),
    ("Warrior", ((71, "Arms", "dps"), (72, "Fury", "dps"), (73, "Protection", "tank"))),
)

SPECS: Final[Mapping[int, Spec]] = MappingProxyType(
    {
        spec_id: Spec(spec_id=spec_id, class_name=class_name, name=name, role=role)
        for class_name, specs in _ALL
        for spec_id, name, role in specs
    }
)
"""Every spec by spec id, ordered by class name."""

# RAID_CLASS_COLORS of the game.
CLASS_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "DeathKnight": "#c41e3a",
        "DemonHunter": "#a330c9",
        "Druid": "#ff7c0a",
        "Evoker": "#33937f",
        "Hunter": "#aad372",
        "Mage": "#3fc7eb",
        "Monk": "#00ff98",
        "Paladin": "#f48cba",
        "Priest": "#ffffff",
        "Rogue": "#fff468",
        "Shaman": "#0070dd",
        "Warlock": "#8788ee",
        "Warrior": "#c69b6d",
    }
)


def find_specs(class_name: str | None = None, spec_name: str | None = None) -> tuple[Spec, ...]:
    """Specs by class and spec, written in any case, with or without spaces, hyphens, underscores.

    ``spec_name`` may also be a spec id or a full name ('Frost Mage'). Both None: all 40. An empty
    tuple when nothing fits.
    """
    wanted_class = None if class_name is None else plain_name(class_name)
    wanted_spec = None if spec_name is None else plain_name(spec_name)
    return tuple(
        spec
        for spec in SPECS.values()
        if wanted_class in (None, plain_name(spec.class_name))
        and wanted_spec
        in (None, plain_name(spec.name), plain_name(spec.full_name), str(spec.spec_id))
    )


def plain_name(name: str) -> str:
    """A name as it is compared: in small letters, without spaces, hyphens, underscores."""
    return "".join(ch for ch in name.casefold() if ch not in " -_'")
