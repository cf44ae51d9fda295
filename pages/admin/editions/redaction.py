"""Redact chosen editions, for a name that was pasted by mistake. Administrators only."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pages.admin.dialogs import ids_in, page_to_change, render_in_admin
from pages.admin.editions.history import describe_edition
from pages.editions.history import containing, editions_of, mentions, redact
from pages.editions.snapshot import snapshot
from pages.models import Edition, Page

FIND = "_find"


class FindForm(forms.Form):
    """The words to look for. They are sent in the body of the request, so that no log has them."""

    words = forms.CharField(
        label=gettext_lazy("Words to look for"), min_length=3, max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class RedactionForm(forms.Form):
    """The reason, which is kept for ever."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=200,
        help_text=gettext_lazy("Kept for ever, with your name. Do not write the name that you take away."),
    )  # fmt: skip


def redact_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Find the editions that contain some words (first button), and redact the chosen ones (second)."""
    page = page_to_change(admin, request, page_id)
    if not request.user.has_perm("pages.redact_edition"):
        raise PermissionDenied
    find = FindForm(request.POST if FIND in request.POST else None)
    form = RedactionForm(request.POST if request.method == "POST" and FIND not in request.POST else None)
    chosen = ids_in(request.POST.getlist("edition"))
    if find.is_bound and find.is_valid():
        chosen = containing(page, find.cleaned_data["words"])
        report_matches(request, page, find.cleaned_data["words"], len(chosen))
    elif form.is_bound and not chosen:
        form.add_error(None, _("Choose at least one edition."))
    elif form.is_valid() and redact_chosen(request, page, chosen, form):
        return HttpResponseRedirect(reverse("admin:pages_page_history", args=[page.pk]))
    now = timezone.now()
    shown = set(Edition.objects.current_or_coming(at=now).filter(page=page).values_list("pk", flat=True))
    entries = [describe_edition(edition, None, now) for edition in editions_of(page)]
    context: dict[str, Any] = {
        "title": _("Take away what editions of “%(page)s” say") % {"page": page},
        "find": find, "form": form, "chosen": chosen - shown, "shown": shown,
        "entries": [entry for entry in entries if not entry.redaction],
    }  # fmt: skip
    return render_in_admin(admin, request, "redact", original=page, **context)


def report_matches(request: HttpRequest, page: Page, words: str, found: int) -> None:
    """Tell how many editions contain the words, and warn when the form itself still does."""
    text = ngettext("%(count)d edition has these words.", "%(count)d editions have these words.", found)
    messages.info(request, text % {"count": found})
    if mentions(snapshot(page), words):
        messages.warning(
            request, _("The form of the page still has these words. Take them out there first, and save.")
        )


def redact_chosen(request: HttpRequest, page: Page, chosen: set[int], form: RedactionForm) -> bool:
    """Redact the editions and say so; on the form, say why it was refused."""
    by: Any = request.user
    try:
        redact(page.editions.filter(pk__in=chosen), by=by, reason=form.cleaned_data["reason"], at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = ngettext("%(count)d edition lost its words.", "%(count)d editions lost their words.", len(chosen))
    messages.success(request, text % {"count": len(chosen)})
    return True
