"""What is on the dashboard, the first page of the admin: each app lists its lines, this module joins them.

Nothing here says what waits: contact and pages do, in a list of (right, function) each. A function returns the
sentence and the address of a line, or None.
"""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact.admin import dashboard as inbox_dashboard
from contact.permissions import holds_right
from mestring.backup.watch.first_page import drill_due, faulty_backup, good_backup, no_good_backup_for_long
from mestring.launch.checklist import launch_checklist
from mestring.staff.accounts.addresses import accounts_without_address, own_address_missing
from mestring.staff.accounts.first_colleagues import few_administrators, few_readers
from mestring.staff.accounts.rules import ADMINISTERS
from mestring.staff.incident.first_page import open_incident
from mestring.staff.second_factor.reset_page import reset_to_confirm
from mestring.staff.sign_on.first_page import few_local_passkeys
from pages.admin import dashboard as pages_dashboard
from pages.admin.translations.language_chart import language_chart

# What staff come for, in the order of the first page; the other sections stand below in small print.
DAILY: dict[str, tuple[Promise | str, Promise | str]] = {
    "pages.Page": (_("Pages"), _("Write, change and publish what visitors read")),
    "pages.Picture": (_("Pictures"), _("Add pictures, and choose what must be seen of them")),
    "contact.Inquiry": (_("Inbox"), _("Read and answer what people write to us")),
}
TRANSLATIONS = (_("Translations"), _("See what is missing or to be looked through in nynorsk and English"))
EVERY_COLLEAGUE = ""  # in place of a right
# In the order of urgency: a sender who waits comes before a page.
LINES = [
    (EVERY_COLLEAGUE, open_incident),
    *inbox_dashboard.LINES,
    (ADMINISTERS, faulty_backup),
    (EVERY_COLLEAGUE, no_good_backup_for_long),
    (EVERY_COLLEAGUE, reset_to_confirm),
    (EVERY_COLLEAGUE, own_address_missing),
    (ADMINISTERS, few_readers),
    (ADMINISTERS, few_administrators),
    (ADMINISTERS, few_local_passkeys),
    (ADMINISTERS, accounts_without_address),
    (ADMINISTERS, drill_due),
    *pages_dashboard.LINES,
]

# What is well, in small print below what waits.
NOTES = [*inbox_dashboard.NOTES, (ADMINISTERS, good_backup)]


@dataclass
class Task:
    """A link to a section."""

    url: str
    name: str
    purpose: str = ""


@dataclass(frozen=True)
class DashboardLine:
    """A sentence, where its link leads, and a few of the things it counts, each with a link of its own."""

    words: str
    url: str
    named: list[tuple[str, str]] = field(default_factory=list)


def dashboard(user: Any, sections: dict[str, Any]) -> dict[str, Any]:
    """Return the context of the first page for this colleague, who may see these sections."""
    context = {
        **tasks(sections),
        "lines": waiting_lines(user),
        "notes": _lines(user, NOTES),
        "chart": language_chart() if user.has_perm("pages.change_page") else [],
    }
    return context | launch_progress() if "pages.LaunchConfirmation" in sections else context


def tasks(sections: dict[str, Any]) -> dict[str, list[Task]]:
    """Return the links to the sections: the daily tasks with their purpose, the others by name."""
    daily = [
        Task(sections[label]["admin_url"], str(name), str(purpose))
        for label, (name, purpose) in DAILY.items()
        if label in sections
    ]
    if "pages.Page" in sections:
        daily.append(Task(reverse("admin:pages_page_translations"), *map(str, TRANSLATIONS)))
    seldom = [Task(one["admin_url"], one["name"]) for label, one in sections.items() if label not in DAILY]
    return {"daily": daily, "seldom": seldom}


def waiting_lines(user: Any) -> list[DashboardLine]:
    """Return what waits for this colleague, most urgent first."""
    return _lines(user, LINES)


def _lines(user: Any, listed: list[tuple[str, Any]]) -> list[DashboardLine]:
    made = [make(user) for right, make in listed if right == EVERY_COLLEAGUE or holds_right(user, right)]
    return [DashboardLine(*line) for line in made if line is not None]


def launch_progress() -> dict[str, Any]:
    """Return the launch list and how much of it is left; nothing once the site is launched."""
    lines = launch_checklist()
    left = sum(line.row is None for line in lines)
    return {"launch_lines": lines, "launch_left": left} if left else {}
