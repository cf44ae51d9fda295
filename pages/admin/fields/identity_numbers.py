"""Facts are on every page as soon as they are saved, so an identity number is refused in their forms."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mestring.typed_text.identity_numbers import holds_identity_number


def refuse_identity_number(text: str) -> None:
    """Raise a ValidationError when the text holds an identity number; the error does not repeat the number."""
    if holds_identity_number(text):
        raise ValidationError(
            _("It looks as if a national identity number (11 digits) stands here."), code="identity_number"
        )


class NoIdentityNumbers(ModelAdmin):
    """Every field for words refuses an identity number."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            field.validators = [*field.validators, refuse_identity_number]
        return field
