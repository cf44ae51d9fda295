"""A long list is read page by page from the row where the last page ended, and no row is passed over."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.admin.inbox.keyset_pagination import EPOCH, Cursor, Order, page_of
from contact.models import Inquiry

START = datetime(2026, 11, 2, tzinfo=UTC)


@given(st.integers(0, 10**17 - 1), st.uuids())
def test_a_cursor_is_read_as_it_was_written(microseconds, pk):
    if microseconds > (datetime.max.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1):
        return
    cursor = Cursor(EPOCH + timedelta(microseconds=microseconds), pk)
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "1", "x-" + "0" * 32, "1-" + "0" * 31, "9" * 18 + "-" + "0" * 32, "١-" + "0" * 32]
)
def test_anything_else_is_no_cursor(text):
    assert Cursor.read(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("count", [0, 3, 6, 7])
def test_going_on_and_back_meets_every_row_once_and_in_order(keyring, newest_first, count):
    # Two of three came at the very same time.
    for n in range(count):
        at, pk = START + timedelta(hours=n // 3), UUID(int=n * 7 % 11)
        Inquiry.objects.create(id=pk, locator=str(n), received_at=at, key=keyring, sealed=b"")
    order = Order("received_at", newest_first)
    sign = "-" if newest_first else ""
    whole = list(Inquiry.objects.order_by(f"{sign}received_at", f"{sign}id"))
    part = page_of(Inquiry.objects.all(), order, 3)
    assert part.before is None
    seen = [part.rows]
    while part.after:
        part = page_of(Inquiry.objects.all(), order, 3, after=part.after)
        seen.append(part.rows)
    assert [row for rows in seen for row in rows] == whole
    for earlier in reversed(seen[:-1]):
        part = page_of(Inquiry.objects.all(), order, 3, before=part.before)
        assert part.rows == earlier
    assert part.before is None
