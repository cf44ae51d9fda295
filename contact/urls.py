"""The public addresses under /kontakt/, in each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from contact.sender.forms.private import PatientForm, RelativeForm
from contact.sender.forms.referrer import ReferrerForm
from contact.sender.views import inquiry, start, thread

app_name = "contact"

urlpatterns = [
    path("", start.start, name="start"),
    path(_("patient/"), inquiry.inquiry, {"form_class": PatientForm}, name="patient"),
    path(_("relative/"), inquiry.inquiry, {"form_class": RelativeForm}, name="relative"),
    path(_("referrer/"), inquiry.inquiry, {"form_class": ReferrerForm}, name="referrer"),
    path(_("answer/"), thread.read_answer, name="answer"),
    path(_("kept/"), thread.after_receipt, name="after_receipt"),
]
