"""What tests send in place of a drawn form is what the drawn form sends."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.editions.publishing import save_draft
from pages.editions.scheduling import schedule
from pages.models import Page
from tests.factories import clinic, draft, front, live
from tests.pages.admin.forms import form_of, read_form, save
from tests.pages.admin.undrawn_form import fields_of
from tests.pages.every_block import page_with_every_block

pytestmark = pytest.mark.django_db


def drawn(client, address):
    return {name: value for name, value in read_form(client, address).items() if name != "csrfmiddlewaretoken"}


def without_secrets(answer):
    """Return the drawn form without the token against forgery and the nonce, which are new in each answer."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]+"', r"\1", answer.text)


def test_a_page_with_every_block_sends_the_same_undrawn_for_an_editor_and_a_reviewer(
    editor_client, reviewer_client
):
    clinic()
    page = page_with_every_block(parent=live("over", kind=Page.Kind.OVERVIEW), in_menu=True, clinical=True)
    for client in (editor_client, reviewer_client):
        assert fields_of(client, page) == drawn(client, form_of(page))


def test_pages_in_every_state_and_a_new_one_send_the_same_undrawn(editor_client):
    clinic()
    waiting = live()
    schedule(save_draft(draft("kommer"), by=None), by=None, at=timezone.now() + timedelta(days=1))
    for page in (front(), draft("utkast"), waiting, Page.objects.get(slug_nb="kommer-nb")):
        assert fields_of(editor_client, page) == drawn(editor_client, form_of(page)), page
    assert fields_of(editor_client) == drawn(editor_client, reverse("admin:pages_page_add"))


def test_a_refused_save_that_is_drawn_later_is_what_the_browser_gets(editor_client):
    page = draft()
    changes = {"slug_nb": "admin", "title_nb": "Beholdt"}
    at_once = editor_client.post(form_of(page), fields_of(editor_client, page) | changes | {"_continue": "1"})
    later = save(editor_client, page, **changes)
    assert (later.status_code, without_secrets(later)) == (at_once.status_code, without_secrets(at_once))
    assert "Beholdt" in later.text
    assert list(later.context["adminform"].form.errors) == ["slug_nb"]
