"""Set the clock that the database's own refusals read: no test can set the machine's."""

from contextlib import contextmanager
from dataclasses import replace

import time_machine
from django.db import connection

from contact.audit import triggers

LITERAL = {"sqlite": "'{}'", "postgresql": "timestamptz '{}+00'"}


@contextmanager
def travel(moment):
    """Set the site's clock and the database's."""
    clock = triggers.CLOCK[connection.vendor]
    literal = LITERAL[connection.vendor].format(f"{moment:%Y-%m-%d %H:%M:%S}")
    right = next(one for one in triggers.TRIGGERS[connection.vendor] if one.name == "audit_segment_update")
    with time_machine.travel(moment, tick=False):
        triggers.put_in_place(connection, replace(right, refused=right.refused.replace(clock, literal)))
        try:
            yield
        finally:
            triggers.put_in_place(connection, right)
