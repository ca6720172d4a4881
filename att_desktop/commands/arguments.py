"""The command line's options and what they are for."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

from att_desktop import __version__
from att_desktop.commands.argparse_texts import HelpFormatter, translate_argparse
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.sources.feed.address import KEY_CHARACTERS
from att_desktop.text import _, say_code
from att_desktop.text.formats import sentence

_SOURCES = ("auto", "warcraftlogs", "parses", "feed")
# A publisher's key (32 bytes in base64) that somebody gives as an argument.
_KEY: Final = re.compile(r"(?<![\w+/-])[\w+/-]{43}=(?![\w=])", re.ASCII)
_PUBLIC_KEY: Final = re.compile(rf"[\w-]{{{KEY_CHARACTERS}}}", re.ASCII)

_EXAMPLES: Final = {
    "": ("", "--sample", 'sync --spec "prot pal"', "doctor"),
    "sync": (
        "sync",
        'sync --spec "prot pal" --content raid',
        "sync --source parses --fresh",
        "sync --sample --output TalentData.lua",
    ),
    "installs": ("installs", "installs --json"),
    "decode": ("decode CgGA…AAAA", "decode - --json < codes.txt"),
    "encode": ("encode --spec 250 96197:1 96170:2",),
    "compare": ("compare CODE CODE",),
    "publish": ("publish public --key-file feed.key --source parses",),
    "feed": ("feed keygen feed.key", "feed verify public", "feed status"),
    "credentials": ("credentials set", "credentials status"),
    "doctor": ("doctor --offline",),
}
"""What follows 'att-desktop', by command."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """argparse's, which repeats arguments that it does not know: no key among them."""
        super().error(_KEY.sub("…", message))

    def _parse_optional(self, arg_string: str) -> Any:
        """argparse's; one public key of 64 begins with a dash, and is no option."""
        return None if _PUBLIC_KEY.fullmatch(arg_string) else super()._parse_optional(arg_string)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """argparse's, with the nearest choice (as ``suggest_on_error`` of Python 3.14)."""
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            near = get_close_matches(str(value), map(str, action.choices or ()), n=1)
            if near:
                error.message = _("there is no '{value}'. Did you mean '{near}'?").format(
                    value=value, near=near[0]
                )
            raise


def _examples(name: str) -> str:
    lines = (f"  att-desktop {words}".rstrip() for words in _EXAMPLES.get(name, ()))
    return "\n".join((_("Examples:"), *lines))


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands, with its texts in the language in use."""
    translate_argparse()
    parser = _Parser(
        prog="att-desktop",
        description=_("What the best World of Warcraft players use, put into the game."),
        epilog="\n\n".join((_("Without a command the window opens."), _examples(""))),
        formatter_class=HelpFormatter,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"%(prog)s {__version__}",
        help=_("show program's version number and exit"),
    )
    parser.add_argument("--sample", action="store_true", help=_("use the built-in sample source"))
    parser.add_argument("--smoke-test", action="store_true", help=_("check this installation"))
    # The installer for Windows asks for it.
    parser.add_argument("--quit", action="store_true", help=_("end the window that is running"))
    parser.add_argument(
        "--tray",
        action="store_true",
        help=_("begin in the tray, as when the system starts the app"),
    )
    # The default; the double-click entry names it.
    parser.add_argument("--window", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_sync(_command(commands, "sync", _("fetch what the best use and update the addon")))
    installs = _command(commands, "installs", _("World of Warcraft folders on this computer"))
    installs.add_argument("--json", action="store_true", help=_("one JSON list"))
    decoder = _command(commands, "decode", _("what an import code says"))
    decoder.add_argument("code", metavar="CODE", help=_("'-' reads codes from stdin, one a line"))
    decoder.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    encoder = _command(commands, "encode", _("the import code of some talents"))
    encoder.add_argument("--spec", required=True, metavar="ID", help=_("spec id or name"))
    encoder.add_argument("picks", nargs="+", metavar="ENTRY:RANK", help=_("purchased talents"))
    comparer = _command(commands, "compare", _("what one build has and another lacks"))
    comparer.add_argument("code_a", metavar="CODE", help=_("the code that is called A"))
    comparer.add_argument("code_b", metavar="CODE", help=_("the code that is called B"))
    comparer.add_argument("--json", action="store_true", help=_("one JSON object"))
    _add_feed(commands)
    credentials = _command(commands, "credentials", _("Warcraft Logs API client in the keyring"))
    credentials.add_argument("action", choices=("set", "status", "clear"))
    doctor = _command(commands, "doctor", _("a report on this installation, without secrets"))
    doctor.add_argument("--offline", action="store_true", help=_("do not ask Warcraft Logs"))
    return parser


def _command(commands: argparse._SubParsersAction[_Parser], name: str, purpose: str) -> _Parser:
    """A command that says what it is for in the list of all and in its own help."""
    return commands.add_parser(
        name,
        help=purpose,
        description=sentence(purpose),
        epilog=_examples(name) if name in _EXAMPLES else None,
        formatter_class=HelpFormatter,
    )


def _add_feed(commands: argparse._SubParsersAction[_Parser]) -> None:
    publisher = _command(commands, "publish", _("write the results as a signed static feed"))
    publisher.add_argument("folder", type=Path, metavar="DIR", help=_("the folder of the feed"))
    publisher.add_argument(
        "--key-file", type=_key_file, metavar="FILE", help=_("the key, mode 0600")
    )
    publisher.add_argument("--source", choices=_SOURCES, help=_("only results of this source"))
    feed = _command(commands, "feed", _("make a key, check a feed, say what is known of it"))
    actions = feed.add_subparsers(dest="action", metavar="ACTION", required=True)
    keygen = _command(actions, "keygen", _("write a new key and print its public half"))
    keygen.add_argument("file", type=Path, metavar="FILE", help=_("where the key goes"))
    verify = _command(actions, "verify", _("check a feed as a player's app would"))
    verify.add_argument(
        "where", metavar="DIR|ADDRESS", help=_("a folder, or an address with its key")
    )
    verify.add_argument(
        "--key", metavar="KEY", help=_("the public key that a folder is signed with")
    )
    verify.add_argument("--key-file", type=_key_file, metavar="FILE", help=_("the publisher's key"))
    verify.add_argument("--json", action="store_true", help=_("one JSON object"))
    status = _command(actions, "status", _("what is known of the feed that is set"))
    status.add_argument("--json", action="store_true", help=_("one JSON object"))


def _add_sync(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", choices=_SOURCES, help=_("where builds come from"))
    parser.add_argument("--class", dest="class_name", metavar="CLASS", help=_("only this class"))
    parser.add_argument("--spec", metavar="SPEC", help=_("only this spec: name or id"))
    parser.add_argument(
        "--encounter", metavar="NAME", help=_("only this boss or dungeon: name or id")
    )
    parser.add_argument("--content", choices=CONTENT_TYPES, help=_("only this content"))
    parser.add_argument("--difficulty", choices=("auto", "normal", "heroic", "mythic"))
    parser.add_argument(
        "--top-n", type=_top_n, metavar="N", help=_("players per encounter, 10..100")
    )
    parser.add_argument("--fresh", action="store_true", help=_("fetch also what is up to date"))
    parser.add_argument("--no-wait", action="store_true", help=_("stop when the points run out"))
    place = parser.add_mutually_exclusive_group()
    place.add_argument(
        "--wow-dir",
        type=Path,
        action="append",
        metavar="DIR",
        help=_("the World of Warcraft folder; may be given for several"),
    )
    place.add_argument("--output", type=Path, metavar="FILE", help=_("write only TalentData.lua"))
    parser.add_argument(
        "--sample",
        action="store_true",
        default=argparse.SUPPRESS,
        help=_("use the built-in sample source"),
    )
    parser.add_argument("--json", action="store_true", help=_("end with one JSON object"))
    parser.add_argument(
        "--events", action="store_true", help=_("write one JSON object a line for all that happens")
    )
    # The window starts its update so: credentials on the first line, and closing it means 'stop'.
    parser.add_argument("--stdin", action="store_true", help=argparse.SUPPRESS)
    # The window without a game folder: results are kept, and nothing is written for the game.
    parser.add_argument("--results-only", action="store_true", help=argparse.SUPPRESS)


def _key_file(text: str) -> Path:
    if _KEY.fullmatch(text) and not Path(text).exists():
        raise argparse.ArgumentTypeError(say_code("feed.no_key", {}))
    return Path(text)


def _top_n(text: str) -> int:
    if text.isascii() and text.isdigit() and 10 <= int(text[:9]) <= 100:
        return int(text[:9])
    message = _("'{text}' is not a whole number from 10 to 100")
    raise argparse.ArgumentTypeError(message.format(text=text))
