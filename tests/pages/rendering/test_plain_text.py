"""Every type of block has its words found, and nothing that is no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from modeltranslation.translator import translator

from pages.models import BLOCKS, Edition
from pages.rendering.blocks import RICH
from pages.rendering.plain_text import NEVER_QUOTED, block_lines, body_text
from pages.richtext import field as richtext
from tests import factories
from tests.pages.every_block import page_with_every_block

LANGUAGES = ("nb", "nn", "en")


@pytest.fixture
def body(db):
    """The stored blocks of a page with every type."""
    factories.clinic()
    return Edition.objects.get(page=page_with_every_block()).body


def written(model, language):
    """A block of this type as it is stored, each translated field holding its own name."""
    fields = translator.get_options_for_model(model).all_fields
    block = {"type": model.snapshot_name, "kind": "do", "publisher": "", "url": "https://example.org/12"}
    for name in fields:
        said = f"Ord{name}"
        block[name] = {language: f"<p>{said}</p>" if (model.snapshot_name, name) in RICH else said}
    return block, [f"Ord{name}" for name in fields]


@pytest.mark.parametrize("model", BLOCKS, ids=lambda model: model.snapshot_name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translated_field_of_every_type_is_read_in_its_language_only(model, language):
    block, words = written(model, language)
    said = " ".join(block_lines(block, language))
    assert [word for word in words if word not in said] == []
    assert "<" not in said
    assert not any(block_lines(block, other) for other in set(LANGUAGES) - {language})


def test_a_page_of_every_type_says_what_its_readers_read(body):
    said = body_text(body, "nb").splitlines()
    for line in (
        "Alt", "Velkommen.", "Ikke slutt brått (nb)", "Snakk med lege først.", "Steg 2 (nb)", "Si ifra.",
        "Hva skjer dag 1? (nb)", "Hjernen er endret.", "Tid, Hva skjer, Hvem er med, Hvor", "Helsenorge",
        "Å be om hjelp er styrke (nb)", "En sykepleier", "Ring 113 hvis noen (nb)", "Lurer du på noe? (nb)",
    ):  # fmt: skip
        assert line in said
    assert not any("(nn)" in line or "(en)" in line or "example.org" in line for line in said)


def test_advice_against_something_never_reads_as_advice_for_it(body):
    assert "Unngå dette: rusmidler (nb)" in body_text(body, "nb").splitlines()
    assert "Avoid this: rusmidler (en)" in body_text(body, "en").splitlines()
    assert "Gjør: klær til ute (nb)" in body_text(body, "nb").splitlines()


def test_what_to_avoid_carries_the_heading_unless_it_says_not_itself():
    for text, alone in (
        ("Ikke slutt brått.", "Ikke slutt brått."), ("Do not stop suddenly.", "Do not stop suddenly."),
        ("Du skal aldri slutte brått.", "Du skal aldri slutte brått."), ("La være å presse.", "La være å presse."),
        ("Slutt med medisiner.", "Unngå dette: Slutt med medisiner."),
        ("Kom med trusler du ikke holder.", "Unngå dette: Kom med trusler du ikke holder."),
    ):  # fmt: skip
        assert block_lines({"type": "do_dont", "kind": "dont", "text": {"nb": text}}, "nb") == [alone]


def test_half_a_pair_says_nothing_as_it_is_never_shown():
    alone = {"type": "myth_fact", "myth": {"nb": "Det er bare å slutte"}, "fact": {}}
    assert block_lines(alone, "nb") == []
    assert block_lines({"type": "faq", "question": {"nb": "Hva?"}, "answer": {"en": "<p>That.</p>"}}, "nb") == []


def test_types_and_fields_can_be_left_out_by_name():
    block = {"type": "myth_fact", "myth": {"nb": "Myten"}, "fact": {"nb": "<p>Sannheten.</p>"}}
    assert block_lines(block, "nb", leave_out={"myth_fact.myth"}) == ["Sannheten."]
    assert block_lines(block, "nb", leave_out={"myth_fact"}) == []
    assert "myth_fact.myth" in NEVER_QUOTED
    assert block_lines({"type": "claim", "text": {"nb": "Vi har plass."}}, "nb", leave_out=NEVER_QUOTED) == []


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<h2>Rus</h2><p>Om <strong>rus</strong>behandling.</p>", ["Rus", "Om rusbehandling."]),
        ("<ul><li><p>En</p></li><li><p>To</p></li></ul>", ["En", "To"]),
        ("<p>Å&nbsp;be<br>om</p>", ["Å be", "om"]),
        ("<p>5 &lt; 7 &amp; &lt;b&gt;</p>", ["5 < 7 & <b>"]),
        ('<p>Les <a href="page:12">mer her</a>.</p>', ["Les mer her."]),
        ("<p>rus\u00adbehandling</p>", ["rusbehandling"]),
        ("<p>pa\u030arørende</p>", ["pårørende"]),
        ("<p> </p>", []),
    ],
)
def test_rich_text_becomes_one_line_for_each_paragraph_with_whole_words(html, lines):
    assert block_lines({"type": "text", "body": {"nb": html}}, "nb") == lines


def test_plain_text_keeps_its_angle_brackets():
    assert block_lines({"type": "factor", "title": {"nb": "<3 for livet"}, "text": {}}, "nb") == ["<3 for livet"]


@given(st.text())
def test_no_markup_survives_whatever_was_written(text):
    html = richtext.clean(text)
    for line in block_lines({"type": "text", "body": {"nb": html}}, "nb"):
        assert line == line.strip() != ""
        assert not {"\n", "\r", "\u00ad"} & set(line)


def test_a_question_comes_before_its_answer_in_whichever_order_a_database_keeps_them():
    stored = {"type": "faq", "answer": {"nb": "<p>Ja.</p>"}, "question": {"nb": "Kan jeg ringe?"}}
    assert block_lines(stored, "nb") == ["Kan jeg ringe?", "Ja."]
