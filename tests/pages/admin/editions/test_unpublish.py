"""Taking a page off the website."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pages.editions.deletion import delete
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule
from pages.models import Edition, Page, TextBlock
from tests.factories import clinic, draft, front, kept_live, live

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    clinic()
    front()
    return kept_live()


def address(page):
    return reverse("admin:pages_page_take_down", args=[page.pk])


def is_live(page):
    return Edition.objects.live(at=timezone.now()).filter(page=page).exists()


def test_looking_at_the_question_changes_nothing(editor_client, page):
    assert editor_client.get(address(page)).status_code == 200
    assert is_live(page)


def test_after_a_yes_visitors_no_longer_find_the_page_and_the_words_are_kept(editor_client, client, page):
    assert editor_client.post(address(page), follow=True).status_code == 200
    assert client.get("/avrusning-nb/").status_code == 404
    assert page.pages_textblock_set.count() == 1


def test_the_question_names_the_pages_with_a_link_to_it(editor_client, page):
    other = live("nabo")
    TextBlock.objects.create(
        parent=other, region="main", ordering=20, body_nb=f'<p><a href="page:{page.pk}">x</a></p>'
    )
    publish(save_draft(other, by=None), by=None)
    assert editor_client.get(address(page)).context["linking"] == ["nabo nb"]


def link_in(other, page):
    TextBlock.objects.create(
        parent=other, region="main", ordering=20, body_nb=f'<p><a href="page:{page.pk}">x</a></p>'
    )
    return save_draft(other, by=None)


def test_the_question_names_drafts_and_waiting_editions_with_a_link_to_it(editor_client, page):
    link_in(draft("utkast"), page)
    schedule(link_in(live("venter"), page), by=None, at=timezone.now() + timedelta(hours=1))
    save_draft(live("uten"), by=None)
    context = editor_client.get(address(page)).context
    assert (context["linking"], context["linking_later"]) == ([], ["utkast nb", "venter nb"])


def test_a_link_to_another_page_whose_number_begins_alike_is_not_named(editor_client, page):
    other = live("annen")
    Page.objects.filter(pk=other.pk).update(lead_nb="")
    TextBlock.objects.filter(parent=other).update(body_nb=f'<p><a href="page:{page.pk}0">x</a></p>')
    publish(save_draft(other, by=None), by=None)
    context = editor_client.get(address(page)).context
    assert (context["linking"], context["linking_later"]) == ([], [])


def test_a_deleted_page_and_an_older_draft_are_not_named(editor_client, page):
    deleted = live("slettet")
    publish(link_in(deleted, page), by=None)
    delete(deleted, by=None)
    older = draft("eldre")
    link_in(older, page)
    TextBlock.objects.filter(parent=older).delete()
    save_draft(older, by=None)
    context = editor_client.get(address(page)).context
    assert (context["linking"], context["linking_later"]) == ([], [])


def test_the_question_names_the_pages_under_it_and_its_place_in_the_menu(editor_client, page):
    live("under", parent=page)
    page.in_menu = True
    page.save()
    publish(save_draft(page, by=None), by=None)
    context = editor_client.get(address(page)).context
    assert (context["children"], context["in_menu"], context["in_footer"]) == (["under nb"], True, False)


def test_the_question_says_that_a_waiting_edition_brings_the_page_back(editor_client, page):
    schedule(save_draft(page, by=None), by=None, at=timezone.now() + timedelta(hours=1))
    assert editor_client.get(address(page)).context["page_status"].waiting is not None


def test_without_the_right_to_publish_it_is_refused(editor_client, editor, page):
    editor.groups.get().permissions.remove(Permission.objects.get(codename="publish_page"))
    assert editor_client.post(address(page)).status_code == 403
    assert is_live(page)


def test_the_front_page_stays(editor_client, page):
    the_front = Page.objects.get(kind=Page.Kind.FRONT)
    assert editor_client.post(address(the_front)).status_code == 403
    assert is_live(the_front)


def test_a_page_that_does_not_exist_is_a_404(editor_client, page):
    assert editor_client.get(reverse("admin:pages_page_take_down", args=[page.pk + 99])).status_code == 404


def test_a_post_from_another_site_is_refused(editor, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(address(page)).status_code == 403
    assert is_live(page)
