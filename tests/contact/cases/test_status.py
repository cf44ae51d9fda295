import pytest

from contact.cases import status
from contact.models import AccessEntry

pytestmark = pytest.mark.django_db


def actions():
    return list(AccessEntry.objects.order_by("id").values_list("action", "username"))


def test_closing_and_reopening_are_written_down_and_a_second_click_is_not(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    status.close(inquiry, inquiry_staff, "recorded")
    assert (inquiry.status, inquiry.closed_at is None) == ("closed", False)
    status.reopen(inquiry, inquiry_staff)
    assert (inquiry.status, inquiry.closed_at) == ("open", None)
    assert actions()[1:] == [("closed", "ivar"), ("journaled", "ivar"), ("reopened", "ivar")]
