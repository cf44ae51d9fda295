"""Pages that the starter lacks: with every block, with hardly any, with the longest words, and broken ones."""

import re

from pages.editions.publishing import publish, save_draft
from pages.models import BLOCKS, Edition, Page
from tests import factories
from tests.pages.every_block import page_with_every_block

COMPOUND = "Spesialisthelsetjenesteopplæringsprogramvurderingsinstans"
WORD = re.compile(r"[A-Za-zÆØÅæøå]{5,}")


def fill() -> None:
    """Add the pages to a site that has the starter pages."""
    overview = factories.live("oversikt", kind=Page.Kind.OVERVIEW, lead_nb="Alt vi har skrevet.")
    page_with_every_block(parent=overview, in_footer=True, lead_nb="Alle slag.")
    page_with_every_block("uten", body="<p>Ingen overskrift.</p>")
    factories.live("tom", kind=Page.Kind.OVERVIEW, lead_nb="Her kommer det mer.")
    no_longer_in_english()
    long_words()
    broken()


def no_longer_in_english() -> None:
    """A page whose English address is still known."""
    page = factories.live("norsk")
    page.pages_textblock_set.update(body_en="")
    publish(save_draft(page, by=None), by=None)


def long_words() -> None:
    """Every block with a long compound in it; in nynorsk only, so that it stands in no other page's menu."""
    overview = factories.live("langt", kind=Page.Kind.OVERVIEW, languages=("nn",), title_nn=COMPOUND)
    headings = "".join(f"<h2>{number}. overskrift</h2><p>Velkommen.</p>" for number in (1, 2, 3))
    page = page_with_every_block("lang", body=headings, parent=overview)
    for name in ("title", "slug"):
        setattr(page, f"{name}_nb", "")
        setattr(page, f"{name}_en", "")
    page.title_nn, page.menu_title_nn, page.in_menu = COMPOUND, COMPOUND[:30], True
    page.lead_nn = f"{COMPOUND} og {COMPOUND}."
    page.save()
    for model in BLOCKS:
        for block in model.objects.filter(parent=page):
            for field in block._meta.get_fields():
                text = getattr(block, field.name, "") if field.name.endswith("_nn") else ""
                if text:
                    # No more than an editor could type: PostgreSQL holds the model to it, SQLite does not.
                    setattr(block, field.name, WORD.sub(COMPOUND, text)[: field.max_length])
            block.save()
    publish(save_draft(page, by=None), by=None)


def broken() -> None:
    """An edition that no template can show, as a faulty migration would leave it: 500."""
    page = factories.live("i-stykker")
    Edition.objects.filter(page=page).update(body=[{"type": "no_such_block", "body": {"nb": "<p>Borte.</p>"}}])
