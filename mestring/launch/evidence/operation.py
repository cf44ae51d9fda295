"""What speaks for or against the machine, its mail and its backups: the operator's part."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mestring.backup.watch.drills import last_drill
from mestring.doctor import surroundings
from mestring.doctor.examination import examine
from mestring.doctor.finding import Finding
from mestring.launch.evidence.sentence import Evidence


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
