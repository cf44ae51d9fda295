"""One form for each role."""

from contact.forms.inquiry import TRAP, InquiryForm
from contact.forms.private import PatientForm, RelativeForm
from contact.forms.referrer import ReferrerForm

__all__ = ["TRAP", "InquiryForm", "PatientForm", "ReferrerForm", "RelativeForm"]
