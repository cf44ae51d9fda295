"""The one place that decides what a line of the log may hold, also lines of gunicorn, Django and Python itself.

An exception is named by its class and its places, never by its message: a database error quotes the row that it
refused, and that row can be an inquiry. A message is one line: what stands in an address cannot begin another. Of
addresses on the site, queries and tokens are cut; mail addresses and network addresses are cut wherever they
stand, but for those of the machine itself. What this cannot know is a word in a message: so no caller logs what
people wrote (tests with canary phrases hold the callers to it).
"""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType

SOURCE = Path(__file__).resolve().parents[2]
OURS = ("mestring", "pages", "contact")
CUTS = (
    (re.compile(r"(Invalid request from ip=).*"), r"\1…"),  # gunicorn goes on with the line that it could not read
    # What opens a shared draft (pages.previews.share_links), or lets a password be chosen
    # (mestring.staff.accounts.links).
    (re.compile(r"(/del/|/login/choose/[^/\s]+/)[^/\s]+"), r"\1…"),
    (re.compile(r"(/[^\s?]*\?)\S+"), r"\1…"),  # a query: what people search for
    (re.compile(r"[^\s@<>\"'(]+@[^\s@<>\"')]+"), "…"),
    (re.compile(r"(?<![\d.])(?!127\.)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"), "…"),
    (re.compile(r"(?<![\w:])(?!::1\b)(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])", re.IGNORECASE), "…"),
    (re.compile(r"(?<![\w:])(?!::1\b)(?:[0-9a-f]{1,4}:)*[0-9a-f]{0,4}::[0-9a-f:.]*(?!\w)", re.IGNORECASE), "…"),
)
WARNING = re.compile(r"(.*?:\d+: \w+):.*", re.DOTALL)  # place and class; what follows may quote a value
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | None


def message_of(record: logging.LogRecord) -> str:
    """Return the message of a log line without what opens something or names a person."""
    try:
        text = record.getMessage()
    except Exception as error:  # logging itself would print all that was to be filled in
        text = f"{record.msg if isinstance(record.msg, str) else ''} [not filled in: {type(error).__name__}]"
    if record.name == "py.warnings":
        text = WARNING.sub(r"\1", text)
    if not text.isprintable():
        text = "".join(map(_visible, text))
    for pattern, instead in CUTS:
        text = pattern.sub(instead, text)
    return text


def _visible(sign: str) -> str:
    """Return a line ending, or another sign that a terminal obeys, as the number that stands for it."""
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()


def class_of(error: type[BaseException]) -> str:
    """Return the full name of an exception's class."""
    return f"{error.__module__}.{error.__qualname__}"


def places_of(where: TracebackType | None) -> list[str]:
    """Return the places that an exception came through, the outermost first; no variable and no message."""
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(where)]


def place_in_our_code(where: TracebackType | None) -> str:
    """Return the innermost place of an exception that is in this program's own code, relative to it."""
    for frame in reversed(traceback.extract_tb(where)):
        path = Path(frame.filename)
        if path.is_relative_to(SOURCE) and path.relative_to(SOURCE).parts[0] in OURS:
            return f"{path.relative_to(SOURCE)}:{frame.lineno} in {frame.name}"
    return ""
