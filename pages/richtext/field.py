"""A model field that stores allowed rich text only.

The field cleans when a value is written to the database, not in a form: a command, a shell or an import cannot
store what a form would refuse.
"""

from typing import Any

from django.db import models
from django_prose_editor.fields import ProseEditorField

from pages.richtext.allowed_markup import EDITOR, clean


class RichTextField(ProseEditorField):
    """A text field that stores clean HTML however it is saved, also by `update()` and in bulk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EDITOR)
        super().__init__(*args, sanitize=clean, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Put the clean text on the instance too, so that code after a save sees what was stored."""
        value = clean(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Clean where every value passes on its way to the database; an expression such as F() has no text."""
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)
