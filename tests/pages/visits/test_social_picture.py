"""A shared link shows the clinic's own picture and words, and tabs and home screens its mark."""

import re

import html5lib
import pytest
from PIL import Image

from pages.models import Page
from tests import factories
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db
IMAGES = ROOT / "static" / "img"
PATH = re.compile(r"<path[^>]*/>")


@pytest.fixture(autouse=True)
def site():
    factories.clinic()
    factories.front()


def properties(client, address):
    """Return [(property, content)] of the page's Open Graph lines."""
    document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(client.get(address).text)
    return [(m.get("property") or m.get("name"), m.get("content")) for m in document.iter("meta")]


def test_a_shared_page_is_told_in_its_own_words_and_language(client):
    factories.live("avrusning", languages=("nb", "nn"), description_nn="Om avrusing.", lead_nn="Ikkje dette.")
    told = properties(client, "/nn/avrusning-nn/")
    one = dict(told)
    assert one["og:title"] == "avrusning nn"
    assert one["og:description"] == "Om avrusing."
    assert one["og:type"] == "article"
    assert one["og:site_name"] == "Mestringshusene"
    assert one["og:url"] == "http://testserver/nn/avrusning-nn/"
    assert one["twitter:card"] == "summary_large_image"
    assert one["og:locale"] == "nn_NO"
    assert [content for name, content in told if name == "og:locale:alternate"] == ["nb_NO"]
    assert dict(properties(client, "/"))["og:type"] == "website"


def test_the_picture_has_a_whole_address_its_true_size_and_words_for_those_who_do_not_see_it(client):
    factories.live("kontakt", kind=Page.Kind.CONTACT)
    seen = set()
    for address in ("/", "/nn/", "/en/", "/kontakt/"):
        told = dict(properties(client, address))
        assert told["og:image"].startswith("http://testserver/static/img/social")
        with Image.open(IMAGES / "social.png") as picture:
            assert (told["og:image:width"], told["og:image:height"]) == tuple(map(str, picture.size))
        seen.add(told["og:image:alt"])
    assert len(seen) == 3
    assert (IMAGES / "social.png").stat().st_size <= 100_000


def test_the_icon_that_browsers_ask_for_unasked_is_a_real_one_and_is_kept(client):
    answer = client.get("/favicon.ico")
    assert answer["Content-Type"] == "image/x-icon"
    assert answer["Cache-Control"] == "public, max-age=604800"
    assert answer.content[:4] == b"\x00\x00\x01\x00"
    with Image.open(IMAGES / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.parametrize("size", [180, 512])
def test_home_screens_and_search_results_get_a_square_without_transparency(size):
    with Image.open(IMAGES / f"icon-{size}.png") as icon:
        assert icon.size == (size, size)
        assert icon.mode == "RGB"


def test_the_icon_in_the_tab_is_the_mark_in_the_header(client):
    mark = (ROOT / "templates" / "includes" / "brand_mark.html").read_text()
    assert PATH.findall((IMAGES / "icon.svg").read_text()) == PATH.findall(mark) != []
