"""``att-desktop sync``: one update without a window."""

from __future__ import annotations

import json
import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from att_desktop.commands.progress import BarProgress, LineProgress
from att_desktop.commands.usage import WrongUsage
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.settings import load_settings
from att_desktop.game.specs import SPECS, find_specs
from att_desktop.sources.talent_trees import load_trees
from att_desktop.system.errors import AttError
from att_desktop.system.locks import single_writer, writer_lock_path
from att_desktop.system.logs import hide_secret
from att_desktop.text import say
from att_desktop.update import compose
from att_desktop.update.events import Summary
from att_desktop.update.target import FileTarget
from att_desktop.wow.installations import find_installations, targets
from att_desktop.wow.picked import installation_from

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from types import FrameType

    from att_desktop.config.environment import Environment
    from att_desktop.config.settings import Settings
    from att_desktop.system.folders import Folders
    from att_desktop.update.job import UpdateJob
    from att_desktop.update.plan import UpdateOptions
    from att_desktop.update.target import Target
    from att_desktop.wow.installations import Installation

__all__ = ["run_sync"]

DONE, FAILED, STOPPED = 0, 1, 3


def run_sync(arguments: argparse.Namespace, folders: Folders, environment: Environment) -> int:
    """Run the update. Returns the exit code; raises AttError with a sentence.

    With ``--json`` the object ends the output in both cases, unless the usage was wrong.
    """
    job: UpdateJob | None = None
    try:
        # While it is prepared nothing has to be kept: then a stop may break off at once.
        with _when_stopped(signal.default_int_handler):
            job = _job(arguments, folders, environment)
            summary = _run(job, folders)
    except KeyboardInterrupt:
        print("Stopped. What is complete is kept; run it again to go on.", file=sys.stderr)
        summary = replace(job.summary if job else Summary(), stopped="cancelled")
    except WrongUsage:
        raise
    except AttError as error:
        if arguments.json:
            _print_json(job.summary if job else Summary(), error=say(error))
        raise
    if arguments.json:
        _print_json(summary, error=summary.failure or None)
    if summary.stopped:
        return STOPPED
    return FAILED if summary.failed else DONE


def _job(arguments: argparse.Namespace, folders: Folders, environment: Environment) -> UpdateJob:
    settings = load_settings(folders).settings
    options = _options(arguments, settings, environment)
    trees = load_trees(folders)
    target: Target
    if arguments.sample:
        output = arguments.output or (None if arguments.wow_dir else environment.output_path)
        target = compose.sample_target(folders, output=output, game=arguments.wow_dir)
        connect = compose.connect_to_sample(trees)
    else:
        for host in environment.other_hosts:
            print(f"Warcraft Logs is replaced by {host}, as set by hand.", file=sys.stderr)
        credentials = KeyringStore(on_secret=hide_secret).load()
        target = _target(arguments, settings, environment)
        connect = compose.connect_to_warcraft_logs(environment, credentials)
    if isinstance(target, FileTarget):
        target.check()  # before any points are spent
    return compose.make_job(folders, options, connect, trees, target, sample=arguments.sample)


def _run(job: UpdateJob, folders: Folders) -> Summary:
    progress = BarProgress(sys.stderr) if _is_terminal() else LineProgress(sys.stderr)
    cancel = threading.Event()
    try:
        with (
            single_writer(writer_lock_path(folders), what="a terminal"),
            _when_stopped(lambda *_: cancel.set()),
        ):
            return job.run(progress, cancel)
    finally:
        progress.close()


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
        changes["spec_ids"] = _spec_ids(arguments.class_name, arguments.spec)
    if arguments.content:
        changes["content"] = (arguments.content,)
    if arguments.difficulty:
        changes["difficulty"] = arguments.difficulty
    if arguments.top_n is not None:
        changes["top_n"] = arguments.top_n
    return replace(options, **changes)


def _spec_ids(class_name: str | None, spec: str | None) -> tuple[int, ...]:
    """The specs that are named. Raises WrongUsage with the names there are."""
    specs = find_specs(class_name, spec)
    if specs:
        return tuple(spec.spec_id for spec in specs)
    of_class = find_specs(class_name)
    if not of_class:
        names = ", ".join(dict.fromkeys(each.class_name for each in SPECS.values()))
        raise WrongUsage(f"There is no class called '{class_name}'. There are: {names}.")
    names = ", ".join(dict.fromkeys(each.name for each in of_class))
    whose = "" if class_name is None else f" of {of_class[0].class_name}"
    raise WrongUsage(f"There is no spec{whose} called '{spec}'. There are: {names}.")


def _target(arguments: argparse.Namespace, settings: Settings, environment: Environment) -> Target:
    output = arguments.output or (None if arguments.wow_dir else environment.output_path)
    if output is not None:
        return FileTarget(output)
    by_hand = [arguments.wow_dir] if arguments.wow_dir else map(Path, settings.game_folders)
    named = [_named(path) for path in by_hand]
    if named:
        return compose.addon_targets([place.addons_path for place in named])
    found = targets(find_installations())
    # Test realms beside the live game make nothing ambiguous.
    chosen = [place for place in found if place.product == "wow"] or found
    if len(chosen) == 1:
        return compose.addon_target(chosen[0].addons_path)
    if chosen:
        raise compose.NoGameFolder(
            f"{len(chosen)} game folders were found. Name one with --wow-dir; "
            "'att-desktop installs' lists them."
        )
    raise compose.NoGameFolder(
        "No World of Warcraft folder was found. Name it with --wow-dir, "
        "or write to a file with --output."
    )


def _named(path: Path) -> Installation:
    """The installation at a path that the player named. Raises AttError when it is none for us."""
    picked = installation_from(path)
    if not picked.installation.supported:
        raise compose.NoGameFolder(picked.sentence)
    return picked.installation


def _is_terminal() -> bool:
    return sys.stderr.isatty()


@contextmanager
def _when_stopped(handler: Callable[[int, FrameType | None], Any]) -> Iterator[None]:
    """Let Ctrl+C and a polite kill call ``handler`` while inside."""
    names = [signal.SIGINT, signal.SIGTERM]
    before = {name: signal.signal(name, handler) for name in names}
    try:
        yield
    finally:
        for name, former in before.items():
            signal.signal(name, former)


def _print_json(summary: Summary, *, error: str | None) -> None:
    figures = {
        "units": summary.units,
        "done": summary.done,
        "up_to_date": summary.up_to_date,
        "empty": summary.empty,
        "failed": summary.failed,
        "requests": summary.requests,
        "points": summary.points,
        "bytes": summary.bytes,
        "seconds": summary.seconds,
        "output": summary.output,
        "stopped": summary.stopped or None,
        "error": error,
    }
    # ASCII: no console's encoding can spoil a path, not even one that is no text.
    print(json.dumps(figures))
