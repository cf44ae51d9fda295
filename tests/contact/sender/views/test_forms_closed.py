"""While the forms are closed, every form and the page that leads to them ask people to ring."""

import html5lib
import pytest
from django.urls import reverse
from django.utils import translation

from contact.models import Inquiry
from contact.sender.receipt import new_token
from contact.urls import urlpatterns
from tests import factories
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db
ROLES = [pattern.name for pattern in urlpatterns if "form_class" in pattern.default_args]


def closed() -> bool:
    """A gate that is closed; named in the setting below."""
    return False


@pytest.fixture(autouse=True)
def site(db, keyring):
    factories.clinic()


@pytest.fixture
def closed_gate(settings):
    settings.INQUIRY_GATE = f"{__name__}.closed"


def address_of(role, language="nb"):
    with translation.override(language):
        return reverse(f"contact:{role}")


def main_of(answer):
    page = html5lib.parse(answer.content, namespaceHTMLElements=False)
    return page.find(".//main")


def assert_numbers(main):
    hrefs = {a.get("href") for a in main.iter("a")}
    assert {"tel:+4735019500", "tel:113", "tel:116117"} <= hrefs


def test_there_are_three_forms_to_close():
    assert ROLES == ["patient", "relative", "referrer"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("role", ["start", *ROLES])
def test_a_closed_form_is_a_calm_page_with_the_numbers_and_no_form(client, closed_gate, role, language):
    answer = client.get(address_of(role, language))
    assert answer.status_code == 200
    main = main_of(answer)
    assert_numbers(main)
    assert main.find(".//form") is None
    assert not any("/contact/" in (a.get("href") or "") for a in main.iter("a"))
    assert f'lang="{language}"' in answer.text
    assert not answer.cookies
    assert ("no-store" in answer["Cache-Control"]) == (role != "start")


@pytest.mark.parametrize("role", ROLES)
def test_a_form_sent_while_closed_is_503_with_all_that_was_typed_and_nothing_is_stored(client, closed_gate, role):
    typed = {"message": f"{CANARY}\nline two <b>", "phone": "900 00 000", "when": "etter fire", "may_call": "no"}
    answer = client.post(f"{address_of(role)}?form={new_token()}", typed)
    assert answer.status_code == 503
    main = main_of(answer)
    assert_numbers(main)
    words = "".join(main.itertext())
    assert all(said in words for said in (CANARY, "line two <b>", "900 00 000", "etter fire"))
    assert ("Kan vi ringe deg?" in words) == (role != "referrer")
    assert "Ingenting er sendt" in words
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    "body", [{}, {"website": "http://spam.example"}, {"message": "\x00"}, {"may_call": "<i>"}]
)
def test_any_other_post_while_closed_is_503_too(client, closed_gate, body):
    answer = client.post(address_of("patient"), body)
    assert answer.status_code == 503
    assert "spam.example" not in answer.text
    assert "<i>" not in answer.text


def test_a_form_that_seems_to_come_from_another_site_while_closed_keeps_its_words(client, closed_gate):
    answer = client.post(address_of("patient"), {"message": CANARY}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 503
    assert CANARY in answer.text


def test_other_methods_stay_refused(client, closed_gate):
    assert client.put(address_of("patient")).status_code == 405
    assert client.post(address_of("start")).status_code == 405


def test_a_form_that_was_open_before_the_gate_closed_is_stopped_too(client, settings):
    address = client.get(address_of("relative"))["Location"]
    settings.INQUIRY_GATE = f"{__name__}.closed"
    assert client.post(address, {"message": CANARY}).status_code == 503
    assert not Inquiry.objects.exists()


def test_only_the_page_that_leads_to_the_forms_stays_in_search_engines(client, closed_gate, monkeypatch):
    from pages.visits.site import Site

    monkeypatch.setattr(Site, "launched", True)
    assert "noindex" not in client.get(address_of("start")).text
    assert client.get(address_of("patient")).text.count("noindex") == 1
