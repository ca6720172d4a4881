"""Makes the catalogues of all languages: extract, update, compile, check.

    python -m tools.catalogues update          new messages into every att.po, then compile
    python -m tools.catalogues compile         att.po to att.mo
    python -m tools.catalogues check           exit 1 when a catalogue is stale or incomplete
    python -m tools.catalogues count           messages and words of each language
    python -m tools.catalogues new LANGUAGE    begin a language

A translator edits ``att_desktop/text/locale/<language>/LC_MESSAGES/att.po`` only.
"""

from __future__ import annotations

import copy
import functools
import io
import re
import sys
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from att_desktop import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from babel.messages.catalog import Message

ROOT: Final = Path(__file__).resolve().parents[1]
LOCALE: Final = ROOT / "att_desktop" / "text" / "locale"
KEYWORDS: Final = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "Plural": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENTS: Final = ("TRANSLATORS:",)


@functools.cache
def extracted() -> Catalog:
    """All messages of the source, in the order of files and lines. Read once: not to be changed."""
    catalog = Catalog(
        project="Azeroth's Top Talent",
        version=__version__,
        header_comment="# Distributed under the same licence as the app, GPL-3.0-or-later.",
        charset="utf-8",
        fuzzy=False,
    )
    for name, line, message, comments, context in extract_from_dir(
        ROOT / "att_desktop",
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=COMMENTS,
        strip_comment_tags=True,
    ):
        catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    for context, message in game_names():
        catalog.add(message, None, context=context)
    return catalog


def game_names() -> Iterator[tuple[str, str]]:
    """(context, English) of the game's names, which stand in data and not in the source."""
    from att_desktop.game.specs import SPECS
    from att_desktop.game.trees import TalentTrees

    for spec in SPECS.values():
        yield f"spec {spec.spec_id}", spec.name
    yield from (("class", name) for name in sorted({s.class_name for s in SPECS.values()}))
    trees = TalentTrees.embedded()
    heroes = {hero.name for spec_id in SPECS for hero in trees.tree(spec_id).hero_trees}
    yield from (("hero tree", name) for name in sorted(heroes))


def catalogue_paths() -> list[Path]:
    """The att.po of every language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/att.po"))


def read(path: Path) -> Catalog:
    """A catalogue of a language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def update(path: Path) -> None:
    """Bring new messages in, drop obsolete ones; translations stay."""
    catalog = read(path)
    # A new date alone would be a change in every catalogue.
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with path.open("wb") as file:
        # Without line numbers: they would change with every edit of the source.
        write_po(file, catalog, width=99, include_lineno=False, sort_output=False)


def compiled(path: Path) -> bytes:
    """The att.mo of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, read(path))
    return buffer.getvalue()


def compile_all() -> None:
    """Write att.mo beside every att.po."""
    for path in catalogue_paths():
        path.with_suffix(".mo").write_bytes(compiled(path))


def problems() -> list[str]:
    """What is stale, missing or wrong, a line each."""
    wanted = {(message.context, message.id) for message in extracted() if message.id}
    found = []
    for path in catalogue_paths():
        language = path.parents[1].name
        catalog = read(path)
        have = {(message.context, message.id): message for message in catalog if message.id}
        found += [f"{language}: not in the catalogue: {key}" for key in wanted - have.keys()]
        found += [f"{language}: obsolete: {key}" for key in have.keys() - wanted]
        for key in sorted(wanted & have.keys(), key=str):
            message = have[key]
            if not all(forms(message.string)):
                found.append(f"{language}: not translated: {key}")
                continue
            found += [f"{language}: {key}: {error}" for error in message.check(catalog)]
            if not same_placeholders(message):
                found.append(f"{language}: other placeholders: {key}")
        mo = path.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(path):
            found.append(f"{language}: att.mo is not that of att.po: run 'compile'")
    return found


def counted() -> list[str]:
    """Of each language: messages, how many are translated, words (Chinese: characters)."""
    english = [message for message in extracted() if message.id]
    total = sum(len(words(forms(message.id)[0])) for message in english)
    lines = [f"en     {len(english):5} messages, {total:6} words"]
    wanted = {(message.context, message.id) for message in english}
    for path in catalogue_paths():
        done = [
            message
            for message in read(path)
            if (message.context, message.id) in wanted and all(forms(message.string))
        ]
        total = sum(len(words(text)) for message in done for text in forms(message.string))
        share = "complete" if len(done) == len(wanted) else f"of {len(wanted)}"
        name = path.parents[1].name
        lines.append(f"{name:6} {len(done):5} messages, {total:6} words, {share}")
    return lines


def words(text: str) -> list[str]:
    """The words of a message without its placeholders; of Chinese the characters."""
    return re.findall(r"[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+", re.sub(r"\{[^{}]*\}", " ", text))


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The plural forms of a message, or the one that it has."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[tuple[str, str]]:
    """Names of fields in braces with their formats; an escaped brace is none."""
    return {(name, how or "") for _, name, how, _ in Formatter().parse(text) if name is not None}


def same_placeholders(message: Message) -> bool:
    """Whether a translation fills in what the English does; a singular may leave the number out."""
    english = [placeholders(text) for text in forms(message.id)]
    return all(placeholders(text) in english for text in forms(message.string))


def begin(language: str) -> None:
    """An empty catalogue for a language. Raises FileExistsError when it has one."""
    path = LOCALE / language / "LC_MESSAGES" / "att.po"
    path.parent.mkdir(parents=True)
    catalog = copy.copy(extracted())
    catalog.locale = language
    with path.open("wb") as file:
        write_po(file, catalog, width=99, include_lineno=False)


def main(arguments: list[str]) -> int:
    """The command line."""
    match arguments:
        case ["update"]:
            for path in catalogue_paths():
                update(path)
            compile_all()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = problems()
            print("\n".join(found) or "all catalogues are complete")
            return 1 if found else 0
        case ["count"]:
            print("\n".join(counted()))
        case ["new", language] if language in (path.parents[1].name for path in catalogue_paths()):
            print(f"{language} has a catalogue: edit its att.po")
            return 1
        case ["new", language]:
            begin(language)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
