"""The number of a request: on the page that says that something went wrong, and in each line of the log about it.

Random digits, made anew for each request, so that they say nothing about who asked; digits, because people read
them out on the telephone. Django's signals are used in place of a middleware: they come before the first
middleware, after the last, and in tests too, so that the lines about a fault in a middleware have the number.
"""

import secrets
from contextvars import ContextVar

from django.core.signals import request_finished, request_started

_current: ContextVar[str] = ContextVar("request_number", default="")


def request_number() -> str:
    """Return the number of the request that this thread works on, such as 1234-5678; "" outside of one."""
    return _current.get()


def begin_request(**_signal: object) -> str:
    """Give the request that begins now a number, and return it."""
    digits = f"{secrets.randbelow(10**8):08}"
    _current.set(f"{digits[:4]}-{digits[4:]}")
    return _current.get()


def end_request(**_signal: object) -> None:
    """Forget the number: what the thread does next belongs to no request."""
    _current.set("")


def for_templates(_request: object) -> dict[str, str]:
    """Give the number to the pages that say that something went wrong."""
    return {"request_number": request_number()}


def number_requests() -> None:
    """Connect both to Django's signals."""
    request_started.connect(begin_request, dispatch_uid="a request has a number")
    request_finished.connect(end_request, dispatch_uid="a request had a number")
