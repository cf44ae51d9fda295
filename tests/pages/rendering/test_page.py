"""A rendered page has a summary for search results and shared links."""

import pytest

from pages.rendering.page import render_edition
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_page_without_introduction_is_summed_up_by_its_first_text_with_whole_words():
    page = factories.live(body="<h2>Første dag</h2><p>Vi <em>møt</em>er deg.</p><p>Mat &amp; hvile.</p>")
    rendered = render_edition(page.editions.get(), factories.moment())
    assert rendered.summary == "Første dag Vi møter deg. Mat & hvile."
