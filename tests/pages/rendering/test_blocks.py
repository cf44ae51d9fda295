"""Every type of block reaches visitors in each language, and neighbours of list-like types become one list."""

import html5lib
import pytest

from pages.editions.publishing import publish, save_draft
from pages.models import (
    BLOCKS,
    ClaimBlock,
    ContactPanelBlock,
    DoorBlock,
    Edition,
    EventBlock,
    FactorBlock,
    FaqBlock,
    MythFactBlock,
    QuoteBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
)
from pages.rendering.blocks import GROUPED, NEEDED, RICH
from pages.rendering.page import render_edition
from pages.richtext.field import RichTextField
from tests import factories
from tests.pages.every_block import add, page_with_every_block, texts

pytestmark = pytest.mark.django_db
# The blocks whose `text` is a plain field of several lines, with what else they need.
PARAGRAPHS = {
    ContactPanelBlock: {},
    QuoteBlock: {},
    DoorBlock: {"audience": "patient", "link": "contact:start", **texts(title="Ring")},
    FactorBlock: texts(title="Søvn"),
}


@pytest.fixture(autouse=True)
def site():
    factories.clinic()
    factories.front()


def rendered(page, language="nb"):
    edition = Edition.objects.filter(page=page).latest("pk")
    return render_edition(edition, factories.moment(language))


def published(page):
    publish(save_draft(page, by=None), by=None)
    return page


def stored(page):
    """Show visitors the page's blocks as an edition from before half-written ones stopped a publication."""
    draft = save_draft(page, by=None)
    Edition.objects.filter(pk=page.editions.earliest("pk").pk).update(body=draft.body, head=draft.head)
    draft.delete()
    return page


def article(client, address):
    text = client.get(address).text
    return text[text.index("<article") : text.index("</article>")]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_block_is_shown_in_its_language_and_no_other(client, language):
    page_with_every_block()
    prefix = "" if language == "nb" else f"/{language}"
    html = article(client, f"{prefix}/alt-{language}/")
    for words in (
        "Ikke slutt brått", "klær til ute", "rusmidler", "Steg 3", "Årsak 2", "Hva skjer dag 2?",
        "Det er bare å slutte", "Dagsplan", "Fakta fra Helsenorge", "Å be om hjelp er styrke",
        "Ring 113 hvis noen", "Lurer du på noe?", "Dør", "TSB", "Vi har vakt hele døgnet", "Samling på Tysnes",
    ):  # fmt: skip
        assert f"{words} ({language})" in html
    assert not any(f"({other})" in html for other in {"nb", "nn", "en"} - {language})


def test_a_page_with_every_block_is_valid_html_and_takes_three_queries(client, django_assert_max_num_queries):
    page_with_every_block()
    with django_assert_max_num_queries(3):
        text = client.get("/alt-nb/").text
    html5lib.HTMLParser(strict=True).parse(text)


def test_every_type_of_block_is_in_the_page_that_these_tests_show():
    body = page_with_every_block().editions.get().body
    assert {block["type"] for block in body} == {model.snapshot_name for model in BLOCKS}


def test_every_rich_text_field_takes_the_way_that_resolves_links():
    fields = {(m.snapshot_name, f.name) for m in BLOCKS for f in m._meta.fields if type(f) is RichTextField}
    assert fields == RICH


def test_the_rules_about_types_name_types_and_fields_that_exist():
    names = {model.snapshot_name: {field.name for field in model._meta.fields} for model in BLOCKS}
    assert set(names) >= GROUPED
    assert all(set(fields) <= names[kind] for kind, fields in NEEDED.items())


def test_neighbours_become_one_list_and_a_block_between_starts_a_new_one():
    page = factories.draft("rekke")
    for number, ordering in ((1, 20), (2, 30), (3, 50)):
        add(page, StepBlock, ordering, **texts(title=f"Steg {number}"))
    factories.add_panel(page, title_nb="Imellom").__class__.objects.update(ordering=40)
    blocks = rendered(published(page)).blocks
    shown = [[item["title"] for item in b["items"]] if "items" in b else b["type"] for b in blocks]
    assert shown == ["text", ["Steg 1", "Steg 2"], "contact_panel", ["Steg 3"]]


def test_a_block_that_is_silent_in_a_language_does_not_divide_a_list_in_it():
    page = factories.draft("rekke")
    add(page, StepBlock, 20, **texts(title="En"))
    factories.add_panel(page, title_en="Between").__class__.objects.update(ordering=30)
    add(page, StepBlock, 40, **texts(title="To"))
    published(page)
    assert [b["type"] for b in rendered(page, "nb").blocks] == ["text", "step"]
    assert [b["type"] for b in rendered(page, "en").blocks] == ["text", "step", "contact_panel", "step"]


@pytest.mark.parametrize(("body", "level"), [("<h2>Over</h2>", "h3"), ("<p>Uten overskrift</p>", "h2")])
def test_no_level_of_heading_is_left_out(client, body, level):
    page_with_every_block(body=body)
    html = article(client, "/en/alt-en/")
    for title in ("Ikke slutt brått (en)", "Steg 1 (en)", "Årsak 2 (en)", "Do", "Avoid this"):
        assert f"<{level}>{title}</{level}>" in html
    assert "Avoid this: rusmidler (en)</li>" in html


def test_a_large_heading_inside_a_block_with_a_title_becomes_a_smaller_one():
    page = factories.draft("rekke", body="<h2>Over</h2>")
    own = {"faq": "question", "myth_fact": "myth", "term": "term"}
    own |= dict.fromkeys(("care_card", "callout", "step"), "title")
    rich = {kind: field for kind, field in RICH if kind != "text"}
    assert set(own) == set(rich)
    for model in [model for model in BLOCKS if model.snapshot_name in own]:
        kind = model.snapshot_name
        add(page, model, 20, **texts(**{own[kind]: "En", rich[kind]: "<h2>Inni</h2><p>Ord.</p>"}))
    shown = rendered(published(page))
    for block in shown.blocks[1:]:
        for one in block.get("items", [block]):
            assert one[rich[block["type"]]] == "<h3>Inni</h3><p>Ord.</p>", block["type"]
    assert [heading.text for heading in shown.headings] == ["Over"]


@pytest.mark.parametrize(("model", "field", "other"), [
    (FaqBlock, "answer", "question"), (MythFactBlock, "fact", "myth"), (StepBlock, "body", "title"),
])  # fmt: skip
def test_links_inside_the_new_blocks_follow_their_page(client, model, field, other):
    target = factories.live("mal")
    page = factories.draft("teller")
    link = f'<p><a href="page:{target.pk}">hit</a> <a href="page:9999">borte</a></p>'
    add(page, model, 20, **texts(**{field: link, other: "Ord"}))
    published(page)
    assert '<p><a href="/nn/mal-nn/">hit</a> borte</p>' in client.get("/nn/teller-nn/").text


@pytest.mark.parametrize(("model", "half"), [
    (MythFactBlock, {"myth_nb": "Bare en myte"}), (FaqBlock, {"question_nb": "Uten svar?"}),
    (TableBlock, {"rows_nb": "a|b\nc|d"}),
])  # fmt: skip
def test_half_a_pair_is_never_shown(model, half):
    page = factories.live("halv")
    add(page, model, 20, **half)
    assert [block["type"] for block in rendered(stored(page)).blocks] == ["text"]


def test_plain_text_in_the_new_blocks_is_escaped(client):
    page = factories.draft("farlig")
    add(page, TableBlock, 20, **texts(caption="<b>x", rows="<script>a|b\n<i>c|d"))
    add(page, MythFactBlock, 30, **texts(myth="<script>m", fact="<p>f</p><script>g</script>"))
    published(page)
    html = article(client, "/farlig-nb/")
    assert "&lt;b&gt;x" in html
    assert "<script" not in html
    assert "<i>" not in html


def test_a_table_is_a_region_that_can_be_focused_and_is_named_by_its_caption(client):
    page_with_every_block()
    tree = html5lib.parse(client.get("/alt-nb/").text, namespaceHTMLElements=False)
    region = tree.find(".//*[@class='table-scroll']")
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.find(".//caption").get("id") == region.get("aria-labelledby")
    assert [th.text for th in region.find(".//thead").iter("th")] == ["Tid", "Hva skjer", "Hvem er med", "Hvor"]
    first_cells = [(row[0].tag, row[0].get("scope"), row[0].text) for row in region.find(".//tbody")]
    assert first_cells == [("th", "row", "08.00"), ("th", "row", "12.00")]
    assert [len(row) for row in region.find(".//tbody")] == [4, 4]


def test_an_empty_first_cell_is_no_heading(client):
    page = factories.draft("tabell")
    add(page, TableBlock, 20, **texts(caption="Plan", rows="a|b\n|d"))
    published(page)
    assert "<tr><td></td><td>d</td></tr>" in client.get("/tabell-nb/").text


def test_two_tables_on_a_page_have_names_of_their_own(client):
    page = factories.draft("tabeller")
    for ordering in (20, 30):
        add(page, TableBlock, ordering, **texts(caption="Plan", rows="a|b\nc|d"))
    ids = [block["id"] for block in rendered(published(page)).blocks]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(("address", "links"), [
    ("/alt-nb/", {"nb": None, "en": "en", "other": None}),
    ("/nn/alt-nn/", {"nb": "nb", "en": "en", "other": None}),
    ("/en/alt-en/", {"nb": "nb", "en": None, "other": None}),
])  # fmt: skip
def test_a_source_in_another_language_says_so(client, address, links):
    page_with_every_block()
    tree = html5lib.parse(client.get(address).text, namespaceHTMLElements=False)
    found = tree.find(".//ul[@class='resource-list']").findall(".//a")
    assert {a.get("href").rsplit("/", 1)[1]: a.get("hreflang") for a in found} == links
    assert len(tree.findall(".//*[@class='resource-list__language']")) == (3 if "/nn/" in address else 2)


def test_a_source_says_when_it_was_checked(client):
    page_with_every_block()
    assert client.get("/alt-nb/").text.count('<time datetime="2026-02-03">') == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.org", "//example.org", "data:text/html,x"])
def test_a_source_that_is_not_https_is_never_linked_whatever_was_stored(client, url):
    page = factories.live("kilde")
    add(page, ResourceLinkBlock, 20, url=url, publisher="Noen", **texts(title="Kilde"))
    stored(page)
    assert "resource-list" not in client.get("/kilde-nb/").text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.org", "//example.org"])
def test_the_source_of_a_claim_that_is_not_https_is_never_linked_whatever_was_stored(client, url):
    page = factories.live("pastand")
    add(page, ClaimBlock, 20, claim=factories.claim("Vi har vakt.", source="Ledelsen", source_url=url))
    stored(page)
    shown = client.get("/pastand-nb/").text
    assert "Ledelsen" in shown
    assert url not in shown


def test_paragraphs_that_are_typed_in_a_plain_text_field_stay_paragraphs(client):
    typed = "Ring først.\n\nKom så <3"
    page = factories.draft("avsnitt", **texts(lead=typed))
    for ordering, (model, more) in enumerate(PARAGRAPHS.items(), start=2):
        add(page, model, ordering, **texts(text=typed), **more)
    add(page, EventBlock, 9, event=factories.event(starts_in=None, **texts(text=typed)))
    published(page)
    shown = client.get("/avsnitt-nb/").text
    # The door stands in a grid with one place for words, and the introduction is one paragraph in every look.
    assert shown.count("<p>Ring først.</p>\n<p>Kom så &lt;3</p>") == len(PARAGRAPHS)
    assert shown.count("Ring først.<br><br>Kom så &lt;3") == 2
    assert '<meta name="description" content="Ring først. Kom så &lt;3">' in shown
