"""Lines about refused requests: counted, one a minute at most, without addresses.

Any outsider can cause a refusal (4xx) at will: a line for each would fill the disk, and bury
what an operator needs.
"""

import logging
import threading
import time
from collections import Counter

EVERY = 60.0  # seconds between two lines of a process


class CountRefusals(logging.Filter):
    """Leaves out each line about a refusal, and lets through one in its place that counts them by status."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.counts: Counter[int] = Counter()
        self.said_at: float | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the line is written. One that is becomes the count of all since the last."""
        status = getattr(record, "status_code", 0)
        if not 400 <= status < 500:
            return True
        with self.lock:
            self.counts[status] += 1
            now = time.monotonic()
            if self.said_at is not None and now - self.said_at < EVERY:
                return False
            self.said_at = now
            counted = ", ".join(f"{status}: {count}" for status, count in sorted(self.counts.items()))
            self.counts.clear()
        record.name, record.levelno, record.levelname = "django.request", logging.WARNING, "WARNING"
        record.msg, record.args = "refused since the last such line: %s", (counted,)
        record.exc_info = record.exc_text = record.stack_info = None
        record.request_number = ""  # of many requests
        return True
