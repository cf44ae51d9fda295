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
    """Texts that colleagues reply with. A reply that is sent does not change with its template."""

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
        """Refuse: a template that colleagues do not want any more is taken out of use."""
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
        return ", ".join(language_name(language) for language in template.texts())


def language_name(language: str) -> str:
    """Return the name of a language."""
    return str(dict(settings.LANGUAGES)[language])


def template_choices(inquiry: Inquiry) -> list[Group]:
    """Return the templates grouped by language, the inquiry's own first.

    That group has them all: a template without a text in this language stands there in one that it has.
    """
    rows = [(row, row.texts()) for row in templates_for(inquiry)]
    own = [_own_choice(row, texts, inquiry) for row, texts in rows if texts]
    groups = [(capfirst(language_name(inquiry.language)), own)]
    for language, _name in settings.LANGUAGES:
        if language != inquiry.language:
            choices = [(f"{row.pk}-{language}", row.name) for row, texts in rows if language in texts]
            groups.append((capfirst(language_name(language)), choices))
    return [group for group in groups if group[1]]


def chosen_text(value: str, inquiry: Inquiry) -> tuple[str, str]:
    """Return the text and the language of a choice; two empty strings for what cannot be chosen."""
    number, _dash, language = value.partition("-")
    for row in templates_for(inquiry):
        if str(row.pk) == number and language in (texts := row.texts()):
            return texts[language], language
    return "", ""


def append_text(typed: str, text: str) -> str:
    """Return what was typed with the template below it: what a colleague has typed is never replaced."""
    typed = typed.replace("\r\n", "\n")
    if text in typed:  # pressed twice
        return typed
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def language_warning(language: str, inquiry: Inquiry) -> str:
    """Return what to tell a colleague who has chosen a text in another language than the inquiry's."""
    if language == inquiry.language:
        return ""
    names = {"language": language_name(language), "other": language_name(inquiry.language)}
    return _("This text is in %(language)s. The inquiry is in %(other)s: translate before you send.") % names


def templates_for(inquiry: Inquiry) -> models.QuerySet[ReplyTemplate]:
    """Return the templates in use for senders of this inquiry's kind."""
    return ReplyTemplate.objects.filter(in_use=True, role__in=("", inquiry.role))


def _own_choice(row: ReplyTemplate, texts: dict[str, str], inquiry: Inquiry) -> tuple[str, str]:
    """Return value and label of a template in the inquiry's language, or in the first that it has a text in."""
    if inquiry.language in texts:
        return f"{row.pk}-{inquiry.language}", row.name
    other = next(iter(texts))
    return f"{row.pk}-{other}", _("%(name)s (only in %(language)s)") % {
        "name": row.name,
        "language": language_name(other),
    }
