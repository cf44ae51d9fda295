"""One address or number becomes another in stored text, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.replace.replacement import Replacement, apply_changes
from pages.replace.search_term import SearchTerm
from pages.richtext.allowed_markup import clean

NUMBER, WEB, MAIL = "35 01 95 00", "https://old.no/a?b=1&c=2", "post@old.no"


def replacement(old, new, **where):
    return Replacement(SearchTerm.read(old), SearchTerm.read(new), **where)


def plain(value, old=NUMBER, new="35 01 95 99"):
    it = replacement(old, new)
    return apply_changes(value, it.changes_in_plain(value))


def rich(value, old=NUMBER, new="35 01 95 99", **where):
    it = replacement(old, new, **where)
    return apply_changes(value, it.changes_in_rich(value))


@pytest.mark.parametrize(
    "written",
    [
        "35 01 95 00", "35019500", "350 19 500", "+47 35 01 95 00", "+4735019500", "0047 35019500",
        "35\u00a001\u00a095\u00a000", "35.01.95.00", "35-01-95-00",
        "35\u201101\u201395\u221200", "35\u00ad01\u00ad95\u00ad00", "35\u200b01\ufeff9500",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_spaced(written):
    assert plain(f"Ring {written}.") == "Ring 35 01 95 99."
    assert plain("Ring 35 01 95 00, hele døgnet", old=written) == "Ring 35 01 95 99, hele døgnet"


@pytest.mark.parametrize(
    "text",
    [
        "135019500", "350195001", "+46 35 01 95 00", "12 35 01 95 00", "35 01 95 00 12", "35 01 95 00,5",
        "x35019500", "https://x.no/35019500", "35019500@x.no", "35019500%", "35 01 95", "35 01  \n95 00",
    ],
)  # fmt: skip
def test_a_number_inside_something_longer_is_another_number(text):
    assert plain(text) == text


def test_a_short_number_is_never_read_out_of_loose_digits():
    assert plain("kl. 1 13, men ring 113", old="113", new="116117") == "kl. 1 13, men ring 116117"


def test_the_link_that_dials_becomes_one_that_dials_the_new_number():
    html = '<p>Ring <a href="tel:+4735019500">35&nbsp;01&nbsp;95&nbsp;00</a>.</p>'
    assert rich(html) == '<p>Ring <a href="tel:+4735019599">35 01 95 99</a>.</p>'
    assert rich(html, text=False) == '<p>Ring <a href="tel:+4735019599">35&nbsp;01&nbsp;95&nbsp;00</a>.</p>'
    assert rich(html, links=False) == '<p>Ring <a href="tel:+4735019500">35 01 95 99</a>.</p>'


def test_a_number_cut_in_two_by_a_tag_is_left_alone_and_so_is_one_that_grows_across_a_tag():
    for html in ("<p>35 <strong>01</strong> 95 00</p>", "<p><em>1</em>35019500</p>"):
        assert rich(html) == html


def test_a_number_does_not_run_from_one_paragraph_into_the_next():
    html = "<p>Rom 12</p><p>35 01 95 00</p>"
    assert rich(html) == "<p>Rom 12</p><p>35 01 95 99</p>"


def test_a_web_address_is_found_whole_with_its_entities():
    html = '<p><a href="https://old.no/a?b=1&amp;c=2">https://old.no/a?b=1&amp;c=2</a>&nbsp;mer</p>'
    new = '<p><a href="https://ny.no/x&amp;y">https://ny.no/x&amp;y</a>&nbsp;mer</p>'
    assert rich(html, WEB, "https://ny.no/x&y") == new


@pytest.mark.parametrize("tail", ["b", "/b", "?c", "#d", "-e", ".html", "&x", "%20"])
def test_a_web_address_that_goes_on_is_another_address(tail):
    assert plain(f"Se https://old.no/a{tail}", "https://old.no/a", "https://ny.no") == f"Se https://old.no/a{tail}"


def test_a_web_address_ends_where_the_sentence_does():
    assert plain("(Se HTTPS://Old.no/a), så.", "https://old.no/a", "https://ny.no") == "(Se https://ny.no), så."
    assert plain("https://old.no/. Slutt", "https://old.no", "https://ny.no/") == "https://ny.no/. Slutt"
    assert plain("https://old.no/A", "https://old.no/a", "https://ny.no") == "https://old.no/A"


def test_a_mail_address_is_found_in_links_with_a_subject_too():
    others = ", ikke min.post@old.no eller post@old.no.uk</p>"
    html = f'<p><a href="mailto:post@old.no?subject=Hei">Post@old.no</a>{others}'
    new = f'<p><a href="mailto:post@ny.no?subject=Hei">post@ny.no</a>{others}'
    assert rich(html, MAIL, "post@ny.no") == new


def test_a_field_that_is_one_web_address_is_a_link():
    it = replacement(WEB, "https://ny.no")
    assert apply_changes(WEB, it.changes_in_address(WEB)) == "https://ny.no"
    assert it.changes_in_address(WEB + "3") == []


@pytest.mark.parametrize(
    "typed", ["", "ring", "12", "en to", "ftp://x.no", "x@y", "https://a b", "https://x.no|y"]
)
def test_what_is_none_of_the_three_is_no_search_term(typed):
    assert SearchTerm.read(typed) is None


def test_an_address_that_a_telephone_began_with_a_capital_is_a_search_term():
    assert SearchTerm.read("Https://old.no/a") == SearchTerm("web", "Https://old.no/a")


PIECES = [
    NUMBER, "35019500", "+47 35 01 95 00", MAIL, WEB, "https://old.no/a", "1", "12 ", " ", "x", "&", "<b>", ".",
    ",", "\u00a0", "Ring oss", "<p>", "</p>", '<a href="tel:35019500">', '<a href="mailto:post@old.no">', "</a>",
    "<strong>", "</strong>",
]  # fmt: skip


def test_a_very_long_word_takes_no_time_to_speak_of():
    word = "x" * 200_000
    assert plain(word) == word


WORDS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
NEW_WEB = ("https://old.no/a", "https://ny.no")
PAIRS = st.sampled_from([(NUMBER, "22 33 44 55"), (MAIL, "ny@ny.no"), (WEB, "https://ny.no/b&d"), NEW_WEB])


@given(WORDS, PAIRS)
def test_afterwards_rich_text_has_no_occurrence_and_all_else_is_byte_for_byte_the_same(words, pair):
    html, it = clean(words), replacement(*pair)
    changes = it.changes_in_rich(html)
    new = apply_changes(html, changes)
    assert it.changes_in_rich(new) == []
    kept, at = [], 0
    for change in changes:
        kept.append(html[at : change.start])
        at = change.end
    kept.append(html[at:])
    written = [*(change.stored for change in changes), ""]
    assert new == "".join(before + word for before, word in zip(kept, written, strict=True))
    assert clean(new) == new
    if not changes:
        assert new == html


@given(WORDS, PAIRS)
def test_afterwards_plain_text_has_no_occurrence(words, pair):
    it = replacement(*pair)
    assert it.changes_in_plain(apply_changes(words, it.changes_in_plain(words))) == []


@given(st.text(max_size=60), PAIRS)
def test_text_without_the_search_term_stays_as_it_is(words, pair):
    it = replacement(*pair)
    assert apply_changes(words, it.changes_in_plain(words)) == words
    html = clean(words)
    assert apply_changes(html, it.changes_in_rich(html)) == html
