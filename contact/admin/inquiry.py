"""The inbox in the admin: one table says at which address each view stands, and where each button leads.

It is the only module that knows both the list and the case.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case import (
    closing,
    contact_attempts,
    marks,
    next_step,
    ownership,
    page,
    replies,
    subject_access,
    unlock,
)
from contact.admin.case.case_view import button
from contact.admin.case.typed_words import words_in
from contact.admin.inbox.export import export_view
from contact.admin.inbox.list import list_view
from contact.admin.inbox.list_query import ListQuery
from contact.admin.inbox.search import search_view
from contact.admin.inbox.statistics import statistics_view
from contact.admin.keys.unlocking import lock_view, unlock_view
from contact.models import Inquiry

LIST = "admin:contact_inquiry_changelist"


def to_page_of_button(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Lead back to the case, or to the list as it was narrowed; never to an address from outside."""
    if "list" not in request.POST:
        return page.case_again(section, request, inquiry)
    query = ListQuery.read(QueryDict(request.POST["list"])) or ListQuery()
    return HttpResponseRedirect(f"{reverse(LIST)}?{query}".removesuffix("?"))


def to_list(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Lead to the list, as the case would be opened once more; but to the case while something is typed there."""
    if words_in(request.POST):
        return page.case_again(section, request, inquiry)
    return redirect(LIST)


@admin.register(Inquiry)
class InboxAdmin(RestrictedAdmin):
    """The inbox. It needs the right to change inquiries: a colleague who may read one may also close it."""

    right = "contact.change_inquiry"
    views = [
        ("unlock/", unlock_view, "unlock"),
        ("lock/", lock_view, "lock"),
        ("search/", search_view, "search"),
        ("statistics/", statistics_view, "statistics"),
        ("export/", export_view, "export"),
        ("<uuid:pk>/change/", page.show_case, "change"),
        ("<uuid:pk>/again/", unlock.unlock_case, "again"),
        ("<uuid:pk>/lock/", unlock.lock_case, "lock_case"),
        ("<uuid:pk>/draft/", unlock.keep_draft, "draft"),
        ("<uuid:pk>/reply/", replies.send_reply, "reply"),
        ("<uuid:pk>/template/", replies.insert_template, "template"),
        ("<uuid:pk>/note/", replies.store_note, "note"),
        ("<uuid:pk>/outside/", contact_attempts.log_contact_attempt, "outside"),
        ("<uuid:pk>/next-step/", next_step.set_next_step, "next_step"),
        ("<uuid:pk>/step-done/", button(next_step.finish_step, back=page.case_again), "step_done"),
        ("<uuid:pk>/close/", closing.close, "close"),
        ("<uuid:pk>/reopen/", closing.reopen, "reopen"),
        ("<uuid:pk>/take/", button(ownership.take, back=to_page_of_button), "take"),
        ("<uuid:pk>/give-back/", button(ownership.give_back, back=to_page_of_button), "give_back"),
        ("<uuid:pk>/hand-over/", button(ownership.hand_over, back=to_page_of_button), "hand_over"),
        ("<uuid:pk>/hold/", button(marks.hold, back=to_list), "hold"),
        ("<uuid:pk>/release/", button(marks.release, back=to_list), "release"),
        ("<uuid:pk>/spam/", button(marks.mark_spam, back=to_list), "spam"),
        ("<uuid:pk>/not-spam/", button(marks.mark_no_spam, back=to_list), "not_spam"),
        ("<uuid:pk>/copy/", subject_access.give_copy, "copy"),
        ("<uuid:pk>/erase/", subject_access.erase, "erase"),
        ("<uuid:pk>/keep/", button(subject_access.stop_erasing, back=to_page_of_button), "keep"),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list of cases instead of Django's."""
        return list_view(self, request)
