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
        _put(replace(right, refused=right.refused.replace(clock, literal)))
        try:
            yield
        finally:
            _put(right)


def _put(trigger):
    with connection.cursor() as cursor:
        cursor.execute(triggers._removal(connection, trigger))
        sqlite = connection.vendor == "sqlite"
        cursor.execute(trigger.for_sqlite() if sqlite else trigger.for_postgresql())
