"""What interrupts an upgrade: the operator's Ctrl-C, a machine that goes down, a line that breaks."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn


class Interrupted(Exception):
    """The program was told to end."""


@contextmanager
def told_as_faults() -> Iterator[Callable[[], None]]:
    """Raise Interrupted for Ctrl-C and for a machine that goes down, and let a line that breaks stop nothing.

    Yields a function after which nothing interrupts any more, for going back.
    """

    def be_deaf() -> None:
        for number in ours:
            signal.signal(number, signal.SIG_IGN)

    ours: dict[signal.Signals, Any] = dict.fromkeys((signal.SIGINT, signal.SIGTERM), _interrupt)
    ours[signal.SIGHUP] = signal.SIG_IGN
    before = {number: signal.signal(number, handler) for number, handler in ours.items()}
    try:
        yield be_deaf
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(*_signal: object) -> NoReturn:
    raise Interrupted("It was interrupted.")
