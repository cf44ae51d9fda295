"""What staff's first page says of the backups.

Each morning those who administer accounts read it: they are the ones who talk with the operator, and a colleague
who writes pages or answers inquiries can mend nothing. After a second night without a good backup all read it, as
those few may be away.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contact.permissions import holds_right
from mestring.backup.watch.drills import is_drill_due, last_drill
from mestring.backup.watch.models import Fault
from mestring.backup.watch.state import BackupState, backup_state
from mestring.staff.accounts.rules import ADMINISTERS

DashboardLine = tuple[str, str]
NIGHTS, DRILLS = "admin:backup_backupnight_changelist", "admin:backup_restoredrill_add"
MORNING = 7  # o'clock: what was made before it was made "last night"


def faulty_backup(_user: User) -> DashboardLine | None:
    """Say what is wrong with the last night's backup, and whom to tell."""
    state = backup_state()
    if state is None or not state.faults:
        return None
    words = _("The last backup is not good: %(why)s. Tell %(operator)s.")
    why = ", ".join(str(Fault(fault).label) for fault in state.faults)
    return words % {"why": why, "operator": operator()}, reverse(NIGHTS)


def no_good_backup_for_long(user: User) -> DashboardLine | None:
    """Tell every colleague after two nights; those who administer accounts see the other line already."""
    if holds_right(user, ADMINISTERS):
        return None
    state = backup_state()
    if state is None or not state.bad_for_long:
        return None
    words = _("There has been no good backup for two nights. Make sure that %(operator)s knows.")
    return words % {"operator": operator()}, reverse("admin:index")


def drill_due(_user: User) -> DashboardLine | None:
    """Ask for a restoring drill twice a year: only a person with the offline key can do it."""
    if not settings.BACKUP_DIR or not is_drill_due():
        return None
    done_on = last_drill()
    if done_on is None:
        words = _("No restored backup has been tried yet. Ask %(operator)s for a drill, and note it here.")
    else:
        words = _("The last restoring drill was on %(day)s. Ask %(operator)s for a new one, and note it here.")
    return words % {"day": done_on and date_format(done_on), "operator": operator()}, reverse(DRILLS)


def good_backup(_user: User) -> DashboardLine | None:
    """Return the quiet line while everything is well."""
    state = backup_state()
    if state is None or state.faults:
        return None
    return describe(state), reverse(NIGHTS)


def describe(state: BackupState) -> str:
    """Return when the newest backup was made, how large it is, and whether it was copied away."""
    if state.newest is None:
        return ""
    words = (
        _("Last backup: %(when)s, %(size)s, copied away")
        if state.newest.copies
        else _("Last backup: %(when)s, %(size)s, not copied away by the website")
    )
    size = filesizeformat(state.newest.size)
    return words % {"when": when(state.newest.at), "size": size}


def when(at: datetime) -> str:
    """Return the time as people say it."""
    local, today = timezone.localtime(at), timezone.localdate()
    words = {"time": date_format(local, "H.i"), "day": date_format(local, "j. F")}
    if local.date() != today:
        return _("%(day)s at %(time)s") % words
    return (_("last night at %(time)s") if local.hour < MORNING else _("today at %(time)s")) % words


def operator() -> str:
    """Return whom to tell."""
    return settings.OPERATOR_MAIL or _("the person who runs the server")
