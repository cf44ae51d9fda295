"""One form for each role, and those behind the return code."""

from contact.forms.inquiry import TRAP, InquiryForm
from contact.forms.private import PatientForm, RelativeForm
from contact.forms.referrer import ReferrerForm
from contact.forms.thread import CODE_WRONG, CodeForm, MessageForm

__all__ = [
    "CODE_WRONG", "TRAP", "CodeForm", "InquiryForm", "MessageForm", "PatientForm", "ReferrerForm", "RelativeForm",
]  # fmt: skip
