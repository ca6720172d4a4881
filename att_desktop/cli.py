"""The command line: what was asked for, and the exit code that tells how it went."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from att_desktop import __version__
from att_desktop.config.environment import Environment
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.trees import TreeDataError
from att_desktop.system.display import has_display
from att_desktop.system.errors import AttError
from att_desktop.system.folders import find_folders
from att_desktop.text import _, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.system.folders import Folders

__all__ = ["main", "window_main"]

_FAILED = 1
_WRONG_USAGE = 2
_STOPPED = 3
_REFUSALS = {
    errno.ENOSPC: "system.disk_full",
    errno.EDQUOT: "system.disk_full",
    errno.EROFS: "system.not_allowed",
    errno.EACCES: "system.not_allowed",
    errno.EPERM: "system.not_allowed",
}
_SOURCES = ("auto", "warcraftlogs", "parses", "feed")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; without one, the window. Returns the exit code.

    0 done, 1 failed, 2 wrong usage, 3 stopped early and resumable.
    """
    _open_closed_handles()
    _make_text_safe()
    try:
        return _answer(argv)
    except OSError as error:
        if not _is_closed_output(error):
            code = _REFUSALS.get(error.errno or 0)
            if code is None:
                raise
            logging.getLogger(__name__).exception("refused by the system")
            _tell(say(AttError(code, path=error.filename, reason=error.strerror)))
        # The interpreter flushes once more when it ends, and must not complain then.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in filter(None, (sys.stdout, sys.stderr)):
            os.dup2(nowhere, stream.fileno())
        return _FAILED


def _is_closed_output(error: OSError) -> bool:
    """The reader of a pipe has gone; Windows says EINVAL, without a file's name."""
    return error.errno == errno.EPIPE or (
        os.name == "nt" and error.errno == errno.EINVAL and error.filename is None
    )


def _answer(argv: Sequence[str] | None) -> int:
    try:
        return _run(_parser().parse_args(argv))
    except (AttError, TreeDataError) as error:
        _tell(say(error))
        return _WRONG_USAGE if _is_usage(error) else _FAILED
    except KeyboardInterrupt:
        if sys.stderr is not None:
            print(_("Stopped."), file=sys.stderr)
        return _STOPPED
    finally:
        # What was printed may still wait in here: only now it is known whether it arrives.
        if sys.stdout is not None:
            sys.stdout.flush()


def _tell(sentence: str) -> None:
    """Say why nothing happens: where a double click left no terminal, in a box."""
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
    elif has_display():
        from att_desktop.app import show_failure

        show_failure(sentence)
    else:
        logging.getLogger(__name__).error("%s", sentence)


def _tell_crash(error: AttError) -> None:
    if sys.stderr is not None:
        print(say(error), file=sys.stderr)


def _draw_window() -> str:
    from att_desktop.app import draw_window

    return draw_window()


def window_main() -> int:
    """The window, started by double click."""
    return main(["--window", *sys.argv[1:]])


def _run(arguments: argparse.Namespace) -> int:
    # Each command imports what it needs: 'decode' must not pay for a window.
    if arguments.quit:
        from att_desktop.app import quit_window

        return quit_window()
    folders = find_folders()
    if arguments.smoke_test:
        from att_desktop.commands.smoke import smoke_test

        return smoke_test(_draw_window)
    if arguments.command in ("decode", "encode", "compare"):
        from att_desktop.commands import codes

        run = {"decode": codes.run_decode, "encode": codes.run_encode, "compare": codes.run_compare}
        return run[arguments.command](arguments, folders)
    if arguments.command == "installs":
        from att_desktop.commands.installs import run_installs

        return run_installs(arguments)
    if arguments.command == "credentials":
        from att_desktop.commands.credentials import run_credentials

        return run_credentials(arguments)
    from att_desktop.system.logs import start_logging

    start_logging(folders, on_crash=_tell_crash)
    environment = Environment.read()
    if arguments.command == "doctor":
        from att_desktop.commands.doctor import run_doctor

        return run_doctor(arguments, folders, environment)
    if arguments.command in ("publish", "feed"):
        return _run_feed(arguments, folders, environment)
    if arguments.command is None and has_display():
        from att_desktop.app import run_window

        return run_window(sample=arguments.sample)
    if arguments.command is None:
        if sys.stderr is not None:
            print(_("There is no display here: the update runs in this terminal."), file=sys.stderr)
        sample = ["--sample"] if arguments.sample else []
        arguments = _parser().parse_args(["sync", *sample])
    from att_desktop.commands.sync import run_sync

    return run_sync(arguments, folders, environment)


def _run_feed(arguments: argparse.Namespace, folders: Folders, environment: Environment) -> int:
    from att_desktop.config.settings import load_settings

    settings = load_settings(folders).settings
    if arguments.command == "publish":
        from att_desktop.commands.publish import run_publish

        return run_publish(arguments, folders, settings)
    from att_desktop.commands.feed import run_feed

    return run_feed(arguments, folders, environment.feed_address or settings.feed_address)


def _is_usage(error: Exception) -> bool:
    from att_desktop.commands.usage import WrongUsage
    from att_desktop.config.environment import BadEnvironment

    return isinstance(error, WrongUsage | BadEnvironment)


def _open_closed_handles() -> None:
    """Put the null device in the place of closed standard handles (``2>&-``, pythonw).

    The next file that is opened would get their numbers, and what C libraries print.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _make_text_safe() -> None:
    """Texts are in any script; what a terminal can not show, or is no text, becomes '?'."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="att-desktop",
        description="What the best World of Warcraft players use, put into the game.",
        epilog="Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--sample", action="store_true", help="use the built-in sample source")
    parser.add_argument("--smoke-test", action="store_true", help="check this installation")
    # The installer for Windows asks for it.
    parser.add_argument("--quit", action="store_true", help="end the window that is running")
    # For the double-click entry: the default, said aloud.
    parser.add_argument("--window", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_sync(_command(commands, "sync", "fetch what the best use and update the addon"))
    installs = _command(commands, "installs", "World of Warcraft folders on this computer")
    installs.add_argument("--json", action="store_true", help="one JSON list")
    decoder = _command(commands, "decode", "what an import code says")
    decoder.add_argument("code", metavar="CODE", help="'-' reads codes from stdin, one a line")
    decoder.add_argument("--json", action="store_true", help="one JSON object a line")
    encoder = _command(commands, "encode", "the import code of some talents")
    encoder.add_argument("--spec", required=True, metavar="ID", help="spec id or name")
    encoder.add_argument("picks", nargs="+", metavar="ENTRY:RANK", help="purchased talents")
    comparer = _command(commands, "compare", "what one build has and another lacks")
    comparer.add_argument("code_a", metavar="CODE", help="the code that is called A")
    comparer.add_argument("code_b", metavar="CODE", help="the code that is called B")
    comparer.add_argument("--json", action="store_true", help="one JSON object")
    _add_feed(commands)
    credentials = _command(commands, "credentials", "Warcraft Logs API client in the keyring")
    credentials.add_argument("action", choices=("set", "status", "clear"))
    doctor = _command(commands, "doctor", "a report on this installation, without secrets")
    doctor.add_argument("--offline", action="store_true", help="do not ask Warcraft Logs")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, purpose: str
) -> argparse.ArgumentParser:
    """A command that says what it is for in the list of all and in its own help."""
    return commands.add_parser(
        name, help=purpose, description=f"{purpose[:1].upper()}{purpose[1:]}."
    )


def _add_feed(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    publisher = _command(commands, "publish", "write the results as a signed static feed")
    publisher.add_argument("folder", type=Path, metavar="DIR", help="the folder of the feed")
    publisher.add_argument("--key-file", type=Path, metavar="FILE", help="the key, mode 0600")
    publisher.add_argument("--source", choices=_SOURCES, help="only results of this source")
    feed = _command(commands, "feed", "make a key, check a feed, say what is known of it")
    actions = feed.add_subparsers(dest="action", metavar="ACTION", required=True)
    keygen = _command(actions, "keygen", "write a new key and print its public half")
    keygen.add_argument("file", type=Path, metavar="FILE", help="where the key goes")
    verify = _command(actions, "verify", "check a feed as a player's app would")
    verify.add_argument("where", metavar="DIR|ADDRESS", help="a folder, or an address with its key")
    verify.add_argument("--key", metavar="KEY", help="the public key that a folder is signed with")
    verify.add_argument("--key-file", type=Path, metavar="FILE", help="the publisher's key")
    verify.add_argument("--json", action="store_true", help="one JSON object")
    status = _command(actions, "status", "what is known of the feed that is set")
    status.add_argument("--json", action="store_true", help="one JSON object")


def _add_sync(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", choices=_SOURCES, help="where builds come from")
    parser.add_argument("--class", dest="class_name", metavar="CLASS", help="only this class")
    parser.add_argument("--spec", metavar="SPEC", help="only this spec: name or id")
    parser.add_argument("--encounter", metavar="NAME", help="only this boss or dungeon: name or id")
    parser.add_argument("--content", choices=CONTENT_TYPES, help="only this content")
    parser.add_argument("--difficulty", choices=("auto", "normal", "heroic", "mythic"))
    parser.add_argument("--top-n", type=_top_n, metavar="N", help="players per encounter, 10..100")
    parser.add_argument("--fresh", action="store_true", help="fetch also what is up to date")
    parser.add_argument("--no-wait", action="store_true", help="stop when the points run out")
    place = parser.add_mutually_exclusive_group()
    place.add_argument(
        "--wow-dir",
        type=Path,
        action="append",
        metavar="DIR",
        help="the World of Warcraft folder; may be given for several",
    )
    place.add_argument("--output", type=Path, metavar="FILE", help="write only TalentData.lua")
    parser.add_argument(
        "--sample",
        action="store_true",
        default=argparse.SUPPRESS,
        help="use the built-in sample source",
    )
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    parser.add_argument(
        "--events", action="store_true", help="write one JSON object a line for all that happens"
    )
    # The window starts its update so: credentials on the first line, and closing it means 'stop'.
    parser.add_argument("--stdin", action="store_true", help=argparse.SUPPRESS)


def _top_n(text: str) -> int:
    if text.isascii() and text.isdigit() and 10 <= int(text[:9]) <= 100:
        return int(text[:9])
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 10 to 100")
