"""Dates and times are asked with the browser's own fields: in the reader's language, and by keyboard."""

from typing import Any

from django import forms
from django.db import models

from pages.admin.fields.date_fields import MomentField

NATIVE: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentField.widget},
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 60})},
}
