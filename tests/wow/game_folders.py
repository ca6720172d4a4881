"""Made game folders and agent files, as Battle.net leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BUILD_HEADER = (
    "Branch!STRING:0|Active!DEC:1|Build Key!HEX:16|CDN Key!HEX:16|Install Key!HEX:16|IM Size!DEC:4"
    "|CDN Path!STRING:0|CDN Hosts!STRING:0|CDN Servers!STRING:0|Tags!STRING:0|Armadillo!STRING:0"
    "|Last Activated!STRING:0|Version!STRING:0|KeyRing!HEX:16|Product!STRING:0"
)
RETAIL = "12.1.0.69404"
ERA = "1.15.8.63829"


def build_row(product: str, version: str, *, active: int = 1) -> str:
    return (
        f"eu|{active}|0a|0b|0c||tpr/wow|cdn.example|http://cdn.example/?maxhosts=4"
        f"|Windows x86_64 EU? enUS speech?:Windows x86_64 EU? enUS text?|||{version}|0d|{product}"
    )


def make_game(root: Path, **flavours: tuple[str, str]) -> Path:
    """A game folder; ``flavours`` as ``retail=("wow", "12.1.0.69404")`` -> ``_retail_``."""
    (root / "Data").mkdir(parents=True, exist_ok=True)
    (root / "World of Warcraft Launcher.exe").write_bytes(b"MZ")
    for name, (product, _version) in flavours.items():
        flavour = root / f"_{name}_"
        (flavour / "Interface" / "AddOns").mkdir(parents=True, exist_ok=True)
        (flavour / ".flavor.info").write_text(f"Product Flavor!STRING:0\n{product}\n")
        (flavour / ("Wow.exe" if name == "retail" else "WowClassic.exe")).write_bytes(b"MZ")
    rows = [build_row(*flavour) for flavour in flavours.values()]
    (root / ".build.info").write_text("\n".join((BUILD_HEADER, *rows)) + "\n")
    return root


def make_retail(root: Path) -> Path:
    return make_game(root, retail=("wow", RETAIL))


def field(number: int, value: bytes | int) -> bytes:
    """One field of a protobuf message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def product_db(*products: tuple[str, str], family: str = "wow") -> bytes:
    """A ``product.db`` of (code, location), with fields that the app does not know."""
    installs = b"".join(
        field(
            1,
            field(1, code.encode())
            + field(2, code.encode())
            + field(3, field(1, location.encode()) + field(2, b"eu") + field(13, b"_retail_"))
            + field(4, field(1, 7) + varint(99 << 3 | 1) + b"12345678" + varint(5) + b"1234")
            + field(6, family.encode()),
        )
        for code, location in products
    )
    return installs + field(7, b"wow") + field(3, 1)


def write_agent(folder: Path, *products: tuple[str, str]) -> None:
    """The agent's ``product.db`` in its folder below ``folder`` (``ProgramData`` or such)."""
    agent = folder / "Battle.net" / "Agent"
    agent.mkdir(parents=True, exist_ok=True)
    (agent / "product.db").write_bytes(product_db(*products))
