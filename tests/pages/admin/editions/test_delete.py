"""No visitor meets a deleted page, and it can be brought back with everything it had."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from pages.editions import deletion
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule
from pages.models import Edition, Notice, Page
from tests.factories import clinic, draft, front, kept_live
from tests.queries import queries

pytestmark = pytest.mark.django_db
LIST, DELETED = reverse("admin:pages_page_changelist"), reverse("admin:pages_page_deleted")


@pytest.fixture
def page(db):
    clinic()
    front()
    return kept_live()


def address(page):
    return reverse("admin:pages_page_delete", args=[page.pk])


def test_looking_at_the_question_deletes_nothing(editor_client, client, page):
    assert editor_client.get(address(page)).status_code == 200
    assert client.get("/avrusning-nb/").status_code == 200


def test_after_a_yes_neither_visitors_nor_staff_meet_the_page(editor_client, client, page):
    answer = editor_client.post(address(page), follow=True)
    assert answer.redirect_chain[-1][0] == LIST
    assert client.get("/avrusning-nb/").status_code == 404
    assert "/avrusning-nb/" not in client.get("/sitemap.xml").text
    assert not answer.context["cl"].queryset.filter(pk=page.pk).exists()
    assert "avrusning nb" not in editor_client.get(reverse("admin:pages_page_translations")).text
    assert editor_client.get(reverse("admin:pages_page_translate", args=[page.pk, "nn"])).status_code in (302, 404)
    for name in ("change", "history", "plan", "take_down", "delete"):
        there = editor_client.get(reverse(f"admin:pages_page_{name}", args=[page.pk]))
        assert there.status_code in (302, 404), name


def test_brought_back_it_is_a_draft_with_every_edition_and_address_it_had(editor_client, client, page):
    before = list(page.editions.values_list("pk", "digest"))
    editor_client.post(address(page))
    answer = editor_client.post(DELETED, {"page": page.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("admin:pages_page_change", args=[page.pk]) + "#messages"
    assert list(page.editions.values_list("pk", "digest")) == before
    assert client.get("/avrusning-nb/").status_code == 404
    publish(save_draft(Page.objects.get(pk=page.pk), by=None), by=None)
    assert client.get("/avrusning-nb/").status_code == 200


def test_no_other_page_can_take_its_address_meanwhile(page):
    deletion.delete(page, by=None)
    other = draft("ny")
    other.slug_nb = "avrusning-nb"
    other.save()
    with pytest.raises(ValidationError, match="avrusning"):
        publish(save_draft(other, by=None), by=None)


def test_what_was_planned_is_cancelled(page):
    waiting = save_draft(page, by=None)
    schedule(waiting, by=None, at=timezone.now() + timedelta(days=1))
    deletion.delete(page, by=None)
    assert not Edition.objects.current_or_coming(at=timezone.now()).filter(page=page).exists()


def test_a_form_that_a_colleague_has_open_cannot_publish_or_plan_it(page):
    edition = save_draft(page, by=None)
    deletion.delete(page, by=None)
    for put in (
        lambda: publish(edition, by=None),
        lambda: schedule(edition, by=None, at=timezone.now() + timedelta(days=1)),
    ):
        with pytest.raises(ValidationError, match="slettet"):
            put()


def test_a_page_with_others_under_it_is_not_deleted(editor_client, page):
    under = draft("under", parent=page)
    assert str(under) in editor_client.get(address(page)).text
    editor_client.post(address(page))
    assert Page.objects.kept().filter(pk=page.pk).exists()


def test_one_whose_place_was_deleted_too_comes_back_without_it(page):
    under = draft("under", parent=page)
    deletion.delete(under, by=None)
    deletion.delete(page, by=None)
    deletion.recover(under)
    assert Page.objects.get(pk=under.pk).parent is None


@pytest.mark.parametrize("kind", Page.ONLY_ONE)
def test_a_page_the_website_cannot_be_without_is_not_deleted(editor_client, kind):
    only = Page.objects.create(kind=kind, title_nb="Den eneste")
    assert editor_client.post(address(only)).status_code == 403
    with pytest.raises(ValidationError):
        deletion.delete(only, by=None)


def test_it_is_offered_nowhere_as_a_place_a_link_or_something_to_read_more_about(editor_client, page):
    deletion.delete(page, by=None)
    for form in (reverse("admin:pages_page_add"), reverse("admin:pages_notice_add")):
        assert "avrusning nb" not in editor_client.get(form).text


def test_a_message_that_leads_to_it_leads_nowhere(client, page):
    Notice.objects.create(text_nb="Stengt.", more=page, ends_at=timezone.now() + timedelta(days=1))
    deletion.delete(page, by=None)
    assert "avrusning nb" not in client.get("/").text


def test_only_those_who_publish_may_delete_and_bring_back(client, cast, inquiry_client, page):
    assert inquiry_client.post(address(page)).status_code == 403
    deletion.delete(page, by=None)
    assert inquiry_client.post(DELETED, {"page": page.pk}).status_code == 403
    assert client.post(DELETED, {"page": page.pk}).status_code == 302
    assert Page.objects.deleted().exists()


def test_a_page_that_is_not_deleted_cannot_be_brought_back(editor_client, page):
    for sent in ("", "x", "999", "9" * 40):
        assert editor_client.post(DELETED, {"page": sent}).status_code == 404, sent


def test_the_list_of_deleted_pages_takes_as_many_queries_for_many_as_for_one(editor_client, page):
    deletion.delete(page, by=None)
    one = queries(editor_client, DELETED)
    for number in range(5):
        deletion.delete(draft(f"side{number}"), by=None)
    assert queries(editor_client, DELETED) == one
