"""A page with health advice is published only with a reviewer named."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.editions.clinical_gate import what_lacks
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule
from pages.models import CareCardBlock, Page, TextBlock
from pages.models.care_level import CareLevel
from tests import factories, kept_rows
from tests.factories import LANGUAGES

pytestmark = pytest.mark.django_db
REVIEW = {
    "reviewed_by": "Kari Nordmann, overlege",
    "reviewed_on": date(2026, 5, 3),
    "next_review_on": date(2027, 5, 3),
}


@pytest.fixture
def closed(settings):
    """The gate as it is outside the demo."""
    settings.CLINICAL_GATE = True
    factories.clinic()
    factories.front()


def advice(*, languages=LANGUAGES, card="emergency", **fields):
    """Make a page with health advice and a care card."""
    page = factories.draft("avrusning", languages=languages, clinical=True, **fields)
    if card:
        texts = {
            f"{name}_{code}": "<p>Ord</p>" if name == "body" else "Ord"
            for name in ("title", "body")
            for code in LANGUAGES
        }
        CareCardBlock.objects.create(parent=page, region="main", ordering=20, level=card, **texts)
    return page


def put_out(page, by):
    publish(save_draft(page, by=by), by=by)


@pytest.mark.parametrize("missing", ["reviewed_by", "reviewed_on"])
def test_without_a_named_reviewer_and_a_day_it_is_neither_published_nor_planned(closed, administrator, missing):
    page = advice(**(REVIEW | {missing: Page._meta.get_field(missing).get_default()}))
    with pytest.raises(ValidationError, match="faglig"):
        put_out(page, administrator)
    with pytest.raises(ValidationError, match="faglig"):
        schedule(save_draft(page, by=administrator), by=administrator, at=timezone.now() + timedelta(days=1))


def test_with_both_it_is_published_and_visitors_are_told_who_and_when(closed, client, administrator):
    put_out(advice(**REVIEW), administrator)
    text = " ".join(client.get("/avrusning-nb/").text.split())
    assert 'gjennomgått av Kari Nordmann, overlege <time datetime="2026-05-03">3. mai 2026</time>' in text
    assert '<time datetime="2027-05-03">3. mai 2027</time>' in text
    assert "Kari Nordmann" in client.get("/en/avrusning-en/").text


def test_an_unreviewed_page_says_nothing_of_a_review(client):
    factories.clinic()
    put_out(advice(), None)
    assert "gjennomgått" not in client.get("/avrusning-nb/").text


def test_mending_a_typing_error_never_moves_the_review(closed, client, administrator):
    page = advice(**REVIEW)
    put_out(page, administrator)
    TextBlock.objects.filter(parent=page).update(body_nb="<p>Velkommen inn!</p>")
    put_out(Page.objects.get(pk=page.pk), administrator)
    assert '<time datetime="2026-05-03">' in client.get("/avrusning-nb/").text


@pytest.mark.parametrize(("has", "wanted", "enough"), [
    ("emergency", "emergency", True), ("emergency", "urgent", True), ("urgent", "emergency", False),
    ("clinic", "urgent", False), ("clinic", "clinic", True), (None, "clinic", False), (None, "", True),
])  # fmt: skip
def test_the_card_it_must_have_may_be_more_urgent_but_not_less(closed, administrator, has, wanted, enough):
    edition = save_draft(advice(card=has, care_level=wanted, **REVIEW), by=administrator)
    assert (what_lacks(edition.head, edition.body) == []) is enough


def test_the_card_must_be_there_in_every_language_visitors_are_shown(closed, administrator):
    page = advice(care_level="emergency", **REVIEW)
    CareCardBlock.objects.update(body_nn="")
    edition = save_draft(page, by=administrator)
    assert what_lacks(edition.head, edition.body)
    Page.objects.filter(pk=page.pk).update(slug_nn="")
    edition = save_draft(Page.objects.get(pk=page.pk), by=administrator)
    assert what_lacks(edition.head, edition.body) == []


def test_a_page_without_health_advice_is_asked_for_nothing(closed, administrator):
    put_out(factories.draft("besok"), administrator)


def test_in_the_demo_the_gate_is_open(settings, administrator):
    assert settings.CLINICAL_GATE is False
    put_out(advice(), administrator)


def test_the_starter_pages_ship_unreviewed_and_with_the_cards_they_must_have(client):
    kept_rows.starter_pages()
    pages = Page.objects.filter(clinical=True)
    assert {page.slug_nb for page in pages} >= {"avrusning", "unnga-tilbakefall"}
    for page in pages:
        assert page.review_state(on=timezone.localdate()) == Page.ReviewState.MISSING
        edition = page.editions.get()
        named = edition.head | {"reviewed_by": "En lege", "reviewed_on": "2026-05-03"}
        assert what_lacks(named, edition.body) == [], page


def test_with_two_persons_the_one_who_wrote_the_words_does_not_publish_them(
    settings, closed, editor, administrator
):
    settings.CLINICAL_TWO_PERSONS = True
    page = advice(**REVIEW)
    save_draft(page, by=editor)
    with pytest.raises(ValidationError, match="Noen andre"):
        put_out(page, editor)
    TextBlock.objects.filter(parent=page).update(body_nb="<p>Endret på veien.</p>")
    with pytest.raises(ValidationError):
        put_out(page, administrator)


def test_with_two_persons_the_second_may_note_the_review_and_publish(settings, closed, editor, administrator):
    settings.CLINICAL_TWO_PERSONS = True
    page = advice()
    save_draft(page, by=editor)
    Page.objects.filter(pk=page.pk).update(**REVIEW)
    put_out(Page.objects.get(pk=page.pk), administrator)


@pytest.mark.parametrize(("fields", "wrong"), [
    ({"reviewed_on": date(2999, 1, 1)}, "reviewed_on"),
    ({"reviewed_by": ""}, "reviewed_by"),
    ({"next_review_on": date(2026, 5, 3)}, "next_review_on"),
])  # fmt: skip
def test_a_review_that_cannot_have_been_is_refused(fields, wrong):
    with pytest.raises(ValidationError) as refused:
        Page(**(REVIEW | fields)).clean()
    assert list(refused.value.message_dict) == [wrong]


def test_the_review_is_due_on_its_day():
    page = Page(clinical=True, **REVIEW)
    states = [page.review_state(on=date(2027, 5, day)) for day in (2, 3)]
    assert states == [Page.ReviewState.DONE, Page.ReviewState.DUE]


def test_levels_are_told_from_the_most_urgent():
    assert CareLevel.at_least("urgent") == ["emergency", "urgent"]
