"""Which evidence belongs to which item of the launch list."""

from collections.abc import Callable

from mestring.launch.evidence import contents, openers, operation
from mestring.launch.evidence.sentence import Evidence
from pages.models import LaunchConfirmation

ITEMS = LaunchConfirmation.Item
EVIDENCE: dict[str, Callable[[], Evidence]] = {
    ITEMS.CLINICAL_REVIEW: contents.clinical_review,
    ITEMS.LEGAL_REVIEW: contents.legal_review,
    ITEMS.NATIVE_READER: contents.texts,
    ITEMS.HELPLINES: contents.helplines,
    ITEMS.CLAIMS: contents.claims,
    ITEMS.CLINIC_DETAILS: contents.clinic_details,
    ITEMS.RECOVERY_PAPER: openers.recovery_paper,
    ITEMS.TWO_STAFF: openers.two_staff,
    ITEMS.BACKUP_RESTORED: operation.backup_restored,
    ITEMS.TEST_MAIL: operation.test_mail,
    ITEMS.CERTIFICATE: operation.when_ticked,
    ITEMS.DOCTOR: operation.when_ticked,
}
# What takes seconds and asks other machines: looked at when it is ticked, and not for each look at the first page.
MEASURED: dict[str, Callable[[], Evidence]] = {
    ITEMS.CERTIFICATE: operation.certificate,
    ITEMS.DOCTOR: operation.doctor,
}


def evidence_for(item: str) -> Evidence | None:
    """Return what the site knows about an item; None when only an administrator can know."""
    find = EVIDENCE.get(item)
    return find() if find else None


def measure(item: str) -> Evidence | None:
    """Return what speaks for or against a tick that is set now."""
    find = MEASURED.get(item)
    return find() if find else evidence_for(item)
