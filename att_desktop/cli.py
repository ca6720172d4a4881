"""The command line: what was asked for, and the exit code that tells how it went."""

from __future__ import annotations

import errno
import logging
import os
import sys
from typing import TYPE_CHECKING

from att_desktop.commands.arguments import make_parser
from att_desktop.commands.colour import coloured
from att_desktop.config.environment import Environment
from att_desktop.game.trees import TreeDataError
from att_desktop.system.display import has_display
from att_desktop.system.errors import AttError
from att_desktop.system.folders import find_folders
from att_desktop.text import _, say, use_language

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from att_desktop.system.folders import Folders

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


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; without one, the window. Returns the exit code.

    0 done, 1 failed, 2 wrong usage, 3 stopped early and resumable.
    """
    _open_closed_handles()
    _make_text_safe()
    use_language()
    try:
        return _answer(argv)
    except OSError as error:
        if not _is_closed_output(error):
            code = _REFUSALS.get(error.errno or 0)
            if code is None:
                raise
            # Not as an error: where no log was started yet it would go to the terminal.
            logging.getLogger(__name__).info("refused by the system", exc_info=True)
            _show_error(say(AttError(code, path=error.filename, reason=error.strerror)))
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
        return _run(make_parser().parse_args(argv))
    except (AttError, TreeDataError) as error:
        _show_error(say(error))
        return _WRONG_USAGE if _is_usage(error) else _FAILED
    except KeyboardInterrupt:
        if sys.stderr is not None:
            print(_("Stopped."), file=sys.stderr)
        return _STOPPED
    finally:
        # What was printed may still wait in here: only now it is known whether it arrives.
        if sys.stdout is not None:
            sys.stdout.flush()


def _show_error(sentence: str) -> None:
    """Say why nothing happens: where a double click left no terminal, in a box."""
    if sys.stderr is not None:
        print(coloured(sentence, "red", sys.stderr), file=sys.stderr)
    elif has_display():
        from att_desktop.app import show_failure

        show_failure(sentence)
    else:
        logging.getLogger(__name__).error("%s", sentence)


def _print_crash(error: AttError) -> None:
    if sys.stderr is not None:
        print(say(error), file=sys.stderr)


def _draw_window(home: Path) -> str:
    from att_desktop.app import draw_window

    return draw_window(home)


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
        return _run_codes(arguments, folders)
    if arguments.command == "installs":
        from att_desktop.commands.installs import run_installs

        return run_installs(arguments)
    if arguments.command == "credentials":
        from att_desktop.commands.credentials import run_credentials

        return run_credentials(arguments)
    from att_desktop.system.logs import start_logging

    start_logging(folders, on_crash=_print_crash)
    environment = Environment.read()
    if arguments.command == "doctor":
        from att_desktop.commands.doctor import run_doctor

        return run_doctor(arguments, folders, environment, _draw_window)
    if arguments.command in ("publish", "feed"):
        return _run_feed(arguments, folders, environment)
    if arguments.command is None and has_display():
        from att_desktop.app import run_window

        return run_window(sample=arguments.sample, in_tray=arguments.tray)
    if arguments.command is None:
        if sys.stderr is not None:
            print(_("There is no display here: the update runs in this terminal."), file=sys.stderr)
        sample = ["--sample"] if arguments.sample else []
        arguments = make_parser().parse_args(["sync", *sample])
    from att_desktop.commands.sync import run_sync

    return run_sync(arguments, folders, environment)


def _run_codes(arguments: argparse.Namespace, folders: Folders) -> int:
    if arguments.command == "decode":
        from att_desktop.commands.decode import run_decode

        return run_decode(arguments, folders)
    if arguments.command == "encode":
        from att_desktop.commands.encode import run_encode

        return run_encode(arguments, folders)
    from att_desktop.commands.compare import run_compare

    return run_compare(arguments, folders)


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
    """Texts are in any script; what a terminal cannot show, or is no text, becomes '?'."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
