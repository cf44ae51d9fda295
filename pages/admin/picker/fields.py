"""Choose a page by its title: a text field with suggestions, because no form can list ten thousand pages.

Without JavaScript a title is enough, and where several pages share it, the refused form names them and offers
them in the field.
"""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from js_asset import Script

from pages.admin.dialogs import page_number
from pages.admin.picker import destinations
from pages.admin.picker.finder import LINK, NUMBER, PARENT, chosen, label_of, labels, pages_for
from pages.links.internal import targets_in
from pages.models import DoorBlock, Page
from pages.richtext.field import OUR_LINK

HELP = gettext_lazy("Write some of the title and choose from the list.")


class PagePicker(forms.TextInput):
    """A text field whose list of suggestions page_picker.js fills while somebody writes."""

    choices = ()  # Django's wrapper around choices of rows asks for it

    class Media:
        js = [Script("admin_pages/page_picker.js", defer=True)]

    def __init__(self, purpose: str, page: Any = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"})
        self.offered: list[str] = []
        self.query = f"for={purpose}" + (f"&not={page}" if page else "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        number = f"{(attrs or {}).get('id', name)}_pages"
        field = super().render(
            name, value, {**(attrs or {}), "data-pages": f"{FIND}?{self.query}", "list": number}, renderer
        )
        offered = format_html_join("", '<option value="{}"></option>', ((label,) for label in self.offered))
        return format_html('{}<datalist id="{}">{}</datalist>', field, number, offered)


FIND = reverse_lazy("admin:pages_page_find")


class PageChoice(forms.ModelChoiceField):
    """A page of those in the queryset."""

    widget: Any

    def __init__(self, pages: QuerySet[Page], **kwargs: Any) -> None:
        super().__init__(pages, **kwargs)
        self.pages = pages

    def to_python(self, value: Any) -> Page | None:
        return self._chosen(value) if value not in self.empty_values else None

    def _chosen(self, value: str) -> Page:
        try:
            return chosen(str(value), self.pages)
        except ValidationError as error:
            self.widget.offered = (error.params or {}).get("offered", [])
            raise

    def prepare_value(self, value: Any) -> Any:
        """Return the label of a stored number; what somebody typed stays as it is."""
        number = value.pk if isinstance(value, Page) else value
        return (
            labels(list(Page.objects.filter(pk=number))).get(number, value) if isinstance(number, int) else value
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another page is named; a title that changed meanwhile is no choice."""
        number = NUMBER.search(str(data or ""))
        before = initial.pk if isinstance(initial, Page) else initial
        return str(before or "") != (number[1] if number else str(data or ""))


def page_choice(field: Any, purpose: str, pages: QuerySet[Page], page: Any = None) -> PageChoice:
    """Return a choice of a page in the place of Django's list of them all."""
    return PageChoice(
        pages, required=field.required, label=field.label, help_text=with_help(field.help_text), blank=True,
        widget=PagePicker(purpose, page),
    )  # fmt: skip


def parent_choice(field: Any, request: HttpRequest) -> PageChoice:
    """Return the choice of what a page lies under. The page itself is not offered, and refused by its own rule."""
    match = request.resolver_match
    page = page_number(match.kwargs.get("object_id") if match else None)
    return page_choice(field, PARENT, pages_for(PARENT), page)


def with_help(text: Any) -> str:
    """Return the help of the field with how to choose."""
    return f"{HELP} {text}".strip()


class LinkChoice(forms.CharField):
    """A place in the website, stored as a link: a page, or one of the forms."""

    widget: Any

    def __init__(self, known: Any, **kwargs: Any) -> None:
        super().__init__(widget=PagePicker(LINK), **kwargs)
        self.known = known  # gives {stored link: label} of all the doors of a page at once

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        for link, name in destinations.forms().items():
            if text in (link, name):
                return link
        if not text or OUR_LINK.fullmatch(text):
            return text
        try:
            return f"page:{chosen(text, destinations.linkable_pages()).pk}"
        except ValidationError as error:
            self.widget.offered = (error.params or {}).get("offered", [])
            raise

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not OUR_LINK.fullmatch(value):
            return value
        return self.known().get(value) or label_of(value) or value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "") != str(initial or "")


def door(field: Any, request: HttpRequest) -> LinkChoice:
    """Return the choice of where a door leads; the labels of all doors of the page are read at once."""
    match = request.resolver_match
    page = match.kwargs.get("object_id") if match else None

    @cache
    def known() -> dict[str, str]:
        links = DoorBlock.objects.filter(parent=page_number(page) or 0).values_list("link", flat=True)
        pages = labels(list(destinations.linkable_pages().filter(pk__in=targets_in(list(links)))))
        return destinations.forms() | {f"page:{number}": label for number, label in pages.items()}

    # The stored link is short; what is typed may be a long path.
    return LinkChoice(known, required=field.required, label=field.label, help_text=HELP)
