"""One reader reads rich text, and every reading of it agrees: words, lines, links, and where each piece stands."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.diff.translation_pairs import fingerprint_of
from pages.richtext.allowed_markup import BLOCKS, INLINE, LINE_BREAK, TAGS, clean
from pages.richtext.reader import elements_in, lines_in, links_in, pieces, retag, rewrite, text_of
from pages.richtext.tokens import Start, rich_tokens
from tests.proofs import examples

WORDS = st.sampled_from(
    [
        "Ring",
        "116\u00a0117",
        "Mat & hvile",
        "5 < 7",
        "<p>",
        "https://a.no/?x=1&y=2",
        "\u2028",
        "\n",
        " ",
        "é",
        "&amp;",
    ]
)
HREFS = st.sampled_from(["page:12", "contact:relative", "https://a.no/?x=1&y=2", 'https://a.no/"<p>', "tel:113"])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def element(tag: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return inner.map(lambda html: f"<{tag}>{html}</{tag}>")


def several(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(part, max_size=4).map("".join)


texts = WORDS.map(escaped)
links = st.builds(lambda href, text: f'<a href="{escaped(href)}">{text}</a>', HREFS, several(texts))
runs = several(texts | links | st.just("<br>") | element("strong", several(texts | links)) | element("em", texts))
items = st.recursive(
    element("li", element("p", runs) | runs),
    lambda item: element("li", st.builds(str.__add__, element("p", runs), element("ul", several(item)))),
    max_leaves=4,
)
blocks = element("h2", runs) | element("h3", runs) | element("p", runs)
lists = element("ul", several(items)) | element("ol", several(items))
# What the cleaner made of the format, and of any order of its tags and others.
rich_texts = several(blocks | lists).map(clean)
any_tags = st.sampled_from([f"<{slash}{tag}>" for slash in ("", "/") for tag in (*sorted(TAGS), "div", "h1", "b")])
stored = rich_texts | several(any_tags | texts | links).map(clean)
many = settings(max_examples=examples(50), deadline=None)


def as_a_browser_reads(html: str) -> tuple[list[str], list[str]]:
    """Return the words of each stretch between block tags, and where links lead, by another parser."""
    lines, hrefs = [""], []

    def walk(node):
        if node.tag in BLOCKS or node.tag == LINE_BREAK:
            lines.append("")
        if node.tag == "a":
            hrefs.append(node.get("href", ""))
        lines[-1] += node.text or ""
        for child in node:
            walk(child)
            if child.tag in BLOCKS:
                lines.append("")
            lines[-1] += child.tail or ""

    walk(html5lib.parseFragment(html, namespaceHTMLElements=False))
    return [" ".join(line.split()) for line in lines if line.split()], [href for href in hrefs if href]


@many
@given(html=rich_texts)
def test_the_words_and_the_links_are_those_that_a_browser_finds(html):
    lines, hrefs = as_a_browser_reads(html)
    assert "".join(text_of(html).split()) == "".join("".join(line.split()) for line in lines)
    assert text_of(html).split() == " ".join(lines).split()
    assert list(links_in(html)) == hrefs


@many
@given(html=stored)
def test_the_pieces_put_together_are_the_text_as_it_is_stored(html):
    found = list(pieces(html))
    assert "".join(html[piece.start : piece.end] for piece in found) == html
    assert all(html.startswith(piece.stored, piece.stored_at) for piece in found if piece.stored)


@many
@given(html=stored)
def test_every_tag_of_a_stored_text_is_read_as_a_tag(html):
    assert [piece.tag for piece in pieces(html) if piece.tag] == re.findall(r"</?(\w+)[^>]*>", html)


@many
@given(html=stored)
def test_all_readings_hold_the_same_words(html):
    words = text_of(html).split()
    assert [word for line in lines_in(html) for word in line.text.split()] == words
    tokens = [token for token in rich_tokens(html) if isinstance(token, str) and not token.startswith("(→")]
    assert "".join(tokens) == "".join(words)  # where a link leads stands between it and the word it is part of


@many
@given(html=stored)
def test_writing_every_element_as_it_stands_changes_nothing(html):
    assert rewrite(html, ("a",), lambda link: link.stored) == html
    assert retag(html, ("h2",), "<h2>", "</h2>") == html


def test_every_tag_is_in_one_group_and_every_group_is_cleaned():
    assert len(TAGS) == len(BLOCKS) + len(INLINE) + 1
    for tag in TAGS - {LINE_BREAK, "a"}:
        assert clean(f"<{tag}>Ord</{tag}>") == f"<{tag}>Ord</{tag}>"


def test_a_line_is_a_heading_a_paragraph_or_an_item_with_its_breaks():
    html = (
        "<h2>Dag<br>én</h2><p>Du <em>m</em>øter<br>oss.</p><ul><li>Først<ul><li><p>så</p></li></ul></li></ul>Sist"
    )
    assert [(line.tag, line.text) for line in lines_in(html)] == [
        ("h2", "Dag\nén"), ("p", "Du møter\noss."), ("li", "Først"), ("p", "så"), ("", "Sist"),
    ]  # fmt: skip


def test_a_paragraph_inside_a_heading_is_part_of_the_heading():
    assert [line.tag for line in lines_in("<h2>Dag<p>én</p></h2><p>Du</p>")] == ["h2", "p"]


def test_the_words_of_a_link_are_whole_and_its_address_is_read():
    (link,) = elements_in('<p>Les <a href="https://a.no/?x=1&amp;y=2">m<em>e</em>r<br>her</a></p>', ("a",))
    assert (link.href, link.text) == ("https://a.no/?x=1&y=2", "mer\nher")


def test_plain_text_is_read_with_its_angle_brackets():
    assert text_of("<3 for <navn>, 5 < 7") == "<3 for <navn>, 5 < 7"
    assert [(line.tag, line.text) for line in lines_in("<navn>")] == [("", "<navn>")]


def test_an_item_is_of_the_list_it_stands_in():
    html = "<ol><li><p>En</p><ul><li><p>a</p></li></ul></li><li><p>To</p></li></ol>"
    kinds = [token.kind for token in rich_tokens(html) if isinstance(token, Start)]
    assert kinds == ["number", "bullet", "number"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (
            '<h2>Dag én</h2><p>Les <a href="page:12">mer <strong>om</strong> oss</a>.<br>Mat &amp; hvile</p>',
            "fae27acf68959ef4",
        ),
        ("<ul><li><p>Ring 116&nbsp;117</p><ol><li>5 &lt; 7</li></ol></li></ul>", "95faa446cd129276"),
        ('<p><a href="https://a.no/?x=1&amp;y=2">a</a><a href="">b</a></p>', "78e08e6164373b71"),
        ("Bruk <navn> & <3, aldri &amp;", "5648a18c24ca5e85"),
    ],
)
def test_marks_that_are_stored_stay_the_same(text, mark):
    assert fingerprint_of(text) == mark
