"""What comes out of the printer: real pages, read back."""

import re

import pytest

from tests.journeys.paper import printed
from tests.journeys.seeing import NOT_ON_PAPER, OUT_OF_SIGHT

pytestmark = pytest.mark.browser
WORDS = """skipped => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const words = []
    while (walker.nextNode()) words.push(walker.currentNode)
    return words.filter(node => !node.parentElement.closest(skipped)).map(node => node.data)
}"""
ADDRESSES = "[...document.querySelectorAll('article a[href^=http]')].map(link => link.getAttribute('href'))"


def squeezed(text):
    """Leave out what a line break may have added or taken."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("address", ["/", "/avrusning/", "/alt-nb/", "/nn/lang-nn/", "/kontakt/"])
def test_every_word_and_every_address_is_on_the_paper_in_dark_ink(reader, every_kind_site, address):
    reader.goto(every_kind_site.url + address)
    words = reader.evaluate(WORDS, f"{OUT_OF_SIGHT}, {NOT_ON_PAPER}")
    addresses = reader.evaluate(ADDRESSES)
    reader.emulate_media(color_scheme="dark")  # no reason for pale letters on white paper
    drawn = list(printed(reader.pdf(format="A4")))
    text = squeezed("".join(piece for piece, _colour in drawn))
    assert [word for word in words if squeezed(word) not in text] == []
    assert [link for link in addresses if f"({link})" not in text] == []
    # A drawing's numerals stand on what is drawn, which is printed too.
    numerals = set(reader.locator("svg text").all_text_contents())
    pale = [(piece, colour) for piece, colour in drawn if piece.strip() and sum(colour) > 1.2]
    assert [(piece, colour) for piece, colour in pale if piece not in numerals] == []
