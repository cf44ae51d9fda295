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
from pages.admin.translations.forms import OneLanguageForm, forms_of, homeless, matching
from pages.admin.translations.progress import State, states_of
from pages.admin.translations.source_texts import parts_of, tell_changes
from pages.editions.side_by_side import save_translation
from pages.editions.translation_progress import earlier_sources
from pages.languages import TRANSLATIONS
from pages.models import Page, PageTranslation

OURS = Media(css={"all": [f"admin_pages/{name}.css" for name in ("page_form", "history", "translations")]})
ALL_RIGHT = "_all_right"  # the name of the button


def translate_view(admin: Any, request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Show the page in two languages (GET), or save the texts of one of them as a draft (POST)."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    if language not in TRANSLATIONS:
        raise Http404
    found = Page.objects.kept().filter(pk=page_id)
    if request.method != "POST":  # without the write lock, for which an inquiry would have to wait
        return _answer(admin, request, found.first(), language)
    with transaction.atomic():
        return _answer(admin, request, found.select_for_update().first(), language)


def _answer(admin: Any, request: HttpRequest, page: Page | None, language: str) -> HttpResponse:
    if page is None:
        raise Http404
    made = forms_of(admin, request, page, language)
    lost = homeless(request.POST, made, language)
    faults = [form.errors for form in made if form.is_bound and form.errors]
    if request.method == "POST" and not faults and not lost:
        return _save(admin, request, page, language, made)
    response = _show(admin, request, page, language, made)
    response.context_data |= {"homeless": lost, "errors": bool(faults or lost)}
    response.status_code = 409 if lost or any(form.meanwhile for form in made) else 200
    return response


def _save(
    admin: Any, request: HttpRequest, page: Page, language: str, made: list[OneLanguageForm]
) -> HttpResponse:
    by: Any = request.user
    changes = [change for form in made for change in form.changes()]
    pairs = list(matching(made, request.POST, everything=ALL_RIGHT in request.POST))
    row = save_translation(page, language, changes, pairs, by=by)
    if changes:
        admin.log_change(request, page, _("Translated: %(language)s.") % {"language": language_name(language)})
    for level, text in _said(row, language, wrote=bool(changes)):
        messages.add_message(request, level, text)
    return HttpResponseRedirect(request.path)


def _said(row: PageTranslation, language: str, *, wrote: bool) -> Iterator[tuple[int, str]]:
    name = capfirst(language_name(language))
    if wrote:
        yield messages.SUCCESS, _("The draft is saved. Publish it in the form of the page.")
    left = len(row.open_pairs())
    if left:
        text = ngettext(
            "%(language)s: %(count)d text is left to look through.",
            "%(language)s: %(count)d texts are left to look through.",
            left,
        )
        yield messages.INFO, text % {"language": name, "count": left}
    elif row.state == State.MISSING:
        text = _("%(language)s is not shown to visitors: title, address or content is missing.")
        yield messages.WARNING, text % {"language": name}
    else:
        yield messages.SUCCESS, _("%(language)s matches what stands in bokmål.") % {"language": name}


def _show(admin: Any, request: HttpRequest, page: Page, language: str, made: list[OneLanguageForm]) -> Any:
    row = PageTranslation.objects.filter(page=page, language=language).first() or PageTranslation(page=page)
    parts = list(parts_of(made, row, request))
    left = [line for part in parts for line in part.lines if line.state]
    earlier = earlier_sources(page, language, row.known, [line.pair for line in left])
    wrong = [line for part in parts for line in part.lines if line.bound.errors]
    for line in (wrong or left)[:1]:
        line.is_first = True
    tell_changes(left, earlier)
    media: Any = sum((form.media for form in made), Media())
    name = language_name(language)
    response: Any = render_in_admin(
        admin, request, "translate", title=_("“%(page)s” in %(language)s") % {"page": page, "language": name},
        original=page, language=language, language_name=name, parts=parts, left=len(left),
        others=[one for one in states_of(page) if not one.is_source and one.language != language],
        import_map=media["importmap"].with_nonce(request.csp_nonce),  # type: ignore[attr-defined]  # CSPMiddleware
        media=media["css"] + media["js"] + OURS, words=script_texts(),
    )  # fmt: skip
    response._csp_update = {"script-src": [NONCE]}
    return response
