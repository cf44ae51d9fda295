"""Reply templates: the section where staff write them, and choosing one on a case."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.models import Inquiry, ReplyTemplate

PLACES = gettext_lazy(
    "What has to be filled in stands between two brackets on each side, such as [[day and time]]. "
    "Until it is filled in, the reply is not sent. Write nothing about a particular person."
)
Group = tuple[str, list[tuple[str, str]]]


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(admin.ModelAdmin):
    """For those who answer. What is sent already does not change with its template."""

    list_display = ["name", "role", "languages", "in_use"]
    list_filter = ["in_use", "role"]
    fieldsets = [
        (None, {"fields": ["name", "role", "position", "in_use"]}),
        (gettext_lazy("Text"), {"fields": ["text_nb", "text_nn", "text_en"], "description": PLACES}),
    ]
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 12, "cols": 70})}}
    actions = None

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow the two filters beside the list: no regex, no way into other tables."""
        return lookup in ("in_use__exact", "role__exact")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what nobody wants any more is taken out of use."""
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Tell the browser each text's language, for spelling help."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.startswith("text_"):
            field.widget.attrs["lang"] = db_field.name.removeprefix("text_")
        return field

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, template: ReplyTemplate) -> str:
        """Name the languages that have a text."""
        return ", ".join(name_of(language) for language in template.texts())


def name_of(language: str) -> str:
    """Return a language's name."""
    return str(dict(settings.LANGUAGES)[language])


def to_choose(inquiry: Inquiry) -> list[Group]:
    """Return what can be chosen, the inquiry's language first, where what it lacks stands in the one it has."""
    found = [(row, row.texts()) for row in in_use(inquiry)]
    first = [(f"{row.pk}-{_best(texts, inquiry)}", _label(row, texts, inquiry)) for row, texts in found if texts]
    others = [
        (
            capfirst(name_of(language)),
            [(f"{row.pk}-{language}", row.name) for row, texts in found if language in texts],
        )
        for language, _name in settings.LANGUAGES
        if language != inquiry.language
    ]
    return [group for group in [(capfirst(name_of(inquiry.language)), first), *others] if group[1]]


def chosen(value: str, inquiry: Inquiry) -> tuple[str, str]:
    """Return text and language of what was chosen; nothing when it was nothing that can be."""
    number, _dash, language = value.partition("-")
    for row in in_use(inquiry):
        if str(row.pk) == number and language in (texts := row.texts()):
            return texts[language], language
    return "", ""


def joined(typed: str, text: str) -> str:
    """Return what was typed with the template below it: nothing that somebody wrote is ever replaced."""
    typed = typed.replace("\r\n", "\n")
    if text in typed:  # pressed twice
        return typed
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def other_language(language: str, inquiry: Inquiry) -> str:
    """Return what to tell whoever has chosen a text in another language than the inquiry's."""
    if language == inquiry.language:
        return ""
    names = {"language": name_of(language), "other": name_of(inquiry.language)}
    return _("This text is in %(language)s. The inquiry is in %(other)s: translate before you send.") % names


def in_use(inquiry: Inquiry) -> models.QuerySet[ReplyTemplate]:
    """Return the templates for whoever wrote this."""
    return ReplyTemplate.objects.filter(in_use=True, role__in=("", inquiry.role))


def _best(texts: dict[str, str], inquiry: Inquiry) -> str:
    return inquiry.language if inquiry.language in texts else next(iter(texts))


def _label(row: ReplyTemplate, texts: dict[str, str], inquiry: Inquiry) -> str:
    best = _best(texts, inquiry)
    if best == inquiry.language:
        return row.name
    return _("%(name)s (only in %(language)s)") % {"name": row.name, "language": name_of(best)}
