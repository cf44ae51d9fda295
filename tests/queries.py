"""How often the database is asked, for tests that compare few rows with many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, address) -> int:
    """Return how many queries it takes to show a page."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
