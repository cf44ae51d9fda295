"""Addresses outside the house."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

# Only https: on the way there, nobody else should read what somebody in need of help is reading.
https_only = URLValidator(schemes=["https"], message=_("Write a whole web address that begins with https://."))
