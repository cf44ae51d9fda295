"""The pencil, plus and cross that Django sets beside a choice of another row."""

from django import forms


def without_buttons(field: forms.Field) -> None:
    """Take them away where the choice is only a choice: an editor takes the cross for "none of these"."""
    for button in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
        setattr(field.widget, button, False)
