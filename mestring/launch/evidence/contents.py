"""What speaks for or against the pages and facts."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mestring.launch.evidence.sentence import Evidence
from pages.admin.status.review_filter import pages_to_review
from pages.models import Claim, Helpline, Page


def helplines() -> Evidence:
    """Speak against the launch while a helpline that visitors see is unchecked."""
    url = reverse("admin:pages_helpline_changelist")
    unchecked = Helpline.objects.for_visitors().filter(verified_on=None).count()
    if unchecked:
        words = ngettext(
            "%(number)d line is shown that no editor has checked.",
            "%(number)d lines are shown that no editor has checked.",
            unchecked,
        )
        return Evidence(words % {"number": unchecked}, url, against=True)
    return Evidence(_("Every line that is shown has been checked."), url)


def claims() -> Evidence:
    """Count the claims that are on no page: they never stop a launch, but must be known."""
    hidden = Claim.objects.exclude(pk__in=Claim.objects.for_visitors(on=timezone.localdate()).values("pk")).count()
    words = ngettext(
        "%(number)d claim is not confirmed or has run out, so it is on no page.",
        "%(number)d claims are not confirmed or have run out, so they are on no page.",
        hidden,
    )
    return Evidence(words % {"number": hidden}, reverse("admin:pages_claim_changelist"))


def clinic_details() -> Evidence:
    """Lead to where the name and the number are set."""
    return Evidence(_("Name and switchboard are set here."), reverse("admin:pages_clinic_changelist"))


def clinical_review() -> Evidence:
    """Speak against the launch while a page with health advice names no clinical reviewer."""
    url = pages_to_review()
    unread = Page.objects.unreviewed().count()
    if unread:
        words = ngettext(
            "%(number)d page with health advice is not yet clinically reviewed.",
            "%(number)d pages with health advice are not yet clinically reviewed.",
            unread,
        )
        return Evidence(words % {"number": unread}, url, against=True)
    return Evidence(_("Every page with health advice is clinically reviewed."), url)


def legal_review() -> Evidence:
    """Say what the settings say, so that the lawyer can compare it with the page about privacy."""
    words = _(
        "The site erases an inquiry %(closed)d days after it was closed, and the access log after %(log)d days. "
        "The page about privacy must say the same."
    )
    periods = {"closed": settings.INQUIRY_RETENTION_DAYS, "log": settings.AUDIT_RETENTION_DAYS}
    return Evidence(words % periods, reverse("admin:pages_page_changelist"))


def texts() -> Evidence:
    """Lead to the pages."""
    return Evidence(_("All the pages."), reverse("admin:pages_page_changelist"))
