"""The contact room: sealed inquiries and the inbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    """What a patient, a relative or a referrer writes, from the form to its erasure."""

    name = "contact"
    verbose_name = _("Inquiries")
