"""Blizzard's products of the game: which is which, and which the addon is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# The addon's .toc is for game 12 and later: older clients lack the functions that it calls.
_FIRST_GAME_VERSION: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """``code`` as in ``.flavor.info``, ``folder`` its usual one, ``retail`` the modern game."""

    code: str
    folder: str
    label: str
    retail: bool = False


_PRODUCTS: Final = (
    Product(code="wow", folder="_retail_", label="Retail", retail=True),
    Product(code="wowt", folder="_ptr_", label="Public Test Realm", retail=True),
    Product(code="wowxptr", folder="_xptr_", label="Public Test Realm 2", retail=True),
    Product(code="wow_beta", folder="_beta_", label="Beta", retail=True),
    Product(code="wow_classic", folder="_classic_", label="Classic"),
    Product(code="wow_classic_ptr", folder="_classic_ptr_", label="Classic PTR"),
    Product(code="wow_classic_beta", folder="_classic_beta_", label="Classic Beta"),
    Product(code="wow_classic_era", folder="_classic_era_", label="Classic Era"),
    Product(code="wow_classic_era_ptr", folder="_classic_era_ptr_", label="Classic Era PTR"),
    Product(code="wow_classic_titan", folder="_classic_titan_", label="Classic Titan"),
    Product(code="wow_anniversary", folder="_anniversary_", label="Anniversary"),
    Product(code="wowdev", folder="_alpha_", label="Alpha"),
    Product(code="wowe1", folder="_event1_", label="Event"),
    Product(code="wowlivetest", folder="_dark_realm_", label="Live test"),
    Product(code="wowz", folder="_submission_", label="Submission"),
)

_VENDOR: Final = re.compile(r"_vendor\d*_")


def product_by_code(code: str) -> Product:
    """The product of a code; one that nobody knows yet is labelled with the code itself."""
    for product in _PRODUCTS:
        if product.code == code:
            return product
    return Product(code=code, folder="", label=code)


def product_by_folder(folder: str) -> Product | None:
    """The product that usually lies in a folder of this name, in any case. None if none does.

    Only for a flavour whose ``.flavor.info`` is missing: Blizzard reuses folders, so what the
    files say comes first.
    """
    name = folder.casefold()
    for product in _PRODUCTS:
        if product.folder == name:
            return product
    return Product(code="wowv", folder=name, label="Vendor") if _VENDOR.fullmatch(name) else None


def is_supported(product: Product | None, version: str | None) -> bool:
    """True where the addon works: the modern game, in a version (``12.1.0.69404``) it knows.

    An unknown version of a modern product counts as supported; an unknown product does not.
    """
    if product is None or not product.retail:
        return False
    major = (version or "").split(".", 1)[0]
    return int(major) >= _FIRST_GAME_VERSION if major.isdecimal() else True
