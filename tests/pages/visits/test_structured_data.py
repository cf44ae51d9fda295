"""What a page tells machines is true, complete, and can never break out of its place."""

import json
import re
from datetime import datetime

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.editions.publishing import publish, save_draft, take_down
from pages.models import FaqBlock, Page, StepBlock
from pages.visits.structured_data import ESCAPES
from tests import factories

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def site():
    factories.clinic()
    return factories.front()


def graph(client, address):
    """Return {type: node} of the page's one data block."""
    blocks = BLOCK.findall(client.get(address).text)
    assert len(blocks) == 1
    data = json.loads(blocks[0])
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def test_the_clinic_is_named_with_its_number_and_nothing_nobody_confirmed(client, site):
    factories.live("kontakt", kind=Page.Kind.CONTACT, languages=("nb", "nn"))
    clinic = graph(client, "/")["MedicalOrganization"]
    assert clinic.pop("logo").startswith("http://testserver/static/img/icon-512")
    assert clinic == {
        "@type": "MedicalOrganization", "@id": "http://testserver/#clinic", "name": "Mestringshusene",
        "url": "http://testserver/", "telephone": "+4735019500",
        "contactPoint": {
            "@type": "ContactPoint", "contactType": "switchboard", "telephone": "+4735019500",
            "availableLanguage": ["nb", "nn"],
        },
    }  # fmt: skip


def test_a_page_is_described_in_its_language_with_the_day_visitors_see(client, site):
    page = factories.live("avrusning", description_en="What happens.", lead_en="Not this.")
    data = graph(client, "/en/avrusning-en/")["WebPage"]
    live_from = page.editions.get().live_from
    assert (data["url"], data["name"], data["description"], data["inLanguage"]) == (
        "http://testserver/en/avrusning-en/", "avrusning en", "What happens.", "en",
    )  # fmt: skip
    text = client.get("/en/avrusning-en/").text
    assert data["dateModified"][:10] == re.search(r'<time datetime="([\d-]+)">', text)[1]
    assert f'property="article:modified_time" content="{data["dateModified"]}"' in text
    assert datetime.fromisoformat(data["dateModified"]) == live_from.replace(microsecond=0)
    assert data["isPartOf"] == {"@id": "http://testserver/#site"}
    assert not {"author", "reviewedBy", "lastReviewed"} & set(data)


def test_the_path_above_the_title_is_told_with_whole_addresses(client, site):
    overview = factories.live("behandling", kind=Page.Kind.OVERVIEW)
    factories.live("avrusning", parent=overview)
    steps = graph(client, "/avrusning-nb/")["WebPage"]["breadcrumb"]["itemListElement"]
    assert [(s["position"], s["name"], s["item"]) for s in steps] == [
        (1, "Forside", "http://testserver/"), (2, "behandling nb", "http://testserver/behandling-nb/"),
        (3, "avrusning nb", "http://testserver/avrusning-nb/"),
    ]  # fmt: skip
    assert "breadcrumb" not in graph(client, "/")["WebPage"]
    assert "CollectionPage" in graph(client, "/behandling-nb/")


def test_the_contact_page_is_one_and_forms_and_errors_say_nothing(client, site):
    factories.live("kontakt", kind=Page.Kind.CONTACT)
    contact = graph(client, "/kontakt/")["ContactPage"]
    assert [step["name"] for step in contact["breadcrumb"]["itemListElement"]] == ["Forside", "kontakt nb"]
    for address in ("/kontakt/pasient/", "/finnes-ikke/"):
        assert "ld+json" not in client.get(address, follow=True).text


def test_a_contact_page_that_was_taken_down_claims_no_languages(client, site):
    page = factories.live("kontakt", kind=Page.Kind.CONTACT)
    take_down(page)
    assert "availableLanguage" not in graph(client, "/")["MedicalOrganization"]["contactPoint"]
    assert "ld+json" not in client.get("/kontakt/").text


def ask(page, question, answer):
    FaqBlock.objects.create(parent=page, region="main", ordering=50, question_nb=question, answer_nb=answer)


def test_an_answer_is_told_as_it_is_read(client, site):
    page = factories.live("sporsmal")
    ask(page, "Hvem ringer jeg?", "<p>Ring <strong>113</strong>!</p><p>Mat &amp; hvile, sier <em>legen</em>.</p>")
    publish(save_draft(page, by=None), by=None)
    (question,) = graph(client, "/sporsmal-nb/")["FAQPage"]["mainEntity"]
    assert question["acceptedAnswer"]["text"] == "Ring 113! Mat & hvile, sier legen."


def test_only_a_page_that_is_questions_and_answers_says_that_it_is(client, site):
    page = factories.draft("sporsmal")
    ask(page, "Koster det noe?", "<p>Spør oss.</p><ul><li>Ring</li><li>Skriv</li></ul>")
    publish(save_draft(page, by=None), by=None)
    (question,) = graph(client, "/sporsmal-nb/")["FAQPage"]["mainEntity"]
    assert question["name"] == "Koster det noe?"
    assert question["acceptedAnswer"]["text"] == "Spør oss. Ring Skriv"
    StepBlock.objects.create(parent=page, region="main", ordering=60, title_nb="Først")
    publish(save_draft(page, by=None), by=None)
    assert "mainEntity" not in graph(client, "/sporsmal-nb/")["WebPage"]


@pytest.mark.parametrize(
    "evil", ["</script><b>x", "<!--<script>", "a\u2028b\u2029c", 'x"}],\\', "&lt;/script&gt;"]
)
def test_no_title_can_break_out_of_the_data_block(client, site, evil):
    factories.live("side", title_nb=evil, lead_nb=evil)
    text = client.get("/side-nb/").text
    assert graph(client, "/side-nb/")["WebPage"]["name"] == evil
    document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)
    scripts = list(document.iter("script"))
    assert len(scripts) == 1
    assert json.loads(scripts[0].text)["@graph"][2]["description"].split() == evil.split()  # one line
    assert "\u2028" not in scripts[0].text


@given(st.text())
def test_any_text_survives_and_none_can_end_the_element(text):
    written = json.dumps(text, ensure_ascii=False).translate(ESCAPES)
    assert json.loads(written) == text
    assert "<" not in written
    assert ">" not in written


def test_it_adds_no_query(client, site, django_assert_max_num_queries):
    factories.live("avrusning")
    with django_assert_max_num_queries(3):
        graph(client, "/avrusning-nb/")
