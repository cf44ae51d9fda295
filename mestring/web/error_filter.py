"""Error reports and log lines without content: no request body, no local variables, no message of an exception."""

import logging
import re
import traceback
from collections.abc import ItemsView
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

# The part of an address that opens a shared draft (pages.previews.share_links), or lets a password be chosen
# (mestring.staff.accounts.links).
TOKEN = re.compile(r"(/del/|/login/choose/[^/\s]+/)[^/\s]+")


class ContentFreeReporterFilter(SafeExceptionReporterFilter):
    """Django's error reports without POST data and local variables, whatever DEBUG says."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> ItemsView[str, Any]:
        return ItemsView({})


def _visible(sign: str) -> str:
    """Return a line ending, or another sign that a terminal obeys, as the number that stands for it."""
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()


class ContentFreeFormatter(logging.Formatter):
    """A log line names the class and the place of an exception, never its message.

    A database error quotes the row it refused, and that row can be an inquiry. A token is cut from
    addresses. A message is one line: what stands in an address cannot begin another.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        line = super().formatMessage(record)
        return line if line.isprintable() else "".join(map(_visible, line))

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(r"\1…", super().format(record))

    def formatException(  # noqa: N802 (logging's name)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _error, where = ei
        if kind is None:
            return ""
        lines = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(where)]
        return "\n".join([*lines, f"{kind.__module__}.{kind.__qualname__}"])
