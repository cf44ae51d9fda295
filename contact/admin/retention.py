"""What is erased when: the rules, what the next round would erase, and why it has stopped, if it has."""

from itertools import chain
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from contact.admin.access.restricted import RestrictedAdmin
from contact.models import ErasingRound
from contact.retention import durations, erasing_round
from contact.retention.rules import NOT_PERSONAL, RULES


@admin.register(ErasingRound)
class RetentionAdmin(RestrictedAdmin):
    """One page to read, for all who may see inquiries."""

    right = "contact.view_inquiry"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the page."""
        context = {
            "title": self.opts.verbose_name_plural,
            "last": ErasingRound.objects.filter(pk=1).first(),
            "stopped": erasing_round.reason_stopped(),
            "due": erasing_round.count_due(),
            "days": durations.closed_case().days,
            "spam_days": durations.spam().days,
            "rules": [rule for rule in dict.fromkeys(chain(*RULES.values())) if rule != NOT_PERSONAL],
        }
        return self.render(request, "admin/contact/retention.html", context)
