"""However many pages there are, the admin asks the database as often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.editions.deletion import delete
from pages.editions.publishing import save_draft
from pages.editions.scheduling import schedule
from pages.models import LinkCheck, Notice
from tests.factories import clinic, draft, front, live
from tests.queries import queries

pytestmark = pytest.mark.django_db
OWN = "/admin/pages/page/"


def fill(numbers, target, by):
    """Make pages in every state that a list tells of, each with links in and out."""
    for number in numbers:
        body = f'<p><a href="https://a.no/{number}">Les</a> <a href="page:{target.pk}">Mer</a></p>'
        live(f"vises{number}", body=body, languages=("nb",))
        LinkCheck.objects.create(address=f"https://a.no/{number}", checked_at=timezone.now(), ok=False)
        at = timezone.now() + timedelta(days=1, minutes=number)
        schedule(save_draft(draft(f"venter{number}", body=body, languages=("nb",)), by=by), by=by, at=at)
        delete(live(f"borte{number}", languages=("nb",)), by=by)


def test_the_number_of_queries_does_not_grow_with_the_pages(administrator_client, administrator, monkeypatch):
    monkeypatch.setattr("pages.admin.status.page_titles.MOST_TITLES", 2)  # from there on the others are counted
    clinic()
    front()
    target = live("maal", kind="overview")
    inner = live("inni", parent=target, body=f'<p><a href="page:{target.pk}">x</a></p>')
    message = Notice.objects.create(
        text="Stengt", text_nb="Stengt", more=inner, ends_at=timezone.now() + timedelta(days=1)
    )
    addresses = [
        "/admin/", OWN, f"{OWN}?kind__exact=article", f"{OWN}?q=vises", f"{OWN}add/", f"{OWN}{inner.pk}/change/",
        f"{OWN}links/?show=broken", f"{OWN}coming/", f"{OWN}deleted/", f"{OWN}translations/",
        f"{OWN}{target.pk}/take-down/", f"{OWN}{target.pk}/delete/", f"{OWN}find/?q=vises",
        f"/admin/pages/notice/{message.pk}/change/",
    ]  # fmt: skip
    fill(range(3), target, administrator)
    for address in addresses:
        administrator_client.get(address)  # what is asked once a process, or once a person
    few = {address: queries(administrator_client, address) for address in addresses}
    fill(range(3, 6), target, administrator)
    assert {address: queries(administrator_client, address) for address in addresses} == few


def test_a_question_names_some_pages_and_counts_the_others(administrator_client, administrator, monkeypatch):
    monkeypatch.setattr("pages.admin.status.page_titles.MOST_TITLES", 2)
    clinic()
    target = live("maal")
    fill(range(4), target, administrator)
    shown = administrator_client.get(f"{OWN}{target.pk}/take-down/")
    assert (len(shown.context["linking"]), shown.context["linking"].more) == (2, 2)
    assert "og 2 sider til" in shown.text
