"""A figure reaches visitors as a picture that keeps its place, or a drawing; described, or silent."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from pages.editions.publishing import publish, save_draft
from pages.models import Edition, FigureBlock, Picture
from pages.pictures import library
from pages.rendering.page import render_edition
from tests import factories, kept_rows
from tests.pages.every_block import texts
from tests.picture_files import as_file, drawn

pytestmark = pytest.mark.django_db
ALT = texts(alt="To går langs vannet *")


@pytest.fixture(autouse=True)
def site():
    factories.clinic()
    factories.front()


@pytest.fixture
def picture(settings, tmp_path_factory):
    """A picture in every width and format, whose files the first test makes for all."""
    kept, media = tmp_path_factory.getbasetemp() / "picture-of-figures", Path(settings.MEDIA_ROOT)

    def make():
        library.add(as_file(drawn(1000, 500)), name="Tunet", credit="Kari Nordmann", by=None)
        shutil.copytree(media, kept, dirs_exist_ok=True)

    kept_rows.put("picture of figures", make)
    shutil.copytree(kept, media, dirs_exist_ok=True)
    return Picture.objects.get()


def page_with(slug="bilde", **fields):
    page = factories.draft(slug)
    FigureBlock.objects.create(parent=page, region="main", ordering=20, **fields)
    publish(save_draft(page, by=None), by=None)
    return page


def figure_in(text):
    return html5lib.parse(text, namespaceHTMLElements=False).find(".//figure[@class]")


def shown(client, address="/bilde-nb/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return figure_in(answer.text)


def errors(**fields):
    try:
        FigureBlock(**fields).full_clean(exclude=["parent", "region", "ordering"])
    except ValidationError as error:
        return set(error.message_dict)
    return set()


# --- what visitors get ------------------------------------------------------------------------------


def test_a_picture_offers_every_format_and_width_and_says_how_much_room_it_takes(client, picture):
    page_with(picture=picture, **ALT)
    figure = shown(client)
    sources = figure.findall(".//source")
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    image = figure.find(".//img")
    assert (image.get("width"), image.get("height")) == ("1000", "500")
    assert (image.get("loading"), image.get("decoding")) == ("lazy", "async")
    assert image.get("alt") == "To går langs vannet (nb)"
    for source, ending in ((sources[0], "avif"), (sources[1], "webp"), (image, "jpg")):
        addresses = [f"/media/pictures/{picture.key}/whole-{width}.{ending}" for width in (400, 800, 1000)]
        assert source.get("srcset") == ", ".join(f"{a} {a.split('-')[-1].split('.')[0]}w" for a in addresses)
        for address in addresses:
            assert client.get(address).status_code == 200
    assert image.get("src").endswith("whole-800.jpg")
    assert all(source.get("sizes") == image.get("sizes") for source in sources)


def test_a_landscape_figure_shows_the_crop(client, picture):
    page_with(picture=picture, shape="landscape", **ALT)
    image = shown(client).find(".//img")
    assert "/landscape-125-0-" in image.get("src")
    assert (image.get("width"), image.get("height")) == ("750", "500")
    assert client.get(image.get("src")).status_code == 200


def test_a_moved_focal_point_is_shown_when_the_page_is_published_again(client, picture):
    page = page_with(picture=picture, shape="landscape", **ALT)
    before = client.get("/bilde-nb/").content
    library.move_focus(picture, 0, 0)
    assert client.get("/bilde-nb/").content == before
    assert client.get(shown(client).find(".//img").get("src")).status_code == 200
    publish(save_draft(page, by=None), by=None)
    image = shown(client).find(".//img")
    assert "/landscape-0-0-" in image.get("src")
    assert client.get(image.get("src")).status_code == 200


def test_caption_and_credit_stand_under_the_picture(client, picture):
    page_with(picture=picture, **ALT, **texts(caption="Tunet en morgen *"))
    words = " ".join("".join(shown(client).find(".//figcaption").itertext()).split())
    assert words == "Tunet en morgen (nb) Foto: Kari Nordmann"


def test_a_page_with_figures_takes_three_queries_and_is_valid(client, picture, django_assert_max_num_queries):
    page = page_with(picture=picture, **ALT)
    for number in range(4):
        FigureBlock.objects.create(
            parent=page, region="main", ordering=30 + number, picture=picture, decorative=True
        )
    publish(save_draft(page, by=None), by=None)
    with django_assert_max_num_queries(3):
        text = client.get("/bilde-nb/").text
    html5lib.HTMLParser(strict=True).parse(text)
    assert text.count("<picture>") == 5


def test_saving_a_page_reads_the_pictures_of_all_its_figures_at_once(picture, django_assert_max_num_queries):
    page = page_with(picture=picture, **ALT)
    with django_assert_max_num_queries(38) as few:  # five keep what the page links to as rows
        save_draft(page, by=None)
    for number in range(5):
        FigureBlock.objects.create(
            parent=page, region="main", ordering=30 + number, picture=picture, decorative=True
        )
    with django_assert_max_num_queries(len(few)):
        save_draft(page, by=None)


@pytest.mark.parametrize("drawing", FigureBlock.Drawing.values)
def test_every_drawing_is_shown_with_its_description(client, drawing):
    page_with(drawing=drawing, **ALT)
    svg = shown(client, "/nn/bilde-nn/").find(".//{*}svg")
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "To går langs vannet (nn)")
    assert not re.search(r"\sstyle=|<style|<script|href=\"http", ET.tostring(svg, encoding="unicode"))


def test_two_drawings_on_a_page_share_no_id(client):
    page = page_with(drawing="window", **ALT)
    FigureBlock.objects.create(parent=page, region="main", ordering=30, drawing="window", decorative=True)
    publish(save_draft(page, by=None), by=None)
    text = client.get("/bilde-nb/").text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for used in re.findall(r"url\(#([^)]+)\)", text):
        assert used in ids


@pytest.mark.parametrize("drawing", FigureBlock.Drawing.values)
def test_amber_is_kept_for_the_lit_window(drawing):
    svg = render_to_string(f"pages/drawings/{drawing}.html", {"block": {"id": "x"}})
    assert ("#ffc46b" in svg) is (drawing == "window")


# --- described or silent ----------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/bilde-nb/", "/nn/bilde-nn/", "/en/bilde-en/"])
@pytest.mark.parametrize("kind", ["picture", "drawing"])
def test_decoration_is_shown_in_every_language_and_passed_over_by_those_who_listen(client, picture, kind, address):
    picture.credit = ""
    picture.save()
    page_with(decorative=True, **{"picture": picture} if kind == "picture" else {"drawing": "diamond"})
    figure = shown(client, address)
    assert figure.get("role") == "none"
    if kind == "picture":
        assert figure.find(".//img").get("alt") == ""
    else:
        assert figure.find(".//{*}svg").get("aria-hidden") == "true"


def test_a_figure_that_is_not_described_in_a_language_is_not_shown_in_it(client):
    page = page_with(drawing="diamond", **ALT)
    edition = page.editions.get()
    edition.body[1] |= {"alt": {"nb": "Et fjell"}, "caption": {"en": "Only a caption"}}
    Edition.objects.filter(pk=edition.pk).update(body=edition.body)  # as one from before publishing refused it
    assert shown(client) is not None
    assert shown(client, "/nn/bilde-nn/") is None
    assert shown(client, "/en/bilde-en/") is None


def test_figures_alone_make_no_language_public(picture):
    page = factories.draft("bare-bilde", body="")
    FigureBlock.objects.create(
        parent=page, region="main", ordering=20, picture=picture, **ALT, **texts(caption="Ord *")
    )
    FigureBlock.objects.create(parent=page, region="main", ordering=30, drawing="window", decorative=True)
    assert save_draft(page, by=None).head["languages"] == []


def test_a_description_has_at_most_300_characters():
    assert errors(drawing="diamond", alt_nb="x" * 300) == set()
    assert errors(drawing="diamond", alt_nb="x" * 301) >= {"alt_nb"}


# --- withdrawn --------------------------------------------------------------------------------------


def test_a_withdrawn_picture_disappears_from_live_pages_with_its_words_and_no_query_more(
    client, editor, picture, django_assert_max_num_queries
):
    page_with(picture=picture, **ALT, **texts(caption="Tunet *"))
    other = library.add(as_file(drawn(300, 300)), name="Båten", credit="", by=None)
    page_with("annet", picture=other, **ALT)
    for gone in (picture, other):
        library.withdraw(gone, by=editor)
        with django_assert_max_num_queries(3):
            text = client.get("/bilde-nb/").text
        assert picture.key not in text
        assert "Tunet" not in text
        assert "Velkommen inn." in text
        assert (other.key in client.get("/annet-nb/").text) is (gone == picture)


def test_a_withdrawn_picture_stays_away_when_the_page_is_published_again_and_comes_back_with_its_files(
    client, editor, picture
):
    page = page_with(picture=picture, **ALT)
    library.withdraw(picture, by=editor)
    publish(save_draft(page, by=None), by=None)
    assert shown(client) is None
    library.add(as_file(drawn(1000, 500)), name="Tunet", credit="", by=editor, again=True)
    publish(save_draft(page, by=None), by=None)
    assert shown(client) is not None


def test_a_drawing_and_a_picture_that_no_longer_exist_leave_no_hole(picture):
    page = page_with(picture=picture, **ALT)
    edition = Edition.objects.get(page=page)
    for changed in ({"drawing": "../../base"}, {"drawing": "unicorn"}, {"widths": []}):
        body = [block | changed if block["type"] == "figure" else block for block in edition.body]
        blocks = render_edition(
            Edition(page=page, head=edition.head, body=body, live_from=edition.live_from), factories.moment()
        ).blocks
        assert [block["type"] for block in blocks] == ["text"], changed


def test_words_in_a_figure_are_escaped(client, picture):
    Picture.objects.update(credit='<b>"K')
    page_with(picture=Picture.objects.get(), caption_nb="<i>y", **texts(alt='"><script>x'))
    text = client.get("/bilde-nb/").text
    assert "<script>x" not in text
    assert "<i>y" not in text
    assert "<b>" not in text.split("<figure")[1].split("</figure>")[0]
