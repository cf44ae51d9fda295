"""The access log is append-only and outlives both the inquiry and the colleague."""

import pytest

from contact.cases.reading import open_inquiry
from contact.models import AccessEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(inquiry):
    return AccessEntry.objects.get(inquiry_id=inquiry.pk)


def test_an_entry_cannot_be_changed(entry):
    entry.action = AccessEntry.Action.CLOSED
    with pytest.raises(TypeError, match="never changed"):
        entry.save()


def test_an_entry_cannot_be_deleted(entry):
    with pytest.raises(TypeError, match="never deleted"):
        entry.delete()


@pytest.mark.parametrize("change", ["update", "delete", "bulk_update"])
def test_entries_cannot_be_changed_or_deleted_together(entry, change):
    arguments = {"bulk_update": ([entry], ["action"])}.get(change, ())
    with pytest.raises(TypeError, match="never"):
        getattr(AccessEntry.objects.all(), change)(*arguments)


def test_it_keeps_the_name_of_a_colleague_who_is_gone(inquiry, inquiry_staff):
    open_inquiry(inquiry, inquiry_staff)
    inquiry_staff.delete()
    opened = AccessEntry.objects.get(action=AccessEntry.Action.OPENED)
    assert (opened.user_id is not None, opened.username) == (True, "ivar")
