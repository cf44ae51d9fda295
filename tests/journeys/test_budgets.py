"""What a visit may weigh: counted on a built site, byte by byte as it is served, never timed."""

import gzip
import re
import urllib.request
from functools import cache
from html.parser import HTMLParser

import pytest

FIRST_WINDOW = 14_600  # bytes that a server may send before it must wait for the phone: HTML and CSS
FIRST_VIEW = 60_000
MAIN_FONT = 20_000
REQUESTS = 6
pytestmark = pytest.mark.xdist_group("visit")


class FirstView(HTMLParser):
    """What a browser fetches to show a page."""

    def __init__(self, html):
        super().__init__()
        self.styles, self.others, self.scripts = set(), set(), 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        kind = attributes.get("rel")
        if tag == "script" and attributes.get("type") != "application/ld+json":
            self.scripts += 1
        elif tag == "link" and kind == "stylesheet":
            self.styles.add(attributes["href"])
        elif tag == "link" and kind in ("preload", "icon"):
            self.others.add(attributes["href"])
        elif tag in ("img", "iframe", "video", "source", "object", "embed"):
            self.others.add(attributes.get("src") or attributes.get("data") or attributes["srcset"])


@pytest.fixture(scope="module")
def fetch(every_kind_site):
    """Return a function that fetches an address as a browser does, compressed."""

    @cache
    def answer(path, encodings="gzip, deflate, br"):
        assert path.startswith("/"), f"{path} is another host"
        request = urllib.request.Request(every_kind_site.url + path, headers={"Accept-Encoding": encodings})
        with urllib.request.urlopen(request) as response:
            assert response.headers["Set-Cookie"] is None
            return response.read()

    return answer


@pytest.fixture(scope="module")
def views(every_kind_site, fetch):
    """The first view of every address in the sitemap and of the forms."""
    with urllib.request.urlopen(f"{every_kind_site.url}/sitemap.xml") as response:
        found = re.findall(r"<loc>http://[^/]+(/[^<]*)</loc>", response.read().decode())
    forms = ["/kontakt/pasient/", "/kontakt/parorende/", "/nn/kontakt/pasient/", "/en/contact/relative/"]
    addresses = [address for address in [*found, *forms] if "i-stykker" not in address]
    assert len(addresses) > 70
    return {address: FirstView(gzip.decompress(fetch(address, "gzip")).decode()) for address in addresses}


def over(limit, sizes):
    return {address: size for address, size in sizes.items() if size > limit}


@pytest.mark.parametrize("encodings", ["gzip", "gzip, deflate, br"])
def test_words_and_their_style_fit_in_what_is_sent_before_the_first_wait(views, fetch, encodings):
    """In gzip too: it is all that some networks and old browsers let through."""
    sizes = {
        address: sum(len(fetch(part, encodings)) for part in (address, *view.styles))
        for address, view in views.items()
    }
    assert over(FIRST_WINDOW, sizes) == {}


def test_a_first_view_is_small_and_few_requests(views, fetch):
    parts = {address: {address, *view.styles, *view.others} for address, view in views.items()}
    assert over(REQUESTS, {address: len(asked) for address, asked in parts.items()}) == {}
    assert (
        over(FIRST_VIEW, {address: sum(len(fetch(one)) for one in asked) for address, asked in parts.items()})
        == {}
    )


def test_the_font_that_every_page_asks_for_is_small(views, fetch):
    fonts = {part for view in views.values() for part in view.others if part.endswith(".woff2")}
    assert len(fonts) == 1
    assert over(MAIN_FONT, {font: len(fetch(font)) for font in fonts}) == {}


def test_visitors_get_no_script_at_all(views):
    assert [address for address, view in views.items() if view.scripts] == []
