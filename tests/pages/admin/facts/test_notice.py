"""The form of a message on every page."""

import pytest
from django.urls import reverse

from pages.models import Notice

pytestmark = pytest.mark.django_db
ADD = "/admin/pages/notice/add/"
FIELDS = {
    "text_nb": "Vi har stengt 1. mai.",
    "text_nn": "",
    "text_en": "",
    "more": "",
    "starts_at": "2027-04-30T08:00",
}


def test_an_editor_writes_one_and_takes_it_away_again(editor_client):
    assert editor_client.post(ADD, FIELDS | {"ends_at": "2027-05-02T08:00"}).status_code == 302
    made = Notice.objects.get()
    assert made.text_nb == "Vi har stengt 1. mai."
    assert (
        editor_client.post(reverse("admin:pages_notice_delete", args=[made.pk]), {"post": "yes"}).status_code
        == 302
    )
    assert not Notice.objects.exists()


def test_it_must_have_an_end(editor_client):
    answer = editor_client.post(ADD, FIELDS | {"ends_at": ""})
    assert answer.status_code == 200
    assert "data-unsaved" in answer.text
    assert "ends_at" in answer.context["adminform"].form.errors


def test_a_time_that_the_clocks_leave_out_is_refused_in_plain_words(editor_client):
    answer = editor_client.post(ADD, FIELDS | {"starts_at": "2027-03-28T02:30", "ends_at": "2027-05-02T08:00"})
    assert "finnes ikke" in str(answer.context["adminform"].form.errors["starts_at"])


@pytest.mark.parametrize("far", ["0001-01-01T00:00", "1999-12-31T23:00", "9999-12-31T23:59", "2100-01-01T00:00"])
def test_a_time_at_the_calendar_s_ends_is_refused_in_every_field_for_a_time(editor_client, far):
    answer = editor_client.post(ADD, FIELDS | {"starts_at": far, "ends_at": far})
    errors = answer.context["adminform"].form.errors
    assert all("mellom 2000 og 2099" in str(errors[name]) for name in ("starts_at", "ends_at"))


def test_the_list_says_what_visitors_see_now(editor_client):
    editor_client.post(ADD, FIELDS | {"starts_at": "2020-04-30T08:00", "ends_at": "2020-05-02T08:00"})
    assert "Utløpt: på ingen sider" in editor_client.get("/admin/pages/notice/").text


def test_inquiry_staff_do_not_reach_it(inquiry_client):
    assert inquiry_client.get("/admin/pages/notice/").status_code == 403


def test_a_message_whose_end_has_come_says_that_visitors_do_not_see_it(editor_client):
    coming = editor_client.post(ADD, FIELDS | {"ends_at": "2027-05-02T08:00"}, follow=True)
    over = editor_client.post(
        ADD, FIELDS | {"starts_at": "2025-12-01T08:00", "ends_at": "2025-12-01T16:00"}, follow=True
    )
    assert ["Tiden er allerede ute" in answer.text for answer in (coming, over)] == [False, True]
