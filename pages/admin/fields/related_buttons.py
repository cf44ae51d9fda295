"""The buttons (pencil, plus, cross) that Django puts beside a choice of another row."""

from django import forms


def without_buttons(field: forms.Field) -> None:
    """Remove the buttons from a field: editors read the cross as "none of these"."""
    for button in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
        setattr(field.widget, button, False)
