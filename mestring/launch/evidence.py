"""What the site knows about the items of the launch list, so that no administrator confirms what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contact.keys import recovery
from contact.keys.generations import staff_grants
from contact.keys.key_holders import server_holds_a_grant
from contact.models import InboxKey
from contact.permissions import inbox_readers
from mestring.backup.watch.drills import last_drill
from mestring.doctor import surroundings
from mestring.doctor.examination import examine
from mestring.doctor.finding import Finding
from mestring.staff.sign_on.first_page import few_local_passkeys
from mestring.staff.sign_on.provider import is_set_up
from pages.admin.status.review_filter import pages_to_review
from pages.models import Claim, Helpline, LaunchConfirmation, Page

ENOUGH_STAFF = 2


@dataclass(frozen=True)
class Evidence:
    """One sentence about an item. `against`: it cannot be confirmed yet; `url`, if any, leads to the fix."""

    words: str | Promise
    url: str = ""
    against: bool = False


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


def recovery_paper() -> Evidence:
    """Speak against the launch until a keyholder has typed from the paper: only that proves that it opens."""
    url = reverse("admin:contact_grant_changelist")
    match recovery.paper_left_to_do():
        case "prove":
            return Evidence(_("The recovery paper is not proven yet."), url, against=True)
        case "delete":
            words = _("The recovery paper is proven, but its file still lies on the server.")
            return Evidence(words, url, against=True)
        case _:
            return Evidence(_("The recovery paper is proven, and its file is gone from the server."), url)


def two_staff() -> Evidence:
    """Speak against the launch while one colleague alone can open the inbox: some day that colleague is ill.

    Once the inbox has a key, only colleagues count who have been let in with a passphrase of their own, and the
    server must hold no key any more: an intruder who takes it over would read everything.
    """
    if server_holds_a_grant():
        words = _("The server can still open the inbox, and with it an intruder who takes it over.")
        return Evidence(words, reverse("admin:contact_grant_changelist"), against=True)
    if InboxKey.objects.exists():
        section, number = "contact_grant", staff_grants().count()
    else:
        section, number = "auth_user", inbox_readers().count()
    words = ngettext("%(number)d person can open the inbox.", "%(number)d people can open the inbox.", number)
    url = reverse(f"admin:{section}_changelist")
    return Evidence(words % {"number": number}, url, against=number < ENOUGH_STAFF)


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


def local_passkeys() -> Evidence | None:
    """Speak against the launch while fewer than two administrators get in without the provider of single sign-on.

    The site sees it itself, so no administrator ticks it. None where single sign-on is off.
    """
    if not is_set_up():
        return None
    if line := few_local_passkeys():
        return Evidence(*line, against=True)
    return Evidence(_("Two administrators have a passkey made here."), reverse("admin:second_factor"))


def backup_restored() -> Evidence:
    """Speak against the launch until a drill was noted: a backup that was never restored may be none."""
    if done_on := last_drill():
        words = _("The last restoring drill was on %(day)s.") % {"day": date_format(done_on)}
        return Evidence(words, reverse("admin:backup_restoredrill_changelist"))
    return Evidence(_("No restoring drill is noted yet."), reverse("admin:backup_restoredrill_add"), against=True)


def test_mail() -> Evidence:
    """Say where the code comes from."""
    words = _("Ask the operator for a test mail (doctor --mail), and write the code that it holds below the list.")
    return Evidence(words, "#id_mail_code")


def when_ticked() -> Evidence:
    """Say that the site looks itself."""
    return Evidence(_("The website looks for itself when you tick this. It may take half a minute."))


def certificate() -> Evidence:
    """Look at the certificate as a browser does."""
    return _found(list(surroundings.certificate()))


def doctor() -> Evidence:
    """Examine this machine."""
    return _found(examine())


def _found(findings: list[Finding]) -> Evidence:
    if not findings:
        return Evidence(_("Nothing is wrong."))
    words = _("The operator has to mend this: %(faults)s")
    return Evidence(words % {"faults": " ".join(finding.fault for finding in findings)}, against=True)


ITEMS = LaunchConfirmation.Item
EVIDENCE: dict[str, Callable[[], Evidence]] = {
    ITEMS.CLINICAL_REVIEW: clinical_review,
    ITEMS.LEGAL_REVIEW: legal_review,
    ITEMS.NATIVE_READER: texts,
    ITEMS.HELPLINES: helplines,
    ITEMS.CLAIMS: claims,
    ITEMS.CLINIC_DETAILS: clinic_details,
    ITEMS.RECOVERY_PAPER: recovery_paper,
    ITEMS.TWO_STAFF: two_staff,
    ITEMS.BACKUP_RESTORED: backup_restored,
    ITEMS.TEST_MAIL: test_mail,
    ITEMS.CERTIFICATE: when_ticked,
    ITEMS.DOCTOR: when_ticked,
}
# What takes seconds and asks other machines: looked at when it is ticked, and not for each look at the first page.
MEASURED: dict[str, Callable[[], Evidence]] = {ITEMS.CERTIFICATE: certificate, ITEMS.DOCTOR: doctor}


def evidence_for(item: str) -> Evidence | None:
    """Return what the site knows about an item; None when only an administrator can know."""
    find = EVIDENCE.get(item)
    return find() if find else None


def measure(item: str) -> Evidence | None:
    """Return what speaks for or against a tick that is set now."""
    find = MEASURED.get(item)
    return find() if find else evidence_for(item)
