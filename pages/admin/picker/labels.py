"""How a page is written in a picker: path, title and number, as “Behandling › Avrusning (12)”."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mestring.typed_text.norwegian_order import norwegian_order
from pages.admin.picker.destinations import form_names, linkable_pages
from pages.admin.picker.title_search import filter_by_title
from pages.languages import LANGUAGES
from pages.models import Page
from pages.tree.siblings import path_to, with_all_above

MOST_OFFERED = 10
_NUMBER = re.compile(r"(?:^|\()(\d{1,9})\)?$")


def page_labels(pages: list[Page]) -> dict[int, str]:
    """Return {page: label}."""
    above = with_all_above(page.pk for page in pages)
    return {page.pk: _label(page, path_to(page, above)) for page in pages}


def _label(page: Page, path: list[Page]) -> str:
    return f"{' › '.join(str(step) for step in [*path, page])} ({page.pk})"


def link_label(link: str) -> str:
    """Return the label of the page or form behind a stored link; "" where there is none."""
    if name := form_names().get(link):
        return name
    page_id = int(link.removeprefix("page:"))
    return page_labels(list(linkable_pages().filter(pk=page_id))).get(page_id, "")


def number_in(text: str) -> str:
    """Return the number at the end of a label, or the text itself where it is a number; else ""."""
    number = _NUMBER.search(text)
    return number[1] if number else ""


def page_called(text: str, pages: QuerySet[Page]) -> Page:
    """Return the page that an editor means by its title, its number or its label.

    Raises ValidationError where that may be none or several; its `offered` are the labels to choose from.
    """
    text = " ".join(text.split())
    same_title = Q(*[(f"title_{code}__iexact", text) for code in LANGUAGES], _connector=Q.OR)
    same = list(pages.filter(same_title).order_by("pk")[: MOST_OFFERED + 1])
    if len(same) == 1:
        return same[0]
    number = number_in(text)
    page = pages.filter(pk=number).first() if number else None
    if page is not None:
        return page
    alike = same or list(filter_by_title(pages, text).order_by(norwegian_order("title_nb"), "pk")[:MOST_OFFERED])
    if not alike:
        raise ValidationError(_("No page that can be chosen here has that in its title."))
    offered = list(page_labels(alike).values())
    question = _("Which one? Choose from the list in the field: %(pages)s") % {"pages": "; ".join(offered)}
    raise ValidationError(question, params={"offered": offered})
