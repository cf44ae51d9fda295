"""What the contact forms ask a sender, from the forms themselves."""

from dataclasses import dataclass

from contact.models import Inquiry
from contact.sender.forms.inquiry import TRAP, InquiryForm
from contact.sender.forms.private import PatientForm, RelativeForm
from contact.sender.forms.referrer import ReferrerForm

FORMS: tuple[type[InquiryForm], ...] = (PatientForm, RelativeForm, ReferrerForm)


@dataclass(frozen=True)
class Asked:
    """A form by its role, and its questions: those that must be answered, and the others."""

    role: str
    required: list[str]
    optional: list[str]


def asked_by_forms() -> list[Asked]:
    """Return each form with the labels of its fields, but for the trap, which no person fills in."""
    found = []
    for form in (kind() for kind in FORMS):
        fields = [field for name, field in form.fields.items() if name != TRAP]
        found.append(
            Asked(
                str(Inquiry.Role(form.role).label),
                [str(field.label) for field in fields if field.required],
                [str(field.label) for field in fields if not field.required],
            )
        )
    return found
