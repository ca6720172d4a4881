"""``att-desktop sync``: one update without a window, or behind one."""

from __future__ import annotations

import json
import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from att_desktop import __version__
from att_desktop.commands.event_stream import EventWriter, read_child_input
from att_desktop.commands.progress import BarProgress, LineProgress
from att_desktop.commands.source_choice import choose_source
from att_desktop.commands.spec_names import chosen_specs
from att_desktop.commands.usage import WrongUsage
from att_desktop.config.settings import load_settings
from att_desktop.sources.talent_trees import load_trees
from att_desktop.system.errors import AttError
from att_desktop.system.locks import single_writer, writer_lock_path
from att_desktop.text import _, say_fully
from att_desktop.update import compose, events
from att_desktop.update.events import Summary, reason_of
from att_desktop.update.target import FileTarget, NoTarget
from att_desktop.wow.installations import find_installations, targets
from att_desktop.wow.selected_folder import installation_from

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from types import FrameType

    from att_desktop.config.environment import Environment
    from att_desktop.config.settings import Settings
    from att_desktop.system.folders import Folders
    from att_desktop.update.child_process import ChildInput
    from att_desktop.update.events import SourceName
    from att_desktop.update.job import Update
    from att_desktop.update.plan import UpdateOptions
    from att_desktop.update.target import Target
    from att_desktop.wow.installations import Installation

DONE, FAILED, STOPPED = 0, 1, 3
# kill; the end of the terminal or session; Ctrl+Break or a closed console of Windows.
_END_SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")


def run_sync(arguments: argparse.Namespace, folders: Folders, environment: Environment) -> int:
    """Run the update. Returns the exit code; raises AttError.

    With ``--json`` an object ends the output, with ``--events`` a 'finished' or 'failed' event,
    in any case but wrong usage.
    """
    cancel = threading.Event()
    report = _reporter(arguments, cancel)
    given = read_child_input(cancel) if arguments.stdin else None
    if arguments.events:
        report(events.Program(version=__version__))
    job: Update | None = None
    summary = Summary(source=_named_source(arguments))
    try:
        # While it is prepared nothing has to be kept: then a stop may break off at once.
        with _when_stopped(signal.default_int_handler, child=arguments.stdin):
            job = _job(arguments, folders, environment, given)
            summary = _run(job, folders, report, cancel, child=arguments.stdin)
    except KeyboardInterrupt:
        summary = msgspec.structs.replace(job.summary if job else summary, stopped="cancelled")
        code = "update.cancelled" if summary.done else "update.stopped_before"
        report(events.Finished(summary=summary, code=code, fields={"count": summary.done}))
    except WrongUsage:
        raise
    except AttError as error:
        reason = reason_of(error)
        summary = msgspec.structs.replace(job.summary if job else summary, error=reason)
        if arguments.events:
            report(events.Failed(summary=summary, code=reason.code, fields=reason.fields))
        if arguments.json:
            _print_json(summary)
        raise
    finally:
        report.close()
    if arguments.json:
        _print_json(summary)
    if summary.stopped:
        return STOPPED
    return FAILED if summary.failed else DONE


def _named_source(arguments: argparse.Namespace) -> SourceName:
    """The source that was asked for by name; Warcraft Logs until ``auto`` has chosen."""
    if arguments.sample:
        return "sample"
    named: SourceName | Literal["auto"] | None = arguments.source
    return "warcraftlogs" if named is None or named == "auto" else named


def _reporter(arguments: argparse.Namespace, cancel: threading.Event) -> EventWriter | LineProgress:
    if arguments.events:
        return EventWriter(on_closed=cancel.set)
    if sys.stderr is not None and sys.stderr.isatty():
        return BarProgress(sys.stderr)
    return LineProgress(sys.stderr)


def _job(
    arguments: argparse.Namespace,
    folders: Folders,
    environment: Environment,
    given: ChildInput | None,
) -> Update:
    """Folders, configuration, source, target, update: in this order. Raises AttError."""
    settings = load_settings(folders).settings
    options = _options(arguments, settings, environment)
    trees = load_trees(folders)
    if arguments.sample:
        connect = compose.connect_to_sample(trees)
        output = arguments.output or (None if arguments.wow_dir else environment.output_path)
        game = arguments.wow_dir[0] if arguments.wow_dir else None
        target = compose.sample_target(folders, output=output, game=game)
        if isinstance(target, FileTarget):
            target.check()
        return compose.make_job(folders, options, connect, trees, target, sample=True)
    chosen = choose_source(
        arguments.source or settings.source,
        feed_address=environment.feed_address or settings.feed_address,
        given=given,
    )
    target = _target(arguments, settings, environment)
    if isinstance(target, FileTarget):
        target.check()  # before any points are spent
    others = compose.results_beside(folders, chosen.name) if chosen.is_auto else ()
    if chosen.address is not None:
        return compose.make_feed_update(
            folders, options, chosen.address, trees, target, others=others
        )
    if chosen.credentials is None:
        return compose.make_parses_update(
            folders, options, environment, trees, target, others=others
        )
    _say_other_hosts(environment)
    connect = compose.connect_to_warcraft_logs(environment, chosen.credentials)
    return compose.make_job(folders, options, connect, trees, target, sample=False, others=others)


def _say_other_hosts(environment: Environment) -> None:
    for host in environment.other_hosts if sys.stderr is not None else ():
        text = _("Warcraft Logs is replaced by {host}, as set by hand.").format(host=host)
        print(text, file=sys.stderr)


def _run(
    job: Update,
    folders: Folders,
    report: Callable[[events.Event], None],
    cancel: threading.Event,
    *,
    child: bool,
) -> Summary:
    with (
        single_writer(writer_lock_path(folders), what="window" if child else "terminal"),
        _when_stopped(lambda *_: cancel.set(), child=child),
    ):
        return job.run(report, cancel)


def _options(
    arguments: argparse.Namespace, settings: Settings, environment: Environment
) -> UpdateOptions:
    options = compose.options_from(settings, environment)
    changes: dict[str, Any] = {
        "encounter": arguments.encounter,
        "fresh": arguments.fresh,
        "wait": not arguments.no_wait,
    }
    if arguments.class_name is not None or arguments.spec is not None:
        changes["spec_ids"] = chosen_specs(arguments.class_name, arguments.spec)
    if arguments.content:
        changes["content"] = (arguments.content,)
    if arguments.difficulty:
        changes["difficulty"] = arguments.difficulty
    if arguments.top_n is not None:
        changes["top_n"] = arguments.top_n
    return replace(options, **changes)


def _target(arguments: argparse.Namespace, settings: Settings, environment: Environment) -> Target:
    if arguments.results_only:
        return NoTarget()
    output = arguments.output or (None if arguments.wow_dir else environment.output_path)
    if output is not None:
        return FileTarget(output)
    if arguments.wow_dir:
        return compose.addon_targets([_named(path).addons_path for path in arguments.wow_dir])
    stored: list[Path] = []
    gone: list[AttError] = []
    for folder in settings.game_folders:
        try:
            stored.append(_named(Path(folder)).addons_path)
        except AttError as error:
            gone.append(error)
    if stored:
        return compose.addon_targets(stored, gone)
    found = targets(find_installations())
    # A test realm beside the live game is not counted as a second game.
    chosen = [place for place in found if place.product == "wow"] or found
    if len(chosen) == 1:
        return compose.addon_target(chosen[0].addons_path)
    if chosen:
        raise compose.NoGameFolder("update.several_game_folders", count=len(chosen))
    if gone:
        raise gone[0]
    raise compose.NoGameFolder("update.no_game_folder_found")


def _named(path: Path) -> Installation:
    """The installation at a path that the player named. Raises AttError when it is none for us."""
    picked = installation_from(path)
    if not picked.installation.supported:
        place = picked.installation
        raise compose.NoGameFolder("wow.not_for_it", game=place.name, folder=place.folder)
    return picked.installation


@contextmanager
def _when_stopped(
    handler: Callable[[int, FrameType | None], Any], *, child: bool
) -> Iterator[None]:
    """Let whatever asks for the end, Ctrl+C where this is no child, call ``handler`` inside."""
    names = _END_SIGNALS if child else ("SIGINT", *_END_SIGNALS)
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # One that is ignored stays so: 'nohup' asks for that.
    wanted = [number for number in known if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, handler) for number in wanted}
    try:
        yield
    finally:
        for name, former in before.items():
            signal.signal(name, former)


def _print_json(summary: Summary) -> None:
    figures = msgspec.to_builtins(summary)
    figures["stopped"] = summary.stopped or None
    figures["error"] = say_fully(summary.error) if summary.error else None
    # ASCII: no console's encoding can spoil a path, not even one that is no text.
    print(json.dumps(figures))
