"""The update's own process: takes an order from stdin, sends what happens to stdout."""

from __future__ import annotations

import logging
import os
import signal
import threading
from typing import TYPE_CHECKING, Final

from att_desktop.sources.talent_trees import load_trees
from att_desktop.system.errors import UNEXPECTED, AttError
from att_desktop.system.locks import single_writer, writer_lock_path
from att_desktop.system.logs import forward_log, hide_secret
from att_desktop.text import say
from att_desktop.update import compose
from att_desktop.update.protocol import Ended, Failed, Logged, Order, Ready, Sender, receive

if TYPE_CHECKING:
    from typing import IO

    from att_desktop.update.job import UpdateJob

__all__ = ["run_child"]

_STDIN, _STDOUT, _STDERR = 0, 1, 2
_NICENESS: Final = 5
_log = logging.getLogger(__name__)


def run_child() -> int:
    """Run the update that the window orders. Returns the exit code: 0, however it went.

    How it went is among the messages. The update stops where it can be resumed when the window
    closes its end of the pipe, which it also does by dying.
    """
    orders, send = _take_pipes()
    if hasattr(os, "nice"):  # on Windows the window starts it that way
        os.nice(_NICENESS)
    # Ctrl+C in a terminal reaches the whole group; what it means for the update, the window says.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = receive(orders)
    if not isinstance(order, Order):
        return 0
    send(Ready())
    cancel = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: cancel.set())
    threading.Thread(target=_wait_for_the_end, args=(orders, cancel), daemon=True).start()
    forward_log(lambda *line: send(Logged(*line)))
    if order.credentials is not None:
        hide_secret(order.credentials.client_secret)
    try:
        with single_writer(writer_lock_path(order.folders), what="the window"):
            send(Ended(_job(order).run(send, cancel)))
    except AttError as error:
        send(Failed(say(error)))
    except Exception:  # noqa: BLE001 - the process' outer edge: logged, told, nothing hidden
        _log.exception("the update ended unexpectedly")
        send(Failed(UNEXPECTED))
    return 0


def _take_pipes() -> tuple[IO[bytes], Sender]:
    """Both pipes, out of reach of whatever prints: that goes where errors go."""
    orders = os.fdopen(os.dup(_STDIN), "rb")
    messages = os.fdopen(os.dup(_STDOUT), "wb")
    os.dup2(_STDERR, _STDOUT)
    return orders, Sender(messages)


def _wait_for_the_end(orders: IO[bytes], cancel: threading.Event) -> None:
    # Past the order nothing is ever sent: this returns when the pipe is closed. Not by the
    # buffered reader, whose lock a daemon thread would hold when the interpreter ends.
    os.read(orders.fileno(), 1)
    cancel.set()


def _job(order: Order) -> UpdateJob:
    trees = load_trees(order.folders)
    options = compose.options_from(order.settings, order.environment)
    if order.credentials is None:
        target = compose.sample_target(order.folders, output=None, game=None)
        connect = compose.connect_to_sample(trees)
    else:
        target = compose.addon_targets(order.addons)
        connect = compose.connect_to_warcraft_logs(order.environment, order.credentials)
    return compose.make_job(order.folders, options, connect, trees, target, sample=order.sample)
