"""Exceptions for listed words: an editor says why a word is right on a page, or takes the reason back."""

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
from pages.quality.checking import check
from pages.quality.exceptions import give_reason, reasons_in_force, revoke_reason
from pages.quality.passages import read
from pages.quality.word_list import entry_for

Word = tuple[str, str]  # language and word


class ReasonForm(forms.Form):
    """The reason for one word. Without one, editors are asked about the word again."""

    reason = forms.CharField(
        label=gettext_lazy("Why is the word right here?"), max_length=300, required=False,
        help_text=gettext_lazy("For example: It stands in a quote about prejudice."),
    )  # fmt: skip


@dataclass
class WordQuestion:
    """A listed word without a reason, and the form in which to give one."""

    language: str
    language_name: str
    word: str
    why: str
    instead: str
    form: ReasonForm


def words_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the listed words of the page and their reasons (GET), or store what the editor answered (POST)."""
    page = Page.objects.filter(pk=page_id).first()
    if not admin.has_change_permission(request, page):
        raise PermissionDenied
    if page is None:
        raise Http404
    held = reasons_in_force(page)
    questions = [_question(word, request) for word in _open_words(request, page) if word not in held]
    if request.method == "POST" and _store(admin, request, page, questions, held):
        return HttpResponseRedirect(reverse("admin:pages_page_words", args=[page.pk]))
    title = _("Words on “%(page)s” to think twice about") % {"page": page}
    rows = [(row, language_name(row.language)) for row in held.values()]
    return render_in_admin(admin, request, "words", title=title, original=page, questions=questions, held=rows)


def _open_words(request: HttpRequest, page: Page) -> list[Word]:
    """Return the listed words of the saved page, and those of the unsaved form that the panel's link names."""
    linked = [tuple(sent.split(":", 1)) for sent in request.GET.getlist("word") if ":" in sent]
    unsaved = [(code, word) for code, word in linked if code in LANGUAGES and entry_for(code, word)]
    return list(dict.fromkeys([*unsaved, *words_in(*snapshot(page))]))


def words_in(head: dict[str, Any], body: list[dict[str, Any]]) -> list[Word]:
    """Return the listed words in a snapshot."""
    readings = (read(head, body, language) for language in LANGUAGES)
    findings = ((reading.language, finding) for reading in readings for finding in check(reading))
    return [(language, finding.word) for language, finding in findings if finding.word]


def _question(listed: Word, request: HttpRequest) -> WordQuestion:
    language, word = listed
    entry = entry_for(language, word)
    if entry is None:
        raise Http404
    sent = request.POST if request.method == "POST" and "_revoke" not in request.POST else None
    form = ReasonForm(sent, prefix=f"{language}:{word}")
    return WordQuestion(language, language_name(language), word, entry.why, entry.instead, form)


def _store(
    admin: ModelAdmin, request: HttpRequest, page: Page, questions: list[WordQuestion],
    held: dict[Word, WordException],
) -> bool:  # fmt: skip
    """Do what the pressed button says; return False when the forms show errors."""
    if "_revoke" in request.POST:
        _revoke(admin, request, page, held)
        return True
    return _give_reasons(admin, request, page, questions)


def _revoke(admin: ModelAdmin, request: HttpRequest, page: Page, held: dict[Word, WordException]) -> None:
    by: Any = request.user
    language, _colon, word = request.POST["_revoke"].partition(":")
    # Another editor may have been first; the page then shows how it is now.
    if (language, word) in held and revoke_reason(page, language, word, by=by):
        text = _("Took back the reason for the word “%(word)s” (%(language)s).")
        _report(admin, request, page, text, language, word)


def _give_reasons(admin: ModelAdmin, request: HttpRequest, page: Page, questions: list[WordQuestion]) -> bool:
    if not all(question.form.is_valid() for question in questions):
        return False
    by: Any = request.user
    answered = [question for question in questions if question.form.cleaned_data["reason"]]
    for question in answered:
        try:
            give_reason(page, question.language, question.word, question.form.cleaned_data["reason"], by=by)
        except ValidationError as error:
            question.form.add_error("reason", error)
            return False
        text = _("Gave a reason for the word “%(word)s” (%(language)s).")
        _report(admin, request, page, text, question.language, question.word)
    if not answered:
        messages.warning(request, _("Nothing was written, so nothing was saved."))
    return True


def _report(admin: ModelAdmin, request: HttpRequest, page: Page, text: str, language: str, word: str) -> None:
    sentence = text % {"word": word, "language": language_name(language)}
    admin.log_change(request, page, sentence)
    messages.success(request, sentence)


def unanswered_words(edition: Edition) -> list[tuple[int, str]]:
    """Return (level, sentence) about the listed words that an edition is published with, if any."""
    held = reasons_in_force(edition.page)
    open_words = [listed for listed in words_in(edition.head, edition.body) if listed not in held]
    public = [word for language, word in open_words if language in edition.head["languages"]]
    if not public:
        return []
    text = _("Words to think twice about: %(words)s. Change them, or say why they are right here.")
    sentence = format_html(
        '{} <a href="{}">{}</a>', text % {"words": ", ".join(f"«{word}»" for word in dict.fromkeys(public))},
        reverse("admin:pages_page_words", args=[edition.page_id]), _("Give a reason"),
    )  # fmt: skip
    return [(messages.WARNING, sentence)]
