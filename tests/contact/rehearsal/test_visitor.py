"""The stranger goes over the network, and says no more of what it met than that."""

import pytest

from contact.rehearsal.pages import form_with, words_in
from contact.rehearsal.visitor import Unreachable, Visitor
from tests import small_site
from tests.conftest import free_port


@pytest.fixture(scope="module")
def address():
    with small_site.running() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visitor(settings, address, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # no way that a visitor takes
    settings.SITE_ADDRESS = address
    return Visitor()


def test_it_reads_pages_sends_forms_and_sees_a_refusal(visitor, address):
    page = visitor.ask("/kontakt/")
    assert (page.status, page.address, page.page) == (200, f"{address}/kontakt/", "the site")
    assert visitor.ask("/kontakt/", {"message": "æ"}).status == 200
    assert visitor.ask("/away/").status == 503


def test_an_address_that_breaks_off_or_that_none_serves_is_unreachable(visitor, settings):
    with pytest.raises(Unreachable):
        visitor.ask("/breaks-off/")
    settings.SITE_ADDRESS = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(Unreachable):
        visitor.ask("/kontakt/")


PAGE = """<form action="/sok/"><input name="q"></form><form method="post" action="?form=a&amp;b">
<textarea name="message" rows="3"></textarea><input type="radio" name="reach" value="phone">
<input type="hidden" name="code" value="A&quot;B"><button name="step" value="send">Send</button></form>
<p class="slip">to <b>ABCD</b> <b>EFGH</b></p>"""


def test_it_finds_the_form_that_it_looks_for_and_fills_in_no_choice():
    form = form_with(PAGE, name="message")
    assert (form.action, form.fields, form.steps) == ("?form=a&b", {"message": "", "code": 'A"B'}, {"send"})
    assert form_with(PAGE, step="send") == form
    assert form_with(PAGE, step="erase") is None
    assert words_in(PAGE, "slip") == "to ABCD EFGH"
    assert words_in(PAGE, "gone") == ""
