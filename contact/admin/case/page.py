"""The page of one case: the inquiry in clear, its thread, its forms and panels. The look is logged first."""

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contact.admin.access.banner import banner_context
from contact.admin.access.opener import lock_state, opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.access_log import history_panel
from contact.admin.case.case_view import case_view
from contact.admin.case.drafts import SEEN, drop_sent, keep_words, kept_words, page_numbers
from contact.admin.case.forms.page_forms import forms_with_drafts
from contact.admin.case.panels import closing_panel, erasing_panel, owner_panel, step_panel
from contact.admin.case.typed_words import words_in
from contact.admin.wording.answers import answer_lines, how_to_reach
from contact.admin.wording.template_choices import template_choices
from contact.cases import reading
from contact.cases.deadlines import waits
from contact.cases.next_step import is_call_owed
from contact.cases.writing.replies import is_mail_put_off, mail_address, was_mail_refused
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import KeysMissing, Opener
from contact.models import Inquiry
from contact.unlocking.unlocking import Locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@case_view("GET", "HEAD")
def show_case(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Show one inquiry in clear, or say honestly why that is not possible; with what this colleague has begun."""
    typed, about_drafts = kept_words(request, inquiry)
    return case_page(section, request, inquiry, typed=typed, **about_drafts)


def case_page(
    section: RestrictedAdmin,
    request: HttpRequest,
    inquiry: Inquiry,
    status: int = 200,
    *,
    typed: QueryDict | None = None,
    fresh_opener: Opener | None = None,
    **shown: Any,
) -> HttpResponse:
    """Show the case with its thread and its forms, with what was typed in any of them.

    `shown` replaces what the page would show by itself: a refused form, a problem, a note beside a form.
    `fresh_opener` is what this very request has unlocked.
    """
    user, drafts = cast("User", request.user), request.POST if typed is None else typed
    context = {
        **forms_with_drafts(inquiry, drafts, user),
        "has_draft": bool(words_in(drafts)),
        **page_numbers(drafts),
        **_content(inquiry, user, fresh_opener or opener(request)),
        **banner_context(request),
        **lock_state(request),
        **shown,
        "title": _("Inquiry %(reference)s") % {"reference": inquiry.reference},
        "inquiry": inquiry,
        **history_panel(inquiry),
        **erasing_panel(inquiry),
        **owner_panel(inquiry, user),
        **step_panel(inquiry),
        **closing_panel(inquiry),
        "templates": template_choices(inquiry),
        "template": request.POST.get("template", ""),
        "mail_was_refused": was_mail_refused(inquiry),
        "mail_is_put_off": is_mail_put_off(inquiry),
    }
    return section.render(request, "admin/contact/case/page.html", context, status=status)


def case_again(
    section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry, sent: str = "", *, saw_newest: bool = False
) -> HttpResponse:
    """Lead back to the case after a button; where forms that were not sent hold words, show it with them.

    `sent` is the prefix of the form that was sent. Its writer has seen what it has just added (`saw_newest`), and
    is not asked to look once more before a reply.
    """
    typed = request.POST.copy()
    for name in [name for name in typed if sent and name.startswith(f"{sent}-")]:
        del typed[name]
    keep_words(request, inquiry, typed)
    if sent:
        drop_sent(request, inquiry)
    if not words_in(typed):
        return redirect("admin:contact_inquiry_change", inquiry.pk)
    if saw_newest and SEEN in typed:
        del typed[SEEN]
    # Read anew: the button has changed it.
    return case_page(section, request, Inquiry.objects.get(pk=inquiry.pk), typed=typed)


def _content(inquiry: Inquiry, user: "User", key: Opener) -> dict[str, Any]:
    """Return what was written, or the problem that keeps it from being shown."""
    try:
        answers = reading.open_inquiry(inquiry, user, key)
        thread = reading.open_messages(inquiry, key)
    except Locked as error:
        return {"problem": str(error), "locked": True}
    except KeysMissing as error:
        return {"problem": str(error)}
    except SealBroken:
        return {"problem": _("This inquiry does not open: what is stored has been changed.")}
    owed = is_call_owed(answers, thread, waits=waits(inquiry))
    return {
        "lines": answer_lines(answers, inquiry.role),
        "thread": thread,
        "how_to_reach": how_to_reach(answers, inquiry.role),
        "is_mailed": bool(mail_address(answers)),
        "is_call_owed": owed,
        "asks_about_call": owed is None,
        "step": next((entry.step for entry in reversed(thread) if entry.step), None),
    }
