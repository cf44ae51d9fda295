"""A copy of everything for the person who asks; logged."""

import json

import pytest
from django.urls import reverse

from contact.cases import ownership, status
from contact.cases.writing.notes import add_note
from contact.exports.subject_access import copy_as_data
from contact.models import AccessEntry, Inquiry
from contact.retention import legal_holds
from tests.contact.conftest import CANARY, FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(inquiry, inquiry_staff):
    add_note(inquiry, "Ringte tilbake.", inquiry_staff, form=FORM)
    return {step: reverse(f"admin:contact_inquiry_{step}", args=[inquiry.pk]) for step in ("copy", "erase")}


def logged(action):
    return AccessEntry.objects.filter(action=action).count()


def test_the_copy_as_a_file_has_every_answer_and_note_and_is_logged(inquiry_client, addresses, inquiry):
    answer = inquiry_client.post(addresses["copy"], {"as": "file"})
    copy = json.loads(answer.content)
    assert copy["answers"]["message"] == CANARY
    assert [entry["text"] for entry in copy["thread"]] == ["Ringte tilbake."]
    assert answer["Content-Disposition"] == f'attachment; filename="{inquiry.reference}.json"'
    assert "no-store" in answer["Cache-Control"]
    assert logged("exported") == 1
    assert CANARY not in str(list(AccessEntry.objects.values()))


def test_the_copy_to_print_has_the_same_and_does_not_say_that_only_colleagues_see_it(inquiry_client, addresses):
    page = inquiry_client.post(addresses["copy"]).text
    assert CANARY in page
    assert "Ringte tilbake." in page
    assert "ses bare av kolleger" not in page
    assert logged("exported") == 1


def test_both_copies_say_what_we_have_noted_about_the_case(
    inquiry_client, inquiry_staff, inquiry, addresses, django_user_model
):
    django_user_model.objects.filter(pk=inquiry_staff.pk).update(first_name="Ivar", last_name="Ås")
    ownership.take(inquiry, inquiry_staff)
    legal_holds.hold(inquiry, "incident", inquiry_staff)
    legal_holds.release(inquiry, inquiry_staff)
    legal_holds.hold(inquiry, "complaint", inquiry_staff)
    status.mark_spam(inquiry, inquiry_staff)
    copy = json.loads(inquiry_client.post(addresses["copy"], {"as": "file"}).content)
    assert (copy["may_be_spam"], copy["waiting_since"], copy["owner"]) == (True, None, "Ivar Ås")
    assert [(one["reason"], one["released_at"] is None) for one in copy["holds"]] == [
        ("incident", False),
        ("complaint", True),
    ]
    page = inquiry_client.post(addresses["copy"]).text
    for word in (inquiry.reference, "Kan være søppel", "Ivar Ås", "Alvorlig hendelse", "Klage eller tilsyn"):
        assert word in page
    status.mark_no_spam(inquiry, inquiry_staff)
    copy = json.loads(inquiry_client.post(addresses["copy"], {"as": "file"}).content)
    assert (copy["may_be_spam"], copy["waiting_since"]) == (False, inquiry.received_at.isoformat())


def test_every_column_of_an_inquiry_is_in_the_copy_or_says_nothing_about_the_person(inquiry):
    of_the_house = {"id", "locator", "key", "sealed", "sender_key"}
    named = {"role": "from", "quarantined": "may_be_spam"}
    columns = {field.name for field in Inquiry._meta.fields} - of_the_house
    assert {named.get(name, name) for name in columns} <= set(copy_as_data(inquiry, {}, []))


def test_a_link_neither_copies_nor_erases(inquiry_client, addresses):
    assert inquiry_client.get(addresses["copy"]).status_code == 302
    assert "Slett alt" in inquiry_client.get(addresses["erase"]).text
    assert Inquiry.objects.exists()
    assert (logged("exported"), logged("erase_asked")) == (0, 0)


def test_without_the_key_there_is_no_copy_and_nothing_logged(inquiry_client, addresses, settings):
    (settings.KEY_DIR / "server_grant.key").unlink()
    assert inquiry_client.post(addresses["copy"], {"as": "file"}).status_code == 302
    assert logged("exported") == 0


@pytest.mark.parametrize("step", ["copy", "erase"])
@pytest.mark.parametrize("who", ["editor_client", "reviewer_client"])
def test_editors_get_403(request, who, addresses, step):
    client = request.getfixturevalue(who)
    assert [client.get(addresses[step]).status_code, client.post(addresses[step]).status_code] == [403, 403]
    assert Inquiry.objects.exists()
