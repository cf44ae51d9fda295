"""Say why a listed word is right on a page, or take the reason back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.dialogs import render_in_admin
from pages.admin.fields.languages import language_name
from pages.editions.snapshot import snapshot
from pages.languages import LANGUAGES
from pages.models import Edition, Page, WordException
from pages.quality.exceptions import accepted, give_reason, revoke
from pages.quality.passages import read
from pages.quality.rules import check
from pages.quality.word_list import entry_for

Word = tuple[str, str]  # language and word


class ReasonForm(forms.Form):
    """The reason for one word; left empty, the word is asked about again."""

    reason = forms.CharField(
        label=gettext_lazy("Why is the word right here?"), max_length=300, required=False,
        help_text=gettext_lazy("For example: It stands in a quote about prejudice."),
    )  # fmt: skip


@dataclass
class Asked:
    """A word without a reason, and its form."""

    language: str
    language_name: str
    word: str
    why: str
    instead: str
    form: ReasonForm


def words_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the words of the page that are asked about (GET), or store what was answered (POST)."""
    page = Page.objects.filter(pk=page_id).first()
    if not admin.has_change_permission(request, page):
        raise PermissionDenied
    if page is None:
        raise Http404
    held = accepted(page)
    asked = [_asked(word, request) for word in _words_asked(request, page) if word not in held]
    if request.method == "POST" and _store(admin, request, page, asked, held):
        return HttpResponseRedirect(reverse("admin:pages_page_words", args=[page.pk]))
    title = _("Words on “%(page)s” to think twice about") % {"page": page}
    rows = [(row, language_name(row.language)) for row in held.values()]
    return render_in_admin(admin, request, "words", title=title, original=page, asked=asked, held=rows)


def _words_asked(request: HttpRequest, page: Page) -> list[Word]:
    """Return the words in the saved page, and those of the unsaved form that the link named."""
    named = [tuple(one.split(":", 1)) for one in request.GET.getlist("word") if ":" in one]
    unsaved = [(code, word) for code, word in named if code in LANGUAGES and entry_for(code, word)]
    return list(dict.fromkeys([*unsaved, *words_in(*snapshot(page))]))


def words_in(head: dict[str, Any], body: list[dict[str, Any]]) -> list[Word]:
    """Return the listed words that stand in a snapshot."""
    readings = (read(head, body, language) for language in LANGUAGES)
    return [(reading.language, found.word) for reading in readings for found in check(reading) if found.word]


def _asked(asked: Word, request: HttpRequest) -> Asked:
    language, word = asked
    entry = entry_for(language, word)
    if entry is None:
        raise Http404
    sent = request.POST if request.method == "POST" and "_revoke" not in request.POST else None
    form = ReasonForm(sent, prefix=f"{language}:{word}")
    return Asked(language, language_name(language), word, entry.why, entry.instead, form)


def _store(
    admin: ModelAdmin, request: HttpRequest, page: Page, asked: list[Asked], held: dict[Word, WordException]
) -> bool:
    """Do what the pressed button says; say whether something was done."""
    by: Any = request.user
    if "_revoke" in request.POST:
        language, _colon, word = request.POST["_revoke"].partition(":")
        if (language, word) not in held or not revoke(page, language, word, by=by):
            return True  # somebody else was first; the page shows how it is now
        _note(
            admin, request, page, _("Took back the reason for the word “%(word)s” (%(language)s)."), language, word
        )
        return True
    if not all(one.form.is_valid() for one in asked):
        return False
    answered = [(one, one.form.cleaned_data["reason"]) for one in asked if one.form.cleaned_data["reason"]]
    for one, reason in answered:
        try:
            give_reason(page, one.language, one.word, reason, by=by)
        except ValidationError as error:
            one.form.add_error("reason", error)
            return False
        text = _("Gave a reason for the word “%(word)s” (%(language)s).")
        _note(admin, request, page, text, one.language, one.word)
    if not answered:
        messages.warning(request, _("Nothing was written, so nothing was saved."))
    return True


def _note(admin: ModelAdmin, request: HttpRequest, page: Page, text: str, language: str, word: str) -> None:
    said = text % {"word": word, "language": language_name(language)}
    admin.log_change(request, page, said)
    messages.success(request, said)


def unanswered_words(edition: Edition) -> list[tuple[int, str]]:
    """Return (level, sentence) that asks about the words an edition goes out with; nothing when there are none."""
    held = accepted(edition.page)
    open_words = [one for one in words_in(edition.head, edition.body) if one not in held]
    shown = [word for language, word in open_words if language in edition.head["languages"]]
    if not shown:
        return []
    text = _("Words to think twice about: %(words)s. Change them, or say why they are right here.")
    said = format_html(
        '{} <a href="{}">{}</a>', text % {"words": ", ".join(f"«{word}»" for word in dict.fromkeys(shown))},
        reverse("admin:pages_page_words", args=[edition.page_id]), _("Give a reason"),
    )  # fmt: skip
    return [(messages.WARNING, said)]
