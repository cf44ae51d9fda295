"""Every heading of a page gets an id of its own, whatever the headings say."""

import signal

import pytest

from pages.rendering.page import render_edition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def within_three_seconds():
    """Fail a test whose ids run in a circle: it would hold the whole run."""

    def give_up(*_signal):
        pytest.fail("the page is still being made after three seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(3)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def ids_of(*texts: str) -> list[str]:
    page = factories.live(body="".join(f"<h2>{text}</h2><p>Tekst.</p>" for text in texts))
    return [heading.id for heading in render_edition(page.editions.get(), factories.moment()).headings]


@pytest.mark.parametrize(
    "texts",
    [
        ("Dag", "Dag 2", "Dag"),
        ("Dag 2", "Dag", "Dag"),
        ("Dag", "Dag", "Dag 2", "Dag 2"),
        ("A", "B", "C 3", "C", "C"),
    ],
)
def test_a_heading_that_looks_like_the_numbered_copy_of_another_gets_an_id_of_its_own(texts):
    ids = ids_of(*texts)
    assert len(set(ids)) == len(ids) == len(texts)


def test_copies_are_numbered_from_two_whatever_stands_between_them():
    assert ids_of("Dag", "Natt", "Dag", "Dag") == ["dag", "natt", "dag-2", "dag-3"]


def test_the_contents_list_says_a_heading_as_it_is_read():
    page = factories.live(
        body="<h2>Kropp &amp; sinn</h2><p>En.</p><h2>Ring 116&nbsp;117</h2><p>To.</p><h2>Første<br>dag</h2>"
    )
    headings = render_edition(page.editions.get(), factories.moment()).headings
    assert [(heading.id, heading.text) for heading in headings] == [
        ("kropp-sinn", "Kropp & sinn"), ("ring-116-117", "Ring 116\u00a0117"), ("forste-dag", "Første dag"),
    ]  # fmt: skip
