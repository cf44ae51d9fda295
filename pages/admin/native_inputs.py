"""Dates and times are asked with the browser's own fields: in the reader's language, and by keyboard."""

from typing import Any

from django import forms
from django.db import models

NATIVE: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    },
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 60})},
}
