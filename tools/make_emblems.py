"""Make ``resources/emblems.json``: signs of game-icons.net for the talents of all specs.

    git clone https://github.com/game-icons/icons
    pip install fonttools
    python -m tools.make_emblems icons

The checkout has a folder for each author with SVG files in it. ``emblem_words.txt`` beside this
file says which words mean which signs. Only signs that some talent gets are written. At the end
the share of talents with a sign is printed for each spec.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTree, TalentTrees
from att_desktop.ui.tree.emblems import LETTERS, RESOURCE, EmblemBook, Word, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

Point: TypeAlias = tuple[float, float]
Signs: TypeAlias = dict[str, tuple[str, str]]
"""(author, SVG path) by name."""

ROOT: Final = Path(__file__).resolve().parent.parent
WORDS: Final = Path(__file__).with_name("emblem_words.txt")
PATH: Final = re.compile(r'<path [^>]*?\bd="([^"]+)"')
BACKGROUND: Final = "M0 0h512v512H0z"
LONGEST, LONGEST_BY_NAME = 6000, 2400
"""Characters of a path: signs with more are too fine for 30 pixels."""
SIGNS_FOR_A_WORD, FOUND_BY_NAME = 36, 8
UNFIT: Final = re.compile(
    r"""(?x) card- | abstract- | logic-gate | (inverted|perspective)-dice
    | .*-(flag|button|brick|map|house|station)$
    | (.*-)? (washing|aircraft|car|bus|truck|phone|gun|turret|tanks?|computer|cpu|tv|video|photo
      |ticket|pizza|hamburger|cream|jet|airplane|machine|soccer|tennis|baseball|basketball|golf
      |pool|driver|stapler|fridge|sandwich|toilet|toothbrush|medical|donut|lollipop|cake|candy|soap
      |sofa|chair|disc|police|space|satellite|astronaut|rocket|robot|mushroom|grenade|piano|pipe
      |wrench|wanted|microchip|defibrilate|person|dress|shirt|shorts|skirt|underwear|wifi|road|shop
      |shopping|oil) (-.*)? $
    """
)
"""Signs that are not found by their name alone: of our time, or of a family of many."""


def authors(folder: Path) -> dict[str, str]:
    """How the authors write their names, by the names of their folders without signs."""
    listed = re.findall(r"^- ([^,\n]+)", (folder / "license.txt").read_text("utf-8"), re.MULTILINE)
    return {_letters(name): name.removesuffix(" - CC0").strip() for name in listed}


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]|cc0$", "", name.lower())


def read_signs(folder: Path) -> Signs:
    """Of two signs of one name, the one of the author with more signs counts."""
    named = authors(folder)
    files = sorted(folder.glob("*/*.svg"))
    by_author = Counter(file.parent.name for file in files)
    signs: Signs = {}
    for file in sorted(files, key=lambda file: by_author[file.parent.name]):
        text = file.read_text("utf-8")
        paths = [path for path in PATH.findall(text) if path != BACKGROUND]
        if len(paths) == 1 and "<circle" not in text and len(paths[0]) <= LONGEST:
            author = file.parent.name
            signs[file.stem] = (named.get(_letters(author), author.replace("-", " ")), paths[0])
    return signs


def read_table(known: Signs) -> tuple[dict[str, list[str]], set[str]]:
    """Signs by stem, and the stems that tell nothing."""
    table: dict[str, list[str]] = defaultdict(list)
    silent: set[str] = set()
    for line in WORDS.read_text("utf-8").splitlines():
        if line.startswith("-"):
            silent |= {stem(word.lstrip("-")) for word in line.split()}
        elif line and not line.startswith("#"):
            words, _, signs = line.partition(":")
            unknown = [sign for sign in signs.split() if sign not in known]
            if unknown:
                sys.exit(f"no such sign, or too fine: {' '.join(unknown)}")
            for word in words.split():
                listed = table[stem(word)]
                listed += [sign for sign in signs.split() if sign not in listed]
    return table, silent


def complete(table: dict[str, list[str]], said: set[str], known: Signs) -> None:
    """Signs whose own name has a word that is ``said`` come after those of the table."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in sorted(known, key=lambda name: (name.count("-"), len(known[name][1]))):
        if not UNFIT.match(name) and len(known[name][1]) <= LONGEST_BY_NAME:
            for word in name.split("-"):
                by_word[stem(word)].append(name)
    for word in said & by_word.keys():
        more = [name for name in by_word[word][:FOUND_BY_NAME] if name not in table[word]]
        table[word] = (table[word] + more)[:SIGNS_FOR_A_WORD]


def weighed(book: EmblemBook, talents: set[tuple[str, str]]) -> EmblemBook:
    """The same book with weights: a word that many talents have says less."""
    counts = Counter(word for talent in talents for word in book.words_of(*talent))
    most = math.log(len(talents))
    words = {
        word: Word(round(max(0.1, 1 - math.log(count) / most), 2), book.words[word].signs)
        for word, count in counts.items()
    }
    return EmblemBook(source=book.source, license=book.license, words=words, emblems={})


def talents_of(tree: TalentTree) -> dict[int, tuple[str, str]]:
    """(name, icon) by entry id."""
    nodes = tree.nodes.values()
    return {entry.entry_id: (entry.name, entry.icon) for node in nodes for entry in node.entries}


def outline(path: str) -> str:
    """An SVG path as ``Emblem.path`` has it."""
    pen = RecordingPen()
    parse_path(path, pen)
    return "".join(_parts(pen.value))


def _parts(commands: list[tuple[str, tuple[Point, ...]]]) -> Iterator[str]:
    letters = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "qCurveTo": "c"}
    last = (0, 0)
    for command, points in commands:
        if command == "closePath":
            yield "z"
        elif command != "endPath":
            if command == "qCurveTo":
                points = _cubic(last, *points)
            whole = [(round(x), round(y)) for x, y in points]
            numbers = (f"{x - last[0]} {y - last[1]}" for x, y in whole)
            yield letters[command] + " ".join(numbers)
            last = whole[-1]


def _cubic(start: Point, control: Point, end: Point) -> tuple[Point, ...]:
    """The cubic curve that is the same as a quadratic one."""
    (x, y), (cx, cy), (to_x, to_y) = start, control, end
    first = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
    second = (to_x + (cx - to_x) * 2 / 3, to_y + (cy - to_y) * 2 / 3)
    return (first, second, end)


def used_only(book: EmblemBook, trees: TalentTrees) -> EmblemBook:
    """The book without what no talent gets; until the choice is the same from what is left."""
    while True:
        used = {sign for spec in SPECS for sign in book.choose(trees.tree(spec)).values()}
        words = {
            word: Word(one.weight, kept)
            for word, one in book.words.items()
            if (kept := tuple(sign for sign in one.signs if sign in used))
        }
        if words == book.words:
            return book
        book = EmblemBook(source=book.source, license=book.license, words=words, emblems={})


def write(book: EmblemBook, known: Signs, target: Path) -> None:
    """One word and one sign a line, sorted."""
    words = {word: [one.weight, list(one.signs)] for word, one in sorted(book.words.items())}
    used = sorted({sign for one in book.words.values() for sign in one.signs})
    emblems = {name: [known[name][0], outline(known[name][1])] for name in used}
    parts = [f'"source": {json.dumps(book.source)}', f'"license": {json.dumps(book.license)}']
    for title, rows in (("words", words), ("emblems", emblems)):
        lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items())
        parts.append(f'"{title}": {{\n{lines}\n}}')
    target.write_text("{" + ",\n".join(parts) + "}\n", "utf-8")


def report(book: EmblemBook, trees: TalentTrees) -> None:
    """The share of talents with a sign, and how many have one that another has too."""
    for spec_id, spec in SPECS.items():
        talents = talents_of(trees.tree(spec_id))
        owners = defaultdict(set)
        for entry_id, sign in book.choose(trees.tree(spec_id)).items():
            owners[sign].add(talents[entry_id])
        count, given = len(set(talents.values())), sum(map(len, owners.values()))
        twice = given - len(owners)
        print(f"{spec.full_name:24} {given / count:6.1%} of {count}, {twice} not alone")


def main() -> None:
    known = read_signs(Path(sys.argv[1]))
    trees = TalentTrees.embedded()
    talents = {pair for spec in SPECS for pair in talents_of(trees.tree(spec)).values()}
    table, silent = read_table(known)
    texts = (text.lower() for pair in talents for text in pair)
    said = {stem(word) for text in texts for word in LETTERS.findall(text)}
    complete(table, said - silent, known)
    words = {word: Word(1.0, tuple(signs)) for word, signs in table.items()}
    draft = EmblemBook(
        source="https://game-icons.net", license="CC BY 3.0", words=words, emblems={}
    )
    book = used_only(weighed(draft, talents), trees)
    target = ROOT / RESOURCE
    write(book, known, target)
    made = EmblemBook.read(target)
    report(made, trees)
    print(f"{len(made.emblems)} signs, {target.stat().st_size / 1024:.0f} KB in {RESOURCE}")


if __name__ == "__main__":
    main()
