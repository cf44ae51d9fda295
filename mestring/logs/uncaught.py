"""An error that ends a command, as every other line: Python would print its message, and cron would mail it."""

import logging
import sys
from types import TracebackType

log = logging.getLogger("mestring.uncaught")  # operators filter by this name (docs/operators.md)


def write_uncaught_as_lines() -> None:
    """Take the place of Python's own printing. A person at a terminal is to read the message: not there."""
    if not sys.stderr.isatty():
        sys.excepthook = _write


def _write(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
        return
    command = " ".join(sys.argv[1:2]) or "manage.py"  # what follows may name a person
    log.critical("%s ended with an error", command, exc_info=(kind, error, where))
