"""The first page of the admin says what waits for the person who has logged in, and leads there."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact.keys.first_generation import make_keyring
from contact.models import Inquiry
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from mestring.staff.dashboard import waiting_lines
from pages.admin.translations.language_chart import language_chart
from pages.diff.translation_pairs import TranslationIntent
from pages.editions import deletion
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule, take_down_at
from pages.models import Claim, Helpline, LinkCheck, Notice, Page
from pages.tree.moving import set_menu
from tests import factories

pytestmark = pytest.mark.django_db
SOON = timedelta(days=1)


def dashboard_sentences(user):
    return [line.words for line in waiting_lines(user)]


def test_a_draft_of_mine_waits_until_it_is_published_planned_or_a_colleague_goes_on(editor, administrator):
    page = factories.draft()
    mine = save_draft(page, by=editor)
    assert dashboard_sentences(editor)[0] == "Du har 1 utkast som ikke er publisert."
    assert waiting_lines(editor)[0].named == [("avrusning nb", f"/admin/pages/page/{page.pk}/change/")]
    assert "Du har 1 utkast" not in str(dashboard_sentences(administrator))
    publish(mine, by=editor)
    assert "utkast" not in str(dashboard_sentences(editor))
    Page.objects.filter(pk=page.pk).update(lead_nb="Noe nytt.")
    newer = save_draft(Page.objects.get(pk=page.pk), by=editor)
    assert "utkast" in str(dashboard_sentences(editor))
    schedule(newer, by=editor, at=timezone.now() + SOON)
    assert "utkast" not in str(dashboard_sentences(editor))
    Page.objects.filter(pk=page.pk).update(lead_nb="Noe annet.")
    save_draft(Page.objects.get(pk=page.pk), by=administrator)
    assert "utkast" not in str(dashboard_sentences(editor))


def test_what_should_have_been_answered_waits_before_what_is_open(inquiry_staff, editor, db):
    make_keyring()
    receive("patient", "nb", {"message": "Hei"}, nonce_of(new_token()))
    assert "vært besvart" not in str(dashboard_sentences(inquiry_staff))
    Inquiry.objects.update(waiting_since=timezone.now() - timedelta(days=9))
    lines = waiting_lines(inquiry_staff)
    words = [line.words for line in lines]
    assert words.index("1 henvendelse skulle hatt svar nå.") < words.index("1 henvendelse er åpen.")
    assert lines[words.index("1 henvendelse skulle hatt svar nå.")].url == "/admin/contact/inquiry/?show=over"
    assert "besvart" not in str(dashboard_sentences(editor))


def test_past_some_number_the_first_page_says_more_than_and_counts_no_further(inquiry_staff, monkeypatch):
    key = make_keyring()
    monkeypatch.setattr("contact.admin.inbox.counts.LIMIT", 2)
    Inquiry.objects.bulk_create(Inquiry(locator=str(n), key=key, sealed=b"") for n in range(2))
    assert "2 henvendelser er åpne." in dashboard_sentences(inquiry_staff)
    Inquiry.objects.bulk_create(Inquiry(locator=str(n), key=key, sealed=b"") for n in range(2, 4))
    assert "Mer enn 2 henvendelser er åpne." in dashboard_sentences(inquiry_staff)


def test_an_editor_who_moved_a_page_has_no_draft_by_that_and_its_writer_still_has(editor, administrator):
    page = factories.draft()
    save_draft(page, by=editor)
    set_menu(page, shown=True, by=administrator)
    assert "utkast" in str(dashboard_sentences(editor))
    assert "utkast" not in str(dashboard_sentences(administrator))


def test_reviews_wait_for_those_who_may_write_them_and_due_ones_for_every_editor(editor, reviewer):
    factories.live(clinical=True)
    line = next(line for line in waiting_lines(reviewer) if "ikke faglig gjennomgått ennå" in line.words)
    assert (line.words, line.url) == (
        "1 side med helseråd er ikke faglig gjennomgått ennå.",
        "/admin/pages/page/?review=missing",
    )
    assert "helseråd" not in str(dashboard_sentences(editor))
    Page.objects.update(reviewed_on=date(2020, 1, 1), next_review_on=date(2021, 1, 1))
    for user in (editor, reviewer):
        assert "1 side skal gjennomgås faglig på nytt." in dashboard_sentences(user)


def test_what_happens_by_itself_is_named_soonest_first(editor):
    ending, coming = factories.live("slutter"), factories.draft("kommer")
    schedule(save_draft(coming, by=None), by=None, at=timezone.now() + 2 * SOON)
    take_down_at(ending, timezone.now() + SOON)
    line = next(line for line in waiting_lines(editor) if "av seg selv" in line.words)
    assert [name.split(" – ")[0] for name, _url in line.named] == ["slutter nb", "kommer nb"]
    assert line.url == "/admin/pages/page/coming/"


def test_a_missing_translation_waits_in_the_table(editor):
    factories.live(languages=("nb",))
    line = next(line for line in waiting_lines(editor) if "oversettelse" in line.words)
    assert line.url == "/admin/pages/page/translations/?show=work"


@pytest.mark.plain
def test_expired_and_unchecked_facts_wait_for_the_editors_who_may_change_them(editor, administrator):
    factories.clinic()
    factories.claim(valid_until=date(2022, 12, 31))
    Notice.objects.create(text_nb="Stengt.", starts_at=timezone.now() - SOON, ends_at=timezone.now())
    assert dashboard_sentences(editor) == [
        "1 påstand er utløpt.",
        "1 beskjed på alle sider er utløpt, og kan slettes.",
    ]
    assert "3 hjelpetelefoner er ikke kontrollert (3 vises for besøkende)." in dashboard_sentences(administrator)
    Helpline.objects.update(verified_on=date(2026, 1, 1))
    assert "hjelpetelefon" not in str(dashboard_sentences(administrator))


@pytest.mark.plain
def test_those_who_may_confirm_a_claim_see_what_waits(editor, administrator):
    factories.clinic()

    def seen(person):
        return [sentence for sentence in dashboard_sentences(person) if "bekreftes" in sentence]

    claim = factories.claim()
    assert seen(administrator) == []
    Claim.objects.filter(pk=claim.pk).update(waiting={"text_nb": "Vi har alltid vakt."})
    assert seen(administrator) == ["1 påstand venter på å bekreftes."]
    factories.claim(name="Ny", confirmed_on=None)
    factories.claim(name="Uten kilde", confirmed_on=None, source="")
    factories.claim(name="Gammel", confirmed_on=None, valid_until=date(2022, 12, 31))
    assert seen(administrator) == ["2 påstander venter på å bekreftes."]
    assert seen(editor) == []


def test_open_inquiries_wait_for_those_who_read_them_and_nothing_else_does(editor, inquiry_staff):
    make_keyring()
    receive("patient", "nb", {"message": "Hei."}, nonce_of(new_token()))
    factories.live(languages=("nb",))
    assert dashboard_sentences(inquiry_staff) == ["1 henvendelse er åpen."]
    assert "henvendelse" not in str(dashboard_sentences(editor))
    Inquiry.objects.update(status=Inquiry.Status.CLOSED)
    assert dashboard_sentences(inquiry_staff) == []


def test_a_deleted_page_waits_for_no_colleague(editor, reviewer):
    page = factories.draft(languages=("nb",), clinical=True)
    save_draft(page, by=editor)
    deletion.delete(page, by=editor)
    assert (dashboard_sentences(editor), dashboard_sentences(reviewer)) == ([], [])
    assert all(not bar.count for language in language_chart() for bar in language.bars)


@pytest.mark.plain
def test_the_first_page_shows_it_or_says_that_nothing_waits(editor_client, inquiry_client):
    assert "Ingenting venter på deg." in inquiry_client.get("/admin/").text
    factories.live(languages=("nb",))
    text = editor_client.get("/admin/").text
    assert '<a href="/admin/pages/page/translations/?show=work">1 side mangler' in text
    assert "Ingenting venter" not in text


@pytest.mark.plain
def test_the_bars_of_the_chart_are_whole_and_hold_every_page(editor):
    save_draft(factories.draft("en"), by=None, intent=TranslationIntent.ALL_CURRENT)
    save_draft(factories.draft("to", languages=("nb", "nn")), by=None)
    save_draft(factories.draft("tre", languages=("nb",)), by=None)
    bars = {language.name: language.bars for language in language_chart()}
    assert {name: [bar.count for bar in row] for name, row in bars.items()} == {
        "Bokmål": [3, 0, 0], "Nynorsk": [1, 1, 1], "Engelsk": [1, 0, 2],
    }  # fmt: skip
    for row in bars.values():
        assert sum(bar.length for bar in row) == pytest.approx(100, abs=0.05)
        assert row[0].start == 0


@pytest.mark.plain
def test_the_first_page_asks_the_database_as_little_for_many_pages_as_for_few(administrator, administrator_client):
    counts = []
    for number in range(2):
        for more in range(1 + 9 * number):
            page = factories.draft(f"side{number}{more}", languages=("nb",), clinical=True)
            save_draft(page, by=administrator)
            schedule(save_draft(page, by=None), by=None, at=timezone.now() + SOON)
        administrator_client.get("/admin/")
        with CaptureQueriesContext(connection) as captured:
            administrator_client.get("/admin/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.plain
def test_links_that_do_not_work_are_counted_and_lead_to_themselves(editor, editor_client):
    links = [f'<p><a href="https://{name}.no">Les om avhengighet</a></p>' for name in ("en", "to", "tre")]
    factories.live(body="".join(links))
    for name, ok in (("en", True), ("to", None), ("nevnes-ikke", False)):
        LinkCheck.objects.create(address=f"https://{name}.no", checked_at=timezone.now(), ok=ok)
    assert "lenke" not in str(dashboard_sentences(editor))
    LinkCheck.objects.create(address="https://tre.no", checked_at=timezone.now(), ok=False, status=404)
    line = next(line for line in waiting_lines(editor) if "lenke" in line.words)
    assert line.words == "1 lenke ut fra nettstedet virker ikke."
    assert [one.address for one in editor_client.get(line.url).context["links"]] == ["https://tre.no"]
