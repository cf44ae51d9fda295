"""The two formats of a log line, for people at a terminal and for programs. Both say what redaction allows."""

import copy
import json
import logging
from datetime import UTC, datetime
from typing import Any

from mestring.logs.redaction import class_of, message_of, places_of
from mestring.logs.request_number import request_number

LINE = "%(levelname)s %(name)s %(number)s%(message)s"


def _number_of(record: logging.LogRecord) -> str:
    """Return the number of the line's request; a line about many requests says that it has none."""
    return str(getattr(record, "request_number", request_number()))


class ContentFreeFormatter(logging.Formatter):
    """A log line for people, and below it the places of an error."""

    def format(self, record: logging.LogRecord) -> str:
        # Python's own keeps the text of an exception on the record, where another handler has left its message.
        lines = [self.formatMessage(record)]
        if record.exc_info and record.exc_info[0]:
            lines += [f"  {place}" for place in places_of(record.exc_info[2])]
            lines.append(class_of(record.exc_info[0]))
        return "\n".join(lines)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        safe = copy.copy(record)
        safe.message = message_of(record)
        safe.number = f"[{number}] " if (number := _number_of(record)) else ""
        return super().formatMessage(safe)


class JsonFormatter(logging.Formatter):
    """A log line for programs: one JSON object in plain ASCII, so that no sign in it ends the line."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if number := _number_of(record):
            said["request"] = number
        if record.exc_info and record.exc_info[0]:
            said["exception"] = class_of(record.exc_info[0])
            said["trace"] = places_of(record.exc_info[2])
        return json.dumps(said)


FORMATTERS = {"plain": ContentFreeFormatter, "json": JsonFormatter}


def formatter(name: str) -> logging.Formatter:
    """Return the formatter of a format, as LOG_FORMAT names it; a name that is none is refused elsewhere."""
    return FORMATTERS.get(name, ContentFreeFormatter)(LINE)
