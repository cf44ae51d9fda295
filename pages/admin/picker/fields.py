"""Choose a page by its title: a text field with suggestions, because no form can list ten thousand pages.

Without JavaScript a title is enough. Where several pages share it, the refused form names them and offers them in
the field.
"""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from pages.admin.dialogs import page_number
from pages.admin.picker.destinations import LINK, PARENT, form_names, linkable_pages, pages_for
from pages.admin.picker.labels import link_label, number_in, page_called, page_labels
from pages.admin.picker.widget import PagePicker
from pages.links.internal import targets_in
from pages.models import DoorBlock, Page
from pages.richtext.allowed_markup import OUR_LINK

HELP = gettext_lazy("Write some of the title and choose from the list.")


class PageChoice(forms.ModelChoiceField):
    """A choice of one of the pages in a queryset."""

    widget: Any

    def __init__(self, pages: QuerySet[Page], **kwargs: Any) -> None:
        super().__init__(pages, **kwargs)
        self.pages = pages

    def to_python(self, value: Any) -> Page | None:
        return _page_or_offer(str(value), self.pages, self.widget) if value not in self.empty_values else None

    def prepare_value(self, value: Any) -> Any:
        """Return the label of a stored number; what an editor typed stays as it is."""
        page_id = value.pk if isinstance(value, Page) else value
        if not isinstance(page_id, int):
            return value
        return page_labels(list(Page.objects.filter(pk=page_id))).get(page_id, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another page is chosen. The label of the same page may hold a newer title."""
        before = initial.pk if isinstance(initial, Page) else initial
        return str(before or "") != (number_in(str(data or "")) or str(data or ""))


class LinkChoice(forms.CharField):
    """A choice of a page or a form of the website, stored as a link."""

    widget: Any

    def __init__(self, known_labels: Any, **kwargs: Any) -> None:
        super().__init__(widget=PagePicker(LINK), **kwargs)
        self.known_labels = known_labels  # returns {stored link: label} for all the doors of a page at once

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        for link, name in form_names().items():
            if text in (link, name):
                return link
        if not text or OUR_LINK.fullmatch(text):
            return text
        return f"page:{_page_or_offer(text, linkable_pages(), self.widget).pk}"

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not OUR_LINK.fullmatch(value):
            return value
        return self.known_labels().get(value) or link_label(value) or value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "") != str(initial or "")


def _page_or_offer(text: str, pages: QuerySet[Page], widget: Any) -> Page:
    """Return the page that is meant; where that is not clear, let the field offer the pages it may be."""
    try:
        return page_called(text, pages)
    except ValidationError as error:
        widget.offered = (error.params or {}).get("offered", [])
        raise


def page_choice(field: Any, purpose: str, page: Any = None) -> PageChoice:
    """Return a picker to use in place of Django's list of all pages."""
    return PageChoice(
        pages_for(purpose), required=field.required, label=field.label, blank=True,
        help_text=f"{HELP} {field.help_text}".strip(), widget=PagePicker(purpose, page),
    )  # fmt: skip


def parent_choice(field: Any, request: HttpRequest) -> PageChoice:
    """Return the choice of what a page lies under. The page itself is not offered, and the model refuses it."""
    match = request.resolver_match
    return page_choice(field, PARENT, page_number(match.kwargs.get("object_id") if match else None))


def door_choice(field: Any, request: HttpRequest) -> LinkChoice:
    """Return the choice of where a door leads; the labels of all doors of the page are read at once."""
    match = request.resolver_match
    page = match.kwargs.get("object_id") if match else None

    @cache
    def known_labels() -> dict[str, str]:
        links = DoorBlock.objects.filter(parent=page_number(page) or 0).values_list("link", flat=True)
        pages = page_labels(list(linkable_pages().filter(pk__in=targets_in(list(links)))))
        return form_names() | {f"page:{page_id}": label for page_id, label in pages.items()}

    # The stored link is short; what an editor types may be a long path.
    return LinkChoice(known_labels, required=field.required, label=field.label, help_text=HELP)
