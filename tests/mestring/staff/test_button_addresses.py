"""The address of a button, opened as a page: reloaded, kept as a bookmark, sent to a colleague."""

import pytest

from tests.factories import draft

pytestmark = pytest.mark.django_db
INBOX = "/admin/contact/inquiry/"


def test_it_leads_to_the_case_the_page_or_the_list_where_the_button_stands(inquiry_client, administrator_client):
    case = f"{INBOX}00000000-0000-0000-0000-000000000001/"
    for verb in ("reply", "note", "take", "copy", "close"):
        assert inquiry_client.get(f"{case}{verb}/").url == f"{case}change/"
    assert inquiry_client.head(f"{case}reply/").url == f"{case}change/"
    assert inquiry_client.get(f"{INBOX}lock/").url == INBOX
    assert administrator_client.get("/admin/contact/grant/let-in/").url == "/admin/contact/grant/"
    page = draft()
    assert (
        administrator_client.get(f"/admin/pages/page/{page.pk}/check/").url
        == f"/admin/pages/page/{page.pk}/change/"
    )


def test_what_only_shows_is_not_led_elsewhere_when_something_is_sent_to_it(administrator_client):
    assert administrator_client.post("/admin/pages/page/tree/", {"verb": "nothing"}).status_code != 405
    assert administrator_client.put(f"{INBOX}lock/").status_code == 405
