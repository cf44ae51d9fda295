"""One form for each role, and those behind the return code."""

from contact.sender.forms.inquiry import TRAP, InquiryForm
from contact.sender.forms.private import PatientForm, RelativeForm
from contact.sender.forms.referrer import ReferrerForm
from contact.sender.forms.thread import CODE_WRONG, CodeForm, MessageForm

__all__ = [
    "CODE_WRONG", "TRAP", "CodeForm", "InquiryForm", "MessageForm", "PatientForm", "ReferrerForm", "RelativeForm",
]  # fmt: skip
