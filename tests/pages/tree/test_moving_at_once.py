"""Several editors move pages at once. SQLite has one writer; on PostgreSQL the moves must take turns."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from pages.models import Page
from pages.tree.moving import move
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database with several writers"),
]


def at_once(*pairs):
    """Move each first page under the second, all at once, and return every failure that is no refusal."""
    start, wrong = threading.Barrier(len(pairs)), []

    def one(page, parent):
        connection.ensure_connection()
        start.wait()
        try:
            move(page, parent=parent, by=None)
        except ValidationError:
            pass
        except Exception as error:  # a deadlock, for example
            wrong.append(repr(error))
        connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in pairs]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return wrong


@pytest.mark.parametrize("size", [2, 3])
def test_pages_that_are_moved_under_each_other_at_once_make_no_loop(size):
    for attempt in range(8):
        circle = [factories.live(f"s{attempt}{n}") for n in range(size)]
        assert at_once(*zip(circle, circle[1:] + circle[:1], strict=True)) == []
        parents = dict(Page.objects.values_list("pk", "parent"))
        assert None in {parents[page.pk] for page in circle}
        assert sum(parents[page.pk] is not None for page in circle) == size - 1
