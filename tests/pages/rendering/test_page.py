"""A rendered page has a summary for search results and shared links."""

import pytest

from pages.editions.publishing import publish, save_draft
from pages.models import FaqBlock
from pages.rendering.page import render_edition
from tests import factories
from tests.pages.every_block import add, texts

pytestmark = pytest.mark.django_db


def test_a_page_without_introduction_is_summed_up_by_its_first_text_with_whole_words():
    page = factories.live(body="<h2>Første dag</h2><p>Vi <em>møt</em>er deg.</p><p>Mat &amp; hvile.</p>")
    rendered = render_edition(page.editions.get(), factories.moment())
    assert rendered.summary == "Første dag Vi møter deg. Mat & hvile."


def test_a_page_of_questions_alone_is_summed_up_by_them_without_entities():
    page = factories.draft("sporsmal", body="")
    answer = "<p>Ja.</p><p>Når&nbsp;som helst.</p>"
    add(page, FaqBlock, 20, **texts(question="Kan jeg ringe & spørre?", answer=answer))
    publish(save_draft(page, by=None), by=None)
    rendered = render_edition(page.editions.get(), factories.moment())
    assert rendered.summary == "Kan jeg ringe & spørre? Ja. Når som helst."
