"""The button "Preview": what the form would save, shown without saving it."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.admin.dialogs import render_in_admin
from pages.admin.form_names import PREVIEW
from pages.editions.snapshot import snapshot
from pages.models import Page
from pages.previews.form_snapshots import store_form_snapshot


class Previewed(Exception):
    """Ends a save that the editor only wanted to look at: its transaction is rolled back."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.head, self.body = snapshot(page)


def stop_at_preview(request: HttpRequest, page: Page) -> None:
    """End the save here when the button was pressed."""
    if PREVIEW in request.POST:
        raise Previewed(page)


def preview_form(
    admin: ModelAdmin, request: HttpRequest, page_id: str | None, save: Callable[[], HttpResponse]
) -> HttpResponse:
    """Save the form as always, take the snapshot, and undo the save; then show the snapshot.

    Only a save shows exactly what saving makes of a form: the form is checked, cleaned and put in order on the
    way. Errors are listed on a page of their own; otherwise the whole form would be open in two windows.
    """
    by: Any = request.user
    try:
        response: Any = save()
    except Previewed as previewed:
        page = Page.objects.get(pk=page_id) if page_id else None
        made = store_form_snapshot(page, previewed.head, previewed.body, by=by, at=timezone.now())
        chosen = [code for code in [request.POST.get("language_in_form")] if code in previewed.head["title"]]
        return HttpResponseRedirect(reverse("admin:pages_page_preview_form", args=[made.pk, *chosen]))
    context = getattr(response, "context_data", None)
    if context is None:
        return response
    errors = errors_of(context["adminform"].form, context["inline_admin_formsets"])
    return render_in_admin(
        admin, request, "preview_refused", title=_("The preview cannot be shown yet"), form_errors=errors
    )


def errors_of(form: Any, inlines: Any) -> list[str]:
    """Return a sentence for each error, with the name of its field and of its block."""
    found = _errors_in(form, "")
    for inline in inlines:
        found += [str(error) for error in inline.formset.non_form_errors()]
        for block in inline.formset.forms:
            found += _errors_in(block, capfirst(str(inline.opts.verbose_name)))
    return found


def _errors_in(form: Any, block: str) -> list[str]:
    found = []
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        place = ", ".join(str(part) for part in (block, field and field.label) if part)
        found += [f"{place}: {error}" if place else str(error) for error in errors]
    return found
