"""What the contact app stores. The content that people wrote is only ever in columns named `sealed…`."""

from contact.models.access_entry import AccessEntry
from contact.models.audit import AccessLink, AuditSegment
from contact.models.case_draft import CaseDraft
from contact.models.delivery import Delivery
from contact.models.heartbeat import Heartbeat
from contact.models.hold import ErasingRound, ErasureRequest, Hold
from contact.models.inquiry import Inquiry
from contact.models.keyring import Grant, InboxKey, NewPaper
from contact.models.message import Message
from contact.models.rehearsal import Rehearsal
from contact.models.reply_template import ReplyTemplate
from contact.models.staff_key import ChoiceTries, StaffKey, Unlocked, UnlockTries
from contact.models.tally import Quarter, QuarterCount
from contact.models.throttle import LoginTries, ThrottleCount, ThrottleKey
from contact.models.tombstone import Tombstone
from contact.models.verification import Verification

__all__ = [
    "AccessEntry", "AccessLink", "AuditSegment", "CaseDraft", "ChoiceTries", "Delivery", "ErasingRound",
    "ErasureRequest", "Grant", "Heartbeat", "Hold", "InboxKey", "Inquiry", "LoginTries", "Message", "NewPaper",
    "Quarter", "QuarterCount", "Rehearsal", "ReplyTemplate", "StaffKey", "ThrottleCount", "ThrottleKey",
    "Tombstone", "UnlockTries", "Unlocked", "Verification",
]  # fmt: skip
