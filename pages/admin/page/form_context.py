"""What the template of the page form is given beside Django's own."""

from itertools import chain
from typing import Any

from csp.constants import NONCE
from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from js_asset import Media, Script

from pages.admin.fields.languages import language_switch
from pages.admin.form_names import CHECK
from pages.admin.page.form import CHECKED
from pages.admin.page.form_openings import note_opening
from pages.admin.picker.script_texts import script_texts
from pages.admin.quality.panel import panel
from pages.admin.saving.chosen_times import planned_times, times_in
from pages.admin.saving.edit_conflicts import Edit
from pages.admin.status.status import NEVER_SAVED, review_reminders, status_of
from pages.admin.translations.progress import states_of
from pages.editions.waiting_edition import holds_waiting
from pages.models import Page

# Not in the admin's own Media, which Django puts on the list of pages too.
FORM_MEDIA = Media(
    css={"all": [f"admin_pages/{name}.css" for name in ("page_form", "history", "translations", "quality")]},
    js=[
        Script(f"admin_pages/{name}.js", defer=True)
        for name in ("language_switch", "blocks", "picture_choice", "page_picker", "quality")
    ],
)


def complete_response(request: HttpRequest, response: Any, edit: Edit) -> HttpResponse:
    """Give the form's response its context, its policy for scripts, and status 409 in a conflict.

    The import map is the only inline script of the admin. Its nonce goes into this response's
    policy alone, and onto no other tag.
    """
    context = response.context_data
    if CHECK in request.POST:
        forget_check(context)
    context |= form_context(request, context, edit)
    media = context["media"]
    context["import_map"] = media["importmap"].with_nonce(request.csp_nonce)  # type: ignore[attr-defined]  # from CSPMiddleware
    context["media"] = media["css"] + media["js"] + FORM_MEDIA
    response._csp_update = {"script-src": [NONCE]}
    if edit.conflict:
        response.status_code = 409
    return response


def form_context(request: HttpRequest, context: dict[str, Any], edit: Edit) -> dict[str, Any]:
    """Return what our template reads: the request's part, and the page's own, which a new page has not."""
    page: Page | None = context.get("original")
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    every_form = [context["adminform"].form, *chain.from_iterable(formsets)]
    return {
        "language_switch": language_switch(every_form if context["errors"] else []),
        "may_publish": request.user.has_perm("pages.publish_page"),
        "words": script_texts(),
        "opened_from": edit.opened_from,
        "conflict": edit.conflict,
        "quality": panel(request, page, edit.sent),
        **(page_context(request, page, context["adminform"].form) if page else {"page_status": NEVER_SAVED}),
    }


def page_context(request: HttpRequest, page: Page, form: Any) -> dict[str, Any]:
    """Return how a saved page stands, and what may be done with it."""
    status = status_of(page)
    chosen = times_in(request)
    form.initial |= planned_times(status) | chosen
    form_waits = status.waiting is not None and holds_waiting(status.waiting)
    if form_waits:
        form.offer_publishing_what_waits()
    return {
        "page_status": status,
        "form_waits": form_waits,
        "may_discard": status.live is not None and (form_waits or status.newer_draft),
        "time_is_chosen": bool(chosen),
        "review_reminders": review_reminders(page),
        "language_states": states_of(page),
        "colleagues": note_opening(request, page, now=timezone.now()),
        "may_delete": page.kind not in Page.ONLY_ONE,
        "may_take_down": status.live is not None and page.kind != Page.Kind.FRONT,
    }


def forget_check(context: dict[str, Any]) -> None:
    """Take away the refusal that kept a form from being saved when it was only to be checked."""
    form = context["adminform"].form
    kept = [error for error in form.non_field_errors().as_data() if error.code != CHECKED]
    form.errors.pop(NON_FIELD_ERRORS, None)
    if kept:
        form.add_error(None, kept)
    context["errors"] = AdminErrorList(form, [one.formset for one in context["inline_admin_formsets"]])
