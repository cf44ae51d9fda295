"""Addresses of other websites."""

from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mestring.typed_text.invisible_signs import without_invisible_signs

# Only https: no third party on the way may see what a visitor in need of help reads.
https_only = URLValidator(schemes=["https"], message=_("Write a whole web address that begins with https://."))


class WebAddressField(models.CharField):
    """A web address, without the invisible signs that may be pasted with it: with one of them it leads nowhere."""

    def to_python(self, value: Any) -> Any:
        """Take them out before the address is checked."""
        return without_invisible_signs(value) if isinstance(value, str) else super().to_python(value)

    def deconstruct(self) -> Any:
        """Be a plain column in migrations."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options
