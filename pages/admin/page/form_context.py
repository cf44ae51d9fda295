"""What the template of the page form is given beside Django's own."""

from itertools import chain
from typing import Any

from csp.constants import NONCE
from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from js_asset import Media, Script

from pages.admin.fields.languages import language_switch
from pages.admin.form_names import CHECK, OPENED_FROM
from pages.admin.page.form import CHECKED
from pages.admin.picker.script_texts import script_texts
from pages.admin.quality.panel import panel
from pages.admin.status.status import DRAFT, WORDS, live_address, standing_of, to_review
from pages.admin.translations.progress import states_of
from pages.models import Page

# Not in the admin's own Media, which Django puts on the list of pages too.
OURS = Media(
    css={"all": [f"admin_pages/{name}.css" for name in ("page_form", "history", "translations", "quality")]},
    js=[
        Script(f"admin_pages/{name}.js", defer=True)
        for name in ("language_switch", "blocks", "picture_choice", "page_picker", "quality")
    ],
)


def form_context(request: HttpRequest, response: Any) -> HttpResponse:
    """Add the language switch, the state, the words of our scripts and the import map with its nonce.

    The import map is the only inline script of the admin. Its nonce goes into this response's
    policy alone, and onto no other tag.
    """
    context = response.context_data
    if CHECK in request.POST:
        forget_the_check(context)
    page: Page | None = context.get("original")
    every_form = [
        context["adminform"].form,
        *chain.from_iterable(f.formset for f in context["inline_admin_formsets"]),
    ]
    standing = standing_of(page) if page else None
    live = standing.live if standing else None
    waiting = standing.waiting if standing else None
    ends = waiting or live
    context["adminform"].form.initial |= {
        "publish_at": waiting.live_from if waiting else None, "take_down_at": ends.live_until if ends else None,
    }  # fmt: skip
    media = context["media"]
    context |= {
        "language_switch": language_switch(every_form if context["errors"] else []),
        "import_map": media["importmap"].with_nonce(request.csp_nonce),  # type: ignore[attr-defined]  # from CSPMiddleware
        "media": media["css"] + media["js"] + OURS,
        "may_publish": request.user.has_perm("pages.publish_page"),
        "live": live,
        "live_address": live_address(live) if live else None,
        "newer_draft": bool(standing and standing.newer_draft),
        "standing": standing,
        "waiting": waiting,
        "to_review": to_review(page) if page else [],
        "state": WORDS[standing.code if standing else DRAFT],
        "may_delete": page is not None and page.kind not in Page.ONLY_ONE,
        "may_take_down": live is not None and page is not None and page.kind != Page.Kind.FRONT,
        "words": script_texts(),
        # A form that was only checked is still the one that was opened.
        "opened_from": getattr(request, "opened_from", None) or request.POST.get(OPENED_FROM),
        "language_states": states_of(page) if page else [],
        "quality": panel(request, page),
    }
    response._csp_update = {"script-src": [NONCE]}
    return response


def forget_the_check(context: dict[str, Any]) -> None:
    """Take away the refusal that kept a form from being saved when it was only to be checked."""
    form = context["adminform"].form
    kept = [error for error in form.non_field_errors().as_data() if error.code != CHECKED]
    form.errors.pop(NON_FIELD_ERRORS, None)
    if kept:
        form.add_error(None, kept)
    context["errors"] = AdminErrorList(form, [one.formset for one in context["inline_admin_formsets"]])
