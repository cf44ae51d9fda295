"""The addresses outside the site that pages name are known without reading the pages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from pages.editions.deletion import delete
from pages.editions.history import redact
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import cancel, schedule
from pages.links.external import addresses_in, all_addresses
from pages.models import LinkCheck, OutsideLink, Page, ResourceLinkBlock, TextBlock
from pages.tree.moving import set_menu
from tests.factories import claim, draft, live

pytestmark = pytest.mark.django_db


def named():
    return all_addresses(at=timezone.now())


def says(page, address):
    TextBlock.objects.filter(parent=page).update(body_nb=f'<p><a href="{address}">Les</a></p>')
    return save_draft(Page.objects.get(pk=page.pk), by=None)


def test_links_fields_and_written_out_addresses_count_in_every_language():
    body = [
        {"type": "text", "body": {"nb": '<p><a href="https://a.no/?x=1&amp;y=2">a</a> (https://b.no/c).</p>'}},
        {"type": "quote", "text": {"en": "See https://d.no, and «https://e.no/»"}},
        {"type": "resource_link", "url": "https://f.no/g", "title": {"nb": "G"}},
        {"type": "text", "body": {"nn": '<p><a href="page:3">x</a> <a href="tel:113">113</a></p>'}},
        {"type": "text", "body": {"nn": '<p><a href="http://h.no">h</a></p>'}},
    ]
    assert addresses_in(body) == {
        "https://a.no/?x=1&y=2", "https://b.no/c", "https://d.no", "https://e.no/", "https://f.no/g", "http://h.no",
    }  # fmt: skip


def test_a_written_out_address_ends_where_its_line_ends():
    body = [{"type": "text", "body": {"nb": "<p>Se https://a.no/b</p><p>Og https://c.no<br>i dag</p>"}}]
    assert addresses_in(body) == {"https://a.no/b", "https://c.no"}


def test_a_page_that_was_moved_still_names_what_it_named():
    page = live(body='<p><a href="https://en.no">x</a></p>', languages=("nb",))
    says(page, "https://to.no")
    set_menu(page, shown=True, by=None)
    assert named() == {"https://en.no", "https://to.no"}


def test_the_live_edition_and_the_form_count_and_what_was_before_does_not():
    page = live(body='<p><a href="https://en.no">x</a></p>', languages=("nb",))
    says(page, "https://to.no")
    assert named() == {"https://en.no", "https://to.no"}
    says(page, "https://tre.no")
    assert named() == {"https://en.no", "https://tre.no"}
    publish(page.editions.latest("pk"), by=None)
    assert named() == {"https://tre.no"}


def test_an_edition_that_waits_counts_until_it_is_cancelled():
    page = live(languages=("nb",))
    waiting = says(page, "https://to.no")
    schedule(waiting, by=None, at=timezone.now() + timedelta(days=1))
    says(page, "https://tre.no")
    assert named() == {"https://to.no", "https://tre.no"}
    cancel(waiting)
    assert named() == {"https://tre.no"}


def test_a_deleted_page_names_nothing(editor):
    page = live(body='<p><a href="https://en.no">x</a></p>')
    delete(page, by=editor)
    assert named() == set()


def test_claims_name_their_source():
    claim(source_url="https://kilde.no")
    assert named() == {"https://kilde.no"}


def test_an_address_that_nobody_could_open_is_left_out():
    live(body=f'<p><a href="https://en.no/{"x" * 1000}">x</a></p>')
    assert named() == set()


def test_words_that_were_taken_away_take_their_addresses_along(administrator):
    page = draft(body='<p><a href="https://navn.no/ola">x</a></p>')
    edition = save_draft(page, by=None)
    LinkCheck.objects.create(address="https://navn.no/ola", checked_at=timezone.now(), status=200, ok=True)
    redact([edition], by=User.objects.get(username="kari"), reason="navn", at=timezone.now())
    assert (named(), LinkCheck.objects.count()) == (set(), 0)


def test_the_same_address_twice_in_a_page_is_one():
    page = draft(body="<p>https://example.org/x</p>")
    ResourceLinkBlock.objects.create(
        parent=page, region="main", ordering=20, url="https://example.org/x", publisher="X", title_nb="X"
    )
    save_draft(page, by=None)
    assert OutsideLink.objects.count() == 1
