"""The access log in whole sentences: who did what, as one colleague would tell it to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.models import AccessEntry

# By the stored action. `about` is the colleague whose key or access the entry is about.
SENTENCES = {
    "received": gettext_lazy("The inquiry came in."),
    "rehearsed": gettext_lazy("The website sent itself a trial inquiry, as it does each night."),
    "listed": gettext_lazy("%(who)s looked through the inbox."),
    "names_seen": gettext_lazy("%(who)s saw name and first words in the inbox."),
    "searched": gettext_lazy("%(who)s searched the inbox."),
    "opened": gettext_lazy("%(who)s opened and read the inquiry."),
    "opened_paper": gettext_lazy("An operator opened the inquiry on the server with the recovery paper."),
    "taken": gettext_lazy("%(who)s took the case."),
    "given_back": gettext_lazy("%(who)s gave the case back: it is no colleague's."),
    "handed_over": gettext_lazy("%(who)s handed the case to %(about)s."),
    "freed": gettext_lazy("The case is no colleague's: %(about)s cannot open inquiries any more."),
    "closed": gettext_lazy("%(who)s closed the inquiry."),
    "reopened": gettext_lazy("%(who)s took the inquiry up again."),
    "journaled": gettext_lazy("%(who)s said that it is recorded in the patient journal."),
    "no_journal": gettext_lazy("%(who)s said that it need not be in the patient journal."),
    "replied": gettext_lazy("%(who)s answered."),
    "mail_refused": gettext_lazy("The mail server did not take the mail about the answer."),
    "contacted": gettext_lazy("%(who)s reached for the sender outside the thread."),
    "against_wish": gettext_lazy("%(who)s reached for the sender against the sender's wish, and gave a reason."),
    "noted": gettext_lazy("%(who)s wrote a note."),
    "step_set": gettext_lazy("%(who)s set the next step."),
    "step_done": gettext_lazy("%(who)s took the next step away: it is done, or not needed."),
    "sender_wrote": gettext_lazy("The sender wrote more."),
    "sender_erase": gettext_lazy("The sender erased the inquiry."),
    "spam": gettext_lazy("%(who)s found that the inquiry is spam."),
    "not_spam": gettext_lazy("%(who)s found that the inquiry is no spam."),
    "held": gettext_lazy("%(who)s decided that the inquiry must not be erased."),
    "released": gettext_lazy("%(who)s decided that the inquiry can be erased again."),
    "erased": gettext_lazy("The inquiry was erased because its time was over."),
    "erase_asked": gettext_lazy("%(who)s decided that the inquiry is erased in a day: the person asked for it."),
    "erase_stop": gettext_lazy("%(who)s stopped the erasing."),
    "erase_void": gettext_lazy("The erasing was stopped, because the sender wrote more."),
    "staff_erased": gettext_lazy("The inquiry was erased as %(who)s had decided: the person asked for it."),
    "exported": gettext_lazy("%(who)s made a copy of the inquiry for the person."),
    "list_saved": gettext_lazy("%(who)s saved the list as a table without names or text: %(about)s rows."),
    "table_saved": gettext_lazy("%(who)s saved a table with what was written in %(about)s inquiries."),
    "text_saved": gettext_lazy("%(who)s saved the inquiry in a table, with what was written."),
    "paper_shown": gettext_lazy("%(who)s had the recovery paper shown once, to print it. Its file is gone."),
    "paper_gone": gettext_lazy("%(who)s deleted the file with the recovery paper."),
    "paper_check": gettext_lazy(
        "%(who)s opened the inquiries with the recovery paper to count them, and saw none."
    ),
    "paper_print": gettext_lazy("%(who)s made a new recovery paper, which counts once it is proven."),
    "paper_new": gettext_lazy("%(who)s proved the new recovery paper. The old one opens nothing any more."),
    "paper_kept": gettext_lazy("%(who)s discarded the new recovery paper. The old one counts as before."),
    "paper_proven": gettext_lazy("%(who)s proved the recovery paper."),
    "paper_wrong": gettext_lazy("%(who)s typed a recovery paper that does not open the inbox."),
    "unlocked": gettext_lazy("%(who)s unlocked the inbox."),
    "unlock_wrong": gettext_lazy("%(who)s tried to unlock the inbox with a wrong passphrase."),
    "locked": gettext_lazy("%(who)s locked the inbox."),
    "enrolled": gettext_lazy("%(who)s chose an inbox passphrase."),
    "rephrased": gettext_lazy("%(who)s changed the inbox passphrase."),
    "unenrolled": gettext_lazy("%(who)s discarded the inbox passphrase of %(about)s."),
    "granted": gettext_lazy("%(who)s let %(about)s into the inbox."),
    "revoked": gettext_lazy("%(who)s removed %(about)s from the inbox."),
    "generation": gettext_lazy("%(who)s made a new inbox key."),
    "linked": gettext_lazy("%(who)s linked an inbox key to the one before."),
    "server_gone": gettext_lazy("%(who)s removed the server's own key."),
    "server_file": gettext_lazy("%(who)s deleted the server's key file."),
    "logged_in": gettext_lazy("%(who)s logged in."),
    "logged_out": gettext_lazy("%(who)s logged out."),
    "login_failed": gettext_lazy("A person tried to log in as %(who)s, with a wrong password or code."),
    "factor_added": gettext_lazy("%(who)s set up the second step of the login."),
    "factor_gone": gettext_lazy("%(who)s removed a passkey or the app from the second step of the login."),
    "codes_new": gettext_lazy("%(who)s made the recovery codes of the login anew."),
    "reset_asked": gettext_lazy("%(who)s asked to take the second step of the login away from %(about)s."),
    "factor_reset": gettext_lazy("%(who)s took the second step of the login away from %(about)s."),
    "code_used": gettext_lazy("%(who)s logged in with a recovery code."),
    "sign_on_made": gettext_lazy("%(who)s connected the login with an account at the clinic's provider."),
    "sign_on_gone": gettext_lazy("%(who)s took the connection of %(about)s with the clinic's provider away."),
    "account_made": gettext_lazy("%(who)s made the account of %(about)s."),
    "invited": gettext_lazy("%(who)s invited %(about)s to choose a login password."),
    "link_sent": gettext_lazy("%(who)s had a link for a new login password sent to %(about)s."),
    "password_set": gettext_lazy("%(who)s chose another login password."),
    "account_name": gettext_lazy("%(who)s gave an account another name (from: to) – %(about)s."),
    "person_name": gettext_lazy("%(who)s changed the first or last name of %(about)s."),
    "email_new": gettext_lazy("%(who)s changed the e-mail address of %(about)s."),
    "role_given": gettext_lazy("%(who)s gave a role – %(about)s."),
    "role_taken": gettext_lazy("%(who)s took a role away – %(about)s."),
    "account_shut": gettext_lazy("%(who)s closed the account of %(about)s."),
    "account_open": gettext_lazy("%(who)s opened the account of %(about)s again."),
    "account_gone": gettext_lazy("%(who)s deleted the account of %(about)s."),
    "incident": gettext_lazy("%(who)s began “Something has happened” – %(about)s."),
    "incident_end": gettext_lazy("%(who)s ended “Something has happened” – %(about)s."),
    "logins_ended": gettext_lazy("%(who)s logged %(about)s out everywhere."),
    "password_off": gettext_lazy("%(who)s took the login password of %(about)s away."),
    "month_gone": gettext_lazy("The log of %(about)s was erased because its time was over."),
}
UNKNOWN_NAME = gettext_lazy("A person tried to log in with a name that does not exist here.")


@dataclass(frozen=True)
class LogLine:
    """One entry, or several of one kind in a row, in words."""

    at: datetime
    text: str
    reference: str


def log_lines(entries: Iterable[AccessEntry]) -> list[LogLine]:
    """Return a line for each entry."""
    return [LogLine(entry.at, describe_entry(entry), entry.reference) for entry in entries]


def grouped_log_lines(entries: Iterable[AccessEntry]) -> list[LogLine]:
    """Return one line for what one person did several times in a row, at its newest time."""
    lines = []
    for _what, run in groupby(entries, key=lambda entry: (entry.action, entry.username, entry.about)):
        newest, *before = run
        text, count = describe_entry(newest), 1 + len(before)
        if before:
            text = _("%(sentence)s %(count)d times in a row.") % {"sentence": text, "count": count}
        lines.append(LogLine(newest.at, text, newest.reference))
    return lines


def describe_entry(entry: AccessEntry) -> str:
    """Return what happened, in one sentence; without a sentence for its action, the action's name."""
    if entry.action == AccessEntry.Action.LOGIN_FAILED and not entry.username:
        return str(UNKNOWN_NAME)
    names = {"who": entry.username or _("An operator on the server"), "about": entry.about}
    if entry.action in SENTENCES:
        return str(SENTENCES[entry.action]) % names
    return f"{names['who']}: {entry.get_action_display()}"
