"""The addresses under /kontakt/, translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from contact import thread_views, views
from contact.forms import PatientForm, ReferrerForm, RelativeForm

app_name = "contact"

urlpatterns = [
    path("", views.start, name="start"),
    path(_("patient/"), views.inquiry, {"form_class": PatientForm}, name="patient"),
    path(_("relative/"), views.inquiry, {"form_class": RelativeForm}, name="relative"),
    path(_("referrer/"), views.inquiry, {"form_class": ReferrerForm}, name="referrer"),
    path(_("answer/"), thread_views.answer, name="answer"),
    path(_("kept/"), thread_views.kept, name="kept"),
]
