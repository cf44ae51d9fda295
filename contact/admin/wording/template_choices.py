"""Choosing a reply template on a case: what can be chosen, and how its text joins what is typed already."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contact.models import Inquiry, ReplyTemplate
from mestring.typed_text.invisible_signs import holds_words

Group = tuple[str, list[tuple[str, str]]]


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
    if f"\n\n{text}\n\n" in f"\n\n{typed.strip()}\n\n":  # pressed twice
        return typed
    return f"{typed.rstrip()}\n\n{text}" if holds_words(typed) else text


def language_warning(language: str, inquiry: Inquiry) -> str:
    """Return what to tell a colleague who has chosen a text in another language than the inquiry's."""
    if language == inquiry.language:
        return ""
    names = {"language": language_name(language), "other": language_name(inquiry.language)}
    return _("This text is in %(language)s. The inquiry is in %(other)s: translate before you send.") % names


def templates_for(inquiry: Inquiry) -> QuerySet[ReplyTemplate]:
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
