"""Addresses of other websites."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

# Only https: no third party on the way may see what a visitor in need of help reads.
https_only = URLValidator(schemes=["https"], message=_("Write a whole web address that begins with https://."))
