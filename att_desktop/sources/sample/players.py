"""Made-up characters: names and realms in the alphabets of the game, and what they wear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from random import Random

# Not names of anybody: syllables of each region's alphabet put together.
_LATIN: Final = ("Bra", "dúr", "kel", "mîr", "tha", "ran", "sol", "vey", "nør", "lys", "gar", "ëth")
_CYRILLIC: Final = ("Бра", "дор", "кел", "мир", "тал", "ран", "сол", "вей", "нор", "лис")
_HAN: Final = ("月", "风", "影", "雪", "星", "火", "云", "剑", "夜", "霜")
_HANGUL: Final = ("달", "바람", "별", "불", "구름", "검", "밤", "서리")

# (region, server id, name, syllables)
_REALMS: Final[tuple[tuple[str, int, str, tuple[str, ...]], ...]] = (
    ("EU", 9001, "Musterhain", _LATIN),
    ("EU", 9002, "Quel'Example", _LATIN),
    ("EU", 9003, "Пример-на-Холме", _CYRILLIC),
    ("US", 9011, "Sample Ridge", _LATIN),
    ("US", 9012, "Ejemplo", _LATIN),
    ("CN", 9021, "样本之地", _HAN),
    ("KR", 9031, "견본숲", _HANGUL),
    ("TW", 9041, "樣本海岸", _HAN),
)
_SLOTS: Final = (
    "head", "neck", "shoulder", "shirt", "chest", "waist", "legs", "feet", "wrist",
    "hand", "finger", "finger", "trinket", "trinket", "back", "weapon", "offhand", "tabard",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Player:
    """A made-up character; identity is the name and the server id."""

    name: str
    server_id: int
    server: str
    region: str


def players(rng: Random, count: int) -> list[Player]:
    """So many different characters; some share a name on different realms."""
    found: dict[tuple[str, int], Player] = {}
    names: list[str] = []
    while len(found) < count:
        region, server_id, server, syllables = rng.choice(_REALMS)
        if names and rng.random() < 0.02:
            name = rng.choice(names)
        else:
            name = "".join(rng.choices(syllables, k=3 if syllables in (_HAN, _HANGUL) else 4))
            name = name[:12].capitalize()
        names.append(name)
        found.setdefault((name, server_id), Player(name, server_id, server, region))
    return list(found.values())


def gear_json(server: str, *, real_size: bool) -> msgspec.Raw:
    """The gear of a row, which the app skips: one item, or as many bytes as in real rankings."""
    slots = _SLOTS if real_size else _SLOTS[:1]
    items = [
        {
            "name": f"Sample {slot} of {server}",
            "quality": "epic",
            "id": 268000 + number,
            "icon": f"inv_sample_{slot}_mythic_{number:02}.jpg",
            "itemLevel": str(720 + number % 7),
            "permanentEnchant": "7961",
            "bonusIDs": ["12806", "13335", "13577", "12699", "12790", "13533"],
            "gems": [{"id": "240983", "itemLevel": "665"}] if number % 3 == 0 else [],
        }
        for number, slot in enumerate(slots)
    ]
    return msgspec.Raw(msgspec.json.encode(items))
