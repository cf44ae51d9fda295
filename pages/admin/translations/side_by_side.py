"""Side-by-side editing: the source on one side, the translation on the other, one language at a time."""

from collections.abc import Iterator
from typing import Any

from csp.constants import NONCE
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from js_asset import Media

from pages.admin.dialogs import render_in_admin
from pages.admin.fields.languages import language_name
from pages.admin.picker.script_texts import script_texts
from pages.admin.translations.one_language_form import OneLanguageForm
from pages.admin.translations.page_forms import page_forms
from pages.admin.translations.progress import State, states_of
from pages.admin.translations.submission import confirmed_pairs, lost_texts
from pages.admin.translations.text_rows import add_source_changes, page_parts
from pages.editions.side_by_side import save_translation
from pages.editions.translation_progress import earlier_sources
from pages.languages import TRANSLATIONS
from pages.models import Page, PageTranslation

STYLES = Media(css={"all": [f"admin_pages/{name}.css" for name in ("page_form", "history", "translations")]})
CONFIRM_ALL = "_all_right"  # the name of the button


def translate_view(admin: Any, request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Show the page in two languages (GET), or save the texts of one of them as a draft (POST)."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    if language not in TRANSLATIONS:
        raise Http404
    pages = Page.objects.kept().filter(pk=page_id)
    if request.method != "POST":  # without the write lock, for which an inquiry would have to wait
        return _respond(admin, request, pages.first(), language)
    with transaction.atomic():
        Page.objects.lock_tree()
        return _respond(admin, request, pages.select_for_update().first(), language)


def _respond(admin: Any, request: HttpRequest, page: Page | None, language: str) -> HttpResponse:
    if page is None:
        raise Http404
    forms = page_forms(admin, request, page, language)
    lost = lost_texts(request.POST, forms, language)
    faulty = [form for form in forms if form.is_bound and form.errors]
    if request.method == "POST" and not faulty and not lost:
        return _save(admin, request, page, language, forms)
    response = _show(admin, request, page, language, forms)
    response.context_data |= {"lost_texts": lost, "errors": bool(faulty or lost)}
    response.status_code = 409 if lost or any(form.changed_meanwhile for form in forms) else 200
    return response


def _save(
    admin: Any, request: HttpRequest, page: Page, language: str, forms: list[OneLanguageForm]
) -> HttpResponse:
    by: Any = request.user
    changes = [change for form in forms for change in form.changes()]
    pairs = list(confirmed_pairs(forms, request.POST, everything=CONFIRM_ALL in request.POST))
    translation = save_translation(page, language, changes, pairs, by=by)
    if changes:
        admin.log_change(request, page, _("Translated: %(language)s.") % {"language": language_name(language)})
    for level, text in _messages(translation, language, wrote=bool(changes)):
        messages.add_message(request, level, text)
    return HttpResponseRedirect(request.path)


def _messages(translation: PageTranslation, language: str, *, wrote: bool) -> Iterator[tuple[int, str]]:
    name = capfirst(language_name(language))
    if wrote:
        yield messages.SUCCESS, _("The draft is saved. Publish it in the form of the page.")
    left = len(translation.open_pairs())
    if left:
        text = ngettext(
            "%(language)s: %(count)d text is left to look through.",
            "%(language)s: %(count)d texts are left to look through.",
            left,
        )
        yield messages.INFO, text % {"language": name, "count": left}
    elif translation.state == State.MISSING:
        text = _("%(language)s is not shown to visitors: title, address or content is missing.")
        yield messages.WARNING, text % {"language": name}
    else:
        yield messages.SUCCESS, _("%(language)s matches what stands in bokmål.") % {"language": name}


def _show(admin: Any, request: HttpRequest, page: Page, language: str, forms: list[OneLanguageForm]) -> Any:
    stored = PageTranslation.objects.filter(page=page, language=language).first()
    translation = stored or PageTranslation(page=page)
    parts = list(page_parts(forms, translation, request))
    rows = [row for part in parts for row in part.rows]
    left = [row for row in rows if row.state]
    faulty = [row for row in rows if row.bound.errors]
    for row in (faulty or left)[:1]:
        row.is_first = True
    add_source_changes(left, earlier_sources(page, language, translation.known, [row.pair for row in left]))
    media: Any = sum((form.media for form in forms), Media())
    name = language_name(language)
    response: Any = render_in_admin(
        admin, request, "translate", title=_("“%(page)s” in %(language)s") % {"page": page, "language": name},
        original=page, language=language, language_name=name, parts=parts, left=len(left),
        others=[state for state in states_of(page) if not state.is_source and state.language != language],
        import_map=media["importmap"].with_nonce(request.csp_nonce),  # type: ignore[attr-defined]  # CSPMiddleware
        media=media["css"] + media["js"] + STYLES, words=script_texts(),
    )  # fmt: skip
    response._csp_update = {"script-src": [NONCE]}
    return response
