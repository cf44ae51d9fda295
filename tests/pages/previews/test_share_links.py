"""A link for a colleague without an account: one edition, for some days, unless withdrawn, and nothing else."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.serializers import serialize
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mestring.logs.formats import ContentFreeFormatter
from pages.editions import deletion
from pages.editions.addresses import refuse_address
from pages.editions.publishing import publish, save_draft
from pages.models import Page, ShareLink
from pages.previews import share_links
from tests.factories import LANGUAGES, clinic, draft, front, live
from tests.pages.admin.forms import read_form
from tests.proofs import examples

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOON, tick=False) as clock:
        clinic()
        front()
        yield clock


def token_for(edition, by, days=7):
    return share_links.make_link(edition, by=by, days=days, at=datetime.now(UTC))


def shared(page, by, days=7):
    """Share a page as it is now and return the token."""
    return token_for(save_draft(page, by=None), by, days)


def preview_of(edition):
    return reverse("admin:pages_page_preview_edition", args=[edition.page_id, edition.pk])


def press_share(client, edition, days="7"):
    return client.post(reverse("admin:pages_page_share", args=[edition.page_id, edition.pk]), {"days": days})


# --- what the colleague sees -----------------------------------------------------------------------
@pytest.mark.parametrize("prefix", ["", "/nn", "/en"])
def test_the_edition_is_shown_in_each_language_in_at_most_three_queries(
    client, editor, prefix, django_assert_max_num_queries
):
    token = shared(draft(body="<p>Bare her.</p>"), editor)
    with django_assert_max_num_queries(3):
        answer = client.get(f"{prefix}/del/{token}/")
    assert answer.status_code == 200
    assert f'<html lang="{prefix[1:] or "nb"}">' in answer.text
    assert "Bare her." in answer.text
    assert "pages/article.html" in [template.name for template in answer.templates]
    assert 'class="share-bar"' in answer.text


@pytest.mark.parametrize("kind", ["front", "contact", "contact_patient", "overview", "theme"])
def test_every_kind_of_page_can_be_shared_in_at_most_three_queries(
    client, editor, kind, django_assert_max_num_queries
):
    Page.objects.filter(kind=kind).delete()
    token = shared(draft(kind=kind, title_nb="Delt tittel"), editor)
    with django_assert_max_num_queries(3):
        assert "Delt tittel" in client.get(f"/del/{token}/").text


def test_it_is_this_edition_and_nothing_that_is_saved_later(client, editor):
    page = draft(title_nb="Delt")
    token = shared(page, editor)
    other = draft("hemmelig", title_nb="Hemmelig", in_menu=True, parent=page)
    Page.objects.filter(pk=page.pk).update(title_nb="Senere")
    save_draft(Page.objects.get(pk=page.pk), by=None)
    save_draft(other, by=None)
    text = client.get(f"/del/{token}/").text
    assert "Delt</h1>" in text
    assert "Senere" not in text
    assert "Hemmelig" not in text


def test_all_that_it_leads_to_is_live_or_the_same_edition(client, editor):
    live("ettervern", in_menu=True)
    token = shared(draft(in_menu=True, body="<p>Les <a href='/admin/'>her</a>.</p>"), editor)
    links = set(re.findall(r'<a [^>]*?href="(/[^"]*)"', client.get(f"/del/{token}/").text))
    mine = {f"{prefix}/del/{token}/" for prefix in ("", "/nn", "/en")}
    assert links & mine
    for link in links - mine:
        assert client.get(link).status_code in (200, 302), link


def test_visitors_are_not_shown_it(client, editor):
    token = shared(draft(), editor)
    assert client.get("/avrusning-nb/").status_code == 404
    for address in ("/", "/sitemap.xml", "/robots.txt", "/sok/?q=avrusning"):
        assert token not in client.get(address).text
        assert "/del/" not in client.get(address).text


def test_it_says_what_it_is_and_until_when(client, editor):
    page = draft()
    text = client.get(f"/del/{shared(page, editor)}/").text
    assert "Dette er et utkast, og ikke publisert." in text
    assert "8. mars 2026 kl. 13:00" in text
    assert "<time" not in text
    edition = save_draft(page, by=None)
    publish(edition, by=None)
    text = client.get(f"/del/{token_for(edition, editor)}/").text
    assert "Dette er et utkast, og ikke publisert." not in text
    assert '<time datetime="2026-03-01">' in text


def test_the_address_stands_in_nothing_that_is_printed_or_read_by_machines(client, editor):
    token = shared(draft(), editor)
    text = client.get(f"/del/{token}/").text
    links = [f'href="{prefix}/del/{token}/"' for prefix in ("", "/nn", "/en")]
    assert text.count(token) == sum(text.count(link) for link in links)
    for phrase in ("canonical", "og:url", "ld+json", "on-paper"):
        assert phrase not in text


def test_it_is_kept_by_nobody_and_no_link_tells_where_the_reader_came_from(client, editor):
    answer = client.get(f"/del/{shared(draft(), editor)}/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert answer.fresh_until is None
    assert not answer.cookies
    assert answer["X-Frame-Options"] == "DENY"


# --- what opens nothing ----------------------------------------------------------------------------
def answers_like_any_missing_page(client, address):
    """Every page says its own address on paper; but for that nothing tells one from the other."""
    answer = client.get(address)
    missing = client.get(ordinary := address[: address.index("del/")] + "finnes-ikke/")
    return (
        answer.status_code == missing.status_code == 404
        and dict(answer.items()) | {"Content-Length": ""} == dict(missing.items()) | {"Content-Length": ""}
        and answer.text.replace(address, "") == missing.text.replace(ordinary, "")
    )


@pytest.mark.parametrize("days", share_links.DAYS)
def test_it_works_to_its_last_second_and_not_longer(client, editor, clock, days):
    token = shared(draft(), editor, days)
    clock.move_to(NOON + days * DAY - timedelta(seconds=1))
    assert client.get(f"/del/{token}/").status_code == 200
    clock.move_to(NOON + days * DAY)
    assert answers_like_any_missing_page(client, f"/del/{token}/")


def test_a_withdrawn_link_opens_nothing_and_others_still_do(client, editor):
    edition = save_draft(draft(), by=None)
    token, other = token_for(edition, editor), token_for(edition, editor)
    share_links.withdraw_link(ShareLink.objects.get(digest=share_links.digest_of(token)), at=NOON)
    assert answers_like_any_missing_page(client, f"/del/{token}/")
    assert client.get(f"/del/{other}/").status_code == 200


def test_a_language_the_edition_does_not_have_is_the_same_404(client, editor):
    token = shared(draft(languages=("nb",)), editor)
    assert client.get(f"/del/{token}/").status_code == 200
    assert answers_like_any_missing_page(client, f"/en/del/{token}/")


def test_an_edition_without_words_or_that_is_gone_opens_nothing(client, editor):
    page = draft()
    edition = save_draft(page, by=None)
    token = token_for(edition, editor)
    type(edition).objects.filter(pk=edition.pk).update(head=edition.head | {"title": {}, "languages": []}, body=[])
    assert answers_like_any_missing_page(client, f"/del/{token}/")
    second = shared(page, editor)
    page.editions.all().delete()
    assert answers_like_any_missing_page(client, f"/del/{second}/")


@given(token=st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=80))
@settings(
    max_examples=examples(4, times=30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example('"')  # quoted, it once led to itself
@example("0\n")
def test_whatever_else_stands_there_opens_nothing(client, token):
    assert client.get(reverse("pages:shared", args=[token])).status_code == 404


def test_a_token_cut_short_or_in_other_letters_opens_nothing(client, editor):
    token = shared(draft(), editor)
    for wrong in (token[:-1], token + "A", token.swapcase(), share_links.digest_of(token), token[::-1]):
        assert client.get(f"/del/{wrong}/").status_code == 404


def test_only_reading_is_allowed(client, editor):
    token = shared(draft(), editor)
    assert client.post(f"/del/{token}/").status_code == 405
    assert client.head(f"/del/{token}/").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_takes_the_address(language):
    with pytest.raises(ValidationError):
        refuse_address(None, language, "del")


# --- the token ------------------------------------------------------------------------------------
def test_the_token_is_in_no_table_and_long_enough(editor):
    token = shared(draft(), editor)
    assert len(token) == 43
    assert re.fullmatch(r"[\w-]+", token)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert token not in repr(cursor.fetchall()), table


def test_two_links_never_have_the_same_token(editor):
    edition = save_draft(draft(), by=None)
    assert len({token_for(edition, editor) for _n in range(20)}) == 20


def test_links_whose_time_is_over_are_erased_when_another_is_made(editor, clock):
    edition = save_draft(draft(), by=None)
    token_for(edition, editor, 1)
    token_for(edition, editor, 30)
    clock.shift(2 * DAY)
    token_for(edition, editor, 1)
    assert ShareLink.objects.count() == 2


def test_no_log_line_carries_a_token(editor, caplog, monkeypatch):
    token = shared(draft(languages=("nb",)), editor)
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.DEBUG):
        client.get(f"/en/del/{token}/")
        client.post(f"/nn/del/{token}/")
        for error in (RuntimeError, DatabaseError):
            monkeypatch.setattr("pages.previews.share_link_view.preview_page", raising(error))
            client.get(f"/del/{token}/")
    lines = [ContentFreeFormatter("%(name)s %(message)s").format(record) for record in caplog.records]
    assert sum("/del/…" in line for line in lines) >= 4
    assert not any(token in line for line in lines)


def raising(error):
    def fail(*_args, **_more):
        raise error("broken")

    return fail


@pytest.mark.parametrize(
    "leave",
    [
        lambda user: type(user).objects.update(is_active=False),
        lambda user: user.delete(),
        lambda user: user.groups.clear(),
    ],
)
def test_the_links_of_a_colleague_who_has_left_or_lost_the_role_stop(client, editor, leave):
    address = f"/del/{shared(draft(), editor)}/"
    assert client.get(address).status_code == 200
    leave(editor)
    assert client.get(address).status_code == 404


# --- how staff share -------------------------------------------------------------------------------
def test_an_editor_makes_a_link_that_is_shown_once_and_listed_without_its_token(editor_client, client):
    edition = save_draft(draft(), by=None)
    form = read_form(editor_client, preview_of(edition), "share-form")
    assert form["days"] == "7"
    answer = press_share(editor_client, edition, form["days"])
    link = answer.context["new_link"]
    assert link.startswith("http://testserver/del/")
    assert client.get(link).status_code == 200
    again = editor_client.get(preview_of(edition))
    assert link not in again.text
    assert "astrid" in again.text
    assert "8. mars 2026 13:00" in again.text


def test_the_link_begins_with_a_language_the_edition_has(editor_client, client):
    edition = save_draft(draft(languages=("en",)), by=None)
    link = press_share(editor_client, edition).context["new_link"]
    assert link.startswith("http://testserver/en/del/")
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("days", ["", "0", "2", "-1", "365", "x"])
def test_only_the_offered_times_can_be_chosen(editor_client, days):
    answer = press_share(editor_client, save_draft(draft(), by=None), days)
    assert answer.context["share_form"].errors
    assert not ShareLink.objects.exists()


def test_an_editor_withdraws_a_link_and_the_list_says_so(editor_client, client):
    edition = save_draft(draft(), by=None)
    address = press_share(editor_client, edition).context["new_link"]
    link = ShareLink.objects.get()
    withdraw = reverse("admin:pages_page_withdraw_link", args=[edition.page_id, edition.pk, link.pk])
    assert editor_client.get(withdraw).status_code == 302
    assert client.get(address).status_code == 200
    answer = editor_client.post(withdraw, follow=True)
    assert client.get(address).status_code == 404
    assert withdraw not in answer.text
    assert "Trukket tilbake" in answer.text


def test_a_link_is_withdrawn_only_on_its_own_edition(editor_client):
    edition, other = save_draft(draft(), by=None), save_draft(draft("ettervern"), by=None)
    press_share(editor_client, edition)
    link = ShareLink.objects.get()
    wrong = reverse("admin:pages_page_withdraw_link", args=[other.page_id, other.pk, link.pk])
    assert editor_client.post(wrong).status_code == 404
    assert ShareLink.objects.working(at=NOON).exists()


def test_what_has_no_title_is_not_shared(editor_client):
    edition = save_draft(Page.objects.create(), by=None)
    assert press_share(editor_client, edition).status_code == 404
    assert not ShareLink.objects.exists()


def test_who_shared_and_who_withdrew_stands_in_the_log_of_the_page_and_no_token(editor_client):
    from django.contrib.admin.models import LogEntry

    edition = save_draft(draft(), by=None)
    token = press_share(editor_client, edition).context["new_link"].split("/")[-2]
    link = ShareLink.objects.get()
    editor_client.post(reverse("admin:pages_page_withdraw_link", args=[edition.page_id, edition.pk, link.pk]))
    assert LogEntry.objects.filter(user__username="astrid", object_id=str(edition.page_id)).count() == 2
    assert token not in serialize("json", LogEntry.objects.all())


def test_a_link_to_a_page_that_was_deleted_opens_nothing_until_the_page_is_back(client, editor):
    page = draft()
    token = shared(page, editor)
    deletion.delete(page, by=editor)
    assert client.get(f"/del/{token}/").status_code == 404
    deletion.recover(page)
    assert client.get(f"/del/{token}/").status_code == 200
