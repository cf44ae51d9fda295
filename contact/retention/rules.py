"""Which rule of erasing holds for each field about a person. A field without a rule fails the tests.

No number stands in the words: a rule names where its periods are, most of them in contact.retention.durations.
Content is only ever in sealed columns. The other columns are named too, because that a person wrote to the clinic
is itself about them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from contact.retention.durations import format_period


@dataclass(frozen=True)
class Rule:
    """What it is about and how long that is kept, in words for staff, and the function that erases it, if any."""

    about: Promise | str
    words: Promise | str
    carried_out_by: str = ""  # empty: an administrator does
    # A place in the words, and the name of the period or number said there, or of the function that reads it.
    periods: tuple[tuple[str, str], ...] = ()

    def sentence(self) -> str:
        """Return the words with the periods that are set on this site."""
        if not self.periods:
            return str(self.words)
        return str(self.words) % {place: format_period(import_string(name)) for place, name in self.periods}


TALLIED = Rule(
    _("How many wrote in a quarter"),
    _(
        "Kept. %(settled)s after the quarter, numbers under %(small)s are erased, "
        "and others with which they could be found."
    ),
    "contact.retention.quarterly_statistics.close_quarters",
    (
        ("settled", "contact.retention.quarterly_statistics.SETTLED"),
        ("small", "contact.retention.quarterly_statistics.SMALL"),
    ),
)
NOT_PERSONAL = Rule(_("Everything else"), _("Says nothing about a person."))
WITH_INQUIRY = Rule(
    _("Inquiries, and what belongs to them"),
    _(
        "Erased %(closed)s after the inquiry was closed. What may be spam: %(spam)s after a "
        "colleague has read it and none has done anything more with it. What was answered, or written more on, "
        "is erased only after it was closed. What no colleague has read is never erased."
    ),
    "contact.retention.erasing_round.erase_expired",
    (("closed", "contact.retention.durations.closed_case"), ("spam", "contact.retention.durations.spam")),
)
WITH_YEARS = Rule(
    _("That an inquiry was erased, without anything of it"),
    _("Erased after %(kept)s. Until then its return code is answered with: deleted."),
    "contact.retention.erasing_round.erase_expired",
    (("kept", "contact.retention.durations.tombstone"),),
)
WITH_DAY = Rule(
    _("How often one network has written to us, without its address"),
    _("Erased when the day is over."),
    "contact.sender.rate_limit.forget_earlier_days",
)
WITH_LOGIN = Rule(
    _("How often logins failed for one account or from one network, without its name or address"),
    _("Erased by the first login after %(known)s without a try."),
    "mestring.staff.login.throttle.login_try",
    (("known", "mestring.staff.login.limits.KNOWN"),),
)
WITH_MONTH = Rule(
    _("The access log"),
    _("Erased a whole month at a time, %(kept)s after the month was over."),
    "contact.audit.hash_chain.drop_expired_months",
    (("kept", "contact.retention.durations.access_log"),),
)
WITH_SESSION = Rule(
    _("Open logins"),
    _(
        "Erased within an hour after the login has ended: %(idle)s after the last click, %(people)s of a "
        "colleague with rights in the inbox or over accounts, and %(longest)s after it began whatever was clicked."
    ),
    "contact.retention.erasing_round.erase_expired",
    (
        ("idle", "mestring.staff.login.session_times.IDLE"),
        ("people", "mestring.staff.login.session_times.IDLE_WITH_PEOPLE"),
        ("longest", "mestring.staff.login.session_times.LONGEST"),
    ),
)
WITH_UNLOCKING = Rule(
    _("Unlocked inboxes"),
    _("Erased when the inbox is locked or the colleague logs out, and within an hour after it has locked itself."),
    "contact.unlocking.unlocking.delete_expired_unlocks",
)
WITH_MAIL = Rule(
    _("Mail to colleagues about their accounts that has not gone yet"),
    _("Erased once it is sent, or after %(kept)s."),
    "mestring.staff.accounts.mails.send_due",
    (("kept", "mestring.staff.accounts.mails.KEPT"),),
)
WITH_ACCOUNT = Rule(
    _("Colleagues' accounts, and the list of what each has changed"),
    _("Kept as long as the colleague's account. An administrator deletes it when they leave."),
)
WITH_INCIDENT = Rule(
    _("That something has happened: the account, the times, and who began it"),
    _("Erased when a keyholder or an administrator ends it. What was done stands in the access log."),
    "mestring.staff.incident.opening.end",
)
WITH_NAME = Rule(
    _("Who wrote or confirmed something on the website"),
    _("The name goes when the account is deleted. What was written stays."),
)

WITH_DRILL = Rule(
    _("Who has restored a backup as a drill"),
    _("Kept until an administrator deletes the drill from the list."),
)

# Model: rule: fields.
RULES: dict[str, dict[Rule, str]] = {
    "contact.Inquiry": {
        WITH_INQUIRY: (
            "id reference locator role language received_at status closed_at journal quarantined set_apart "
            "sealed sender_key owner waiting_since call_owed_since next_step_at next_step_owner"
        ),
        NOT_PERSONAL: "key",
    },
    "contact.Delivery": {
        WITH_INQUIRY: (
            "inquiry about recipient uuid message_id attempts not_before leased_until sent_at refused_at "
            "last_error"
        ),
        NOT_PERSONAL: "id kind day",
    },
    "contact.Message": {
        WITH_INQUIRY: "inquiry kind sealed sealed_to_sender mark author written_at locator",
        NOT_PERSONAL: "id key",
    },
    "contact.Rehearsal": {NOT_PERSONAL: "id begun_at ended_at inquiry_id failed"},
    "contact.ReplyTemplate": {NOT_PERSONAL: "id name role text_nb text_nn text_en position in_use starter"},
    "contact.Tombstone": {WITH_YEARS: "locator inquiry_id erased_at"},
    "contact.Hold": {
        WITH_INQUIRY: "inquiry reason placed_at released_at placed_by released_by",
        NOT_PERSONAL: "id",
    },
    "contact.CaseDraft": {WITH_INQUIRY: "id inquiry writer staff_key sealed saved_at", NOT_PERSONAL: "key"},
    "contact.ErasureRequest": {WITH_INQUIRY: "inquiry asked_by asked_at due_at"},
    "contact.AccessEntry": {
        WITH_MONTH: "inquiry_id reference user username about action at",
        NOT_PERSONAL: "id",
    },
    "contact.AccessLink": {
        WITH_MONTH: "entry linked_at digest",
        NOT_PERSONAL: "number segment",
    },
    "contact.AuditSegment": {NOT_PERSONAL: "number month keep_until first_link starts_from dropped_at"},
    "contact.ErasingRound": {NOT_PERSONAL: "id done_at tried_at outcome due"},
    "contact.Heartbeat": {NOT_PERSONAL: "id at"},
    "contact.Verification": {NOT_PERSONAL: "id at is_whole"},
    "contact.InboxKey": {NOT_PERSONAL: "id generation link public_key created"},
    "contact.Grant": {
        WITH_ACCOUNT: "staff_key holder_public voucher",
        NOT_PERSONAL: "id key principal sealed_private proven_at",
    },
    "contact.NewPaper": {NOT_PERSONAL: "id public_key made_at", WITH_NAME: "made_by"},
    "contact.Quarter": {TALLIED: "start total closed_at", NOT_PERSONAL: "id"},
    "contact.QuarterCount": {TALLIED: "count", NOT_PERSONAL: "id quarter kind name"},
    "contact.StaffKey": {
        WITH_ACCOUNT: ("id user public_key locked_private salt memory_kib passes lanes created passphrase_set"),
    },
    "contact.UnlockTries": {WITH_ACCOUNT: "user wrong not_before"},
    "contact.ChoiceTries": {WITH_ACCOUNT: "user wrong not_before"},
    "contact.Unlocked": {WITH_UNLOCKING: "id session staff_key sealed_private unlocked_at used_at"},
    "contact.ThrottleKey": {WITH_DAY: "day key", NOT_PERSONAL: "id"},
    "contact.ThrottleCount": {WITH_DAY: "key tag count", NOT_PERSONAL: "id"},
    "contact.LoginTries": {WITH_LOGIN: "tag tries not_before known_until", NOT_PERSONAL: "id"},
    "auth.User": {
        WITH_ACCOUNT: (
            "password last_login is_superuser username first_name last_name email is_staff is_active date_joined "
            "groups user_permissions"
        ),
        NOT_PERSONAL: "id",
    },
    "mfa.Authenticator": {WITH_ACCOUNT: "id user type data created_at last_used_at"},
    "account.EmailAddress": {WITH_ACCOUNT: "user"},
    "staff.SignOnLink": {WITH_ACCOUNT: "person issuer subject made_at", NOT_PERSONAL: "id"},
    "staff.AccountMail": {WITH_MAIL: "person address kind made_at not_before attempts", NOT_PERSONAL: "id"},
    "staff.Fault": {NOT_PERSONAL: "id kind at number release told_at not_before"},
    "staff.SecondFactorReset": {WITH_ACCOUNT: "person asked_by asked_at", NOT_PERSONAL: "id"},
    "staff.Incident": {
        WITH_INCIDENT: "account username is_own since aware_at begun_at begun_by",
        NOT_PERSONAL: "id",
    },
    "backup.RestoreDrill": {WITH_DRILL: "who", WITH_NAME: "noted_by", NOT_PERSONAL: "id done_on"},
    "backup.BackupNight": {NOT_PERSONAL: "id at size rows faults copies reminded"},
    "sessions.Session": {WITH_SESSION: "session_key session_data expire_date"},
    "admin.LogEntry": {
        WITH_ACCOUNT: "action_time user object_id object_repr action_flag change_message",
        NOT_PERSONAL: "id content_type",
    },
    "pages.Page": {WITH_NAME: "deleted_by"},
    "pages.Claim": {WITH_NAME: "confirmed_by"},
    "pages.Picture": {WITH_NAME: "uploaded_by withdrawn_by"},
    "pages.Redaction": {WITH_NAME: "by"},
    "pages.Edition": {WITH_NAME: "saved_by published_by"},
    "pages.FormOpening": {WITH_NAME: "person"},
    "pages.LaunchConfirmation": {WITH_NAME: "confirmed_by"},
    "pages.Preview": {WITH_NAME: "made_by"},
    "pages.ShareLink": {WITH_NAME: "made_by"},
    "pages.WordException": {WITH_NAME: "given_by revoked_by"},
}


def rules_of(model: str) -> dict[str, Rule]:
    """Return the rule for each field of `app.Model`."""
    return {name: rule for rule, names in RULES.get(model, {}).items() for name in names.split()}
