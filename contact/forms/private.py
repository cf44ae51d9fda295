"""What is asked of people who write on their own behalf: who else may answer their phone matters."""

from django.utils.translation import gettext_lazy as _

from contact.form_fields import Choice
from contact.forms.inquiry import InquiryForm

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
RELATIONS = [
    ("child", _("My child")),
    ("parent", _("My mother or father")),
    ("partner", _("My partner")),
    ("sibling", _("My sister or brother")),
    ("friend", _("A friend")),
    ("other", _("Somebody else")),
]


class PrivateForm(InquiryForm):
    """Beside the phone number: whether to call it, and whether to leave a message."""

    may_call = Choice(choices=YES_NO, required=False, label=_("May we call you?"))
    may_leave_message = Choice(
        choices=YES_NO,
        required=False,
        label=_("May we leave a message if you do not answer?"),
        help_text=_("Somebody else may hear it or see it."),
    )
    field_order = ["message", "relation", "name", "phone", "may_call", "may_leave_message", "email"]


class PatientForm(PrivateForm):
    """For somebody who needs help."""

    role = "patient"


class RelativeForm(PrivateForm):
    """For somebody who is close to somebody who needs help."""

    role = "relative"
    relation = Choice(choices=RELATIONS, required=False, label=_("Who is it about? (optional)"))
