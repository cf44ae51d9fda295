"""The access log: append-only entries about inquiries, the inbox's keys and logins, never with content."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.QuerySet["AccessEntry"]):
    """Rows that can only be added and read."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse: an entry is never changed."""
        raise TypeError("an access entry is never changed")

    def delete(self) -> NoReturn:
        """Refuse: an entry is never deleted."""
        raise TypeError("an access entry is never deleted")


class AccessEntry(models.Model):
    """Who did what to which inquiry, and when. Never content. An entry outlives its inquiry and its colleague.

    Changes of the keys, and logins, are logged here too, without an inquiry. The database itself refuses to change
    or delete a row, except whole months whose time is over (contact.audit.triggers).
    """

    class Action(models.TextChoices):
        """What was done. contact.admin.wording.log_sentences has a sentence for each."""

        RECEIVED = "received", _("received")
        REHEARSED = "rehearsed", _("trial inquiry of the site itself")
        LISTED = "listed", _("inbox looked through")
        NAMES_SEEN = "names_seen", _("names seen in the inbox")
        SEARCHED = "searched", _("inbox searched")
        OPENED = "opened", _("opened")
        OPENED_WITH_PAPER = "opened_paper", _("opened with the recovery paper")
        TAKEN = "taken", _("case taken")
        GIVEN_BACK = "given_back", _("case given back")
        HANDED_OVER = "handed_over", _("case handed over")
        FREED = "freed", _("no colleague's case any more")
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("reopened")
        JOURNALED = "journaled", _("recorded in the patient journal")
        NOT_JOURNALED = "no_journal", _("not needed in the patient journal")
        REPLIED = "replied", _("replied")
        MAIL_REFUSED = "mail_refused", _("mail to the sender refused")
        CONTACTED = "contacted", _("reached for outside the thread")
        CONTACTED_AGAINST = "against_wish", _("reached for against the sender's wish")
        NOTED = "noted", _("note added")
        STEP_SET = "step_set", _("next step set")
        STEP_DONE = "step_done", _("next step done")
        SENDER_WROTE = "sender_wrote", _("the sender wrote more")
        SPAM = "spam", _("found to be spam")
        NOT_SPAM = "not_spam", _("found to be no spam")
        HELD = "held", _("kept from being erased")
        RELEASED = "released", _("no longer kept from being erased")
        ERASED = "erased", _("erased")
        SENDER_ERASED = "sender_erase", _("erased by the sender")
        ERASURE_ASKED = "erase_asked", _("to be erased because the person asked for it")
        ERASURE_STOPPED = "erase_stop", _("erasing stopped")
        ERASURE_VOID = "erase_void", _("erasing stopped because the sender wrote more")
        STAFF_ERASED = "staff_erased", _("erased because the person asked for it")
        EXPORTED = "exported", _("copied for the person")
        LIST_SAVED = "list_saved", _("list saved as a table")
        TABLE_SAVED = "table_saved", _("table saved with content")
        TEXT_SAVED = "text_saved", _("saved in a table with content")
        PAPER_PROVEN = "paper_proven", _("recovery paper proven")
        PAPER_SHOWN = "paper_shown", _("recovery paper shown")
        PAPER_FILE_DELETED = "paper_gone", _("file of the recovery paper deleted")
        PAPER_CHECKED = "paper_check", _("inquiries counted with the recovery paper")
        PAPER_PRINTED = "paper_print", _("new recovery paper made")
        PAPER_REPLACED = "paper_new", _("recovery paper replaced")
        PAPER_KEPT = "paper_kept", _("new recovery paper discarded")
        PAPER_WRONG = "paper_wrong", _("recovery paper not proven: wrong text")
        UNLOCKED = "unlocked", _("inbox unlocked")
        UNLOCK_FAILED = "unlock_wrong", _("inbox not unlocked: wrong passphrase")
        LOCKED = "locked", _("inbox locked")
        ENROLLED = "enrolled", _("inbox passphrase chosen")
        REPHRASED = "rephrased", _("inbox passphrase changed")
        UNENROLLED = "unenrolled", _("inbox passphrase discarded")
        GRANTED = "granted", _("let into the inbox")
        REVOKED = "revoked", _("removed from the inbox")
        GENERATION = "generation", _("new inbox key")
        LINKED = "linked", _("inbox key linked to the one before")
        SERVER_REMOVED = "server_gone", _("the server's own key removed")
        SERVER_FILE_DELETED = "server_file", _("the server's key file deleted")
        LOGGED_IN = "logged_in", _("logged in")
        LOGGED_OUT = "logged_out", _("logged out")
        LOGIN_FAILED = "login_failed", _("login failed")
        SECOND_FACTOR_ADDED = "factor_added", _("second step of the login set up")
        SECOND_FACTOR_REMOVED = "factor_gone", _("part of the second step of the login removed")
        RECOVERY_CODES_RENEWED = "codes_new", _("recovery codes of the login made anew")
        RESET_ASKED = "reset_asked", _("reset of the second step of the login asked for")
        SECOND_FACTOR_RESET = "factor_reset", _("second step of the login taken away")
        RECOVERY_CODE_USED = "code_used", _("logged in with a recovery code")
        SIGN_ON_LINKED = "sign_on_made", _("login at the provider connected")
        SIGN_ON_UNLINKED = "sign_on_gone", _("login at the provider taken away")
        ACCOUNT_MADE = "account_made", _("account made")
        INVITED = "invited", _("invited to choose a password")
        LINK_SENT = "link_sent", _("link for a new password sent")
        PASSWORD_CHANGED = "password_set", _("login password changed")
        ACCOUNT_RENAMED = "account_name", _("account given another name")
        PERSON_RENAMED = "person_name", _("first or last name of an account changed")
        EMAIL_CHANGED = "email_new", _("e-mail address of an account changed")
        ROLE_GIVEN = "role_given", _("role given")
        ROLE_TAKEN = "role_taken", _("role taken away")
        ACCOUNT_CLOSED = "account_shut", _("account closed")
        ACCOUNT_OPENED = "account_open", _("account opened again")
        ACCOUNT_DELETED = "account_gone", _("account deleted")
        INCIDENT = "incident", _("“Something has happened” begun")
        INCIDENT_ENDED = "incident_end", _("“Something has happened” ended")
        LOGINS_ENDED = "logins_ended", _("logged out everywhere by a colleague")
        PASSWORD_TAKEN = "password_off", _("login password taken away")
        MONTH_DROPPED = "month_gone", _("month of the access log erased")

    inquiry_id = models.UUIDField(_("inquiry"), null=True, db_index=True)  # no foreign key: the entry stays
    reference = models.CharField(_("reference"), max_length=9, blank=True)
    # The id stays when the colleague's account is deleted: to empty it would change the entry.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("user"),
    )
    username = models.CharField(_("user name"), max_length=150, blank=True)  # empty: the site itself
    action = models.CharField(_("action"), max_length=12, choices=Action)
    # Whose key or account the entry is about, with the role that was given or taken.
    # For a saved table: the number of its rows. For the log itself: the month.
    about = models.CharField(_("colleague"), max_length=150, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("access entry")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="access_of_a_colleague"),
            models.Index(fields=["reference"], name="access_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.action}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change a stored one."""
        if not self._state.adding:
            raise TypeError("an access entry is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: an entry is never deleted."""
        raise TypeError("an access entry is never deleted")
