"""Cleaning ends soon, however long or deep the html is."""

import pytest
from django.core.exceptions import ValidationError

from pages.models import Page, TextBlock
from pages.richtext.allowed_markup import DEEPEST, LONGEST, clean
from pages.richtext.reader import text_of


@pytest.mark.parametrize("around", ["{}", "<!--</ul>-->{}", "<textarea></ul></textarea>{}"])
@pytest.mark.parametrize("inner", ["", "x"])
def test_lists_too_deep_for_a_reader_are_refused(around, inner):
    with pytest.raises(ValidationError) as caught:
        clean(around.format("<ul><li>") * (DEEPEST + 1) + inner)
    assert caught.value.code == "too_deep"


def test_a_text_longer_than_a_page_is_refused():
    with pytest.raises(ValidationError) as caught:
        clean("x" * (LONGEST + 1))
    assert caught.value.code == "too_long"


@pytest.mark.parametrize("address", [
    "//evil.example", "/\\evil.example", "\\\\evil.example", " //evil.example", "/&#9;/evil.example",
])  # fmt: skip
def test_an_address_without_a_scheme_leads_to_no_other_host(address):
    assert clean(f'<p><a href="{address}">Les mer</a></p>') == "<p>Les mer</p>"


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\ufeff"])
def test_a_sign_that_no_reader_sees_leads_no_link_astray(sign):
    assert clean(f'<p><a href="https://helse{sign}norge.no/">x</a></p>') == (
        '<p><a href="https://helsenorge.no/">x</a></p>'
    )
    for hidden in (f"java{sign}script:alert(1)", f"/{sign}/evil.example"):
        assert "href" not in clean(f'<p><a href="{hidden}">x</a></p>'), hidden


def test_an_address_on_this_site_stays():
    assert clean('<p><a href="/avrusning/">Les mer</a></p>') == '<p><a href="/avrusning/">Les mer</a></p>'


def test_lines_and_words_side_by_side_are_not_deep():
    html = "<p>Vi <strong>svarer</strong>.<br></p>" * 100 + "<ul><li>a</li></ul>" * 100
    assert clean(html) == html


@pytest.mark.parametrize("private", [
    "<del cite='mailto:K'>Kari</del>", "<s>Kari</s>", "<strike><b>Kari</b></strike>",
    "<w:del><w:r>Kari</w:r></w:del>",
    "<span class='msoDel'>Kari</span>", "<span class='msoMovefrom'>Kari</span>",
    "<span class='TextRun TrackChangeTextDeletion X1'>Kari</span>",
    '<span style="color:red;text-decoration: line-through">Kari</span>',
    "<span style='text-decoration-line:line-through'>Kari</span>",
    "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>Kari</a></span>",
    "<sup><a href='#cmnt1' id='cmnt_ref1'>Kari</a></sup>", "<span style='display:none;mso-hide:all'>Kari</span>",
    "<span hidden>Kari</span>", "<span style='font-size:9pt;color:transparent'>Kari</span>",
    "<font style='opacity: 0'>Kari</font>",
    "<del>Ka<p>ri</p></del>",
])  # fmt: skip
def test_what_a_word_processor_shows_its_author_alone_is_never_stored(private):
    cleaned = clean(f"<p>Vi {private}svarer.</p>")
    assert [part for part in ("Ka", "ri", "#") if part in cleaned] == []
    assert text_of(cleaned).split() == ["Vi", "svarer."]


@pytest.mark.parametrize("comment", [
    "<div style='mso-element:comment-list'><hr class=msocomoff><div class=msocomtxt><p>Kari</p></div></div>",
    "<div style='border:1px'><p class=c1><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>Kari</span></p></div>",
])  # fmt: skip
def test_a_comment_below_the_text_is_never_stored(comment):
    assert clean(f"<p>Vi svarer.</p>{comment}<p>Ring.</p>") == "<p>Vi svarer.</p><p>Ring.</p>"


def test_inserted_words_and_words_in_other_dress_stay():
    seen = "background-color:transparent;opacity:0.9"
    html = (
        f"<p>Vi <ins>svarer</ins> <u>så</u> <span class=msoIns>fort</span> vi <font style='{seen}'>kan</font>.</p>"
    )
    assert clean(html) == "<p>Vi svarer så fort vi kan.</p>"


@pytest.mark.parametrize("table", ["<td>Lørdag</td><td>12–16</td>", "<tr><td>Lørdag<td>12–16</tr>"])
def test_cells_never_fuse_with_or_without_their_table(table):
    assert clean(table) == clean(f"<table>{table}</table>") == "<p>Lørdag</p><p>12–16</p>"


def test_a_numbered_list_keeps_its_levels_and_where_it_begins():
    html = '<ol><li>Ring<ol><li>113</li></ol></li></ol><p>Så</p><ol start="3"><li>Kom</li></ol>'
    assert clean(html) == html
    for start in ("0", "1", "-1", "x", "3000", '3" onclick="x'):
        assert clean(f"<ol start='{start}' type='a'><li>En</li></ol>") == "<ol><li>En</li></ol>"
    assert clean('<p start="3">En</p><ul start="3"><li>En</li></ul>') == "<p>En</p><ul><li>En</li></ul>"


@pytest.mark.django_db
def test_the_field_refuses_it_too():
    block = TextBlock(parent=Page(kind="page"), ordering=1, region="main", body_nb="<ul><li>" * 200)
    with pytest.raises(ValidationError) as caught:
        block.clean_fields()
    assert "body_nb" in caught.value.message_dict
